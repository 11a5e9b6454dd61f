import { expect, test } from 'bun:test'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { openDatabase } from '../../../src/db/sqlite/open.ts'
import type { Tables } from '../../../src/db/tables.ts'
import type { RunFilter } from '../../../src/runs/run-filter.ts'
import { type RunSource, runsIn, windowEnd } from '../../../src/runs/run-list-store.ts'
import { anybodysDay, tenantsDay } from '../../../src/runs/busy-days.ts'
import { dailyRows } from '../../../src/usage/daily-rows.ts'
import { sumUsage } from '../../../src/usage/sums.ts'
import { scratchPath } from '../db/scratch.ts'

const path = scratchPath()
await (await openDatabase({ path, pid: 1, statements: [] })).close()
const connection = new Database(path)
let asked: { sql: string; parameters: readonly unknown[] }[] = []
const db = new Kysely<Tables>({
  dialect: new SqliteDialect({ database: connection }),
  log: ({ query }) => void asked.push(query),
})

/** How the database goes about what is asked; nothing runs `analyze`, so it does not depend on what is stored. */
async function plansOf(ask: () => Promise<unknown>): Promise<string> {
  asked = []
  await ask()
  const plans = asked.flatMap(({ sql, parameters }) =>
    connection.prepare(`explain query plan ${sql}`).all(...(parameters as string[])),
  )
  return (plans as { detail: string }[]).map(({ detail }) => detail).join('\n')
}

const RANGE = { floor: '01990000-0000', below: '01a00000-0000' }
const EVERY: RunFilter = {
  tenantId: 't',
  agent: 'a',
  status: 'failed',
  kind: 'run',
  model: 'm',
  from: '2026-03-01T00:00:00.000Z',
  to: '2026-04-01T00:00:00.000Z',
  text: null,
  onlyAgents: null,
}

test.each<[string, RunSource, string]>([
  ['all by time', { by: 'time', agentName: null }, 'SEARCH r USING PRIMARY KEY (id>? AND id<?)'],
  ['a common name', { by: 'time', agentName: 'a' }, 'SEARCH r USING PRIMARY KEY (id>? AND id<?)'],
  [
    'a few agents',
    { by: 'agents', ids: ['a', 'b'] },
    'SEARCH r USING INDEX runs_by_agent (agent_id=? AND kind=? AND id>? AND id<?)',
  ],
  ['those in flight', { by: 'lease', ids: null }, 'runs_in_flight'],
  ['those in flight of an agent', { by: 'lease', ids: ['a'] }, 'runs_in_flight'],
])('a window of %s is reached by its order', async (_what, source, plan) => {
  const plans = await plansOf(() => runsIn(db, source, RANGE, EVERY, 50))
  expect(plans).toContain(plan)
  expect(plans).not.toMatch(/SCAN|SEARCH (?!r )\w+ USING INDEX runs/)
  expect(await plansOf(() => windowEnd(db, source, RANGE, 500))).not.toMatch(/SCAN|TEMP B-TREE/)
})

test('roll-ups are reached by tenant and day', async () => {
  const filter = { ...EVERY, tenantId: 't' }
  expect(await plansOf(() => tenantsDay(db, filter, '2026-03-13'))).not.toMatch(/SCAN|TEMP B-TREE/)
  connection.exec(
    `insert into usage_daily values ('t', '2026-03-12', 'm', 'run', 1, 1, 0, 0, 0, 0)`,
  )
  expect(await plansOf(() => anybodysDay(db, filter, '2026-03-13'))).not.toContain('SCAN')
  const onModel = { ...filter, status: null }
  expect(await plansOf(() => anybodysDay(db, onModel, '2026-03-13'))).toMatch(
    /^(SEARCH usage_daily USING COVERING INDEX usage_daily_by_day .*\n?)+$/,
  )
  const span = { firstDay: '2026-03-01', lastDay: '2026-03-13', tenantId: null }
  const reading = async () => {
    for await (const page of dailyRows(db, span)) expect(page).toHaveLength(1)
  }
  expect(await plansOf(reading)).not.toMatch(/SCAN|TEMP B-TREE/)
  const today = { ...span, firstDay: span.lastDay }
  expect(await plansOf(() => sumUsage(db, today, 'tenant_id'))).not.toContain('SCAN')
  connection.exec(`insert into tenants values ('t', 't', 'pro', 'active', '2026-03-12', null)`)
  for (const by of ['tenant_id', 'model', 'day'] as const) {
    const plans = await plansOf(() => sumUsage(db, span, by))
    expect(plans).toContain(
      'SEARCH usage_daily USING PRIMARY KEY (tenant_id=? AND day>? AND day<?)',
    )
    expect(plans).not.toContain('SCAN')
  }
  const own = { ...span, tenantId: 't' }
  expect(await plansOf(() => sumUsage(db, own, 'day'))).not.toContain('SCAN')
})
