import type { AuthFailures } from './auth-failures.ts'
import type { Clock } from '../clock.ts'
import { AresError } from '../errors.ts'
import { networkOf } from '../networks.ts'
import { adminAdvice } from './credential-advice.ts'
import { adminSecretCheck } from './credentials.ts'
import { FailureThrottle } from './failure-throttle.ts'

export interface AdminGateDeps {
  adminSecret: string
  /** Of one network; further ones have to wait. */
  maxFailuresPerMinute: number
  authFailures: AuthFailures
  clock: Clock
}

/**
 * Lets the right admin secret in, always: behind a proxy that is not trusted, the operator has the address of everybody
 * who guesses. Wrong ones are told of and slowed down; what protects the right one is its length.
 */
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
   * @throws AresError `unauthorized`; `rate_limited` while the client's network has guessed too often
   */
  admit(headers: Headers, address: string): void {
    if (this.#isAdmin(headers)) return
    // Whoever sends none guesses nothing: browsers and scanners are no news.
    if (!headers.get('x-admin-secret')) throw notAdmin(headers)
    const network = networkOf(address)
    const nowMs = this.#clock.monotonicMs()
    const retryAfterS = this.#throttle.waitS(network, nowMs)
    this.#authFailures.note(address, { mustWait: retryAfterS > 0 })
    if (retryAfterS > 0) {
      throw new AresError('rate_limited', 'Too many wrong admin secrets from this address.', {
        retryAfterS,
      })
    }
    this.#throttle.failed(network, nowMs)
    throw notAdmin(headers)
  }
}

function notAdmin(headers: Headers): AresError {
  const advice = adminAdvice(headers)
  const sentence = 'The admin secret is missing or wrong.'
  return new AresError('unauthorized', advice === null ? sentence : `${sentence} ${advice}`)
}
