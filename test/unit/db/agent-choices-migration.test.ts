import { expect, test } from 'bun:test'
import Database from 'better-sqlite3'
import { listAgents } from '../../../src/agents/agent-list-store.ts'
import { migrate } from '../../../src/db/sqlite/migrate.ts'
import { openDatabase } from '../../../src/db/sqlite/open.ts'
import { MIGRATIONS } from '../../../migrations/all.ts'
import { scratchPath } from './scratch.ts'

const NOW = '2026-03-13T14:22:00.000Z'
const BEFORE = Object.keys(MIGRATIONS).filter((name) => name < '0007_agent_choices')

const AGENTS = {
  plain: { model: 'm-plain', system_prompt: 'p'.repeat(200_000) },
  tooled: { metadata: { model: 'not this' }, tools: ['calculator', 'clock'], model: 'm-tools' },
}

/** A database as the version before had it. */
async function databaseOfOld(path: string) {
  const connection = new Database(path)
  connection.pragma('journal_mode = wal')
  const old = Object.fromEntries(BEFORE.map((name) => [name, MIGRATIONS[name]!]))
  await migrate(connection, path, old)
  connection
    .prepare('insert into tenants (id, name, tier, status, created_at) values (?, ?, ?, ?, ?)')
    .run('t', 'acme', 'free', 'active', NOW)
  for (const [name, config] of Object.entries(AGENTS)) {
    connection
      .prepare(
        'insert into agents (id, tenant_id, name, agent_type, status, config, version, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(name, 't', name, 'custom', 'active', JSON.stringify(config), 1, NOW, NOW)
    connection
      .prepare(
        'insert into agent_stats (agent_id, successful_runs, failed_runs, total_duration_ms, total_tokens) values (?, 0, 0, 0, 0)',
      )
      .run(name)
  }
  connection.close()
}

test('agents of an older database are listed with their models and tools', async () => {
  const path = scratchPath()
  await databaseOfOld(path)
  const database = await openDatabase({ path, pid: 1, statements: [] })
  const listed = await listAgents(database.db, 't')
  expect(listed.map(({ name, model, tools }) => ({ name, model, tools }))).toEqual([
    { name: 'plain', model: 'm-plain', tools: [] },
    { name: 'tooled', model: 'm-tools', tools: ['calculator', 'clock'] },
  ])
  await database.close()
})
