import { AresError } from '../errors.ts'
import { Tally } from '../tally.ts'
import { ReplyLane, type LaneLimits } from './reply-lane.ts'

/** Whose reply it is: a tenant by its id, or null for the operators. */
export type ReplyOwner = string | null

/** How much a reply is, as far as that is known before it is made. */
export interface ReplySize {
  /** What goes out. */
  bytes: number
  /** What is read for it, where that is more. */
  read?: number
}

/** Beyond it, a reply is long and takes a lane. */
const LONG_BYTES = 256 * 1024
const LANE: LaneLimits = { places: 2, waiting: 64, waitMs: 10_000 }
/** The share of all replies that one tenant may have under way. */
const PARTS = 4
/** Seconds until a refused caller may try again: a client that reads nothing is given up within a minute or so. */
const RETRY_S = 5

/** A part of the budget; given back once the reply has left, or nobody wants it any more. */
export interface Room {
  /** Harmless when done twice. */
  leave(): void
}

/**
 * The bytes of all replies under way, from when they are made until they have left. Long ones take a lane: each tenant
 * has its own, and the operators one.
 */
export class ReplyBudget {
  readonly #maxBytes: number
  readonly #laneLimits: LaneLimits
  readonly #lanes = new Map<ReplyOwner, ReplyLane>()
  readonly #ofTenant = new Tally()
  #bytes = 0

  constructor(maxBytes: number, laneLimits = LANE) {
    this.#maxBytes = maxBytes
    this.#laneLimits = laneLimits
  }

  /** Of all replies under way. */
  get bytes(): number {
    return this.#bytes
  }

  /**
   * Takes room for a reply, after waiting for a place in the lane where it is long.
   *
   * @throws AresError `rate_limited` when the tenant has too much under way, `overloaded` when the server has
   */
  async enter(owner: ReplyOwner, size: ReplySize, client: AbortSignal): Promise<Room> {
    const { bytes, read = 0 } = size
    if (Math.max(bytes, read) <= LONG_BYTES) {
      this.check(owner, bytes)
      return this.note(owner, bytes)
    }
    const lane = this.#laneOf(owner)
    await lane.take(client)
    const leave = () => {
      lane.leave()
      if (lane.isEmpty) this.#lanes.delete(owner)
    }
    try {
      this.check(owner, bytes)
    } catch (error) {
      leave()
      throw error
    }
    return this.note(owner, bytes, leave)
  }

  /** Takes room for a reply that nobody may refuse: it is paid for. */
  note(owner: ReplyOwner, bytes: number, afterwards?: () => void): Room {
    this.#bytes += bytes
    if (owner !== null) this.#ofTenant.add(owner, bytes)
    let left = false
    return {
      leave: () => {
        if (left) return
        left = true
        this.#bytes -= bytes
        if (owner !== null) this.#ofTenant.remove(owner, bytes)
        afterwards?.()
      },
    }
  }

  /**
   * Whether there is room for so much more. A reply larger than all the room has it to itself; operators get theirs
   * however full the server is.
   *
   * @throws AresError as `enter`
   */
  check(owner: ReplyOwner, bytes: number): void {
    if (owner === null) return
    const own = this.#ofTenant.of(owner)
    if (own > 0 && own + bytes > this.#maxBytes / PARTS)
      throw refusal('rate_limited', 'Too much of what this tenant asked for has not been read yet')
    if (this.#bytes > 0 && this.#bytes + bytes > this.#maxBytes)
      throw refusal('overloaded', 'Too many long answers are under way')
  }

  #laneOf(owner: ReplyOwner): ReplyLane {
    let lane = this.#lanes.get(owner)
    if (!lane) {
      lane = new ReplyLane(this.#laneLimits)
      this.#lanes.set(owner, lane)
    }
    return lane
  }
}

function refusal(code: 'rate_limited' | 'overloaded', what: string): AresError {
  return new AresError(code, `${what}; try again shortly.`, { retryAfterS: RETRY_S })
}
