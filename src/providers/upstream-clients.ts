import type { Clock } from '../clock.ts'
import type { ProviderConfig } from '../config/config.ts'
import type { UpstreamHttp } from '../config/upstream-http.ts'
import { FetchClient } from './fetch-client.ts'
import { Http1Client } from './http1/client.ts'
import type { UpstreamClient } from './upstream.ts'

/** One of each kind, and one a proxy, for all providers of a process: connections are kept by origin. */
export class UpstreamClients {
  readonly #clock: Clock
  readonly #direct: Record<UpstreamHttp, UpstreamClient>
  readonly #proxied = new Map<string, UpstreamClient>()

  constructor(clock: Clock) {
    this.#clock = clock
    this.#direct = { http1: new Http1Client(clock), fetch: new FetchClient(clock) }
  }

  /** What carries the requests of a provider; the runtime's `fetch` where they go through a proxy. */
  of({ http, proxyUrl }: Pick<ProviderConfig, 'http' | 'proxyUrl'>): UpstreamClient {
    if (proxyUrl === null) return this.#direct[http]
    let client = this.#proxied.get(proxyUrl)
    if (client === undefined) {
      client = new FetchClient(this.#clock, proxyUrl)
      this.#proxied.set(proxyUrl, client)
    }
    return client
  }
}
