import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cleanUp, emptyFolder, runAres, SLOW_MS } from '../binary/ares.ts'
import { until } from '../waiting.ts'
import { type Cluster, configFor, startCluster, type Tenant, withKey } from './nodes.ts'
import { CAN_START, type PostgresServer, startPostgres } from './postgres-server.ts'

/* Three compiled servers on one PostgreSQL are one service: what one has decided, the others keep to at once. */

if (!CAN_START)
  console.warn('skipped: several nodes on PostgreSQL, for no server of it is installed')

/** Callers of each node. */
const CALLERS = 16

const TIERS = `
[tiers.free]
runs_per_month = 50

[tiers.dev]
requests_per_minute = 30
`

describe.skipIf(!CAN_START)('three nodes on PostgreSQL', () => {
  let postgres: PostgresServer
  let cluster: Cluster
  let database: string

  beforeAll(async () => {
    postgres = await startPostgres()
    database = postgres.newDatabase('ares')
    cluster = await startCluster(3, database, TIERS)
  }, SLOW_MS)

  afterAll(async () => {
    await Promise.all(cluster.nodes.map((node) => node.stop()))
    cleanUp()
    postgres.remove()
  }, SLOW_MS)

  /** Runs on all nodes at once until each caller is refused; how many passed, and what the others were told. */
  async function runOut(tenant: Tenant): Promise<{ passed: number; refusals: Set<number> }> {
    let passed = 0
    const refusals = new Set<number>()
    const callers = cluster.nodes.flatMap((node) => Array.from({ length: CALLERS }, () => node))
    await Promise.all(
      callers.map(async (node) => {
        for (;;) {
          const { status } = await tenant.run(node)
          if (status !== 200) return void refusals.add(status)
          passed++
        }
      }),
    )
    return { passed, refusals }
  }

  async function runsOf({ id }: Tenant): Promise<number> {
    const usage = await cluster.admin('GET', `/api/admin/tenants/${id}/usage`)
    const told = (await usage.json()) as { total_runs: number }
    return told.total_runs
  }

  async function limitedKey(tenant: Tenant, runs: number): Promise<Tenant> {
    const body = { name: 'limited', scopes: ['run'], runs_per_month: runs }
    const made = await cluster.admin('POST', `/api/admin/tenants/${tenant.id}/api-keys`, body)
    const { id, raw_key } = (await made.json()) as { id: string; raw_key: string }
    return withKey(cluster, tenant, id, raw_key)
  }

  test(
    'a cap lets exactly so many runs pass, the first of the month among them',
    async () => {
      for (let round = 0; round < 3; round++) {
        const limited = await limitedKey(await cluster.tenant(), 50)
        expect(await runOut(limited)).toEqual({ passed: 50, refusals: new Set([429]) })
      }
    },
    SLOW_MS,
  )

  test(
    'a quota does likewise',
    async () => {
      const tenant = await cluster.tenant('free')
      expect(await runOut(tenant)).toEqual({ passed: 50, refusals: new Set([429]) })
      expect(await runsOf(tenant)).toBe(50)
    },
    SLOW_MS,
  )

  test(
    'the first run of a month may come to all nodes at once',
    async () => {
      for (let round = 0; round < 5; round++) {
        const tenant = await cluster.tenant()
        const replies = await Promise.all(cluster.nodes.map((node) => tenant.run(node)))
        expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
      }
    },
    SLOW_MS,
  )

  test(
    'a revoked key and a suspended tenant are refused by all on the very next request',
    async () => {
      const revoked = await cluster.tenant()
      const suspended = await cluster.tenant()
      await Promise.all(cluster.nodes.flatMap((node) => [revoked.run(node), suspended.run(node)]))
      const key = `/api/admin/tenants/${revoked.id}/api-keys/${revoked.keyId}`
      expect((await cluster.admin('DELETE', key)).status).toBe(204)
      const status = { status: 'suspended' }
      const changed = await cluster.admin('PATCH', `/api/admin/tenants/${suspended.id}`, status)
      expect(changed.status).toBe(200)
      for (const node of cluster.nodes) {
        expect((await revoked.run(node)).status).toBe(401)
        expect((await suspended.run(node)).status).toBe(403)
      }
    },
    SLOW_MS,
  )

  test(
    'of a name that is given on all nodes at once one is made, and the others are conflicts',
    async () => {
      const body = { name: 'wanted-by-all', tier: 'free' }
      const made = await Promise.all(
        Array.from({ length: 12 }, () => cluster.admin('POST', '/api/admin/tenants', body)),
      )
      const statuses = made.map(({ status }) => status).toSorted((a, b) => a - b)
      expect(statuses).toEqual([201, ...Array<number>(11).fill(409)])
    },
    SLOW_MS,
  )

  test(
    'different names are all made, and the audit log has no gap',
    async () => {
      const made = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          cluster.admin('POST', '/api/admin/tenants', { name: `name-${index}`, tier: 'free' }),
        ),
      )
      expect(made.map(({ status }) => status)).toEqual(Array<number>(12).fill(201))
      const log = await cluster.admin('GET', '/api/admin/audit-log?per_page=100')
      const { entries } = (await log.json()) as { entries: { seq: number | null }[] }
      const numbers = entries.flatMap(({ seq }) => (seq === null ? [] : [seq]))
      expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! - index))
    },
    SLOW_MS,
  )

  test(
    'a rate is that of all nodes together',
    async () => {
      const tenant = await cluster.tenant('dev')
      const began = performance.now()
      const replies = await Promise.all(
        Array.from({ length: 90 }, () => cluster.ask('/v1/agents', { key: tenant.key })),
      )
      const passed = replies.filter(({ status }) => status === 200).length
      const refilled = Math.ceil(((performance.now() - began) / 60_000) * 30)
      expect(passed).toBeGreaterThanOrEqual(30)
      expect(passed).toBeLessThanOrEqual(30 + refilled)
    },
    SLOW_MS,
  )

  test.each(['fast', 'immediate'] as const)(
    'a %s stop of the database is 503 with Retry-After, and over when it is back',
    async (how) => {
      const tenant = await cluster.tenant()
      const end = new AbortController()
      const seen = new Map<number, number>()
      let acknowledged = 0
      const callers = cluster.nodes.map(async (node) => {
        while (!end.signal.aborted) {
          const reply = await tenant.run(node)
          seen.set(reply.status, (seen.get(reply.status) ?? 0) + 1)
          if (reply.status === 200) acknowledged++
          else expect(reply.headers.get('retry-after')).not.toBeNull()
        }
      })
      await until(() => acknowledged > 20)
      postgres.stop(how)
      await until(() => (seen.get(503) ?? 0) > 5)
      for (const node of cluster.nodes) {
        expect((await cluster.ask('/ready', {}, node)).status).toBe(503)
      }
      postgres.start()
      const back = acknowledged
      await until(() => acknowledged > back + 20)
      end.abort()
      await Promise.all(callers)
      expect(new Set(seen.keys())).toEqual(new Set([200, 503]))
      // One that was begun and not answered counts too.
      expect(await runsOf(tenant)).toBeGreaterThanOrEqual(acknowledged)
    },
    SLOW_MS,
  )

  test(
    'what a killed node had under way is settled by the others, and every total is right',
    async () => {
      const [first] = cluster.nodes
      const tenant = await cluster.tenant()
      const load = Array.from({ length: 40 }, () => tenant.run(first).catch(() => null))
      await Promise.any(load)
      first!.signal('SIGKILL')
      await Promise.all(load)
      await first!.ended
      cluster.nodes.shift()
      expect((await tenant.run(cluster.nodes[0])).status).toBe(200)
      await Promise.all(cluster.nodes.map((node) => until(() => isReady(node.url))))
      const checked = await check(database)
      expect(checked).toMatchObject({ code: 0 })
      expect(checked.stdout).toContain('every total is right')
    },
    SLOW_MS,
  )
})

async function isReady(url: string): Promise<boolean> {
  return (await fetch(`${url}/ready`)).ok
}

/** What `ares check --database` says of it. */
function check(database: string) {
  const cwd = emptyFolder()
  writeFileSync(join(cwd, 'ares.toml'), configFor(database), { mode: 0o600 })
  return runAres(['check', '--database'], { cwd })
}
