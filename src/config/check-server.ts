import { isAddressOrNetwork } from '../networks.ts'
import { describeFound } from './describe-value.ts'
import type { Finding } from './finding.ts'
import { parseHttpUrl } from './http-url.ts'
import type { ConfigDraft } from './schema.ts'

/** The rules of `[server]` that a schema cannot say. */
export function checkServer({ server = {} }: ConfigDraft): Finding[] {
  return [...checkTls(server), ...checkOrigins(server), ...checkProxies(server)]
}

type ServerDraft = NonNullable<ConfigDraft['server']>

function checkTls({ tls_cert, tls_key }: ServerDraft): Finding[] {
  if ((tls_cert === undefined) === (tls_key === undefined)) return []
  const [given, missing] =
    tls_cert === undefined ? ['tls_key', 'tls_cert'] : ['tls_cert', 'tls_key']
  const message = `missing beside ${given}; allowed: both, or neither for plain HTTP`
  return [{ path: ['server', missing], message }]
}

function checkOrigins({ cors_origins = [] }: ServerDraft): Finding[] {
  return cors_origins.flatMap((origin, index) => {
    const fault = origin === undefined ? null : originFault(origin, cors_origins.length)
    return fault === null ? [] : [{ path: ['server', 'cors_origins', index], message: fault }]
  })
}

/** What is wrong with an origin, or null. Browsers send exactly what `URL.origin` gives, and that is what we compare with. */
function originFault(origin: string, count: number): string | null {
  if (origin === '*')
    return count === 1 ? null : 'found "*" beside other origins; allowed: "*" alone'
  const url = parseHttpUrl(origin)
  const isPattern = origin.includes('*')
  if (url?.origin === origin && !isPattern) return null
  const hint =
    url === null || url.username !== '' || isPattern
      ? ''
      : `; did you mean ${JSON.stringify(url.origin)}?`
  return `found ${describeFound(origin, false)}; allowed: scheme://host or scheme://host:port, nothing after it${hint}`
}

function checkProxies({ trusted_proxies = [] }: ServerDraft): Finding[] {
  return trusted_proxies.flatMap((proxy, index) => {
    if (proxy === undefined || isAddressOrNetwork(proxy)) return []
    const message = `found ${describeFound(proxy, false)}; allowed: an IP address or a CIDR network such as "10.0.0.0/8"`
    return [{ path: ['server', 'trusted_proxies', index], message }]
  })
}
