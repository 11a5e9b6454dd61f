import Database from 'better-sqlite3'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { MIGRATIONS } from '../../migrations/all.ts'
import { migrate } from '../../src/db/sqlite/migrate.ts'
import {
  ADMIN_SECRET,
  type AresProcess,
  configFor,
  emptyFolder,
  folderWith,
  startAres,
} from '../binary/ares.ts'
import { generatedSecret, provision, tenantCaller } from '../binary/callers.ts'
import { type Acknowledged, acknowledgedRun } from './journal.ts'

/** Something a server does from its start to its stop, which is cut off at every one of its writes. */
export interface Workload {
  name: string
  /** What each attempt starts with a copy of. */
  folder: string
  /** What was acknowledged before. */
  before: Acknowledged[]
  adminSecret(server: AresProcess): string
  /** Calls a server that may die at any time; what it acknowledges is added to the list. */
  play(server: AresProcess, acknowledged: Acknowledged[]): Promise<void>
}

const RUNS = 20

/** First start, provisioning, runs, and a migration where there is one. */
export async function workloads(providerUrl: string): Promise<Workload[]> {
  const migrating = Object.keys(MIGRATIONS).length > 1
  return [
    firstStart(),
    provisioning(providerUrl),
    await twentyRuns(providerUrl),
    ...(migrating ? [await migration(providerUrl)] : []),
  ]
}

/** Without a configuration, so that the admin secret is made too. */
function firstStart(): Workload {
  return {
    name: 'first start',
    folder: emptyFolder(),
    before: [],
    adminSecret: generatedSecret,
    play: () => Promise.resolve(),
  }
}

function provisioning(providerUrl: string): Workload {
  return {
    name: 'provisioning',
    folder: folderWith({ 'ares.toml': configFor(providerUrl) }),
    before: [],
    adminSecret: () => ADMIN_SECRET,
    async play(server, acknowledged) {
      for (const name of ['one', 'two', 'three']) {
        const { id, secret } = await provision(server, { name })
        acknowledged.push({ kind: 'tenant', id, key: secret })
      }
    },
  }
}

async function twentyRuns(providerUrl: string): Promise<Workload> {
  const server = await startAres({ config: configFor(providerUrl) })
  const { id, secret } = await provision(server)
  await server.stop()
  return {
    name: `${RUNS} runs`,
    folder: server.folder,
    before: [{ kind: 'tenant', id, key: secret }],
    adminSecret: () => ADMIN_SECRET,
    async play(server, acknowledged) {
      const tenant = tenantCaller(server, id, secret)
      for (let count = 0; count < RUNS; count++) {
        const { status, body } = await tenant.run()
        if (status !== 200) throw new Error(`run: ${status} ${JSON.stringify(body)}`)
        acknowledged.push(acknowledgedRun(body))
      }
    },
  }
}

/** A file as the first released schema left it: with a tenant and finished runs. */
async function migration(providerUrl: string): Promise<Workload> {
  const folder = folderWith({ 'ares.toml': configFor(providerUrl) })
  mkdirSync(join(folder, 'data'))
  const path = join(folder, 'data/ares.db')
  const database = new Database(path)
  database.pragma('auto_vacuum = incremental')
  database.pragma('journal_mode = wal')
  const [first] = Object.entries(MIGRATIONS)
  await migrate(database, path, Object.fromEntries([first!]))
  database.exec(OLD_ROWS)
  const runs = database.prepare('select id from runs').all() as { id: string }[]
  database.close()
  return {
    name: 'migration',
    folder,
    before: runs.map(({ id }) => ({ kind: 'run', id, status: 'completed', tokens: 19 })),
    adminSecret: () => ADMIN_SECRET,
    play: () => Promise.resolve(),
  }
}

const OLD_RUNS = 300
const OLD_TENANT = '01900000-0000-7000-8000-000000000001'
const OLD_KEY = '01900000-0000-7000-8000-000000000002'
const OLD_TIME = '2026-01-31T10:00:00.000Z'

/** In the columns of the first schema. */
const OLD_ROWS = `
  insert into tenants (id, name, tier, status, created_at)
    values ('${OLD_TENANT}', 'old', 'pro', 'active', '${OLD_TIME}');
  insert into api_keys (id, tenant_id, name, prefix, hash, created_at)
    values ('${OLD_KEY}', '${OLD_TENANT}', 'old', 'ares_olds', 'no secret has this hash', '${OLD_TIME}');
  insert into runs (id, tenant_id, kind, status, key_id, model, provider, started_at, duration_ms, overhead_ms,
                    input_tokens, output_tokens, cost_micro_usd, node_id)
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${OLD_RUNS})
    select format('01900000-0000-7000-9000-%012d', n), '${OLD_TENANT}', 'chat', 'completed', '${OLD_KEY}', 'm',
           'scripted', '${OLD_TIME}', 20, 1, 12, 7, 0, 'local'
    from numbers;
  insert into run_contents (run_id, input, output)
    select id, '{"messages":[{"role":"user","content":"' || id || '"}]}', '"Hello"' from runs;
  insert into tenant_months (tenant_id, month, runs, tokens)
    values ('${OLD_TENANT}', '2026-01', ${OLD_RUNS}, ${OLD_RUNS * 19});
  insert into key_months (key_id, month, runs, tokens, cost_micro_usd)
    values ('${OLD_KEY}', '2026-01', ${OLD_RUNS}, ${OLD_RUNS * 19}, 0);
  insert into usage_daily (tenant_id, day, model, kind, runs, failed_runs, input_tokens, output_tokens,
                           cached_tokens, cost_micro_usd)
    values ('${OLD_TENANT}', '2026-01-31', 'm', 'chat', ${OLD_RUNS}, 0, ${OLD_RUNS * 12}, ${OLD_RUNS * 7}, 0, 0);
`
