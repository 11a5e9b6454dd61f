import { Type, type Static } from '@sinclair/typebox'
import { fromJson, toWireTime } from '../db/columns.ts'
import { jsonOf, type JsonPiece } from '../http/json-text.ts'
import { nullable } from '../http/nullable.ts'
import { type SettledRun, tokensOf } from '../ledger/run-row.ts'
import type { ShownContent } from './shown-content.ts'
import type { ContentSizes, RunRow, WholeRun } from './store.ts'

/** Source: V1 Client API, "Run an Agent". */
export const RunRequest = Type.Object(
  {
    input: Type.Object(
      {
        message: Type.String({ minLength: 1 }),
        context: Type.Optional(
          Type.Object({}, { additionalProperties: true, description: 'free JSON, kept unchanged' }),
        ),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)
export type RunRequest = Static<typeof RunRequest>
export type RunInput = { message: string; context?: Record<string, unknown> }

/** One execution of an agent. Source: V1 Client API, "Run an Agent". */
export const Run = Type.Object({
  id: Type.String({ format: 'uuid' }),
  agent_id: nullable(Type.String({ format: 'uuid' })),
  status: Type.Union([Type.Literal('running'), Type.Literal('completed'), Type.Literal('failed')]),
  input: nullable(Type.Object({}, { additionalProperties: true })),
  output: nullable(Type.Object({}, { additionalProperties: true })),
  content_expired: Type.Optional(
    Type.Literal(true, {
      description:
        'there when `input` and `output` are null because the content of the run is not kept any longer',
    }),
  ),
  error: nullable(Type.String()),
  started_at: Type.String(),
  finished_at: nullable(Type.String()),
  duration_ms: nullable(Type.Integer()),
  tokens_used: Type.Integer({ description: 'prompt and completion tokens of all model calls' }),
  tokens_estimated: Type.Boolean({ description: 'true when a provider reported no usable figure' }),
  model: Type.String(),
  overhead_ms: nullable(
    Type.Integer({ description: 'time spent in ARES, outside of the provider' }),
  ),
})
export type Run = Static<typeof Run>

/** A run among others: what was said may be shortened. */
export const ListedRun = Type.Object({
  ...Run.properties,
  content_truncated: Type.Optional(
    Type.Literal(true, {
      description:
        'there when `input` or `output` is too long for a list: then it is a preview, `{"message": …}` with the first 2 KiB of the message (a `context` left out) or of the JSON of the output; `GET /v1/runs/{id}` has the whole',
    }),
  ),
  input_bytes: Type.Optional(
    nullable(Type.Integer({ description: 'of the whole `input`, beside `content_truncated`' })),
  ),
  output_bytes: Type.Optional(
    nullable(Type.Integer({ description: 'of the whole `output`, beside `content_truncated`' })),
  ),
})

/** Source: V1 Client API, "List Agent Runs". */
export const RunList = Type.Object({
  runs: Type.Array(ListedRun),
  total: Type.Integer(),
  page: Type.Integer(),
  per_page: Type.Integer(),
})

/** Source: Admin API, "Agent Run History". */
export const AdminRunList = Type.Object({
  runs: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      status: Run.properties.status,
      started_at: Type.String(),
      duration_ms: Run.properties.duration_ms,
      tokens_used: Run.properties.tokens_used,
      tokens_estimated: Run.properties.tokens_estimated,
      model: Type.String(),
      error: Run.properties.error,
    }),
  ),
})

/** The input as it is kept: a preview finds the message at its beginning. */
export function messageFirst({ message, context }: RunInput): RunInput {
  return context === undefined ? { message } : { message, context }
}

/** A stored run. */
export function toRun(row: WholeRun): Run {
  const run = runOf(row, {
    input: fromJson<RunInput>(row.input),
    output: fromJson<Record<string, unknown>>(row.output),
    error: errorOf(row),
  })
  return contentExpired(row) ? { ...run, content_expired: true } : run
}

/** The JSON of a run among others, in pieces. @param shown undefined where nothing is kept (yet) */
export function listedRunJson(
  row: RunRow & ContentSizes,
  shown: ShownContent | undefined,
): JsonPiece[] {
  const known = { ...row, content_of: shown ? row.content_of : null }
  const run = runOf(row, { input: null, output: null, error: errorOf(known) })
  return jsonOf({
    ...run,
    ...(shown && { input: shown.input, output: shown.output }),
    ...(contentExpired(known) && { content_expired: true }),
    ...(shown?.truncated && {
      content_truncated: true,
      input_bytes: row.input_bytes,
      output_bytes: row.output_bytes,
    }),
  })
}

/** A run whose content is at hand as data. */
export function runOf(row: SettledRun, content: Pick<Run, 'input' | 'output' | 'error'>): Run {
  return {
    id: row.id,
    agent_id: row.agent_id,
    status: row.status,
    input: content.input,
    output: content.output,
    error: content.error,
    started_at: toWireTime(row.started_at),
    finished_at: finishedAt(row),
    duration_ms: row.duration_ms,
    tokens_used: tokensOf(row),
    tokens_estimated: row.tokens_estimated === 1,
    model: row.model,
    overhead_ms: row.overhead_ms,
  }
}

export function toAdminRun(row: RunRow): Static<typeof AdminRunList>['runs'][number] {
  return {
    id: row.id,
    status: row.status,
    started_at: toWireTime(row.started_at),
    duration_ms: row.duration_ms,
    tokens_used: tokensOf(row),
    tokens_estimated: row.tokens_estimated === 1,
    model: row.model,
    error: errorOf(row),
  }
}

/** A run that has settled always has a content, until that is dropped or was not kept from the start. */
export function contentExpired({
  status,
  content_of,
}: Pick<RunRow, 'status' | 'content_of'>): boolean {
  return status !== 'running' && content_of === null
}

/** The sentence of a failed run; when that has expired with its content, what the code still says. */
export function errorOf(
  row: Pick<RunRow, 'status' | 'content_of' | 'error' | 'error_code'>,
): string | null {
  if (row.status !== 'failed' || !contentExpired(row)) return row.error
  return `The run failed (${row.error_code}); the details are not kept any longer.`
}

/** Not stored: the start and a duration that no clock change can bend say it. */
function finishedAt({
  started_at,
  duration_ms,
}: Pick<RunRow, 'started_at' | 'duration_ms'>): string | null {
  if (duration_ms === null) return null
  // Most runs end within the second in which they began.
  if (Number(started_at.slice(20, 23)) + duration_ms < 1000) return toWireTime(started_at)
  return toWireTime(new Date(Date.parse(started_at) + duration_ms).toISOString())
}
