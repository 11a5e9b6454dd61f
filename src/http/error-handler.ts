import { type AnyElysia, Elysia, ParseError } from 'elysia'
import { nearPath } from './near-path.ts'
import { storageError } from '../db/errors.ts'
import type { Soundness } from '../db/soundness.ts'
import { AresError, type ErrorCode, type ErrorDetail } from '../errors.ts'
import { messageErrorBody } from './error-form-anthropic.ts'
import { googleError } from './error-form-google.ts'
import type { Log } from '../log.ts'
import { admissionOf } from './admission.ts'
import type { JsonReply } from './replies.ts'
import { type ErrorForm, errorFormOf, isWorthRetrying, openAiError } from './error-forms.ts'

/** The one table from code to status. Source: contract 3.4. */
const STATUS: Record<ErrorCode, number> = {
  bad_request: 400,
  invalid_json: 400,
  unauthorized: 401,
  tenant_suspended: 403,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  agent_paused: 409,
  too_many_keys: 409,
  body_too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  rate_limited: 429,
  quota_runs_exceeded: 429,
  quota_tokens_exceeded: 429,
  internal: 500,
  provider_failed: 502,
  provider_timeout: 504,
  provider_rate_limited: 429,
  provider_overloaded: 503,
  overloaded: 503,
  shutting_down: 503,
  storage_unavailable: 503,
  storage_damaged: 503,
  provider_not_configured: 503,
}

/** The body of every refusal and failure on the specified routes. Source: contract 3.2. */
export interface ErrorBody {
  error: string
  code: ErrorCode
  request_id: string
  details?: ErrorDetail[]
}

/** Seconds in `Retry-After` of a 503 that knows no better. */
const DEFAULT_RETRY_S = 5

/** What a reply says, as plain data. */
export interface Reply {
  status: number
  /** A string is JSON text that somebody else wrote, and is sent as it is. */
  body: object | string
  retryAfterS?: number | undefined
  /** Set to false where a client that tries again by itself must not. */
  retry?: false
}

/** The status of the reply that says it. */
export function statusOf({ code }: AresError): number {
  return STATUS[code]
}

/** Clients of other APIs take 422 for a failure, and some ask again six times. Source: contract 9.4. */
function statusIn(form: ErrorForm, { code }: AresError): number {
  return form !== 'ares' && code === 'invalid' ? 400 : STATUS[code]
}

const BODIES: Record<ErrorForm, (error: AresError, status: number, requestId: string) => object> = {
  ares: (error, _status, requestId) => aresError(error, requestId),
  openai: openAiError,
  anthropic: (error, _status, requestId) => messageErrorBody(error, requestId),
  google: googleError,
}

/** The reply to a refused or failed request. */
export function errorResponse(error: AresError, requestId: string, form: ErrorForm): Response {
  return toResponse(errorReply(error, requestId, form))
}

/** What `errorResponse` says. */
export function errorReply(error: AresError, requestId: string, form: ErrorForm): Reply {
  const status = statusIn(form, error)
  const retryAfterS = error.retryAfterS ?? (status === 503 ? DEFAULT_RETRY_S : undefined)
  const body = BODIES[form](error, status, requestId)
  const isFinal = form !== 'ares' && !isWorthRetrying(error.code)
  return { status, body, retryAfterS, ...(isFinal && { retry: false }) }
}

function aresError({ message, code, details }: AresError, requestId: string): ErrorBody {
  const body: ErrorBody = { error: message, code, request_id: requestId }
  if (details) body.details = details
  return body
}

export function toResponse(reply: Reply): Response {
  const { text, ...head } = toJsonReply(reply)
  return new Response(text, head)
}

/** The same as text. */
export function toJsonReply({
  status,
  body,
  retryAfterS,
  retry,
}: Reply): Required<JsonReply> & { text: string } {
  return {
    text: typeof body === 'string' ? body : JSON.stringify(body),
    status,
    headers: {
      'content-type': 'application/json',
      ...(retryAfterS !== undefined && { 'retry-after': String(retryAfterS) }),
      ...(retry === false && { 'x-should-retry': 'false' }),
    },
  }
}

/** Turns whatever a route throws into a reply; mounted before every feature, for it covers only what comes after it. */
export function errorHandler({ log, soundness, allowedMethods }: ErrorHandlerDeps): AnyElysia {
  return new Elysia({ name: 'error-handler' }).onError(
    { as: 'global' },
    ({ error, code, request }) => {
      const { requestId, path } = admissionOf(request)
      const known = code === 'NOT_FOUND' ? noRoute(path, allowedMethods) : toAresError(error)
      soundness.notice(known.cause)
      logFailure(log, known, requestId)
      const response = errorResponse(known, requestId, errorFormOf(path, request.headers))
      if (known.code === 'method_not_allowed') {
        response.headers.set('allow', allowedMethods(path).join(', '))
      }
      return response
    },
  )
}

export interface ErrorHandlerDeps {
  log: Log
  soundness: Pick<Soundness, 'notice'>
  /** The methods that some route has for this path; empty when no route has it. */
  allowedMethods: (path: string) => string[]
}

/** Refusals are the caller's business; failures are ours, with what lies behind them. */
export function logFailure(log: Log, error: AresError, requestId: string): void {
  const status = STATUS[error.code]
  if (status < 500) return
  const level = status === 500 ? 'error' : 'warn'
  // Not the sentence itself: a provider's words in it may quote the message.
  log[level]('request failed', { request_id: requestId, code: error.code }, error.cause)
}

function noRoute(path: string, methodsOf: (path: string) => string[]): AresError {
  const allowed = methodsOf(path)
  if (allowed.length === 0) {
    const near = nearPath(path, (candidate) => methodsOf(candidate).length > 0)
    const meant = near === null ? '' : ` Did you mean ${near}?`
    return new AresError('not_found', `There is nothing at this path.${meant}`)
  }
  return new AresError('method_not_allowed', `Use ${allowed.join(' or ')} here.`)
}

/** Our own errors as they are, the database's trouble in our form, anything else a plain `internal`. */
export function toAresError(thrown: unknown): AresError {
  const error = storageError(thrown)
  if (error instanceof AresError) return error
  // Elysia wraps whatever a body reader throws.
  if (error instanceof ParseError) return toAresError(error.cause)
  return new AresError('internal', 'Something went wrong on our side.', { cause: error })
}
