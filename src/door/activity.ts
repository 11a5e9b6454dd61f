import { touchKey } from '../api-keys/store.ts'
import type { Addition } from '../db/change-batch.ts'
import type { Writer } from '../db/writer-contract.ts'
import type { Log } from '../log.ts'
import { dayOf } from '../limits/period.ts'
import { addApiCalls } from '../usage/store.ts'

/** How late `total_api_calls` and `last_used` may be, and how much of them a crash may lose. Source: contract 6.4. */
const FLUSH_MS = 500

/** Counts the calls of verified keys and writes them together, twice a second. */
export class Activity {
  readonly #writer: Writer
  readonly #log: Log
  #calls = new Map<string, Addition>()
  #uses = new Map<string, string>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #flushing = Promise.resolve()

  constructor(writer: Writer, log: Log) {
    this.#writer = writer
    this.#log = log
  }

  /** One request whose key verified, whatever becomes of it. */
  note(tenantId: string, keyId: string, now: string): void {
    const day = dayOf(now)
    const id = `${tenantId} ${day}`
    const counted = this.#calls.get(id)
    if (counted) counted.add.calls! += 1
    else this.#calls.set(id, callsOn(tenantId, day))
    this.#uses.set(keyId, now)
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MS)
  }

  /** Resolves once everything counted so far is written; storage trouble is logged and the counts are kept for the next time. */
  flush(): Promise<void> {
    // What the timer has begun to write counts too.
    this.#flushing = this.#flushing.then(() => this.#write())
    return this.#flushing
  }

  async #write(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const [calls, uses] = [this.#calls, this.#uses]
    if (calls.size === 0) return
    this.#calls = new Map()
    this.#uses = new Map()
    const steps = [...uses].map(([key_id, last_used]) => ({
      statement: touchKey.name,
      params: { key_id, last_used },
    }))
    try {
      await this.#writer.submit({ steps, additions: [...calls.values()] })
    } catch (error) {
      this.#log.warn('api calls were not counted yet', {}, error)
      this.#restore(calls, uses)
    }
  }

  #restore(calls: Map<string, Addition>, uses: Map<string, string>): void {
    for (const [id, addition] of calls) {
      const counted = this.#calls.get(id)
      if (counted) counted.add.calls! += addition.add.calls!
      else this.#calls.set(id, addition)
    }
    for (const [keyId, now] of uses) if (!this.#uses.has(keyId)) this.#uses.set(keyId, now)
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MS)
  }
}

function callsOn(tenantId: string, day: string): Addition {
  return { statement: addApiCalls.name, key: { tenant_id: tenantId, day }, add: { calls: 1 } }
}
