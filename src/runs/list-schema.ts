import { type Static, Type } from '@sinclair/typebox'
import { toWireTime } from '../db/columns.ts'
import { NextCursor } from '../http/query-cursor.ts'
import { jsonOf, type JsonPiece } from '../http/json-text.ts'
import { nullable } from '../http/nullable.ts'
import { RUN_KINDS } from './run-filter.ts'
import type { DetailedRun, ListedRun } from './run-list-store.ts'
import type { RunPage } from './run-walk.ts'
import { contentExpired, errorOf, Run } from './schema.ts'
import type { WholeContent } from './shown-content.ts'

const Id = Type.String({ format: 'uuid' })

/** A run among those of all agents, as its tenant sees it. */
export const RunItem = Type.Object({
  id: Id,
  agent_id: nullable(Id),
  agent: nullable(Type.String({ description: 'its name, also when it is deleted by now' })),
  kind: Type.Union(RUN_KINDS.map((kind) => Type.Literal(kind))),
  status: Run.properties.status,
  model: Type.String(),
  started_at: Type.String(),
  duration_ms: Run.properties.duration_ms,
  overhead_ms: Run.properties.overhead_ms,
  input_tokens: Type.Integer(),
  output_tokens: Type.Integer(),
  cached_tokens: Type.Integer({
    description: 'part of the input tokens, from the provider’s cache',
  }),
  cache_write_tokens: Type.Integer({
    description: 'part of the input tokens, written into the provider’s cache',
  }),
  tokens_estimated: Run.properties.tokens_estimated,
  error_code: nullable(Type.String()),
})

/** The same for operators. */
export const AdminRunItem = Type.Object({
  ...RunItem.properties,
  tenant_id: Id,
  tenant_name: Type.String(),
  provider: Type.String({ description: 'empty when the model was not configured' }),
  key_prefix: nullable(Type.String({ description: 'null for the operator’s playground' })),
  cost_micro_usd: nullable(
    Type.Integer({ description: 'millionths of a USD; null without a price' }),
  ),
})

const content = {
  agent_version: nullable(Type.Integer({ description: 'of the agent when it ran' })),
  input: nullable(Type.Object({}, { additionalProperties: true })),
  output: nullable(Type.Object({}, { additionalProperties: true })),
  error: nullable(Type.String()),
  content_expired: Run.properties.content_expired,
}

export const RunDetail = Type.Object({ ...RunItem.properties, ...content })
export const AdminRunDetail = Type.Object({
  ...AdminRunItem.properties,
  ...content,
  key_id: Type.String({ description: '`operator` for the operator’s playground' }),
})

const paging = {
  next_cursor: NextCursor,
  searched: nullable(
    Type.Integer({
      description:
        'how many runs were searched for `q` so far, over all pages; null without a text',
    }),
  ),
}

export const RunItemList = Type.Object({ runs: Type.Array(RunItem), ...paging })
export const AdminRunItemList = Type.Object({ runs: Type.Array(AdminRunItem), ...paging })

export function toRunPage<Item>(
  { runs, next, searched }: RunPage,
  toItem: (run: ListedRun) => Item,
) {
  return { runs: runs.map(toItem), next_cursor: next, searched }
}

export function toRunItem(run: ListedRun): Static<typeof RunItem> {
  return {
    id: run.id,
    agent_id: run.agent_id,
    agent: run.agent_name,
    kind: run.kind,
    status: run.status,
    model: run.model,
    started_at: toWireTime(run.started_at),
    duration_ms: run.duration_ms,
    overhead_ms: run.overhead_ms,
    input_tokens: run.input_tokens,
    output_tokens: run.output_tokens,
    cached_tokens: run.cached_tokens,
    cache_write_tokens: run.cache_write_tokens,
    tokens_estimated: run.tokens_estimated === 1,
    error_code: run.error_code,
  }
}

export function toAdminRunItem(run: ListedRun): Static<typeof AdminRunItem> {
  return {
    ...toRunItem(run),
    tenant_id: run.tenant_id,
    tenant_name: run.tenant_name ?? '',
    provider: run.provider,
    key_prefix: run.key_prefix,
    cost_micro_usd: run.cost_micro_usd,
  }
}

/** JSON of a `RunDetail`, in pieces. @param content undefined where nothing is kept (yet) */
export function runDetailJson(run: DetailedRun, content: WholeContent | undefined): JsonPiece[] {
  return jsonOf({ ...toRunItem(run), ...contentOf(run, content) })
}

/** JSON of an `AdminRunDetail`. */
export function adminRunDetailJson(
  run: DetailedRun,
  content: WholeContent | undefined,
): JsonPiece[] {
  return jsonOf({ ...toAdminRunItem(run), ...contentOf(run, content), key_id: run.key_id })
}

function contentOf(run: DetailedRun, content: WholeContent | undefined) {
  const known = { ...run, content_of: content ? run.content_of : null }
  return {
    agent_version: run.agent_version,
    input: content?.input ?? null,
    output: content?.output ?? null,
    error: errorOf(known),
    ...(contentExpired(known) && { content_expired: true as const }),
  }
}
