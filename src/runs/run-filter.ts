import { Type } from '@sinclair/typebox'
import { limitParameter, type QueryParameter } from '../http/documented.ts'
import { CURSOR, cursorOf, queryId, shortText } from '../http/query-cursor.ts'
import { SPAN, type Span, spanOf } from '../http/query-time.ts'
import { limitOf, queryChoice, queryOf } from '../http/query.ts'
import type { RunKind } from '../run-ids.ts'

/** Which runs are asked for; null is all. */
export interface RunFilter extends Span {
  tenantId: string | null
  /** Name or id. */
  agent: string | null
  status: RunStatus | null
  kind: RunKind | null
  model: string | null
  /** Found in what was said. */
  text: string | null
  /** Names of the only agents whose runs are shown; those without an agent always are. */
  onlyAgents: string[] | null
}

/** Where a list stopped. */
export interface RunCursor {
  /** The runs with smaller ids are left. */
  below: string
  /** How many runs the search for a text has looked at. */
  searched: number
}

/** Whose runs one may see. */
export type RunOwner = Pick<RunFilter, 'onlyAgents'> & { tenantId: string }

export interface RunQuestion {
  filter: RunFilter
  limit: number
  cursor: RunCursor | null
  client: AbortSignal
}

const STATUSES = ['running', 'completed', 'failed'] as const
type RunStatus = (typeof STATUSES)[number]

/** A record, so that none can be forgotten. */
const KINDS: Record<RunKind, true> = {
  run: true,
  chat: true,
  completion: true,
  text_completion: true,
  message: true,
  response: true,
  generation: true,
  embedding: true,
}
/** Every kind of run. */
export const RUN_KINDS = Object.keys(KINDS) as RunKind[]

const CURSOR_FORM = /^[0-9a-f-]{13,36}(\.[0-9]{1,5})?$/

/**
 * What a request to a list of runs asks for.
 *
 * @param of whose runs; undefined lets the query say
 * @throws AresError `invalid`
 */
export function runQuestion(request: Request, of?: RunOwner): RunQuestion {
  const query = queryOf(request)
  const filter: RunFilter = {
    ...spanOf(query),
    tenantId: of?.tenantId ?? queryId(query, 'tenant_id'),
    agent: shortText(query, 'agent'),
    status: queryChoice(query, 'status', STATUSES),
    kind: queryChoice(query, 'kind', RUN_KINDS),
    model: shortText(query, 'model'),
    text: shortText(query, 'q'),
    onlyAgents: of?.onlyAgents ?? null,
  }
  const cursor = cursorOf(query, CURSOR_FORM)
  return {
    filter,
    limit: limitOf(request, 50),
    cursor: cursor === null ? null : toCursor(cursor),
    client: request.signal,
  }
}

function toCursor(text: string): RunCursor {
  const [below, searched = '0'] = text.split('.') as [string, string?]
  return { below, searched: Number(searched) }
}

export function formatCursor({ below, searched }: RunCursor): string {
  return searched === 0 ? below : `${below}.${searched}`
}

/** The query of a tenant's own list. */
export const RUN_FILTERS: QueryParameter[] = [
  { name: 'agent', description: 'name or id of the agent', schema: Type.String() },
  { name: 'status', description: 'only of this status', schema: choice(STATUSES) },
  { name: 'kind', description: 'only of this kind', schema: choice(RUN_KINDS) },
  { name: 'model', description: 'only on this model', schema: Type.String() },
  ...SPAN,
  {
    name: 'q',
    description:
      'a text in input, output or error, whatever the case: looked for in the newest 10,000 runs that match the rest',
    schema: Type.String({ minLength: 1, maxLength: 200 }),
  },
  limitParameter(50),
  CURSOR,
]

/** The query of the operators’ list. */
export const ADMIN_RUN_FILTERS: QueryParameter[] = [
  {
    name: 'tenant_id',
    description: 'only of this tenant',
    schema: Type.String({ format: 'uuid' }),
  },
  ...RUN_FILTERS,
]

function choice(values: readonly string[]) {
  return Type.Union(values.map((value) => Type.Literal(value)))
}
