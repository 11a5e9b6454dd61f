import type { Config, ProviderConfig } from './config.ts'
import { portOf } from './no-proxy.ts'

/** An address that calls can go to. */
export interface Destination {
  /** `host:port`, of IPv6 `[host]:port`. */
  address: string
  /** Who is reached there: `provider groq, through proxy.example:3128`, `proxy of providers groq, openai`. */
  purposes: string[]
}

/** Every address that this configuration can reach, each once, in its order; disabled providers reach nothing. */
export function destinations({
  providers,
  database,
}: Pick<Config, 'providers' | 'database'>): Destination[] {
  const found = new Map<string, string[]>()
  const add = (address: string, purpose: string) => {
    found.set(address, [...(found.get(address) ?? []), purpose])
  }
  for (const { name, enabled, baseUrl, proxyUrl } of providers) {
    if (!enabled || baseUrl === null) continue
    const proxy = proxyUrl === null ? null : addressOf(proxyUrl)
    add(addressOf(baseUrl), `provider ${name}${proxy === null ? '' : `, through ${proxy}`}`)
  }
  for (const [address, names] of proxiesOf(providers)) {
    add(address, `proxy of ${names.length === 1 ? 'provider' : 'providers'} ${names.join(', ')}`)
  }
  if (database.kind === 'postgres') add(databaseAddress(database.url), 'database')
  return [...found].map(([address, purposes]) => ({ address, purposes }))
}

/** The proxies that are asked, and for whom. */
function proxiesOf(providers: readonly ProviderConfig[]): Map<string, string[]> {
  const used = new Map<string, string[]>()
  for (const { name, enabled, proxyUrl } of providers) {
    if (!enabled || proxyUrl === null) continue
    const address = addressOf(proxyUrl)
    used.set(address, [...(used.get(address) ?? []), name])
  }
  return used
}

function addressOf(text: string): string {
  const url = new URL(text)
  return `${url.hostname}:${portOf(url)}`
}

function databaseAddress(text: string): string {
  const { hostname, port } = new URL(text)
  return `${hostname}:${port === '' ? 5432 : port}`
}
