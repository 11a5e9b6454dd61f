import { familyOfPath } from '../../src/http/compatible-paths.ts'
import { ADMIN_SECRET, type AresProcess, configFor, startAres } from '../binary/ares.ts'
import { type Json, operator, provision, type Provisioned } from '../binary/callers.ts'
import { describedOperations } from './lib/openapi.ts'
import { sendRaw, statusOf } from './lib/raw-request.ts'
import { type GuardedRoute, SPELLINGS } from './lib/spelling-list.ts'
import { type Report, runAlone, type Scenario } from './scenario.ts'

/** What a stranger may hear. Anything else means that the request got past the door, or broke it. */
const REFUSALS = new Set([400, 401, 405, 431, 501, 505])
const AT_ONCE = 32

/**
 * Every route of the API description, asked for without its credential in every hostile spelling, over raw sockets.
 * None may get in, and nothing may have changed afterwards.
 */
export const spellings: Scenario = {
  name: 'spellings',
  about: 'hostile hosts, paths, methods and credentials against every route',
  run: runSpellings,
}

async function runSpellings(): Promise<Report> {
  const server = await startAres({ config: configFor('http://127.0.0.1:9/v1') })
  const tenant = await provision(server)
  const routes = await guardedRoutes(server, tenant)
  const before = await stateOf(server)
  const answers = new Map<string, number>()
  const port = Number(new URL(server.url).port)
  const problems = await askAll(port, routes, answers)
  const after = await stateOf(server)
  if (after !== before) problems.push(`something changed: ${before} became ${after}`)
  problems.push(...(await closedToAll(port, routes)))
  const code = await server.stop()
  if (code !== 0) problems.push(`SIGTERM ended with ${code}`)
  return {
    title: 'Hostile spellings',
    goal: '0 requests get past the credentials; nothing changes',
    measured: `${problems.length} of ${routes.length} routes × ${SPELLINGS.length} spellings`,
    rows: [...answers].map(([answer, requests]) => ({ answer, requests })),
    problems,
  }
}

async function askAll(
  port: number,
  routes: GuardedRoute[],
  answers: Map<string, number>,
): Promise<string[]> {
  const waiting = routes.flatMap((route) => SPELLINGS.map((spelling) => ({ route, spelling })))
  const problems: string[] = []
  const askNext = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { route, spelling } = next
      const answer = await sendRaw(port, spelling.ask(route))
      const kind = String(statusOf(answer) ?? 'closed without a word')
      answers.set(kind, (answers.get(kind) ?? 0) + 1)
      if (!isRefusal(answer))
        problems.push(`${route.method} ${route.path}, ${spelling.what}: ${kind}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, askNext))
  return problems
}

function isRefusal(answer: string): boolean {
  const status = statusOf(answer)
  // Behind the door it is a thing that is not there; before it, the path.
  if (status === 404) return !answer.includes('There is no such')
  return status === null || REFUSALS.has(status)
}

/** From the server's own description, so that a new route is asked for without being listed here. */
async function guardedRoutes(server: AresProcess, tenant: Provisioned): Promise<GuardedRoute[]> {
  const parts = await existingParts(server, tenant)
  const operations = await describedOperations(server.url)
  return operations.flatMap(({ method, path }) => {
    const isAdmin = path.startsWith('/api/admin')
    if (!isAdmin && !path.startsWith('/v1')) return []
    const [adminLine, keyLine] = [
      `X-Admin-Secret: ${ADMIN_SECRET}`,
      `Authorization: Bearer ${tenant.secret}`,
    ]
    return {
      method,
      path: path.replace(/\{(\w+)\}/g, (_whole, name: string) => partOf(parts, path, name)),
      rightKind: isAdmin ? adminLine : keyLine,
      wrongKind: isAdmin ? keyLine : adminLine,
      // Where a key may also stand in `X-Api-Key`, only the admin secret is out of place there.
      misplaced: isAdmin || familyOfPath(path) ? ADMIN_SECRET : tenant.secret,
    }
  })
}

/** With their credential the same requests are answered: otherwise the refusals would say nothing. */
async function closedToAll(port: number, routes: GuardedRoute[]): Promise<string[]> {
  const problems: string[] = []
  for (const { method, path, rightKind } of routes) {
    if (method !== 'GET') continue
    const headers = ['Host: localhost', rightKind]
    const status = statusOf(await sendRaw(port, { method, target: path, headers }))
    // Nobody answers there, so that no response is kept.
    const right = path.startsWith('/v1/responses/') ? 404 : 200
    if (status !== right) problems.push(`${method} ${path} with its credential: ${status}`)
  }
  return problems
}

interface ExistingParts {
  tenant: string
  key: string
  run: string
}

async function existingParts(server: AresProcess, tenant: Provisioned): Promise<ExistingParts> {
  const { id } = tenant
  const { body } = await operator(server).get(`/api/admin/tenants/${id}/api-keys`)
  // Nobody answers it, but it is a run.
  const { body: run } = await tenant.run()
  return { tenant: id, key: body.keys[0].id, run: run.id }
}

/** Something that exists, for a part of a path. */
function partOf({ tenant, key, run }: ExistingParts, path: string, name: string): string {
  if (name === 'name') return 'assistant'
  if (path.includes('/runs/')) return run
  if (path.includes('/models/')) return 'm'
  if (name === 'key_id' || path.startsWith('/v1/api-keys')) return key
  return tenant
}

/** What a stranger could have changed, as text. */
async function stateOf(server: AresProcess): Promise<string> {
  const [audit, tenants, agents] = await Promise.all(
    ['audit-log?limit=1000', 'tenants', 'agents'].map(
      async (path) => (await operator(server).get(`/api/admin/${path}`)).body,
    ),
  )
  const changes = audit.entries.filter(({ action }: Json) => action !== 'admin.auth_failed')
  return JSON.stringify([changes.length, tenants, agents])
}

if (import.meta.main) await runAlone(spellings)
