import { ProxyFault } from './upstream.ts'

/**
 * What the runtime's `fetch` takes beyond Bun's types: no five-minute ceiling beside our own deadlines, and the proxy that is
 * given or none, whatever the environment says.
 */
export function fetchOptions(proxyUrl: string | null): object {
  return { timeout: false, proxy: proxyUrl ?? false }
}

/** What only a proxy answers. */
const WANTS_CREDENTIALS = 407

/** Refuses an answer that a proxy gave in the place of the provider. @throws ProxyFault */
export function refuseProxyAnswer(proxyUrl: string | null, { status }: { status: number }): void {
  if (proxyUrl === null || status !== WANTS_CREDENTIALS) return
  throw new ProxyFault('refused', status, 'ERR_PROXY_CREDENTIALS')
}

/** Of a connection that never stood: through a proxy, its address is the only one that is dialled. */
const NO_CONNECTION = /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/

/** What a `fetch` through a proxy failed of. */
export function proxyFaultOf(error: unknown): ProxyFault {
  if (error instanceof ProxyFault) return error
  const code = codeOf(error)
  if (code === 'ERR_PROXY_TUNNEL') return new ProxyFault('refused', tunnelStatus(error), code)
  return new ProxyFault(NO_CONNECTION.test(code) ? 'down' : 'broken', null, code)
}

/** Bun tells it in its message alone: `Proxy refused to open a tunnel: 407 Proxy Authentication Required`. */
function tunnelStatus(error: unknown): number | null {
  const [, status] = /: (\d{3})\b/.exec(error instanceof Error ? error.message : '') ?? []
  return status === undefined ? null : Number(status)
}

/** Bun's own errors name the address they were talking to; only their code is kept. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
