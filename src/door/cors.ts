const EXPOSED = [
  'X-Request-Id',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'X-Quota-Runs-Remaining',
  'X-Quota-Tokens-Remaining',
  'Retry-After',
  'Server-Timing',
  'Idempotent-Replayed',
  'Request-Id',
  'X-Should-Retry',
  'X-Ares-Left-Out',
].join(', ')

const PREFLIGHT = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-max-age': '600',
  vary: 'Access-Control-Request-Headers',
}

/** Names of headers with commas between. */
const HEADER_NAMES = /^[\w!#$%&'*+.^`|~-]+(?: *, *[\w!#$%&'*+.^`|~-]+)*$/

/** Whatever a script of an allowed origin wants to send: libraries bring headers of their own along, new ones all the time. */
function preflightHeaders(request: Request): Record<string, string> {
  const asked = request.headers.get('access-control-request-headers') ?? ''
  if (!HEADER_NAMES.test(asked)) return PREFLIGHT
  return { ...PREFLIGHT, 'access-control-allow-headers': asked }
}

/** Browsers of other origins: who may read our answers. */
export interface Cors {
  /** The answer to a preflight of an allowed origin; undefined when the request is none. */
  preflight(request: Request): Response | undefined
  /** Adds what lets an allowed origin read this answer. */
  allow(request: Request, headers: Headers): void
}

/** @param origins exact origins, or `['*']` */
export function cors(origins: string[]): Cors {
  const any = origins.includes('*')
  const allowedOrigin = (request: Request) => {
    const origin = request.headers.get('origin')
    if (origin === null) return undefined
    if (any) return '*'
    return origins.includes(origin) ? origin : undefined
  }
  return {
    preflight(request) {
      const asked =
        request.method === 'OPTIONS' && request.headers.has('access-control-request-method')
      if (!asked || allowedOrigin(request) === undefined) return undefined
      return new Response(null, { status: 204, headers: preflightHeaders(request) })
    },
    allow(request, headers) {
      if (origins.length === 0) return
      if (!any) headers.append('vary', 'Origin')
      const origin = allowedOrigin(request)
      if (origin === undefined) return
      headers.set('access-control-allow-origin', origin)
      headers.set('access-control-expose-headers', EXPOSED)
    },
  }
}
