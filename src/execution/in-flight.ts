import type { ProviderConfig, ServerConfig } from '../config/config.ts'
import { AresError } from '../errors.ts'
import { Tally } from '../tally.ts'
import type { PlaceHolder } from './owner.ts'

/** Why a run was stopped; the message becomes the run's `error`. */
export class RunStopped extends Error {
  constructor(
    readonly failure: 'client_gone' | 'shutting_down' | 'lease_lost',
    message: string,
  ) {
    super(message)
  }
}

const clientGone = new RunStopped('client_gone', 'The client went away before the run finished.')
const serverStopping = new RunStopped(
  'shutting_down',
  'The server was stopped before the run finished.',
)

/** The run has been taken for abandoned, and settled, by another process. */
export const leaseLost = new RunStopped(
  'lease_lost',
  'The run was given up: its server did not answer for it in time.',
)

/** The part of the configuration that says how many runs may be under way at once. */
export interface InFlightLimits {
  server: Pick<ServerConfig, 'maxInFlight' | 'maxInFlightPerTenant'>
  providers: readonly Pick<ProviderConfig, 'name' | 'maxInFlight'>[]
}

/** Seconds until a refused caller may try again: places become free all the time. */
const RETRY_S = 1

/** The runs and chats of this process that are under way, streams included. */
export class InFlight {
  readonly #flights = new Set<Flight>()
  readonly #ofTenant = new Tally()
  readonly #ofProvider = new Tally()
  readonly #limits: InFlightLimits['server']
  readonly #providerLimits: ReadonlyMap<string, number>
  #idle: (() => void) | undefined

  constructor({ server, providers }: InFlightLimits) {
    this.#limits = server
    this.#providerLimits = new Map(providers.map(({ name, maxInFlight }) => [name, maxInFlight]))
  }

  /**
   * Takes a place for a run, before anything of it is reserved.
   *
   * @param provider its name; empty for a model that is not configured any more, whose run calls nobody
   * @throws AresError `rate_limited` when the tenant has too many under way, `overloaded` when the provider or the process has
   */
  open({ tenantId, gone }: PlaceHolder, provider: string): Flight {
    this.#checkRoom(tenantId, provider)
    const flight = new Flight({ tenantId, gone }, provider, this.#landed)
    this.#flights.add(flight)
    this.#ofTenant.add(tenantId)
    this.#ofProvider.add(provider)
    return flight
  }

  /** Stops every run; each is settled as failed by whoever started it. */
  abortAll(): void {
    for (const flight of this.#flights) flight.stop(serverStopping)
  }

  /** Resolves when no run is under way. */
  whenIdle(): Promise<void> {
    if (this.#flights.size === 0) return Promise.resolve()
    return new Promise((resolve) => {
      this.#idle = resolve
    })
  }

  /** The tenant's own limit comes first: that one it can do something about. */
  #checkRoom(tenantId: string, provider: string): void {
    const { maxInFlight, maxInFlightPerTenant } = this.#limits
    if (this.#ofTenant.of(tenantId) >= maxInFlightPerTenant) {
      throw refusal('rate_limited', 'Too many runs of this tenant are under way')
    }
    if (this.#ofProvider.of(provider) >= (this.#providerLimits.get(provider) ?? Infinity)) {
      throw refusal('overloaded', `Too many runs are under way on the provider ${provider}`)
    }
    if (this.#flights.size >= maxInFlight) {
      throw refusal('overloaded', 'Too many runs are under way')
    }
  }

  readonly #landed = (flight: Flight): void => {
    if (!this.#flights.delete(flight)) return
    this.#ofTenant.remove(flight.tenantId)
    this.#ofProvider.remove(flight.provider)
    if (this.#flights.size === 0) this.#idle?.()
  }
}

/** One run under way: its place, and what stops it. */
export class Flight implements EventListenerObject {
  readonly tenantId: string
  readonly #controller = new AbortController()
  readonly #gone: AbortSignal | null
  readonly #landed: (flight: Flight) => void

  constructor(
    { tenantId, gone }: PlaceHolder,
    readonly provider: string,
    landed: (flight: Flight) => void,
  ) {
    this.tenantId = tenantId
    this.#gone = gone
    this.#landed = landed
    if (gone?.aborted) this.abandon()
    else gone?.addEventListener('abort', this, { once: true })
  }

  /** Aborts when its holder goes away or the server stops. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** The holder has gone. */
  handleEvent(): void {
    this.abandon()
  }

  /** Stops the run for a holder that has gone. */
  abandon(): void {
    this.stop(clientGone)
  }

  /** Only the first reason counts. */
  stop(reason: RunStopped): void {
    this.#controller.abort(reason)
  }

  /** Frees its place, once the run is settled; harmless when done twice. */
  land(): void {
    this.#gone?.removeEventListener('abort', this)
    this.#landed(this)
  }
}

function refusal(code: 'rate_limited' | 'overloaded', what: string): AresError {
  return new AresError(code, `${what}; try again shortly.`, { retryAfterS: RETRY_S })
}
