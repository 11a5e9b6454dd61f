import type { Clock } from '../../clock.ts'
import type { UpstreamCall } from '../upstream.ts'
import type { Address } from './address.ts'
import type { Connection, ConnectionOwner } from './connection.ts'
import { Opening } from './opening.ts'
import { Scout } from './scout.ts'
import { Turns } from './turns.ts'

/** Below the minute that load balancers commonly keep an idle connection for. */
const KEPT_MS = 55_000
/** Before the moment that the server names: a request may be under way for so long. */
const MARGIN_MS = 1000
/** More are not kept of one origin; as many may be in use as there are calls. */
const MOST_KEPT = 256
const SWEEP_MS = 5000
/** More are not opened at the same time: servers queue few, and one that is not queued is tried again by the kernel, seconds later. */
const MOST_OPENING = 128

/** The connections to one origin. The last one used is used first, so that the others can end. */
export class Pool implements ConnectionOwner {
  readonly #address: Address
  readonly #clock: Clock
  readonly #scout: Scout
  readonly #turns = new Turns(MOST_OPENING)
  #idle: Connection[] = []
  /** Whether an attempt was given up unheard, and none has been heard of since. */
  #swallows = false
  #sweeping = false

  constructor(address: Address, clock: Clock) {
    this.#address = address
    this.#clock = clock
    this.#scout = new Scout(address)
  }

  /** One that waits for work. */
  take(): Connection | undefined {
    const nowMs = this.#clock.monotonicMs()
    for (let last = this.#idle.pop(); last !== undefined; last = this.#idle.pop()) {
      if (last.keptUntilMs > nowMs) return last
      last.end()
    }
    return undefined
  }

  /**
   * A new one within the connect deadline, or one that became idle while there was a line of those who want one.
   *
   * @throws UpstreamFault `unreachable`, or why the call was stopped
   */
  async open(call: UpstreamCall): Promise<Connection> {
    const timer = setTimeout(() => call.connectTimedOut(), call.connectTimeoutMs)
    try {
      if (this.#swallows) await this.#scout.wait(call)
      await this.#turns.take(call)
      try {
        return this.take() ?? (await this.#openNow(call))
      } finally {
        this.#turns.done()
      }
    } finally {
      clearTimeout(timer)
      call.onStopped = null
    }
  }

  async #openNow(call: UpstreamCall): Promise<Connection> {
    if (call.stopped !== null) throw call.stopped
    const opening = new Opening(this.#address, this)
    call.onStopped = () => {
      this.#swallows ||= opening.hangs
      opening.giveUp(call.stopped!)
    }
    const connection = await opening.connection
    this.#swallows = false
    return connection
  }

  /** Closes those that wait: one of them turned out to be dead, and they are as old. */
  clear(): void {
    for (const connection of this.#idle.splice(0)) connection.destroy()
  }

  idle(connection: Connection, keepMs: number): void {
    if (this.#idle.length >= MOST_KEPT) return connection.end()
    const ms = Math.min(KEPT_MS, keepMs - MARGIN_MS)
    connection.keptUntilMs = this.#clock.monotonicMs() + ms
    this.#idle.push(connection)
    this.#sweepLater()
  }

  gone(connection: Connection): void {
    const at = this.#idle.indexOf(connection)
    if (at >= 0) this.#idle.splice(at, 1)
  }

  #sweepLater(): void {
    if (this.#sweeping) return
    this.#sweeping = true
    setTimeout(() => this.#sweep(), SWEEP_MS).unref()
  }

  #sweep(): void {
    this.#sweeping = false
    const nowMs = this.#clock.monotonicMs()
    for (const connection of this.#idle.filter(({ keptUntilMs }) => keptUntilMs <= nowMs))
      connection.end()
    if (this.#idle.length > 0) this.#sweepLater()
  }
}
