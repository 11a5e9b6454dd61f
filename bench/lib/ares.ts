import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { completion, type Contestant, MESSAGE, messages, PROMPT } from './contestants.ts'
import { type Measured, SERVER_CORE, start } from './process.ts'

/** The compiled binary: `$ARES_BINARY`, or what `bun run build` has made. */
export const ARES = process.env['ARES_BINARY'] ?? resolve(import.meta.dir, '../../dist/ares')

export const ADMIN_SECRET = 'bench-admin-secret-of-sufficient-length'

export interface AresOptions {
  name?: string
  /** Where config and database lie; a new one by default. */
  folder?: string
  /** A program that starts the binary under conditions of its own. */
  launcher?: string[]
}

/** The compiled binary with everything on: key, quota (out of reach), in-flight row, durable commits, statistics, log. */
export async function serveAres(
  provider: Measured,
  { name = 'ARES', folder = newFolder(), launcher = [] }: AresOptions = {},
): Promise<Measured> {
  if (!existsSync(ARES)) throw new Error(`There is no ${ARES}: run \`bun run build\` first.`)
  const config = join(folder, 'ares.toml')
  writeFileSync(config, configText(provider))
  const command = [...launcher, ARES, 'serve', '--config', config]
  return start({ name, command, core: SERVER_CORE })
}

/** A server with one tenant that runs its agent. */
export async function startAres(provider: Measured, options?: AresOptions): Promise<Contestant> {
  const server = await serveAres(provider, options)
  return runs(server, await provision(server, 'bench', ['bench']), 'bench')
}

/** The same with chats that are streamed. */
export async function startStreamingAres(provider: Measured): Promise<Contestant> {
  const server = await serveAres(provider)
  return streams(server, await provision(server, 'bench', ['bench']))
}

/** The same asked for chat completions, as its rivals are: what the provider says is relayed. */
export async function startRelayingAres(provider: Measured, stream: boolean): Promise<Contestant> {
  const server = await serveAres(provider)
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
    method: 'POST',
    path: `/v1/agents/${agent}/run`,
    headers: [`Authorization: Bearer ${key}`],
    body: JSON.stringify({ input: { message: MESSAGE } }),
    expects: '"status":"completed"',
  }
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
export async function provision(
  { url }: Measured,
  name: string,
  agents: string[],
): Promise<string> {
  const { id } = await post(url, '/api/admin/tenants', { name, tier: 'pro' })
  const config = { model: 'bench', system_prompt: PROMPT }
  for (const agent of agents) {
    const body = { name: agent, agent_type: 'bench', config }
    await post(url, `/api/admin/tenants/${id}/agents`, body)
  }
  const key = await post(url, `/api/admin/tenants/${id}/api-keys`, { name: 'bench' })
  return key['raw_key']!
}

const folders: string[] = []

process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A folder for a database or so; it goes when the bench ends. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ares-bench-'))
  folders.push(folder)
  return folder
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
