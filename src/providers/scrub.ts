import type { ProviderConfig } from '../config/config.ts'
import type { Verdict } from './wire-fault.ts'

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
 * A provider's verdict, made fit for a tenant's eyes: in at most 300 characters and without keys, addresses and control
 * characters. What the tenant has written itself stays readable, such as the long name of a tool.
 *
 * @param sent the text of the request; asked only when something looks like what a tenant must not see
 */
export function scrubbed(
  { message, code, param }: Verdict,
  { apiKey, baseUrl, proxyUrl }: Pick<ProviderConfig, 'apiKey' | 'baseUrl' | 'proxyUrl'>,
  sent: () => string,
): Verdict {
  const addresses = [baseUrl, hostOf(baseUrl), hostOf(proxyUrl)].filter((text) => text !== null)
  const clean = (text: string) => scrub(text, { apiKey, addresses }, sent)
  const name = (text: string | null) => (text !== null && clean(text) === text ? text : null)
  return { message: clean(message), code: name(code), param: name(param) }
}

function hostOf(baseUrl: string | null): string | null {
  return baseUrl === null ? null : (URL.parse(baseUrl)?.host ?? null)
}

/** Never told, whoever has written them. */
interface Secrets {
  apiKey: string | null
  addresses: readonly string[]
}

function scrub(text: string, { apiKey, addresses }: Secrets, sent: () => string): string {
  const words = new OwnWords(sent)
  const beginning = beginningOf(text)
  const withoutKey = apiKey ? beginning.replaceAll(apiKey, '[redacted]') : beginning
  return addresses
    .reduce((clean, address) => clean.replaceAll(address, '[address]'), withoutKey)
    .replace(/[\p{C}\s]+/gu, ' ')
    .replace(CREDENTIALS, words.unlessOwn('[redacted]'))
    .replace(VARIABLES, words.unlessOwn('[redacted]'))
    .replace(URLS, words.unlessOwn('[address]'))
    .replace(ADDRESSES, words.unlessOwn('[address]'))
    .replace(LONG_TOKENS, words.unlessOwn('[redacted]'))
    .trim()
    .slice(0, LONGEST_MESSAGE)
}

/** The words of a request. */
class OwnWords {
  readonly #sent: () => string
  #text: string | undefined

  constructor(sent: () => string) {
    this.#sent = sent
  }

  unlessOwn(standIn: string): (found: string) => string {
    return (found) => (this.#has(found) ? found : standIn)
  }

  /** Quotes and full stops around a word are the provider's. */
  #has(found: string): boolean {
    this.#text ??= this.#sent()
    return this.#text.includes(found.replace(/[\s'"`.,;:!?)\]}]+$/, ''))
  }
}

/** Cut between words, so that no half of a key escapes the eye. */
function beginningOf(text: string): string {
  if (text.length <= LONGEST_SCRUBBED) return text
  return text.slice(0, LONGEST_SCRUBBED).replace(/\S*$/, '')
}
