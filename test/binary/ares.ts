import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/*
 * The compiled program, driven from outside like an operator would: a process in an empty folder, with an empty
 * HOME, spoken to over a socket and stopped by signals.
 */

const ROOT = resolve(import.meta.dir, '../..')
const BINARY = join(ROOT, 'dist/ares')
const SOURCES = ['src', 'migrations', 'build.ts', 'package.json', 'ares.toml']

/** Long enough for a machine that several test runs share. */
const START_MS = 20_000
const END_MS = 20_000

export const ADMIN_SECRET = 'binary-test-admin-secret-long-enough'

/** Building, starting and stopping take longer than Bun's five seconds on a busy machine. */
export const SLOW_MS = 60_000

let built: Promise<string> | undefined

/** The path of `dist/ares`, built first when it is missing or older than what it is made from. */
export function aresBinary(): Promise<string> {
  built ??= isFresh() ? Promise.resolve(BINARY) : build()
  return built
}

function isFresh(): boolean {
  const binary = statSync(BINARY, { throwIfNoEntry: false })
  return binary !== undefined && SOURCES.every((source) => newestMs(source) <= binary.mtimeMs)
}

function newestMs(source: string): number {
  const path = join(ROOT, source)
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs
  const files = [...new Bun.Glob('**/*').scanSync({ cwd: path })]
  return Math.max(...files.map((file) => statSync(join(path, file)).mtimeMs))
}

async function build(): Promise<string> {
  const builder = Bun.spawn([process.execPath, 'build.ts'], { cwd: ROOT, stderr: 'pipe' })
  const problems = await new Response(builder.stderr).text()
  if ((await builder.exited) !== 0) throw new Error(`The build failed:\n${problems}`)
  return BINARY
}

const folders: string[] = []
const processes: Bun.Subprocess[] = []

/** Ends what still runs and removes every folder: for `afterAll` of a test file, and for the exit of a script. */
export function cleanUp(): void {
  for (const child of processes.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

/** Has the process ended by `cleanUp`, if it has not ended itself. */
export function endedByCleanUp(child: Bun.Subprocess): void {
  processes.push(child)
}

/** An empty folder, removed by `cleanUp`. */
export function emptyFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ares-binary-')))
  folders.push(folder)
  return folder
}

export type Env = Record<string, string>

/** What a program finds on a machine where nothing was set up: a PATH and an empty HOME. */
export function bareEnv(extra: Env = {}): Env {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: emptyFolder(), ...extra }
}

export interface SpawnOptions {
  cwd?: string
  env?: Env
  /** Put before the program: `setpriv`, `bash -c`… */
  wrapper?: string[]
}

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** Starts a process that is ended by `cleanUp`, if it has not ended itself. */
export async function spawnAres(args: string[], options: SpawnOptions = {}) {
  const { cwd = emptyFolder(), env = {}, wrapper = [] } = options
  const child = Bun.spawn([...wrapper, await aresBinary(), ...args], {
    cwd,
    env: bareEnv(env),
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  endedByCleanUp(child)
  return child
}

/** Runs a command that ends by itself. */
export async function runAres(args: string[], options: SpawnOptions = {}): Promise<Ended> {
  const child = await spawnAres(args, options)
  const [stdout, stderr] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    within(END_MS, child.exited, () => `ares ${args.join(' ')} did not end`),
  ])
  return { code: child.exitCode, stdout, stderr }
}

/** A running server. */
export interface AresProcess {
  readonly url: string
  readonly pid: number
  /** Its working directory. */
  readonly folder: string
  /** Milliseconds from the start of the process to its `listening on`. */
  readonly readyMs: number
  stdout(): string
  stderr(): string
  signal(name: NodeJS.Signals): void
  /** The exit status; null when a signal ended it. */
  readonly ended: Promise<number | null>
  /** Sends SIGTERM and waits. */
  stop(): Promise<number | null>
}

export interface StartOptions extends SpawnOptions {
  /** TOML written to `ares.toml` in the working directory. */
  config?: string
  /** After `serve`; default `--port 0`. */
  args?: string[]
}

/** `ares serve` on a free port, once it listens. */
export async function startAres(options: StartOptions = {}): Promise<AresProcess> {
  const { config, args = ['--port', '0'], cwd: folder = emptyFolder(), ...rest } = options
  if (config !== undefined) writeFileSync(join(folder, 'ares.toml'), config, { mode: 0o600 })
  await aresBinary()
  const started = performance.now()
  const child = await spawnAres(['serve', ...args], { cwd: folder, ...rest })
  const output = { stdout: '', stderr: '' }
  const ready = Promise.withResolvers<string>()
  const reading = Promise.all([
    collect(child.stdout, (text) => {
      output.stdout += text
      const url = /^listening on (\S+)$/m.exec(output.stdout)?.[1]
      if (url !== undefined) ready.resolve(url)
    }),
    collect(child.stderr, (text) => {
      output.stderr += text
    }),
  ])
  const ended = child.exited.then(async () => {
    await Promise.race([reading, Bun.sleep(1000)])
    return child.exitCode
  })
  void ended.then((code) =>
    ready.reject(new Error(`ares ended with ${code}:\n${output.stdout}${output.stderr}`)),
  )
  const url = await within(START_MS, ready.promise, () => `ares does not listen: ${output.stderr}`)
  return {
    url,
    pid: child.pid,
    folder,
    readyMs: performance.now() - started,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    signal: (name) => child.kill(name),
    ended,
    stop() {
      child.kill('SIGTERM')
      return within(END_MS * 2, ended, () => `ares does not stop: ${output.stderr}`)
    },
  }
}

async function collect(stream: ReadableStream<Uint8Array>, take: (text: string) => void) {
  const decoder = new TextDecoder()
  for await (const bytes of stream) take(decoder.decode(bytes, { stream: true }))
}

/** The promise's value, or an error that says what did not happen in time. */
export async function within<T>(ms: number, promise: Promise<T>, problem: () => string) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${problem()} within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Asks again and again until the answer is not undefined. */
export async function eventually<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  ms = 30_000,
): Promise<T> {
  const end = performance.now() + ms
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() > end) throw new Error(`${what}: not within ${ms} ms`)
    await Bun.sleep(20)
  }
}

/** A configuration with the admin secret above and one provider, which serves the model `m`. */
export function configFor(
  providerUrl: string,
  { server = '', more = '', provider = '' } = {},
): string {
  return `
[server]
port = 0
${server}
[admin]
secret = "${ADMIN_SECRET}"
# Everybody here has the same address; \`test/api/admin-guessing.test.ts\` is about those who guess.
max_failures_per_minute = 1000000
[[providers]]
name = "scripted"
type = "openai"
base_url = "${providerUrl}"
api_key = "sk-scripted-sentinel"
max_retries = 0
${provider}
[[providers.models]]
id = "m"
context_length = 100000
supports_tools = true
${more}
`
}

/** A folder with these files, at these paths inside it. */
export function folderWith(files: Record<string, string>): string {
  const folder = emptyFolder()
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(resolve(path, '..'), { recursive: true })
    writeFileSync(path, text)
  }
  return folder
}

/** The permission bits of a path, as `chmod` takes them. */
export function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8)
}
