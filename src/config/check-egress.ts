import { readSecret, type Env } from './environment.ts'
import type { Finding } from './finding.ts'
import { parseHttpUrl } from './http-url.ts'
import { isException } from './no-proxy.ts'
import { placeholderFault } from './placeholder.ts'
import type { ConfigDraft } from './schema.ts'

/** How a file says which proxy there is. */
export interface ProxyKeys {
  proxy?: string | undefined
  proxy_env?: string | undefined
}

/** What stands in `proxy` of a provider that is called directly. */
export const NO_PROXY = 'none'

/** The rules of `[egress]`. */
export function checkEgress({ egress = {} }: ConfigDraft, env: Env): Finding[] {
  const findings = [...checkProxy(egress, env), ...checkExceptions(egress.no_proxy ?? [])]
  return findings.map(({ path, message }) => ({ path: ['egress', ...path], message }))
}

/** The rules of `proxy` and `proxy_env`: at most one, and a URL in it. */
export function checkProxy({ proxy, proxy_env }: ProxyKeys, env: Env): Finding[] {
  if (proxy_env === undefined)
    return proxy === undefined
      ? []
      : fault('proxy', placeholderFault(proxy, 'proxy_env') ?? urlFault(proxy))
  if (proxy !== undefined) {
    return fault('proxy_env', 'found beside proxy; allowed: only one of proxy and proxy_env')
  }
  const url = readSecret(env, proxy_env)
  // Without it calls would leave by another way than the operator has asked for.
  if (url === null) return fault('proxy_env', 'the environment variable it names is not set')
  const said = urlFault(url)
  return fault('proxy_env', said === null ? null : `in the environment variable: ${said}`)
}

function fault(key: string, message: string | null): Finding[] {
  return message === null ? [] : [{ path: [key], message }]
}

function urlFault(text: string): string | null {
  const url = parseHttpUrl(text)
  if (url === null || /\s/.test(text)) return 'found no http:// or https:// URL'
  return url.pathname === '/' && !/[?#]/.test(text)
    ? null
    : 'found a path, query or fragment in the URL; allowed: scheme, user, password, host and port'
}

function checkExceptions(exceptions: readonly (string | undefined)[]): Finding[] {
  return exceptions.flatMap((text, index) => {
    if (text === undefined || isException(text)) return []
    const message = `found ${JSON.stringify(text)}; allowed: a host name, an IP address or a CIDR network, each with :port if only that is meant, or "*"`
    return [{ path: ['no_proxy', index], message }]
  })
}
