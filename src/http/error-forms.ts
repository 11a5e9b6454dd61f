import type { AresError, ErrorCode } from '../errors.ts'
import {
  type ClientFamily,
  familyOfPath,
  isForeignPath,
  isOwnPath,
  isTenantPath,
  isUnder,
} from './compatible-paths.ts'

/*
 * How errors read. The specified routes have a form of their own; the compatible ones answer as their clients expect,
 * also where a request is refused at the front door.
 */

/** Whose form an error has. */
export type ErrorForm = 'ares' | ClientFamily

/** The form of errors at a path, without query and trailing slash. */
export function errorFormOf(path: string, headers: Headers): ErrorForm {
  if (isUnder(path, '/v1/models')) return familyOfModels(headers)
  return familyOfPath(path) ?? familyOfUnknown(path, headers) ?? 'ares'
}

/** Whose clients ask for `/v1/models`: all do, and the headers of some tell. */
export function familyOfModels(headers: Headers): ClientFamily {
  return familyOfHeaders(headers) ?? 'openai'
}

/** Whose clients look for a path that is no route of ours: their headers tell, or their own API has it. */
function familyOfUnknown(path: string, headers: Headers): ClientFamily | undefined {
  if (!isTenantPath(path) || isOwnPath(path)) return undefined
  return familyOfHeaders(headers) ?? (isForeignPath(path) ? 'openai' : undefined)
}

/** What only the clients of one API send. */
function familyOfHeaders(headers: Headers): ClientFamily | undefined {
  if (headers.has('anthropic-version')) return 'anthropic'
  if (headers.has('x-goog-api-client')) return 'google'
  const agent = headers.get('user-agent') ?? ''
  return headers.has('x-stainless-lang') || /^\w*OpenAI\//.test(agent) ? 'openai' : undefined
}

/** Whether Anthropic's clients ask here, which look for a `request-id`. */
export function wantsRequestId(path: string): boolean {
  return isUnder(path, '/v1/messages') || isUnder(path, '/v1/models')
}

/** An error as OpenAI writes it. */
export interface OpenAiErrorBody {
  error: { message: string; type: string; param: string | null; code: string }
}

/** @param status of the answer */
export function openAiError(error: AresError, status: number): OpenAiErrorBody {
  const path = error.details?.[0]?.path
  const { type, code } = openAiWords(error.code, status, path)
  const param = path === undefined ? null : paramOf(path)
  const { message, verdict } = error
  return {
    error: { message, type, param: verdict?.param ?? param, code: verdict?.code ?? code },
  }
}

/** What OpenAI calls what we call otherwise; the rest keeps our code. */
const OPENAI_WORDS: Partial<Record<ErrorCode, { type: string; code: string }>> = {
  unauthorized: { type: 'invalid_request_error', code: 'invalid_api_key' },
  rate_limited: { type: 'requests', code: 'rate_limit_exceeded' },
  quota_runs_exceeded: { type: 'insufficient_quota', code: 'insufficient_quota' },
  quota_tokens_exceeded: { type: 'insufficient_quota', code: 'insufficient_quota' },
}

function openAiWords(code: ErrorCode, status: number, path: string | undefined) {
  const words = OPENAI_WORDS[code]
  if (words) return words
  if (code === 'not_found' && path === '/model') {
    return { type: 'invalid_request_error', code: 'model_not_found' }
  }
  if (code === 'not_found' && path === '/previous_response_id') {
    return { type: 'invalid_request_error', code: 'previous_response_not_found' }
  }
  return { type: status >= 500 ? 'server_error' : 'invalid_request_error', code }
}

/** `/messages/0/content` as OpenAI writes it: `messages[0].content`; null for the body as a whole. */
function paramOf(path: string): string | null {
  const param = path
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(
      (all, part) => (/^\d+$/.test(part) ? `${all}[${part}]` : all ? `${all}.${part}` : part),
      '',
    )
  return param === '' ? null : param
}

const NOT_WORTH_RETRYING = new Set<ErrorCode>([
  'quota_runs_exceeded',
  'quota_tokens_exceeded',
  'agent_paused',
  'provider_not_configured',
])

/** False where the clients of both families would try again by themselves, but time alone does not help. */
export function isWorthRetrying(code: ErrorCode): boolean {
  return !NOT_WORTH_RETRYING.has(code)
}
