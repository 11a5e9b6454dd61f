/** A POST of JSON. */
export interface UpstreamRequest {
  url: string
  /** The headers beside those of the connection and the length; the same object for all requests of an endpoint. */
  headers: Headers
  body: string
}

/** What a client knows of the call it works for, and tells it. */
export interface UpstreamCall {
  readonly connectTimeoutMs: number
  /** Why the call was stopped, once it was: what `send` and `read` throw then. */
  readonly stopped: Error | null
  /** Called when it is stopped; the client puts in what lets go of the connection. */
  onStopped: (() => void) | null
  /** Whether the server may be at work on the request. */
  reached: boolean
  /** No connection came about in time: stops the call. */
  connectTimedOut(): void
}

/** What is there at once, or comes. */
export type Arriving<T> = T | Promise<T>

/** The headers that are asked for. */
export type AnswerField = 'content-type' | 'content-encoding' | 'retry-after'

/** The answer to one request: its head, and its body unpacked, read on demand. */
export interface UpstreamAnswer {
  readonly status: number
  /** Bytes of the body where they are known beforehand; null where the end tells. */
  readonly length: number | null
  /** Several of a name are joined with commas. */
  header(name: AnswerField): string | null
  /** The bytes of one network read; null at the end. @throws UpstreamFault `cut` or `unreadable` */
  read(): Arriving<Uint8Array | null>
  /** All that has not been read, as text; for bodies of known length. @throws as `read` */
  text(): Arriving<string>
  /** Gives the answer up and closes its connection; harmless after the end. */
  cancel(): void
}

/** Carries requests to a provider. */
export interface UpstreamClient {
  /**
   * Resolves with the final answer as soon as its head is there. Redirects are answers like others.
   *
   * @throws UpstreamFault `unreachable` or `unreadable`; the reason when the call was stopped
   */
  send(request: UpstreamRequest, call: UpstreamCall): Promise<UpstreamAnswer>
}

/**
 * How an exchange failed below the meaning of its answer.
 *
 * `unreachable` no connection, or one that broke before the answer's head was whole · `unreadable` what came is no HTTP,
 * beyond the limits, or packed wrongly · `cut` the connection ended within the body.
 */
export type FaultKind = 'unreachable' | 'unreadable' | 'cut'

/** `message` is for logs and names no address. */
export class UpstreamFault extends Error {
  override readonly name: string = 'UpstreamFault'

  /** @param stale whether a kept connection turned out to be closed, so that there is no reason to wait before the next try */
  constructor(
    readonly kind: FaultKind,
    readonly code: string,
    readonly stale = false,
  ) {
    super(code)
  }
}

/**
 * A proxy on the way did not let the request through.
 *
 * `refused` it answered, with a status of its own · `down` no connection to it came about · `broken` the connection through
 * it ended before the answer began, which either end may have done.
 */
export class ProxyFault extends UpstreamFault {
  override readonly name: string = 'ProxyFault'

  /** @param status what it answered; null unless it `refused`, or where that is not known */
  constructor(
    readonly how: 'refused' | 'down' | 'broken',
    readonly status: number | null,
    code: string,
  ) {
    super('unreachable', code)
  }
}
