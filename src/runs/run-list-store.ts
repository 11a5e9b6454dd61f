import { type Expression, sql, type SqlBool } from 'kysely'
import type { Db, RunContentsTable, RunsTable } from '../db/tables.ts'
import type { RunKind } from '../run-ids.ts'
import { CONTENT_SIZES, type ContentSizes } from './store.ts'
import { RUN_KINDS, type RunFilter, type RunOwner } from './run-filter.ts'

/** A run as lists of all agents show it. */
export type ListedRun = Pick<
  RunsTable,
  | 'id'
  | 'tenant_id'
  | 'agent_id'
  | 'agent_version'
  | 'kind'
  | 'status'
  | 'key_id'
  | 'model'
  | 'provider'
  | 'started_at'
  | 'duration_ms'
  | 'overhead_ms'
  | 'input_tokens'
  | 'output_tokens'
  | 'cached_tokens'
  | 'cache_write_tokens'
  | 'tokens_estimated'
  | 'cost_micro_usd'
  | 'error_code'
> & {
  tenant_name: string | null
  agent_name: string | null
  key_prefix: string | null
}

/** With how much was said; `content_of` is null while there is nothing, and once it has expired. */
export type DetailedRun = ListedRun &
  ContentSizes &
  Pick<RunContentsTable, 'error'> & { content_of: string | null }

const COLUMNS = [
  'r.id',
  'r.tenant_id',
  'r.agent_id',
  'r.agent_version',
  'r.kind',
  'r.status',
  'r.key_id',
  'r.model',
  'r.provider',
  'r.started_at',
  'r.duration_ms',
  'r.overhead_ms',
  'r.input_tokens',
  'r.output_tokens',
  'r.cached_tokens',
  'r.cache_write_tokens',
  'r.tokens_estimated',
  'r.cost_micro_usd',
  'r.error_code',
  't.name as tenant_name',
  'a.name as agent_name',
  'k.prefix as key_prefix',
] as const

function namedRuns(db: Db) {
  return db
    .selectFrom('runs as r')
    .leftJoin('tenants as t', 't.id', 'r.tenant_id')
    .leftJoin('agents as a', 'a.id', 'r.agent_id')
    .leftJoin('api_keys as k', 'k.id', 'r.key_id')
    .select(COLUMNS)
}

/** One run; @param of undefined: whoever's it is */
export function findNamedRun(db: Db, id: string, of?: RunOwner): Promise<DetailedRun | undefined> {
  let query = namedRuns(db)
    .leftJoin('run_contents as c', 'c.run_id', 'r.id')
    .select(['c.run_id as content_of', 'c.error', ...CONTENT_SIZES])
    .where('r.id', '=', id)
  if (of) query = query.where('r.tenant_id', '=', of.tenantId)
  if (of?.onlyAgents) query = query.where(isOfAgents(of.onlyAgents))
  return query.executeTakeFirst()
}

/** Of one of these agents, or of none. */
function isOfAgents(names: string[]): Expression<SqlBool> {
  // With the bare column the agents would be gone through first, and all the runs of each.
  return sql`coalesce(a.name, '') in (${sql.join(['', ...names])})`
}

/** In what order runs can be reached: all by time, those of a few agents, or those in flight. */
export type RunSource =
  | { by: 'time'; agentName: string | null }
  | { by: 'agents'; ids: string[] }
  | { by: 'lease'; ids: string[] | null }

/** Ids from `floor` on and below `below`. */
export interface IdRange {
  floor: string
  below: string
}

/**
 * The id down to which a window of so many runs of the source reaches; undefined when it reaches the floor. The runs
 * in flight are few enough for one window.
 */
export async function windowEnd(
  db: Db,
  source: RunSource,
  range: IdRange,
  size: number,
): Promise<string | undefined> {
  if (source.by === 'lease') return undefined
  if (source.by === 'time') return nthId(db, range, size)
  const ends = await Promise.all(
    source.ids.flatMap((agentId) =>
      RUN_KINDS.map((kind) => nthId(db, range, size, { agentId, kind })),
    ),
  )
  return ends
    .filter((end) => end !== undefined)
    .toSorted()
    .at(-1)
}

async function nthId(
  db: Db,
  { floor, below }: IdRange,
  n: number,
  of?: { agentId: string; kind: RunKind },
): Promise<string | undefined> {
  let query = db.selectFrom('runs').select('id').where('id', '<', below).where('id', '>=', floor)
  if (of) query = query.where('agent_id', '=', of.agentId).where('kind', '=', of.kind)
  const row = await query
    .orderBy('id', 'desc')
    .limit(1)
    .offset(n - 1)
    .executeTakeFirst()
  return row?.id
}

/** The runs of a range that match, apart from their text, newest first. */
export function runsIn(
  db: Db,
  source: RunSource,
  { floor, below }: IdRange,
  filter: RunFilter,
  limit: number,
): Promise<ListedRun[]> {
  let query = namedRuns(db).where(sourceMatches(source))
  // The bare column would lead to all runs of the range instead of the few in flight.
  const id = source.by === 'lease' ? sql<string>`r.id || ''` : sql.ref<string>('r.id')
  query = query.where(id, '<', below).where(id, '>=', floor)
  if (filter.tenantId !== null) query = query.where('r.tenant_id', '=', filter.tenantId)
  if (filter.status !== null) query = query.where('r.status', '=', filter.status)
  if (filter.kind !== null) query = query.where('r.kind', '=', filter.kind)
  if (filter.model !== null) query = query.where('r.model', '=', filter.model)
  if (filter.onlyAgents) query = query.where(isOfAgents(filter.onlyAgents))
  if (filter.from !== null) query = query.where('r.started_at', '>=', filter.from)
  if (filter.to !== null) query = query.where('r.started_at', '<', filter.to)
  return query.orderBy(id, 'desc').limit(limit).execute()
}

function sourceMatches(source: RunSource): Expression<SqlBool> {
  if (source.by === 'agents')
    return sql`r.agent_id in (${sql.join(source.ids)}) and r.kind in (${sql.join(RUN_KINDS)})`
  // With the bare columns the agents would be gone through first, and all the runs of each.
  if (source.by === 'time')
    return source.agentName === null ? sql`1 = 1` : sql`coalesce(a.name, '') = ${source.agentName}`
  return source.ids === null
    ? sql`r.lease_until > ''`
    : sql`r.lease_until > '' and r.agent_id || '' in (${sql.join(source.ids)})`
}

/** The agents of that name or id, deleted ones included, as far as `limit`. */
export async function agentIds(
  db: Db,
  { tenantId, agent }: { tenantId: string | null; agent: string },
  limit: number,
): Promise<string[]> {
  let query = db
    .selectFrom('agents')
    .select('id')
    .where((eb) => eb.or([eb('id', '=', agent), eb('name', '=', agent)]))
  if (tenantId !== null) query = query.where('tenant_id', '=', tenantId)
  return (await query.limit(limit).execute()).map(({ id }) => id)
}
