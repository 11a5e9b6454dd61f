import type { AuthFailures } from './auth-failures.ts'
import type { Clock } from '../clock.ts'
import { AresError } from '../errors.ts'
import { networkOf } from '../http/client-address.ts'
import { adminSecretCheck } from './credentials.ts'
import { FailureThrottle } from './failure-throttle.ts'

export interface AdminGateDeps {
  adminSecret: string
  /** Of one network; beyond it nothing from there is compared. */
  maxFailuresPerMinute: number
  authFailures: AuthFailures
  clock: Clock
}

/** Lets the right admin secret in, and makes whoever guesses wait. */
export class AdminGate {
  readonly #authFailures: AuthFailures
  readonly #clock: Clock
  readonly #isAdmin: (headers: Headers) => boolean
  readonly #throttle: FailureThrottle

  constructor({ adminSecret, maxFailuresPerMinute, authFailures, clock }: AdminGateDeps) {
    this.#authFailures = authFailures
    this.#clock = clock
    this.#isAdmin = adminSecretCheck(adminSecret)
    this.#throttle = new FailureThrottle(maxFailuresPerMinute)
  }

  /**
   * @param address of the client
   * @throws AresError `unauthorized`; `rate_limited` while the client's network has guessed too often, whatever secret it sends
   */
  admit(headers: Headers, address: string): void {
    // Whoever sends none guesses nothing: browsers and scanners do not lock an operator out.
    if (!headers.get('x-admin-secret')) throw this.#refusal(address)
    const network = networkOf(address)
    const nowMs = this.#clock.monotonicMs()
    const waitS = this.#throttle.waitS(network, nowMs)
    if (waitS > 0) throw this.#tooMany(address, waitS)
    if (this.#isAdmin(headers)) return
    this.#throttle.failed(network, nowMs)
    throw this.#refusal(address)
  }

  #refusal(address: string): AresError {
    this.#authFailures.note(address)
    return new AresError('unauthorized', 'The admin secret is missing or wrong.')
  }

  #tooMany(address: string, retryAfterS: number): AresError {
    this.#authFailures.noteThrottled(address)
    return new AresError('rate_limited', 'Too many wrong admin secrets from this address.', {
      retryAfterS,
    })
  }
}
