import { asObject, asString, parseJson } from './json-shape.ts'

const LONGEST_MESSAGE = 300
/** More than this of a provider's words is not even looked at. */
const LONGEST_SCRUBBED = 2000

const URLS = /\b[a-z][a-z0-9+.-]*:\/\/\S+/gi
const ADDRESSES = /\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b|\b[\w-]+(?:\.[\w-]+)*:\d{2,5}\b/g
const CREDENTIALS =
  /\bBearer\s+\S+|\b(?:sk|pk|rk|gsk|xai|nvapi|key|org|proj|api[-_]key)[-_][^\s'",;)]+/gi
/** `OPENAI_API_KEY`: how an operator's environment is named is not for tenants. */
const VARIABLES = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:KEY|TOKEN|SECRET|PASSWORD)\b/g
/** Anything else that long without a break is an id or a key, not a word for the tenant. */
const LONG_TOKENS = /[\w+/=-]{32,}/g

/**
 * What an error body says, in at most 300 characters and without keys, addresses and control
 * characters; empty when it is a page or says nothing.
 */
export function errorDetail(body: string, apiKey: string | null): string {
  const json = parseJson(body)
  const text = json === undefined ? plainText(body) : errorMessage(json)
  return scrub(text, apiKey)
}

/** The sentence in an error object of any of the usual shapes. */
export function errorMessage(json: unknown): string {
  const outer = asObject(json)
  const error = outer['error'] ?? json
  if (typeof error === 'string') return error
  const inner = asObject(error)
  return asString(inner['message']) || asString(outer['message']) || asString(outer['detail'])
}

/** Text from a provider, made fit for a tenant's eyes. */
export function scrub(text: string, apiKey: string | null): string {
  const beginning = beginningOf(text)
  const withoutKey = apiKey ? beginning.replaceAll(apiKey, '[redacted]') : beginning
  return withoutKey
    .replace(/[\p{C}\s]+/gu, ' ')
    .replace(CREDENTIALS, '[redacted]')
    .replace(VARIABLES, '[redacted]')
    .replace(URLS, '[address]')
    .replace(ADDRESSES, '[address]')
    .replace(LONG_TOKENS, '[redacted]')
    .trim()
    .slice(0, LONGEST_MESSAGE)
}

/** Cut between words, so that no half of a key escapes the eye. */
function beginningOf(text: string): string {
  if (text.length <= LONGEST_SCRUBBED) return text
  return text.slice(0, LONGEST_SCRUBBED).replace(/\S*$/, '')
}

function plainText(body: string): string {
  return /^\s*[<{[]/.test(body) ? '' : body
}
