import type { Caller } from '../caller/caller.ts'
import type { Clock } from '../clock.ts'
import { AresError } from '../errors.ts'
import type { RateDecision } from '../limits/rate-limiter.ts'
import type { BodyShare } from './bodies-in-flight.ts'
import type { PhaseTimes } from './server-timing.ts'

/** The socket a request came on. */
export interface Connection {
  readonly address: string
  /** Lets the server's idle time-out for this request begin anew. */
  stillReading(): void
  /** Lifts the server's idle time-out: a request whose body is in may take as long as its own deadlines allow. */
  holdOpen(): void
  /** From here on the answer is a stream: a client that takes nothing of what waits for it has gone. */
  beginStream(): void
}

interface AdmissionParts {
  request: Request
  connection: Connection
  requestId: string
  address: string
  clock: Pick<Clock, 'monotonicMs'>
  /** Told when the request is answered whole. */
  onFinish: (admission: Admission, status: number) => void
}

/** What the front door finds out about a request before any of its body is read, and what the routes add to it. */
export class Admission {
  readonly requestId: string
  readonly method: string
  /** Of the client, behind trusted proxies. */
  readonly address: string
  readonly startedMs: number
  readonly clock: Pick<Clock, 'monotonicMs'>
  readonly connection: Connection
  /** As routed: from our own derivation, without query and trailing slash. */
  path = ''
  /** Of the route; set with the path. */
  maxBodyBytes = 0
  /** Set on /v1 once the key verified: the bodies of all tenants share a budget. */
  bodyShare: BodyShare | undefined
  /** Set on /v1 once the key verified. */
  caller: Caller | undefined
  /** Set on /v1 where the tier has a rate limit. */
  rate: RateDecision | undefined
  /** True on /api/admin once the secret matched. */
  isAdmin = false
  /** The pattern of the route, set by the group's guard; for the log. */
  route: string | undefined
  /** Spent by this request; for the log. */
  tokens: number | undefined
  /** SHA-256 of the JSON body, hex; set for a request with an `Idempotency-Key`. */
  bodyHash: string | undefined
  /** Set by routes that spend. */
  readonly times: PhaseTimes = {}
  /** The body was given up before it was whole: the connection ends with the answer. */
  bodyGivenUp = false
  readonly #onFinish: AdmissionParts['onFinish']
  #streaming = false

  constructor(parts: AdmissionParts) {
    this.requestId = parts.requestId
    this.method = parts.request.method
    this.address = parts.address
    this.clock = parts.clock
    this.startedMs = parts.clock.monotonicMs()
    this.connection = parts.connection
    this.#onFinish = parts.onFinish
  }

  /** A stream is under way: its end finishes the request. */
  get streaming(): boolean {
    return this.#streaming
  }

  beginStream(): void {
    this.#streaming = true
    this.connection.beginStream()
  }

  /** Gives back what its body took and writes the log line; a stream calls it at its end. */
  finish(status: number): void {
    this.bodyShare?.release()
    this.#onFinish(this, status)
  }
}

const admissions = new WeakMap<Request, Admission>()

export function admit(request: Request, admission: Admission): void {
  admissions.set(request, admission)
}

/** The admission of a request in flight. Nothing reaches a route without one. */
export function admissionOf(request: Request): Admission {
  const admission = admissions.get(request)
  if (!admission)
    throw new AresError('internal', 'The request did not come through the front door.')
  return admission
}
