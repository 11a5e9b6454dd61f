import { AresError } from '../errors.ts'

export interface LaneLimits {
  /** Replies at once. */
  places: number
  /** Requests that may wait for a place. */
  waiting: number
  /** How long each of them waits at most. */
  waitMs: number
}

/** Seconds until a refused caller may try again: places become free all the time. */
const RETRY_S = 1

/** The places of one owner for replies that keep the server busy. Whoever comes first gets the next one. */
export class ReplyLane {
  readonly #limits: LaneLimits
  /** What lets those in who wait, in the order in which they came. */
  readonly #waiting = new Set<() => void>()
  #taken = 0

  constructor(limits: LaneLimits) {
    this.#limits = limits
  }

  /** Nobody has a place or waits for one. */
  get isEmpty(): boolean {
    return this.#taken === 0
  }

  /** Waits for a place. @throws AresError `rate_limited` when there is none in time, or the client has gone */
  async take(client: AbortSignal): Promise<void> {
    const { places, waiting, waitMs } = this.#limits
    if (this.#taken < places) {
      this.#taken++
      return
    }
    if (client.aborted || this.#waiting.size >= waiting) throw tooMany()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#waiting.add(resolve)
    const giveUp = () => {
      if (this.#waiting.delete(resolve)) reject(tooMany())
    }
    const timer = setTimeout(giveUp, waitMs)
    client.addEventListener('abort', giveUp, { once: true })
    try {
      await promise
    } finally {
      clearTimeout(timer)
      client.removeEventListener('abort', giveUp)
    }
  }

  /** Hands the place on to whoever waits longest. */
  leave(): void {
    const [next] = this.#waiting
    if (!next) {
      this.#taken--
      return
    }
    this.#waiting.delete(next)
    next()
  }
}

function tooMany(): AresError {
  const sentence = 'Too many long answers are under way here; try again shortly.'
  return new AresError('rate_limited', sentence, { retryAfterS: RETRY_S })
}
