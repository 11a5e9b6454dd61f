/** What carries requests to a provider: ARES' own client, or the runtime's `fetch`. A further one is a row in `providers/upstream-clients.ts`. */
export const UPSTREAM_HTTP = ['http1', 'fetch'] as const

export type UpstreamHttp = (typeof UPSTREAM_HTTP)[number]
