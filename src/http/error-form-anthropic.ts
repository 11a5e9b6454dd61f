import type { AresError, ErrorCode, ErrorDetail } from '../errors.ts'

/** The types of Anthropic's errors that we use. */
export type MessageErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'permission_error'
  | 'not_found_error'
  | 'request_too_large'
  | 'rate_limit_error'
  | 'timeout_error'
  | 'overloaded_error'
  | 'api_error'

/** Codes whose type is not `invalid_request_error`. */
const TYPES: Partial<Record<ErrorCode, MessageErrorType>> = {
  unauthorized: 'authentication_error',
  tenant_suspended: 'permission_error',
  forbidden: 'permission_error',
  not_found: 'not_found_error',
  body_too_large: 'request_too_large',
  rate_limited: 'rate_limit_error',
  quota_runs_exceeded: 'rate_limit_error',
  quota_tokens_exceeded: 'rate_limit_error',
  provider_timeout: 'timeout_error',
  provider_rate_limited: 'rate_limit_error',
  provider_overloaded: 'overloaded_error',
  overloaded: 'overloaded_error',
  internal: 'api_error',
  provider_failed: 'api_error',
  shutting_down: 'api_error',
  storage_unavailable: 'api_error',
  storage_damaged: 'api_error',
  provider_not_configured: 'api_error',
}

/** What Anthropic calls a failure of ours. */
export function messageErrorType(code: ErrorCode): MessageErrorType {
  return TYPES[code] ?? 'invalid_request_error'
}

/** An error as Anthropic writes it: the body of an answer, and the last event of a stream that breaks off. */
export interface MessageErrorBody {
  type: 'error'
  error: {
    type: MessageErrorType
    message: string
    details?: { error_code: string; unsupported: string[] }
  }
  request_id: string
}

/** A refusal or failure in Anthropic's form; its sentence names every mistake, for there is no other place for them. */
export function messageErrorBody(error: AresError, requestId: string): MessageErrorBody {
  const { code, details = [] } = error
  // Anthropic's tool runner asks for a thread first, and only after this answer sends whole conversations.
  const threadless = details.some(({ path }) => path === '/thread')
  return {
    type: 'error',
    error: {
      type: messageErrorType(code),
      message: tooLong(error) + (details.length > 1 ? sentenceOf(details) : namingSentence(error)),
      ...(threadless && { details: NO_THREADS }),
    },
    request_id: requestId,
  }
}

/** Clients of this family shorten a conversation when they read this, whatever the provider calls it. */
function tooLong({ verdict, message }: AresError): string {
  const isTooLong = verdict?.code === 'context_length_exceeded'
  return isTooLong && !/prompt is too long/i.test(message) ? 'prompt is too long: ' : ''
}

const NO_THREADS = { error_code: 'thread_unsupported_request', unsupported: ['thread'] }

/** The sentence of one mistake, with its place. */
function namingSentence({ code, message, details }: AresError): string {
  const path = details?.[0]?.path
  const isNamed = code !== 'invalid' || path === undefined || message.startsWith(path)
  return isNamed ? message : `${path}: ${message}`
}

function sentenceOf(details: ErrorDetail[]): string {
  return `${details.map(({ path, message }) => `${path}: ${message}`).join('; ')}.`
}
