import { shownPath } from './shorten.ts'

/** Every code an answer of ours may carry in `code`; `http/error-handler.ts` maps each to its status. */
export type ErrorCode =
  | 'bad_request'
  | 'invalid_json'
  | 'unauthorized'
  | 'tenant_suspended'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'agent_paused'
  | 'too_many_keys'
  | 'body_too_large'
  | 'unsupported_media_type'
  | 'invalid'
  | 'rate_limited'
  | 'quota_runs_exceeded'
  | 'quota_tokens_exceeded'
  | 'internal'
  | 'provider_failed'
  | 'provider_timeout'
  | 'provider_rate_limited'
  | 'provider_overloaded'
  | 'overloaded'
  | 'shutting_down'
  | 'storage_unavailable'
  | 'storage_damaged'
  | 'provider_not_configured'

/** One mistake in a request: where (`/input/message`) and what is allowed there. */
export interface ErrorDetail {
  path: string
  message: string
}

export interface AresErrorOptions {
  /** The original failure; logged, never sent. */
  cause?: unknown
  details?: ErrorDetail[]
  /** What a provider named its fault and the field it finds wrong; told to the clients of its format. */
  verdict?: { code: string | null; param: string | null } | null | undefined
  /** Whole seconds until a retry makes sense; becomes `Retry-After`. */
  retryAfterS?: number
}

/**
 * A refusal or failure the caller may hear of.
 *
 * `message` is one sentence for a person: no stack, SQL, server path, secret or provider address.
 */
export class AresError extends Error {
  override readonly name = 'AresError'
  readonly details: ErrorDetail[] | undefined
  readonly retryAfterS: number | undefined
  readonly verdict: AresErrorOptions['verdict']

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: AresErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    // A path names what the caller wrote: a property may be called anything, at any length.
    this.details = options.details?.map(({ path, message }) => ({ path: shownPath(path), message }))
    this.retryAfterS = options.retryAfterS
    this.verdict = options.verdict
  }
}

/** A well-formed request that breaks one rule, at one place in its body or query. */
export function invalid(path: string, message: string): AresError {
  return new AresError('invalid', message, { details: [{ path, message }] })
}

export type Noun = 'tenant' | 'agent' | 'API key' | 'alert' | 'run' | 'model' | 'response'

/** The same answer for what cannot exist, does not exist, and is not yours. */
export function notFound(noun: Noun): AresError {
  return new AresError('not_found', `There is no such ${noun}.`)
}

/** What a store found, or `not_found`. */
export function found<T>(thing: T | undefined, noun: Noun): T {
  if (thing === undefined) throw notFound(noun)
  return thing
}
