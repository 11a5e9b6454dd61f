import Database from 'better-sqlite3'
import { join } from 'node:path'
import { ADMIN_SECRET, provision, serveAres } from './ares.ts'
import { newFolder } from './folders.ts'
import type { Measured } from './process.ts'
import { storeRuns } from './stored-runs.ts'

/** Names by size: the first has a sixth of all runs, the one before the last next to none. */
const TENANTS = Array.from({ length: 200 }, (_, index) => `tenant-${index + 101}`)
export const BIGGEST = TENANTS[0]!
export const SMALL = TENANTS[198]!
/** Has 40 runs, a year ago, and none since. */
export const QUIET = TENANTS[199]!
export const AGENTS = ['agent-a', 'agent-b', 'agent-c']
/** One run in 40. */
export const RARE_MODEL = 'bench-rare'

const DAYS = 365
/** What retention leaves by default. */
const CONTENT_DAYS = 29

/** The n-th tenant has 300 / n shares; a fifth of what is asked goes past the agents. */
const CALLERS = `
  with recursive shares(n) as (select 1 union all select n + 1 from shares where n < 300)
  select
    t.id as tenant_id,
    iif(n % 5 = 4, null, a.id) as agent_id,
    k.id as key_id,
    case when (n * 7 + rank * 11) % 40 = 0 then '${RARE_MODEL}' when n % 3 = 0 then 'bench-large' else 'bench' end as model,
    case when n % 5 = 4 then 'completion' when n % 7 = 6 then 'chat' else 'run' end as kind
  from (select id, name, row_number() over (order by name) as rank from tenants) t
  join api_keys k on k.tenant_id = t.id
  join shares on n <= max(1, 300 / rank)
  join agents a on a.tenant_id = t.id and a.name = 'agent-' || substr('abc', n % 3 + 1, 1)
  where t.name <> '${QUIET}'
  order by rank, n`

const QUIET_RUNS = `
  update runs set (tenant_id, agent_id, agent_version, key_id, model, kind) = (
    select a.tenant_id, a.id, 1, k.id, 'bench', 'run'
    from tenants t join agents a on a.tenant_id = t.id join api_keys k on k.tenant_id = t.id
    where t.name = '${QUIET}' and a.name = 'agent-a'
  )
  where id in (select id from runs order by id limit 40);`

/** Over the year as the runs are, each about a tenant in turn; the 40 newest alerts are open. */
const ALERTS_AND_AUDIT = `
  create temp table numbered as select row_number() over (order by name) - 1 as number, id, name from tenants;
  create unique index temp.numbered_number on numbered (number);

  insert into alerts (id, severity, message, tenant_id, kind, threshold, subject, created_at, resolved_at)
  with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < @alerts)
  select
    printf('%08x-0000-7000-8000-%012x', n, n), iif(n % 100 = 0, 'critical', 'warning'),
    name || ' has used 80% of its runs of the month.', id, 'quota_runs', 80, substr(at, 1, 7), at,
    iif(n > @alerts - 40, null, at)
  from (select n, n % 199 as tenant, strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-' || ((@alerts - n) * 365.0 / @alerts) || ' days') as at from numbers)
  join numbered on number = tenant;

  insert into audit_log (seq, id, action, actor, details, timestamp)
  with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < @entries)
  select
    n, printf('%08x-0000-7000-8000-%012x', n, n),
    case when n % 1000 = 0 then 'tenant.quota_updated' when n % 4 = 0 then 'api_key.created' else 'agent.updated' end,
    iif(n % 4 = 0, 'admin', 'tenant:' || name),
    json_object('tenant_id', id, 'agent', 'agent-a', 'version', n),
    strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-' || ((@entries - n) * 365.0 / @entries) || ' days')
  from (select n, n % 199 as tenant from numbers) join numbered on number = tenant;`

/** A database of a platform that has been in use for a year. */
export interface Platform {
  name: string
  runs: number
  folder: string
  keys: Record<string, string>
  /** Of the tenants, by name. */
  ids: Record<string, string>
}

/** Made by the binary, with tenants and agents from the Admin API; the year of runs, alerts and changes is from SQL. */
export async function growPlatform(provider: Measured, runs: number): Promise<Platform> {
  const folder = newFolder()
  const server = await serveAres(provider, { folder })
  const keys: Record<string, string> = {}
  for (const name of TENANTS) keys[name] = await provision(server, name, AGENTS)
  const ids = await tenantIds(server)
  await server.stop()
  const path = join(folder, 'ares.db')
  storeRuns(path, {
    count: runs,
    days: DAYS,
    contentDays: CONTENT_DAYS,
    callers: CALLERS,
    adapt: QUIET_RUNS,
  })
  storeChanges(path, runs)
  return { name: runs.toLocaleString('en-US'), runs, folder, keys, ids }
}

async function tenantIds({ url }: Measured): Promise<Record<string, string>> {
  const headers = { 'x-admin-secret': ADMIN_SECRET }
  const reply = await fetch(`${url}/api/admin/tenants`, { headers })
  const { tenants } = (await reply.json()) as { tenants: { id: string; name: string }[] }
  return Object.fromEntries(tenants.map(({ id, name }) => [name, id]))
}

/** An alert for 50 runs, a change for 10. */
function storeChanges(path: string, runs: number): void {
  const db = new Database(path)
  const numbers = { alerts: Math.ceil(runs / 50), entries: Math.ceil(runs / 10) }
  db.exec('delete from audit_log')
  const text = ALERTS_AND_AUDIT.replaceAll(/@(\w+)/g, (_, name: keyof typeof numbers) =>
    String(numbers[name]),
  )
  db.exec(text)
  db.close()
}
