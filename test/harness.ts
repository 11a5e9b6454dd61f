import { copyFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock, Timer } from '../src/clock.ts'
import type { Config, ServerConfig } from '../src/config/config.ts'
import { readConfig } from '../src/config/read-config.ts'
import type { AresDatabase } from '../src/db/database.ts'
import { inspectTables, openDatabase } from '../src/db/sqlite/open.ts'
import { type AresServer, assembleServer, WRITER_STATEMENTS } from '../src/deps.ts'
import { createLog, type Log } from '../src/log.ts'
import type { DiskSpace } from '../src/retention/disk-space.ts'
import { newPostgres, openTestPostgres, POSTGRES } from './postgres-database.ts'
import { startScriptedProvider, type ScriptedProvider } from './scripted-provider.ts'

/*
 * The real application on a fresh migrated SQLite file, with a scripted provider on a real socket and a clock that
 * stands still until it is told otherwise. Nothing of ours is mocked.
 */

export const ADMIN_SECRET = 'test-admin-secret-of-sufficient-length'

/** No deadline of a provider passes because the machine is busy; `AppOptions.patienceMs` is for those who wait for one. */
const PATIENCE_MS = 60_000

/** The models of the test configuration: `m-tools` and `m-plain` (no tools), `m-claude` (Anthropic format), `m-gemini` (Google’s), `m-responses` (OpenAI’s responses too), `m-keyless` (its key is missing), `m-demo`. */
function configText(
  provider: ScriptedProvider,
  { database = '', providers = '', patienceMs = PATIENCE_MS }: AppOptions,
): string {
  return `
[admin]
secret = "${ADMIN_SECRET}"
[database]
url = "sqlite:ares.db"
${database}
[defaults]
model = "m-tools"

[[providers]]
name = "scripted"
type = "openai"
base_url = "${provider.url}"
api_key = "sk-scripted-sentinel"
${providers}
connect_timeout_ms = ${patienceMs}
first_byte_timeout_ms = ${patienceMs}
idle_timeout_ms = ${patienceMs}
timeout_ms = ${patienceMs * 3}
max_retries = 0
[[providers.models]]
id = "m-tools"
upstream_id = "upstream-tools"
context_length = 1000
supports_tools = true
input_usd_per_mtok = 2.0
output_usd_per_mtok = 10.0
[[providers.models]]
id = "m-plain"
context_length = 1000
supports_tools = false

[[providers]]
name = "scripted-claude"
type = "anthropic"
base_url = "${provider.url}"
api_key = "sk-ant-sentinel"
${providers}
max_retries = 0
[[providers.models]]
id = "m-claude"
context_length = 1000
supports_tools = true

[[providers]]
name = "scripted-gemini"
type = "gemini"
base_url = "${new URL(provider.url).origin}"
api_key = "sk-goog-sentinel"
${providers}
max_retries = 0
[[providers.models]]
id = "m-gemini"
context_length = 1000
supports_tools = true

[[providers]]
name = "scripted-responses"
type = "openai"
responses = true
base_url = "${provider.url}"
api_key = "sk-responses-sentinel"
${providers}
max_retries = 0
[[providers.models]]
id = "m-responses"
context_length = 1000
supports_tools = true
input_usd_per_mtok = 2.0
cached_input_usd_per_mtok = 0.5
output_usd_per_mtok = 10.0

[[providers]]
name = "keyless"
type = "openai"
base_url = "${provider.url}"
api_key_env = "NOT_SET_ANYWHERE"
[[providers.models]]
id = "m-keyless"
context_length = 1000

[[providers]]
name = "demo"
type = "demo"
[[providers.models]]
id = "m-demo"
context_length = 1000
supports_tools = true
`
}

/** A clock that a test sets; it moves only when told. */
export class TestClock implements Clock, Timer {
  #now: number
  #monotonicMs = 1000
  readonly #waiting = new Set<{ dueMs: number; call: () => void }>()

  constructor(iso: string) {
    this.#now = Date.parse(iso)
  }

