import { startAres, startManyTenants, withBaseline } from '../lib/ares.ts'
import { compared } from '../lib/compared.ts'
import {
  type Contestant,
  startNginx,
  startPortkey,
  startProvider,
  startProxy,
} from '../lib/contestants.ts'
import type { Measured } from '../lib/process.ts'
import type { Report } from '../lib/report.ts'
import { alternate, type CallerOptions, callers } from '../lib/rounds.ts'

/** A whole run, everything on, beside the raw proxy, nginx, and Portkey (which record nothing). */
export async function runEndpoint(connections: number, quick: boolean): Promise<Report> {
  const provider = await startProvider()
  const contestants = await allOf(provider)
  const figures = await alternate(contestants, callers(connections, quick))
  for (const server of [...contestants, provider]) await server.stop()
  return compared(`Runs, ${connections} at a time, provider answers at once`, figures)
}

const DELAY_MS = 50
const CONNECTIONS = 16
/** As many as it takes to warm up in seconds although each answer takes its time. */
const WARM_UP = { connections: 512, requests: 30_000 }

/** The same with a provider that takes its time, and callers who come when they like. */
export async function delayedRuns(quick: boolean): Promise<Report> {
  const provider = await startProvider(['--delay', String(DELAY_MS)])
  const contestants = await allOf(provider)
  const options: CallerOptions = {
    ...callers(CONNECTIONS, quick, WARM_UP),
    thinkMs: DELAY_MS,
  }
  const figures = await alternate(contestants, options)
  for (const server of [...contestants, provider]) await server.stop()
  const title = `Runs, ${CONNECTIONS} callers who think for up to ${DELAY_MS} ms, provider answers after ${DELAY_MS} ms`
  return compared(title, figures)
}

const MANY = { tenants: 50, agents: 3 }

/** The same work for one tenant with one agent and one key, and spread over many. */
export async function manyTenants(quick: boolean): Promise<Report> {
  const provider = await startProvider()
  const contestants = [await startAres(provider), await startManyTenants(provider, MANY)]
  const figures = await alternate(contestants, callers(32, quick))
  for (const server of [...contestants, provider]) await server.stop()
  const { tenants, agents } = MANY
  const many = `${tenants} tenants with ${agents} agents each, all with keys of their own`
  return compared(`Runs, 32 at a time, for one agent, and in turns for ${many}`, figures)
}

async function allOf(provider: Measured): Promise<Contestant[]> {
  const nginx = await startNginx(provider)
  return [
    await startProxy(provider),
    ...(nginx ? [nginx] : []),
    ...(await withBaseline((options) => startAres(provider, options))),
    await startPortkey(provider),
  ]
}
