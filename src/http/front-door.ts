import type { AuthFailures } from '../audit/auth-failures.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/config.ts'
import { toTimestamp } from '../db/columns.ts'
import type { StatementReader } from '../db/statements.ts'
import { AresError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Caller } from '../tenants/caller.ts'
import type { Activity } from '../usage/activity.ts'
import { remaining } from '../usage/quota.ts'
import type { RateDecision, RateLimiter } from '../usage/rate-limiter.ts'
import { type Admission, admit } from './admission.ts'
import { clientAddress } from './client-address.ts'
import { cors } from './cors.ts'
import { adminSecretCheck, verifyKey } from './credentials.ts'
import { errorResponse, logFailure, toAresError } from './error-handler.ts'
import { bodyTooLarge } from './json-body.ts'
import { checkHost, pathOf, routable } from './request-path.ts'

/*
 * In front of Elysia, before a byte of body is read: Host and path, size, credential, suspension, rate. Elysia parses
 * and validates bodies before its guards run and can be misled about the path, so none of this is left to it; its
 * route groups assert the kind of credential again (`guards.ts`).
 */

/** The socket a request came on. */
export interface Connection {
  address: string
  /** Lets the server's idle time-out for this request begin anew. */
  stillReading: () => void
  /** Lifts the server's idle time-out for this request. */
  holdOpen: () => void
}

export type FrontDoor = (request: Request, connection: Connection) => Promise<Response>

export interface FrontDoorDeps {
  config: Config
  adminSecret: string
  reads: StatementReader
  clock: Clock
  newId: () => string
  log: Log
  activity: Activity
  rateLimiter: RateLimiter
  authFailures: AuthFailures
  /** The application behind the door. */
  handle: (request: Request) => Promise<Response>
  /** True once the server is on its way out. */
  isShuttingDown: () => boolean
}

const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/

export function createFrontDoor(deps: FrontDoorDeps): FrontDoor {
  const { config, clock, log } = deps
  const addressOf = clientAddress(config.server.trustedProxies)
  const crossOrigin = cors(config.server.corsOrigins)
  const isAdmin = adminSecretCheck(deps.adminSecret)
  const credentials = { reads: deps.reads, tiers: config.tiers }

  return async (request, connection) => {
    const admission = newAdmission(request, connection)
    let response: Response
    let rate: RateDecision | undefined
    try {
      response = await pass()
    } catch (error) {
      const known = toAresError(error)
      logFailure(log, known, admission.requestId)
      response = errorResponse(known, admission.requestId)
    }
    addHeaders(response.headers)
    if (!admission.streaming) admission.finish(response.status)
    return response

    async function pass(): Promise<Response> {
      checkHost(request.headers)
      admission.path = pathOf(request.url)
      const preflight = crossOrigin.preflight(request)
      if (preflight) return preflight
      if (deps.isShuttingDown() && admission.path !== '/health') {
        throw new AresError('shutting_down', 'The server is shutting down.')
      }
      checkSize(request.headers, config.server.maxBodyBytes)
      if (isUnder(admission.path, '/v1')) await admitKey()
      else if (isUnder(admission.path, '/api/admin')) admitAdmin()
      const routed = routable(request)
      admit(routed, admission)
      return deps.handle(routed)
    }

    async function admitKey(): Promise<void> {
      const now = toTimestamp(clock.now())
      const { caller, suspended } = await verifyKey(credentials, request.headers, now)
      admission.caller = caller
      deps.activity.note(caller.tenantId, caller.keyId, now)
      if (suspended) throw new AresError('tenant_suspended', 'This tenant is suspended.')
      takeRate(caller)
    }

    function takeRate({ tenantId, limits }: Caller): void {
      if (limits.requestsPerMinute === null) return
      rate = deps.rateLimiter.take(tenantId, limits.requestsPerMinute, clock.monotonicMs())
      if (rate.allowed) return
      throw new AresError('rate_limited', 'Too many requests in a short time.', {
        retryAfterS: rate.retryAfterS,
      })
    }

    function admitAdmin(): void {
      if (!isAdmin(request.headers)) {
        deps.authFailures.note(admission.address)
        throw new AresError('unauthorized', 'The admin secret is missing or wrong.')
      }
      admission.isAdmin = true
    }

    function addHeaders(headers: Headers): void {
      headers.set('x-request-id', admission.requestId)
      headers.set('x-content-type-options', 'nosniff')
      if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
      crossOrigin.allow(request, headers)
      if (isUnder(admission.path, '/v1'))
        addTenantHeaders(headers, response.status, admission, rate)
    }
  }

  function newAdmission(request: Request, connection: Connection): Admission {
    const wished = request.headers.get('x-request-id')
    const admission: Admission = {
      requestId: wished !== null && REQUEST_ID.test(wished) ? wished : deps.newId(),
      path: '',
      address: addressOf(connection.address, request.headers),
      startedMs: clock.monotonicMs(),
      maxBodyBytes: config.server.maxBodyBytes,
      stillReading: connection.stillReading,
      holdOpen: connection.holdOpen,
      finish: (status) => logRequest(log, request.method, admission, status, clock.monotonicMs()),
    }
    return admission
  }
}

function isUnder(path: string, prefix: string): boolean {
  return path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === '/')
}

/** @throws AresError `body_too_large`; bodies without a length are counted while they are read */
function checkSize(headers: Headers, limit: number): void {
  const length = headers.get('content-length')
  if (length !== null && Number(length) > limit) throw bodyTooLarge(limit)
}

function addTenantHeaders(
  headers: Headers,
  status: number,
  { caller }: Admission,
  rate: RateDecision | undefined,
): void {
  if (status === 401) headers.set('www-authenticate', 'Bearer')
  if (rate) {
    headers.set('x-ratelimit-limit', String(rate.limit))
    headers.set('x-ratelimit-remaining', String(rate.remaining))
    headers.set('x-ratelimit-reset', String(rate.resetS))
  }
  if (!caller) return
  const { limits, used } = caller
  const runs = remaining(limits.runsPerMonth, used.runs)
  const tokens = remaining(limits.tokensPerMonth, used.tokens)
  if (runs !== null) headers.set('x-quota-runs-remaining', String(runs))
  if (tokens !== null) headers.set('x-quota-tokens-remaining', String(tokens))
}

/** One line per request; probes only when debugging. */
function logRequest(
  log: Log,
  method: string,
  admission: Admission,
  status: number,
  nowMs: number,
): void {
  const isProbe = admission.path === '/health' || admission.path === '/ready'
  log[isProbe ? 'debug' : 'info']('request', {
    request_id: admission.requestId,
    method,
    route: admission.route ?? admission.path,
    status,
    duration_ms: Math.round((nowMs - admission.startedMs) * 10) / 10,
    tenant: admission.caller?.tenantName,
    tokens: admission.tokens,
    address: admission.address,
  })
}
