import { Database } from 'bun:sqlite'
import { join } from 'node:path'
import { type AresProcess, configFor, startAres } from '../binary/ares.ts'
import { operator, provision, type Provisioned, tenantCaller } from '../binary/callers.ts'
import { startProviderProcess } from './provider-process.ts'
import { type Report, runAlone, type Scenario } from './scenario.ts'

const CONNECTIONS = 64
/** How many requests each connection goes on with once the key is dead. */
const FURTHER = 20
/** A key may work that long beyond its end. */
const EXPIRY_SLACK_MS = 1000

/** Keys that die while they are in use. */
export const revocation: Scenario = {
  name: 'revocation',
  about: `${CONNECTIONS} connections hammer while their key is revoked, expires, or its tenant goes`,
  async run(profile): Promise<Report> {
    const provider = await startProviderProcess(['--deltas', '3'])
    const server = await startAres({ config: configFor(provider.url) })
    const times = profile === 'full' ? 20 : 2
    const rows: Row[] = []
    for (const [way, kill] of Object.entries(WAYS)) {
      for (let time = 1; time <= times; time++) {
        const tenant = await provision(server, { name: `${way}-${time}` })
        rows.push(await hammer({ server, tenant, way, kill }))
      }
    }
    await server.stop()
    rows.push(await expire(server))
    provider.stop()
    const after = rows.reduce((sum, row) => sum + row['started after'], 0)
    return {
      title: 'Revocation',
      goal: `0 accepted of those started after the key's end was acknowledged; expiry within ${EXPIRY_SLACK_MS} ms`,
      measured: `${after} requests started after`,
      rows: Object.values(Object.groupBy(rows, ({ way }) => way)).map((same) => summed(same!)),
      problems: rows.flatMap(problemsOf),
    }
  },
}

interface Row {
  way: string
  /** Answered 2xx, started before the end. */
  accepted: number
  'started after': number
  'accepted after': number
  /** Refusals after the end that are none of those due. */
  wrong: number
}

type Kill = (tenant: Provisioned, server: AresProcess) => Promise<{ status: number }>

/** How a key may die, each acknowledged by a 2xx. */
const WAYS: Record<string, Kill> = {
  'revoked-by-itself': async (tenant) => tenant.delete(`/v1/api-keys/${await keyOf(tenant)}`),
  'revoked-by-operator': async (tenant, server) =>
    operator(server).delete(`/api/admin/tenants/${tenant.id}/api-keys/${await keyOf(tenant)}`),
  suspended: (tenant, server) =>
    operator(server).patch(`/api/admin/tenants/${tenant.id}`, { status: 'suspended' }),
  deleted: (tenant, server) => operator(server).delete(`/api/admin/tenants/${tenant.id}`),
}

async function keyOf(tenant: Provisioned): Promise<string> {
  return (await tenant.get('/v1/api-keys')).body.keys[0].id
}

/** One request as its caller saw it. */
interface Seen {
  startedMs: number
  status: number
}

async function hammer(given: {
  server: AresProcess
  tenant: Provisioned
  way: string
  kill: Kill
}): Promise<Row> {
  const { server, tenant, way, kill } = given
  let deadMs = Infinity
  const hammering = hammerWith(tenant, () => deadMs)
  await Bun.sleep(150)
  const { status } = await kill(tenant, server)
  if (status >= 300) throw new Error(`${way}: ${status}`)
  deadMs = performance.now()
  return rowOf(way, await hammering, deadMs)
}

/** Mostly reads and some runs, on every connection, until the key has been dead for a while. */
async function hammerWith(tenant: Provisioned, deadMs: () => number) {
  const seen: Seen[] = []
  const connection = async (_: unknown, index: number) => {
    for (let further = 0; further < FURTHER;) {
      const startedMs = performance.now()
      const { status } = await (index % 4 === 0 ? tenant.run() : tenant.get('/v1/usage'))
      seen.push({ startedMs, status })
      if (startedMs > deadMs()) further++
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, connection))
  return seen
}

function rowOf(way: string, seen: Seen[], deadMs: number): Row {
  const isAccepted = ({ status }: Seen) => status < 300
  const after = seen.filter(({ startedMs }) => startedMs > deadMs)
  const due = way === 'suspended' ? 403 : 401
  return {
    way,
    accepted: seen.filter(isAccepted).length,
    'started after': after.length,
    'accepted after': after.filter(isAccepted).length,
    wrong: after.filter(({ status }) => status >= 300 && status !== due).length,
  }
}

/** Nobody can wait a day: the stopped server's key is made to expire two seconds after it starts again. */
async function expire(stopped: AresProcess): Promise<Row> {
  const first = await startAres({ cwd: stopped.folder })
  const tenant = await provision(first, { name: 'expiring' })
  await first.stop()
  const endsAt = new Date(Date.now() + 2000)
  const database = new Database(join(stopped.folder, 'data/ares.db'))
  database
    .query('update api_keys set expires_at = ? where tenant_id = ?')
    .run(endsAt.toISOString(), tenant.id)
  database.close()
  const server = await startAres({ cwd: stopped.folder })
  const deadMs = performance.now() + (endsAt.getTime() - Date.now()) + EXPIRY_SLACK_MS
  const seen = await hammerWith(tenantCaller(server, tenant.id, tenant.secret), () => deadMs)
  await server.stop()
  return rowOf('expired', seen, deadMs)
}

function summed(rows: Row[]) {
  const sum = (field: Exclude<keyof Row, 'way'>) =>
    rows.reduce((total, row) => total + row[field], 0)
  return {
    way: rows[0]!.way,
    times: rows.length,
    accepted: sum('accepted'),
    'started after': sum('started after'),
    'accepted after': sum('accepted after'),
    wrong: sum('wrong'),
  }
}

function problemsOf(row: Row): string[] {
  const { way, accepted } = row
  return [
    ...(accepted === 0 ? [`${way}: the key never worked`] : []),
    ...(row['accepted after'] > 0 ? [`${way}: ${row['accepted after']} accepted afterwards`] : []),
    ...(row.wrong > 0 ? [`${way}: ${row.wrong} refused otherwise`] : []),
  ]
}

if (import.meta.main) await runAlone(revocation)
