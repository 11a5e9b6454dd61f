import { endedByCleanUp } from '../../binary/ares.ts'
import { percentile } from './percentile.ts'
import { ProcessorWatch } from './processor-times.ts'

/*
 * `bun test/torture/lib/pinger.ts URL PID`: asks `/health` every 20 ms, from a process of its own so that the load's own
 * stalls do not count, and says on SIGTERM how long the worst answer took.
 *
 * What counts is what a machine without other work would show: whatever else is at work is no fault of the server's.
 */

const EVERY_MS = 20

/** A server. */
export interface Pinged {
  url: string
  pid: number
}

/** What a pinger saw. */
export interface Pings {
  pings: number
  /** Answers that were not 200, or none at all. */
  failed: number
  /** The longest that one ping waited for its answer. */
  worstMs: number
  /** Whoever asks at any moment waits no longer, 99 times of 100. */
  p99Ms: number
}

/** Starts a pinger; `stop` ends it and tells what it saw. */
export function startPinger({ url, pid }: Pinged): { stop(): Promise<Pings> } {
  const child = Bun.spawn([process.execPath, import.meta.path, url, String(pid)], {
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'inherit',
  })
  endedByCleanUp(child)
  return {
    async stop() {
      child.kill('SIGTERM')
      const text = await new Response(child.stdout).text()
      return JSON.parse(text) as Pings
    },
  }
}

async function ping(url: string): Promise<boolean> {
  try {
    const { status, body } = await fetch(`${url}/health`)
    await body?.cancel()
    return status === 200
  } catch {
    return false
  }
}

async function main({ url, pid }: Pinged): Promise<void> {
  const waitedMs: number[] = []
  let asked = 0
  let failed = 0
  process.on('SIGTERM', () => {
    const pings: Pings = {
      pings: asked,
      failed,
      worstMs: percentile(waitedMs, 1),
      p99Ms: percentile(waitedMs, 0.99),
    }
    console.log(JSON.stringify(pings))
    process.exit(0)
  })
  for (;;) {
    const watch = new ProcessorWatch(pid)
    const startedMs = performance.now()
    if (!(await ping(url))) failed++
    const tookMs = watch.withoutOthers(performance.now() - startedMs)
    asked++
    // Those that would have been asked while this one waited would have waited for the rest of it.
    for (let ms = tookMs; ms > 0; ms -= EVERY_MS) waitedMs.push(Math.round(ms))
    await Bun.sleep(Math.max(0, EVERY_MS - tookMs))
  }
}

if (import.meta.main) {
  const [url = '', pid] = process.argv.slice(2)
  await main({ url, pid: Number(pid) })
}
