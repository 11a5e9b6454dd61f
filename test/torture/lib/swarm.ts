import { ADMIN_SECRET, endedByCleanUp } from '../../binary/ares.ts'

/*
 * `bun test/torture/lib/swarm.ts URL PER_SECOND`: strangers out of one IPv6 /48, each with an address of its own (behind
 * a trusted proxy), who ask the Admin API; every second one sends a wrong secret, the others none. From a process of its
 * own, so that what it takes is not taken from those who are measured. Says on SIGTERM what it was answered.
 */

const TICK_MS = 20
/** Beyond it, it would measure itself. */
const MAX_OPEN = 400

/** What a swarm did, and what came of it. */
export interface Swarmed {
  asked: number
  /** Wrong secrets that were answered. */
  guessed: number
  /** How often each status was answered; `none` without an answer. */
  statuses: Record<string, number>
}

/** Starts a swarm; `stop` ends it and tells what it did. */
export function startSwarm(url: string, perSecond: number): { stop(): Promise<Swarmed> } {
  const child = Bun.spawn([process.execPath, import.meta.path, url, String(perSecond)], {
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'inherit',
  })
  endedByCleanUp(child)
  return {
    async stop() {
      child.kill('SIGTERM')
      return JSON.parse(await new Response(child.stdout).text()) as Swarmed
    },
  }
}

/** Headers of the stranger of that number: a /64 of its own. */
function strangerHeaders(index: number): Record<string, string> {
  const network = (index % 65_536).toString(16)
  const secret = index % 2 === 0 ? { 'x-admin-secret': `${ADMIN_SECRET.slice(0, -1)}!` } : {}
  return { 'x-forwarded-for': `2001:db8:0:${network}::1`, ...secret }
}

async function ask(url: string, index: number, swarmed: Swarmed): Promise<void> {
  let status = 'none'
  try {
    const reply = await fetch(`${url}/api/admin/tenants`, { headers: strangerHeaders(index) })
    await reply.arrayBuffer()
    status = String(reply.status)
    if (index % 2 === 0) swarmed.guessed++
  } catch {
    // Counted below.
  }
  swarmed.statuses[status] = (swarmed.statuses[status] ?? 0) + 1
}

async function main(url: string, perSecond: number): Promise<void> {
  const swarmed: Swarmed = { asked: 0, guessed: 0, statuses: {} }
  const open = new Set<Promise<void>>()
  const leaving = new AbortController()
  process.on('SIGTERM', () => leaving.abort())
  const startedMs = performance.now()
  while (!leaving.signal.aborted) {
    const due = Math.floor(((performance.now() - startedMs) / 1000) * perSecond)
    while (swarmed.asked < due && open.size < MAX_OPEN) {
      const asking = ask(url, swarmed.asked++, swarmed)
      open.add(asking)
      void asking.finally(() => open.delete(asking))
    }
    await Bun.sleep(TICK_MS)
  }
  await Promise.all(open)
  console.log(JSON.stringify(swarmed))
}

if (import.meta.main) await main(process.argv[2] ?? '', Number(process.argv[3]))
