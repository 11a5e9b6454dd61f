import { type AppOptions, startApp, type TestApp } from '../harness.ts'

export const DAY_MS = 24 * 3600 * 1000
export const RUNS = '/v1/agents/risk/runs'
export const CHAT = { model: 'm-tools', messages: [{ role: 'user', content: 'Hello' }] }

/** Ids carry the time of this machine, so the clock must start there too. */
export async function start(options: AppOptions = {}) {
  const app = await startApp({ now: new Date().toISOString(), ...options })
  return { app, acme: await app.tenant('acme', { agents: ['risk'] }) }
}

/** Runs of so many days ago with contents of 1,000 characters each, oldest first, beside all totals. */
export async function storeRuns(app: TestApp, count: number, daysAgo = 0): Promise<void> {
  const startMs = app.clock.now().getTime() - daysAgo * DAY_MS - count
  const ids = Array.from({ length: count }, (_, i) => Bun.randomUUIDv7('hex', startMs + i))
  const run = {
    tenant_id: 'nobody',
    kind: 'chat' as const,
    status: 'completed' as const,
    key_id: 'none',
    model: 'm',
    provider: 'p',
    started_at: new Date(startMs).toISOString(),
    input_tokens: 0,
    output_tokens: 0,
    cached_tokens: 0,
    cache_write_tokens: 0,
    tokens_estimated: 0,
    node_id: 'test',
  }
  const content = { input: JSON.stringify('x'.repeat(998)), output: null, error: null }
  for (let i = 0; i < count; i += 500) {
    const some = ids.slice(i, i + 500)
    await app.database.writer.transaction(async (trx) => {
      await trx
        .insertInto('runs')
        .values(some.map((id) => ({ ...run, id })))
        .execute()
      await trx
        .insertInto('run_contents')
        .values(some.map((run_id) => ({ ...content, run_id })))
        .execute()
    })
  }
}

export async function countContents({ database }: TestApp): Promise<number> {
  const { count } = await database.db
    .selectFrom('run_contents')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
