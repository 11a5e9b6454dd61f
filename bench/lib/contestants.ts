import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Measured, start } from './process.ts'

/** The server under measurement has one core to itself; provider and load share the other. */
export const SERVER_CORE = 0
export const LOAD_CORE = 1

const root = resolve(import.meta.dir, '../..')
const here = resolve(import.meta.dir, '..')

/** A server, and how to ask it for the same piece of work as the others. */
export interface Contestant extends Measured {
  path: string
  headers: string[]
  body: string
}

const MESSAGE = 'Evaluate this transaction'
const PROMPT = 'You are a careful risk analyst. Answer briefly.'
const messages = [
  { role: 'system', content: PROMPT },
  { role: 'user', content: MESSAGE },
]

export function startProvider(options: string[] = []): Promise<Measured> {
  const command = ['bun', join(here, 'servers/provider.ts'), ...options]
  return start({ name: 'provider', command, core: LOAD_CORE })
}

/** JSON in, fetch, JSON out; or a stream handed through. */
export async function startProxy(provider: Measured, stream = false): Promise<Contestant> {
  const command = ['bun', join(here, 'servers/proxy.ts'), provider.url]
  const measured = await start({
    name: stream ? 'raw relay' : 'raw proxy',
    command,
    core: SERVER_CORE,
  })
  return {
    ...measured,
    path: '/',
    headers: [],
    body: JSON.stringify({ model: 'bench', messages, ...(stream && { stream: true }) }),
  }
}

/** Portkey's gateway on Bun: no keys, no limits, no records. Installed by `bun install` in `bench/`. */
export async function startPortkey(provider: Measured, stream = false): Promise<Contestant> {
  const script = join(here, 'node_modules/@portkey-ai/gateway/build/start-server.js')
  if (!existsSync(script)) throw new Error('Run `bun install` in bench/ first.')
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const measured = await start({
    name: 'Portkey',
    command: ['bun', script, `--port=${port}`, '--headless'],
    core: SERVER_CORE,
    url: `http://127.0.0.1:${port}`,
  })
  return {
    ...measured,
    path: '/v1/chat/completions',
    headers: [
      'Authorization: Bearer sk-bench',
      'x-portkey-provider: openai',
      `x-portkey-custom-host: ${provider.url}/v1`,
    ],
    body: JSON.stringify({ model: 'bench', messages, ...(stream && { stream: true }) }),
  }
}

export interface AresOptions {
  /** Where the database lies; a new folder by default. */
  folder?: string
  env?: Record<string, string>
  stream?: boolean
}

export const ADMIN_SECRET = 'bench-admin-secret-of-sufficient-length'

/** The compiled binary with everything on: key, quota (out of reach), in-flight row, FULL commits, statistics, log. */
export async function startAres(
  provider: Measured,
  options: AresOptions = {},
): Promise<Contestant> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'ares-bench-'))
  writeFileSync(join(folder, 'ares.toml'), configText(provider))
  const measured = await start({
    name: 'ARES',
    command: [join(root, 'dist/ares'), 'serve', '--config', join(folder, 'ares.toml')],
    core: SERVER_CORE,
    ...(options.env && { env: options.env }),
  })
  const key = await provision(measured.url)
  return {
    ...measured,
    path: options.stream ? '/v1/chat/stream' : '/v1/agents/bench/run',
    headers: [`Authorization: Bearer ${key}`],
    body: JSON.stringify(
      options.stream ? { model: 'bench', messages } : { input: { message: MESSAGE } },
    ),
  }
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

/** A tenant with one agent; its key. */
async function provision(url: string): Promise<string> {
  const post = async (path: string, body: unknown): Promise<Record<string, string>> => {
    const headers = { 'content-type': 'application/json', 'x-admin-secret': ADMIN_SECRET }
    const reply = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!reply.ok) throw new Error(await reply.text())
    return (await reply.json()) as Record<string, string>
  }
  const name = `bench-${Date.now()}`
  const tenant = await post('/api/admin/tenants', { name, tier: 'pro' })
  const agents = `/api/admin/tenants/${tenant['id']}/agents`
  await post(agents, {
    name: 'bench',
    agent_type: 'bench',
    config: { model: 'bench', system_prompt: PROMPT },
  })
  const key = await post(`/api/admin/tenants/${tenant['id']}/api-keys`, { name: 'bench' })
  return key['raw_key']!
}
