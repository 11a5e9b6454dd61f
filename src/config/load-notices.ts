import { statSync } from 'node:fs'
import { isVariableSet, PROXY_VARIABLES, type Env } from './environment.ts'
import type { Config, ProviderConfig } from './config.ts'
import { locateKeys } from './locate.ts'
import { assumedOutputLimit, knownOutputLimit } from './output-limits.ts'
import { traitsOf } from './provider-types.ts'

/** A line for the operator of a configuration that is no mistake: what was assumed, or what may be a danger. */
export interface Notice {
  kind: 'note' | 'warning'
  text: string
}

/** As it is printed: `warning: the key of …`. */
export function formatNotice({ kind, text }: Notice): string {
  return `${kind}: ${text}`
}

const READABLE_BY_OTHERS = 0o044

/** A warning when the file holds a secret, and other users of the machine may read it. */
export function fileNotices(path: string, label: string, text: string): Notice[] {
  const stat = statSync(path)
  const isOpen = stat.isFile() && (stat.mode & READABLE_BY_OTHERS) !== 0
  if (!holdsSecret(text) || !isOpen || process.platform === 'win32') return []
  return [
    warning(
      `${label} holds a secret, and other users of this machine may read it (cure: chmod 600 ${label})`,
    ),
  ]
}

/** Of proxies only those whose URL has a password in it. */
function holdsSecret(text: string): boolean {
  const keys = locateKeys(text)
  const hasPassword = keys.mentions('proxy') && /^[^#]*proxy\b.*:\/\/[^/"']*@/m.test(text)
  return keys.mentions('secret') || keys.mentions('api_key') || hasPassword
}

/** What is to be said of the providers that are switched on. */
export function providerNotices({ providers }: Config, env: Env): Notice[] {
  const enabled = providers.filter((provider) => provider.enabled)
  return [...enabled.flatMap(providerNotice), ...proxyNotices(enabled, env)]
}

function providerNotice(provider: ProviderConfig): Notice[] {
  const { name, keyMissing, keyEnv, models } = provider
  if (models.length === 0) return [warning(`provider ${name} is enabled but has no models`)]
  if (!keyMissing) return limitNotices(provider)
  return [
    warning(
      `$${keyEnv} is not set, which holds the key of provider ${name}: its models are unavailable`,
    ),
  ]
}

/** Where a limit has to be told to the API, nobody has said it, and the name of the model tells nothing. */
function limitNotices({ name, type, models }: ProviderConfig): Notice[] {
  if (!traitsOf(type).wantsLimit) return []
  const guessed = models.filter(
    ({ upstreamId, maxOutputTokens }) =>
      (maxOutputTokens ?? knownOutputLimit(upstreamId)) === undefined,
  )
  return guessed.map(({ id, upstreamId }) =>
    note(
      `model ${id} of provider ${name} has no max_output_tokens: answers end after ${assumedOutputLimit(upstreamId)} tokens where a request sets no limit`,
    ),
  )
}

/** Other programs would take the variables; whoever has set them should know that this one asks to be told. */
function proxyNotices(providers: readonly ProviderConfig[], env: Env): Notice[] {
  const called = providers.filter(({ baseUrl }) => baseUrl !== null)
  const name = PROXY_VARIABLES.find((variable) => isVariableSet(env, variable))
  if (name === undefined || called.length === 0) return []
  if (called.some(({ proxyUrl }) => proxyUrl !== null)) return []
  return [
    note(
      `$${name} is set and not used: providers are called directly (proxy_env = "${name}" under [egress] uses it)`,
    ),
  ]
}

function note(text: string): Notice {
  return { kind: 'note', text }
}

function warning(text: string): Notice {
  return { kind: 'warning', text }
}
