import { checkProxy, NO_PROXY } from './check-egress.ts'
import { readSecret, type Env } from './environment.ts'
import type { Finding } from './finding.ts'
import { parseHttpUrl } from './http-url.ts'
import { placeholderFault } from './placeholder.ts'
import { knownType, traitsOf } from './provider-types.ts'
import type { ConfigDraft, ProviderDraft } from './schema.ts'
import { HEADER_VALUE } from './schema-parts.ts'

/** The rules of `[[providers]]`, enabled or not; those of their models are in `check-models.ts`. */
export function checkProviders({ providers = [] }: ConfigDraft, env: Env): Finding[] {
  const names = providers.map((provider) => provider?.name)
  return providers.flatMap((provider = {}, index) => {
    const first = names.indexOf(provider.name)
    const findings = [
      ...checkName(provider, first === index ? null : first),
      ...checkBaseUrl(provider),
      ...checkResponses(provider),
      ...checkKey(provider, env),
      ...checkOwnProxy(provider, env),
    ]
    return findings.map(({ path, message }) => ({ path: ['providers', index, ...path], message }))
  })
}

/** @param sameName the index of an earlier provider of this name, or null */
function checkName({ name }: ProviderDraft, sameName: number | null): Finding[] {
  if (name === undefined || sameName === null) return []
  const message = `found ${JSON.stringify(name)}, the name of providers[${sameName}]; allowed: a name of its own`
  return [{ path: ['name'], message }]
}

function checkBaseUrl({ type, base_url }: ProviderDraft): Finding[] {
  const fault = isOffline(type) ? demoFault('base_url', base_url) : baseUrlFault(type, base_url)
  return fault === null ? [] : [{ path: ['base_url'], message: fault }]
}

function baseUrlFault(type: string | undefined, text: string | undefined): string | null {
  if (text === undefined) {
    return hasAddress(type) ? null : `missing; a provider of type "${type}" needs one`
  }
  const url = parseHttpUrl(text)
  if (url === null || /\s/.test(text)) return 'found no http:// or https:// URL'
  if (url.username !== '' || url.password !== '') {
    return 'found a user or password in the URL; allowed: none, the key goes into api_key_env'
  }
  if (/[?#]/.test(text))
    return 'found a query or fragment in the URL; allowed: scheme, host and path'
  const endpoint = /\/(chat\/completions|messages)\/*$/.exec(url.pathname)
  return endpoint === null
    ? null
    : `found the address of one call; allowed: what comes before /${endpoint[1]}`
}

/** Whether no address has to be said: there is one by default, or no type to tell. */
function hasAddress(type: string | undefined): boolean {
  if (type === undefined) return true
  const known = knownType(type)
  return known !== undefined && traitsOf(known).defaultUrl !== null
}

/** A type that is none is told by the schema. */
function isOffline(type: string | undefined): boolean {
  const known = knownType(type)
  return known !== undefined && !traitsOf(known).callsServer
}

/** The demo provider calls nobody, so that a key or an address must be a mistake. */
function demoFault(key: string, value: string | undefined): string | null {
  return value === undefined
    ? null
    : `found beside type "demo", which calls no server; allowed: no ${key}`
}

function demoFaults(keys: Record<string, string | undefined>): Finding[] {
  return Object.entries(keys).flatMap(([key, value]) => {
    const fault = demoFault(key, value)
    return fault === null ? [] : [{ path: [key], message: fault }]
  })
}

function checkOwnProxy({ type, proxy, proxy_env }: ProviderDraft, env: Env): Finding[] {
  if (isOffline(type)) return demoFaults({ proxy, proxy_env })
  return proxy === NO_PROXY && proxy_env === undefined ? [] : checkProxy({ proxy, proxy_env }, env)
}

function checkGivenKey(key: string | undefined): Finding[] {
  const fault = key === undefined ? null : placeholderFault(key, 'api_key_env')
  return fault === null ? [] : [{ path: ['api_key'], message: fault }]
}

function checkResponses({ type, responses }: ProviderDraft): Finding[] {
  const known = knownType(type)
  if (responses !== true || known === undefined || traitsOf(known).hasResponses) return []
  const message = `found true beside type "${known}", which has no such API; allowed: false`
  return [{ path: ['responses'], message }]
}

function checkKey({ type, api_key, api_key_env }: ProviderDraft, env: Env): Finding[] {
  if (isOffline(type)) return demoFaults({ api_key, api_key_env })
  if (api_key_env === undefined) return checkGivenKey(api_key)
  const fault = api_key === undefined ? keyFault(readSecret(env, api_key_env)) : BOTH_KEYS
  return fault === null ? [] : [{ path: ['api_key_env'], message: fault }]
}

const BOTH_KEYS = 'found beside api_key; allowed: only one of api_key and api_key_env'

/** A missing key is no mistake: the provider's models are then unavailable. Source: contract 2.4. */
function keyFault(key: string | null): string | null {
  if (key === null || new RegExp(HEADER_VALUE.pattern).test(key)) return null
  return `found spaces or non-ASCII characters in the environment variable; allowed: ${HEADER_VALUE.allowed}`
}
