import type { Clock } from '../clock.ts'
import { FetchClient } from './fetch-client.ts'
import type { ProviderDeps } from './http-call.ts'
import { Http1Client } from './http1/client.ts'

/** One of each kind, for all providers of a process: connections are kept by origin. */
export function upstreamClients(clock: Clock): ProviderDeps['clients'] {
  return { http1: new Http1Client(clock), fetch: new FetchClient(clock) }
}