  now(): Date {
    return new Date(this.#now)
  }

  monotonicMs(): number {
    return this.#monotonicMs
  }

  advance(ms: number): void {
    this.#now += ms
    this.#monotonicMs += ms
    for (const waiting of this.#waiting) {
      if (waiting.dueMs > this.#monotonicMs) continue
      this.#waiting.delete(waiting)
      waiting.call()
    }
  }

  after(ms: number, then: () => void): () => void {
    const waiting = { dueMs: this.#monotonicMs + ms, call: then }
    this.#waiting.add(waiting)
    return () => this.#waiting.delete(waiting)
  }

  /** Moves the wall clock alone, as an operator would. */
  set(iso: string): void {
    this.#now = Date.parse(iso)
  }
}

/** Requests of one tenant, and what provisioning has answered. */
export interface TestTenant {
  id: string
  name: string
  secret: string
  keyId: string
  /** `get('/v1/usage')` with the tenant's key. */
  get(path: string): Promise<Response>
  post(path: string, body: unknown): Promise<Response>
  delete(path: string): Promise<Response>
  /** Runs the agent; `POST /v1/agents/{name}/run`. */
  run(agent: string, message?: string): Promise<Response>
}

export interface TestApp {
  /** Sends a request through the front door, as the socket would. */
  fetch(path: string, init?: RequestInit & { address?: string }): Promise<Response>
  admin: {
    get(path: string): Promise<Response>
    post(path: string, body?: unknown): Promise<Response>
    put(path: string, body: unknown): Promise<Response>
    patch(path: string, body: unknown): Promise<Response>
    delete(path: string): Promise<Response>
  }
  /** A tenant with a key and agents of these names (type `custom`, model `m-tools`). */
  tenant(name: string, options?: { tier?: string; agents?: string[] }): Promise<TestTenant>
  config: Config
  provider: ScriptedProvider
  clock: TestClock
  database: AresDatabase
  server: AresServer
  /** Everything logged so far, one JSON line each. */
  logged: string[]
  /** Waits until counted api calls and last uses are written. */
  flushActivity(): Promise<void>
  /**
   * Stops the server and starts it again on the same file, with a changed `[server]` if wanted; this one must not be
   * used any more.
   *
   * @param meanwhile what is done to the file while nobody has it open
   */
  restart(server?: Partial<ServerConfig>, meanwhile?: () => void): Promise<TestApp>
}

export interface AppOptions {
  /** TOML put after the test configuration, e.g. `[tiers.free]` tables. */
  config?: string
  /** TOML put at the very top: `[server]`. */
  server?: string
  /** TOML put into `[database]`. */
  database?: string
  /** TOML put into the tables of the two scripted providers. */
  providers?: string
  now?: string
  /** How long the scripted provider may be silent, in ms; for tests of one that is silent for ever. */
  patienceMs?: number
  /** The room on the disk; plenty by default, whatever this machine has. */
  diskSpace?: () => Promise<DiskSpace>
  /** Where the database lies; a folder of its own by default. */
  folder?: string
  /** Opens the database of another engine; an SQLite file by default. */
  engine?: () => Promise<AresDatabase>
  /** As in life, ids tell the time of the clock by default. */
  newId?: () => string
}

async function plentyOfSpace(): Promise<DiskSpace> {
  return { freeBytes: 1e12, totalBytes: 2e12 }
}

/** Starts the application; it lives as long as the test process. */
export async function startApp(options: AppOptions = {}): Promise<TestApp> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'ares-test-'))
  const provider = await startScriptedProvider()
  const text = `${options.server ?? ''}\n${configText(provider, options)}\n${options.config ?? ''}`
  const config = readConfig(text, { source: null, directory: folder, env: {} })
  const clock = new TestClock(options.now ?? '2026-03-13T14:22:00.250Z')
  const logged: string[] = []
  const log = createLog({
    level: 'debug',
    pretty: false,
    write: (line) => logged.push(line),
    now: clock.now.bind(clock),
  })
  const { diskSpace = plentyOfSpace, newId = () => Bun.randomUUIDv7('hex', clock.now()) } = options
  const open = options.engine ?? (await newDatabase(config))
  return boot({ config, provider, clock, log, logged, diskSpace, open, newId })
}

interface Surroundings extends Pick<TestApp, 'config' | 'provider' | 'clock' | 'logged'> {
  log: Log
  diskSpace: () => Promise<DiskSpace>
  open: () => Promise<AresDatabase>
  newId: () => string
}

/** A migrated database for this application alone, on the engine that the tests run on. @returns what opens it */
async function newDatabase(config: Config): Promise<() => Promise<AresDatabase>> {
  if (POSTGRES !== undefined) {
    const name = await newPostgres(WRITER_STATEMENTS)
    return () => openTestPostgres(name, WRITER_STATEMENTS)
  }
  copyFileSync(await migratedFile(), databaseFile(config))
  return () => openFile(config)
}

