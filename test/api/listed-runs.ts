import { sql } from 'kysely'
import type { Static } from '@sinclair/typebox'
import { firstIdAt } from '../../src/run-ids.ts'
import { type AdminRunItemList } from '../../src/runs/list-schema.ts'
import type { TestApp } from '../harness.ts'

export type ListedRuns = Static<typeof AdminRunItemList>

interface StoredRuns {
  tenantId: string
  count: number
  /** Of the first; one follows the other each so many ms. */
  from: string
  everyMs?: number
  columns?: Record<string, string | number | null>
  /** What is kept of each. */
  content?: { input?: unknown; output?: unknown; error?: string }
}

/** Puts settled runs and their roll-ups into the database, as the ledger would have left them; their ids, oldest first. */
export async function storeRuns(app: TestApp, stored: StoredRuns): Promise<string[]> {
  const { tenantId, count, from, everyMs = 1, columns = {}, content } = stored
  const rows = Array.from({ length: count }, (_, n) => {
    const ms = Date.parse(from) + n * everyMs
    return {
      id: `${firstIdAt(ms)}-7000-8000-${n.toString(16).padStart(12, '0')}`,
      started_at: new Date(ms).toISOString(),
      ...RUN,
      tenant_id: tenantId,
      ...columns,
    }
  })
  await app.database.writer.transaction(async (trx) => {
    for (let at = 0; at < count; at += 500) {
      const some = rows.slice(at, at + 500)
      await trx.insertInto('runs').values(some).execute()
      if (!content) continue
      const kept = {
        input: JSON.stringify(content.input ?? { message: 'Hello' }),
        output: content.output === undefined ? null : JSON.stringify(content.output),
        error: content.error ?? null,
      }
      await trx
        .insertInto('run_contents')
        .values(some.map(({ id }) => ({ run_id: id, ...kept })))
        .execute()
    }
    await sql`delete from usage_daily`.execute(trx)
    await sql`
      insert into usage_daily
      select tenant_id, substr(started_at, 1, 10), model, kind, count(*), sum(status = 'failed'),
        sum(input_tokens), sum(output_tokens), sum(cached_tokens), sum(coalesce(cost_micro_usd, 0))
      from runs group by 1, 2, 3, 4`.execute(trx)
  })
  return rows.map(({ id }) => id)
}

const RUN = {
  kind: 'run' as const,
  status: 'completed' as const,
  agent_id: null,
  agent_version: null,
  key_id: 'stored',
  model: 'm-tools',
  provider: 'scripted',
  duration_ms: 100,
  overhead_ms: 1,
  input_tokens: 10,
  output_tokens: 5,
  cached_tokens: 0,
  cache_write_tokens: 0,
  tokens_estimated: 0,
  cost_micro_usd: null,
  error_code: null,
  conversation_id: null,
  node_id: 'test',
  lease_until: null,
}

/** Every page of a list, from the first or from a cursor to where it ends. */
export async function allPages(
  caller: { get(path: string): Promise<Response> },
  path: string,
  start = '',
): Promise<{ runs: ListedRuns['runs']; pages: ListedRuns[] }> {
  const pages: ListedRuns[] = []
  let cursor: string | null = start
  while (cursor !== null) {
    const at = cursor === '' ? path : `${path}${path.includes('?') ? '&' : '?'}cursor=${cursor}`
    const reply = await caller.get(at)
    if (reply.status !== 200) throw new Error(await reply.text())
    const page = (await reply.json()) as ListedRuns
    pages.push(page)
    cursor = page.next_cursor
    if (pages.length > 1000) throw new Error('The pages do not end.')
  }
  return { runs: pages.flatMap(({ runs }) => runs), pages }
}
