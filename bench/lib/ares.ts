import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  completion,
  type Contestant,
  MESSAGE,
  messages,
  PROMPT,
  type Target,
} from './contestants.ts'
import { newFolder } from './folders.ts'
import { type Measured, SERVER_CORE, start } from './process.ts'

/** The compiled binary: `$ARES_BINARY`, or what `bun run build` has made. */
export const ARES = process.env['ARES_BINARY'] ?? resolve(import.meta.dir, '../../dist/ares')

/** An older binary that some scenarios measure in turns with it, to tell what a change has brought. */
const BASELINE = process.env['ARES_BASELINE']

export const ADMIN_SECRET = 'bench-admin-secret-of-sufficient-length'

export interface AresOptions {
  name?: string
  binary?: string
  /** Where config and database lie; a new one by default. */
  folder?: string
  /** A program that starts the binary under conditions of its own. */
  launcher?: string[]
}

/** The compiled binary with everything on: key, quota (out of reach), in-flight row, durable commits, statistics, log. */
export async function serveAres(
  provider: Measured,
  { name = 'ARES', binary = ARES, folder = newFolder(), launcher = [] }: AresOptions = {},
): Promise<Measured> {
  if (!existsSync(binary)) throw new Error(`There is no ${binary}: run \`bun run build\` first.`)
  const config = join(folder, 'ares.toml')
  writeFileSync(config, configText(provider))
  const command = [...launcher, binary, 'serve', '--config', config]
  return start({ name, command, core: SERVER_CORE })
}

/** The binary of today, and `$ARES_BASELINE` where there is one, each started in the same way. */
export async function withBaseline<T>(start: (options: AresOptions) => Promise<T>): Promise<T[]> {
  const today = await start({})
  if (BASELINE === undefined) return [today]
  return [today, await start({ name: 'ARES before', binary: BASELINE })]
}

/** A server with one tenant that runs its agent. */
export async function startAres(provider: Measured, options?: AresOptions): Promise<Contestant> {
  const server = await serveAres(provider, options)
  return runs(server, await provision(server, 'bench', ['bench']), 'bench')
}

/** A server with many tenants that run their agents in turns, each agent with a key of its own. */
export async function startManyTenants(
  provider: Measured,
  { tenants, agents }: { tenants: number; agents: number },
): Promise<Contestant> {
  const server = await serveAres(provider, { name: `ARES, ${tenants} tenants` })
  const targets: Target[] = []
  const names = Array.from({ length: agents }, (_, index) => `agent-${index + 1}`)
  for (let index = 0; index < tenants; index++) {
    const { id, key } = await provisionTenant(server, `tenant-${index + 1}`, names)
    const keys = [key]
    while (keys.length < agents) keys.push(await newKey(server, id))
    targets.push(...names.map((name, agent) => targetOf(name, keys[agent]!)))
  }
  return { ...runs(server, '', ''), ...targets[0]!, targets }
}

/** The same with chats that are streamed. */
export async function startStreamingAres(
  provider: Measured,
  options?: AresOptions,
): Promise<Contestant> {
  const server = await serveAres(provider, options)
  return streams(server, await provision(server, 'bench', ['bench']))
}

/** The same asked for chat completions, as its rivals are: what the provider says is relayed. */
export async function startRelayingAres(
  provider: Measured,
  stream: boolean,
  options?: AresOptions,
): Promise<Contestant> {
  const server = await serveAres(provider, options)
  const key = await provision(server, 'bench', [])
  return {
    ...server,
    ...completion(stream),
    path: '/v1/chat/completions',
    headers: [`Authorization: Bearer ${key}`],
  }
}

export function runs(server: Measured, key: string, agent: string): Contestant {
  return {
    ...server,
    ...targetOf(agent, key),
    method: 'POST',
    body: JSON.stringify({ input: { message: MESSAGE } }),
    expects: '"status":"completed"',
  }
}

function targetOf(agent: string, key: string): Target {
  return { path: `/v1/agents/${agent}/run`, headers: [`Authorization: Bearer ${key}`] }
}

export function streams(server: Measured, key: string): Contestant {
  return {
    ...server,
    method: 'POST',
    path: '/v1/chat/stream',
    headers: [`Authorization: Bearer ${key}`],
    body: JSON.stringify({ model: 'bench', messages }),
    expects: '"finish_reason":"stop"',
  }
}

/** A tenant of that name with agents; its key. */
export async function provision(server: Measured, name: string, agents: string[]): Promise<string> {
  return (await provisionTenant(server, name, agents)).key
}

async function provisionTenant(
  server: Measured,
  name: string,
  agents: string[],
): Promise<{ id: string; key: string }> {
  const { url } = server
  const created = await post(url, '/api/admin/tenants', { name, tier: 'pro' })
  const id = created['id']!
  const config = { model: 'bench', system_prompt: PROMPT }
  for (const agent of agents) {
    const body = { name: agent, agent_type: 'bench', config }
    await post(url, `/api/admin/tenants/${id}/agents`, body)
  }
  return { id, key: await newKey(server, id) }
}

async function newKey({ url }: Measured, tenantId: string): Promise<string> {
  const key = await post(url, `/api/admin/tenants/${tenantId}/api-keys`, { name: 'bench' })
  return key['raw_key']!
}

async function post(url: string, path: string, body: object): Promise<Record<string, string>> {
  const headers = { 'content-type': 'application/json', 'x-admin-secret': ADMIN_SECRET }
  const reply = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!reply.ok) throw new Error(await reply.text())
  return (await reply.json()) as Record<string, string>
}

function configText(provider: Measured): string {
  return `
[server]
port = 0
[admin]
secret = "${ADMIN_SECRET}"
[database]
url = "sqlite:ares.db"
[tiers.pro]
runs_per_month = 1000000000
tokens_per_month = 1000000000000
requests_per_minute = 100000000
[[providers]]
name = "bench"
type = "openai"
base_url = "${provider.url}/v1"
api_key = "sk-bench"
[[providers.models]]
id = "bench"
context_length = 100000
`
}
