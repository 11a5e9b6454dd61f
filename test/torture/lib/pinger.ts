import { endedByCleanUp } from '../../binary/ares.ts'

/*
 * `bun test/torture/lib/pinger.ts URL`: asks `/health` every 20 ms, from a process of its own so that the load's own
 * stalls do not count, and says on SIGTERM how long the worst answer took.
 */

const EVERY_MS = 20

/** What a pinger saw. */
export interface Pings {
  pings: number
  /** Answers that were not 200, or none at all. */
  failed: number
  /** The longest that one ping waited for its answer. */
  worstMs: number
}

/** Starts a pinger; `stop` ends it and tells what it saw. */
export function startPinger(url: string): { stop(): Promise<Pings> } {
  const child = Bun.spawn([process.execPath, import.meta.path, url], {
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

async function main(url: string): Promise<void> {
  const pings: Pings = { pings: 0, failed: 0, worstMs: 0 }
  process.on('SIGTERM', () => {
    console.log(JSON.stringify(pings))
    process.exit(0)
  })
  for (;;) {
    const startedMs = performance.now()
    if (!(await ping(url))) pings.failed++
    const tookMs = performance.now() - startedMs
    pings.pings++
    pings.worstMs = Math.max(pings.worstMs, Math.round(tookMs))
    await Bun.sleep(Math.max(0, EVERY_MS - tookMs))
  }
}

if (import.meta.main) await main(process.argv[2] ?? '')
