import { readFileSync } from 'node:fs'
import { spawn, type Subprocess } from 'bun'

/** A process under measurement. */
export interface Measured {
  name: string
  url: string
  pid: number
  /** CPU time used so far, user and system, in µs. */
  cpuUs(): number
  rssKb(): number
  stop(): Promise<void>
}

export interface StartOptions {
  name: string
  command: string[]
  cwd?: string
  env?: Record<string, string>
  /** The processor to run on. */
  core: number
  /** Where it listens, for a server that does not say so. */
  url?: string
}

/** Kernel ticks are 10 ms; `schedstat` has the run time in ns. */
function cpuOf(pid: number): number {
  const tasks = new Bun.Glob('*/schedstat').scanSync({ cwd: `/proc/${pid}/task` })
  let ns = 0
  for (const task of tasks) {
    try {
      ns += Number(readFileSync(`/proc/${pid}/task/${task}`, 'utf8').split(' ')[0])
    } catch {
      // A thread may end while we look.
    }
  }
  return ns / 1000
}

/** Starts a server that prints `listening on URL`, on one processor of its own. */
export async function start({
  name,
  command,
  cwd,
  env,
  core,
  url: known,
}: StartOptions): Promise<Measured> {
  const child = spawn(['taskset', '-c', String(core), ...command], {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, ...env, BUN_CONFIG_MAX_HTTP_REQUESTS: '8192' },
    stdout: 'pipe',
    stderr: 'ignore',
  })
  const url = known ?? (await listening(child.stdout, name))
  if (known !== undefined) await answering(known)
  return {
    name,
    url,
    pid: child.pid,
    cpuUs: () => cpuOf(child.pid),
    rssKb: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0),
    stop: () => stop(child),
  }
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
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return
    await Bun.sleep(50)
  }
  throw new Error(`nothing answers at ${url}`)
}

async function stop(child: Subprocess): Promise<void> {
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
  await child.exited
  clearTimeout(timer)
}

/** Jiffies of the machine so far: all and those the hypervisor took away. */
export function machineTime(): { total: number; steal: number } {
  const fields = readFileSync('/proc/stat', 'utf8')
    .split('\n')[0]!
    .trim()
    .split(/\s+/)
    .slice(1, 9)
    .map(Number)
  return { total: fields.reduce((sum, field) => sum + field, 0), steal: fields[7] ?? 0 }
}