/** Where the database of a configuration lies. */
export function databaseFile({ database }: Pick<Config, 'database'>): string {
  if (database.kind !== 'sqlite') throw new Error('the database is no file')
  return database.path
}

function openFile(config: Config): Promise<AresDatabase> {
  return openDatabase({
    path: databaseFile(config),
    pid: process.pid,
    statements: WRITER_STATEMENTS,
    maxWaiting: config.database.maxWaitingWrites,
  })
}

async function boot(surroundings: Surroundings): Promise<TestApp> {
  const { config, clock, log, diskSpace, newId } = surroundings
  const database = await surroundings.open()
  const server = await assembleServer({
    config,
    adminSecret: ADMIN_SECRET,
    database,
    clock,
    timer: clock,
    newId,
    log,
    diskSpace,
    findDamage: async () => [...inspectTables(database.path!)].flat(),
    version: '0.0.0-test',
    nodeId: 'test',
  })
  const restart = async (changed: Partial<ServerConfig> = {}, meanwhile = () => {}) => {
    await server.shutDown(0)
    await database.close()
    meanwhile()
    return boot({
      ...surroundings,
      config: { ...config, server: { ...config.server, ...changed } },
    })
  }
  const app = testApp({ ...surroundings, server, database, restart })
  note(app)
  return app
}

/** The applications of the test file that is running. */
let started: { file: string; apps: TestApp[] } = { file: Bun.main, apps: [] }

/** Stops those of earlier files: each holds some ten descriptors, and this process may open only so many. */
function note(app: TestApp): void {
  if (started.file !== Bun.main) {
    void stopAll(started.apps)
    started = { file: Bun.main, apps: [] }
  }
  started.apps.push(app)
}

/** What a test has stopped or broken itself may fail here. */
async function stopAll(apps: TestApp[]): Promise<void> {
  for (const { server, database, provider } of apps) {
    await server.shutDown(0).catch(() => {})
    await database.close().catch(() => {})
    provider.stop()
  }
}

let migrated: Promise<string> | undefined

/** Migrating takes longer than a test; every application starts from a copy. */
function migratedFile(): Promise<string> {
  migrated ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ares-migrated-'))
    const path = join(folder, 'migrated.db')
    const database = await openDatabase({ path, pid: process.pid, statements: [] })
    await database.close()
    return path
  })()
  return migrated
}

type Parts = Pick<
  TestApp,
  'config' | 'server' | 'database' | 'provider' | 'clock' | 'logged' | 'restart'
>

function testApp(parts: Parts): TestApp {
  const fetch: TestApp['fetch'] = (path, { address = '192.0.2.7', ...init } = {}) => {
    const request = new Request(`http://localhost${path}`, init)
    if (!request.headers.has('host')) request.headers.set('host', 'localhost')
    return parts.server.handle(request, {
      address,
      stillReading() {},
      holdOpen() {},
      beginStream() {},
    })
  }
  const admin = senders(fetch, { 'x-admin-secret': ADMIN_SECRET })
  return {
    ...parts,
    fetch,
    admin,
    tenant: (name, options) => newTenant({ fetch, admin }, name, options),
    flushActivity: () => parts.server.flush(),
  }
}

function senders(fetch: TestApp['fetch'], headers: Record<string, string>) {
  const send = (method: string) => (path: string, body?: unknown) =>
    fetch(path, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  return {
    get: send('GET'),
    post: send('POST'),
    put: send('PUT'),
    patch: send('PATCH'),
    delete: send('DELETE'),
  }
}

async function newTenant(
  { fetch, admin }: Pick<TestApp, 'fetch' | 'admin'>,
  name: string,
  { tier = 'enterprise', agents = [] }: { tier?: string; agents?: string[] } = {},
): Promise<TestTenant> {
  const { id } = await created(admin.post('/api/admin/tenants', { name, tier }))
  const key = await created(admin.post(`/api/admin/tenants/${id}/api-keys`, { name: 'test' }))
  for (const agent of agents) {
    const body = { name: agent, agent_type: 'custom', config: { model: 'm-tools' } }
    await created(admin.post(`/api/admin/tenants/${id}/agents`, body))
  }
  const secret = key['raw_key']!
  const own = senders(fetch, { authorization: `Bearer ${secret}` })
  return {
    id: id!,
    name,
    secret,
    keyId: key['id']!,
    ...own,
    run: (agent, message = 'Hello') => own.post(`/v1/agents/${agent}/run`, { input: { message } }),
  }
}

async function created(reply: Promise<Response>): Promise<Record<string, string>> {
  const response = await reply
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as Record<string, string>
}
