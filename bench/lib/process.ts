import { dlopen } from 'bun:ffi'
import { readdirSync, readFileSync } from 'node:fs'
import { spawn, type Subprocess } from 'bun'

/** The server under measurement has one core to itself; provider and load share the other. */
export const SERVER_CORE = 0
export const LOAD_CORE = 1

/** A process under measurement. */
export interface Measured {
  name: string
  url: string
  /** CPU time used so far, user and system, in µs. */
  cpuUs(): number
  /** How much of it the runtime's compiler has used, in threads of its own. */
  compilerUs(): number
  rssMb(): number
  stop(): Promise<void>
}

export interface StartOptions {
  name: string
  command: string[]
  cwd?: string
  /** The processor to run on. */
  core: number
  /** Where it listens, for a server that does not say so. */
  url?: string
}

const running = new Set<Subprocess>()

// A scenario that fails, or is interrupted, leaves no server behind.
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')))
process.on('SIGINT', () => process.exit(130))
process.on('SIGTERM', () => process.exit(143))

/** Starts a server that prints `listening on URL`, on one processor of its own. */
export async function start(options: StartOptions): Promise<Measured> {
  const { name, command, cwd, core, url: known } = options
  const child = spawn(['taskset', '-c', String(core), ...command], {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, BUN_CONFIG_MAX_HTTP_REQUESTS: '8192' },
    stdout: 'pipe',
    stderr: 'ignore',
  })
  running.add(child)
  const url = known ?? (await listening(child.stdout, name))
  if (known !== undefined) await answering(known)
  return {
    name,
    url,
    cpuUs: () => cpuOf(child.pid),
    compilerUs: () => compilerOf(child.pid),
    rssMb: () => rssOf(child.pid),
    stop: () => stop(child),
  }
}

const libc = dlopen('libc.so.6', {
  clock_gettime: { args: ['i32', 'ptr'], returns: 'i32' },
})

/** `CPUCLOCK_SCHED` of the kernel: what all threads of a process have run, those that have ended included. */
const CPU_CLOCK = 2

/** By the process's own clock, for the ticks of `/proc` are 10 ms. */
function cpuOf(pid: number): number {
  const time = new BigInt64Array(2)
  // As `clock_getcpuclockid` makes the name of the clock.
  if (libc.symbols.clock_gettime((~pid << 3) | CPU_CLOCK, time) !== 0) {
    throw new Error(`process ${pid} has no clock any more`)
  }
  return Number(time[0]) * 1e6 + Number(time[1]) / 1000
}

/** Threads that have ended are not in it. */
function compilerOf(pid: number): number {
  const tasks = `/proc/${pid}/task`
  return readdirSync(tasks).reduce((sum, task) => sum + compilerTimeOf(`${tasks}/${task}`), 0)
}

function compilerTimeOf(task: string): number {
  try {
    if (!readFileSync(`${task}/comm`, 'utf8').startsWith('JITWorker')) return 0
    return Number(readFileSync(`${task}/schedstat`, 'utf8').split(' ')[0]) / 1000
  } catch {
    // It has ended since.
    return 0
  }
}

function rssOf(pid: number): number {
  const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kb ?? 0) / 1024
}

async function listening(stdout: ReadableStream<Uint8Array>, name: string): Promise<string> {
  const decoder = new TextDecoder()
  const reader = stdout.getReader()
  let text = ''
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    text += decoder.decode(read.value, { stream: true })
    const url = /listening on (\S+)/.exec(text)?.[1]
    if (url) return url
  }
  throw new Error(`${name} did not start: ${text}`)
}

async function answering(url: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const answered = await fetch(url).then(
      () => true,
      () => false,
    )
    if (answered) return
    await Bun.sleep(50)
  }
  throw new Error(`nothing answers at ${url}`)
}

async function stop(child: Subprocess): Promise<void> {
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 30_000)
  await child.exited
  clearTimeout(timer)
  running.delete(child)
}
