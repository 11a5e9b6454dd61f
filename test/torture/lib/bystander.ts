import type { Reply } from '../../binary/callers.ts'

/** What somebody saw who had nothing to do with it. */
export interface Witness {
  /** How long each call took, in whole ms. */
  tookMs: number[]
  /** Calls that were not answered with 200. */
  failed: number
}

const PAUSE_MS = 10

/** Somebody else who calls all the while; `stop` waits for the last call and tells what was seen. */
export function startBystander(call: () => Promise<Reply>): { stop(): Promise<Witness> } {
  const leaving = new AbortController()
  const witness: Witness = { tookMs: [], failed: 0 }
  const calling = (async () => {
    while (!leaving.signal.aborted) {
      const startedMs = performance.now()
      const { status } = await call()
      witness.tookMs.push(Math.round(performance.now() - startedMs))
      if (status !== 200) witness.failed++
      await Bun.sleep(PAUSE_MS)
    }
  })()
  return {
    async stop() {
      leaving.abort()
      await calling
      return witness
    },
  }
}
