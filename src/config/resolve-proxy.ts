import { NO_PROXY, type ProxyKeys } from './check-egress.ts'
import { readSecret, type Env } from './environment.ts'
import { isExempt } from './no-proxy.ts'

/** `[egress]`, checked. */
export interface EgressTable extends ProxyKeys {
  no_proxy: readonly string[]
}

/**
 * The proxy through which a provider at this address is called, with its user and password.
 *
 * @param own what the provider's own table says; it stands above `no_proxy`
 * @returns null when it is called directly
 */
export function proxyFor(
  baseUrl: string,
  { own, egress }: { own: ProxyKeys; egress: EgressTable },
  env: Env,
): string | null {
  if (own.proxy === NO_PROXY) return null
  const given = proxyIn(own, env)
  if (given !== null) return given
  return isExempt(new URL(baseUrl), egress.no_proxy) ? null : proxyIn(egress, env)
}

function proxyIn({ proxy, proxy_env }: ProxyKeys, env: Env): string | null {
  return proxy ?? (proxy_env === undefined ? null : readSecret(env, proxy_env))
}
