import type { AuthFailures } from './auth-failures.ts'
import { maskKeys } from '../api-keys/key.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/config.ts'
import { toTimestamp } from '../db/columns.ts'
import type { StatementReader } from '../db/statements.ts'
import type { Soundness } from '../db/soundness.ts'
import { AresError } from '../errors.ts'
import type { Log } from '../log.ts'
import { shownPath } from '../shorten.ts'
import type { Activity } from './activity.ts'
import type { Rates } from '../limits/rate-limiter.ts'
import { AdminGate } from './admin-gate.ts'
import { Admission, admit, type Connection } from '../http/admission.ts'
import {
  addCommonHeaders,
  addTenantHeaders,
  type FixedHeaders,
  securityHeaders,
  usedBy,
} from './reply-headers.ts'
import {
  type ClientAddress,
  clientAddress,
  type ForwardingListener,
} from '../http/client-address.ts'
import { BodiesInFlight, BodyShare } from '../http/bodies-in-flight.ts'
import { hasLargeBodies, isTenantPath, isUnder, routedPath } from '../http/compatible-paths.ts'
import { type Cors, cors } from './cors.ts'
import { hasKeyInQuery, presentedKey } from '../http/presented-key.ts'
import { keyAdvice } from './credential-advice.ts'
import { type CredentialDeps, type VerifiedKey, verifyKey } from './credentials.ts'
import { errorFormOf, wantsRequestId } from '../http/error-forms.ts'
import { errorResponse, logFailure, toAresError } from '../http/error-handler.ts'
import type { HotRoutes } from '../http/hot-routes.ts'
import { bodyTooLarge } from '../http/json-body.ts'
import { PendingRequests } from './pending-requests.ts'
import { checkHost, pathOf, routable, uncheckedPathOf } from './request-path.ts'
import { checkRequest } from '../caller/scopes.ts'

/*
 * In front of Elysia, before a byte of body is read: Host and path, size, credential, suspension, rate. Elysia parses
 * and validates bodies before its guards run and can be misled about the path, so none of this is left to it; its
 * route groups assert the kind of credential again (`guards.ts`).
 */

export interface FrontDoorDeps {
  config: Config
  adminSecret: string
  reads: StatementReader
  clock: Clock
  newId: () => string
  log: Log
  soundness: Pick<Soundness, 'notice'>
  activity: Activity
  rates: Rates
  authFailures: AuthFailures
  forwarding: ForwardingListener
  /** The application behind the door. */
  app: BehindTheDoor
  /** @throws AresError once the server is on its way out */
  requireOpen: () => void
}

/** Whoever replies to what was let in. */
interface BehindTheDoor {
  handle: (request: Request) => Response | Promise<Response>
  hotRoutes: Pick<HotRoutes, 'find'>
}

const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/

/** One for the whole server. */
export class FrontDoor {
  readonly #deps: FrontDoorDeps
  readonly #addressOf: ClientAddress
  readonly #crossOrigin: Cors
  readonly #adminGate: AdminGate
  readonly #credentials: CredentialDeps
  readonly #pending: PendingRequests
  readonly #bodies: BodiesInFlight
  readonly #securityHeaders: FixedHeaders
  readonly #onFinish: (admission: Admission, status: number) => void

  constructor(deps: FrontDoorDeps) {
    const { config, log, clock } = deps
    this.#deps = deps
    this.#addressOf = clientAddress(config.server.trustedProxies, deps.forwarding)
    this.#crossOrigin = cors(config.server.corsOrigins)
    this.#adminGate = new AdminGate({
      ...deps,
      maxFailuresPerMinute: config.maxAdminFailuresPerMinute,
    })
    this.#credentials = { reads: deps.reads, tiers: config.tiers }
    this.#pending = new PendingRequests(config.server)
    this.#bodies = new BodiesInFlight(config.server)
    this.#securityHeaders = securityHeaders(config.server)
    this.#onFinish = (admission, status) =>
      logRequest(log, admission, status, clock.monotonicMs() - admission.startedMs)
  }

  async handle(request: Request, connection: Connection): Promise<Response> {
    const admission = this.#newAdmission(request, connection)
    let response: Response
    try {
      response = await this.#pass(request, admission)
    } catch (error) {
      response = this.#refusal(error, request, admission)
    }
    const { headers } = response
    addCommonHeaders(headers, admission, this.#securityHeaders)
    // Under this name Anthropic's clients look for it.
    if (wantsRequestId(askedPath(request, admission)))
      headers.set('request-id', admission.requestId)
    this.#crossOrigin.allow(request, headers)
    if (isTenantPath(admission.path)) {
      const { caller } = admission
      const used = caller?.used ?? (await usedBy(this.#deps.reads, caller, this.#now()))
      addTenantHeaders(headers, response.status, admission, used)
    }
    if (!admission.streaming) admission.finish(response.status)
    return response
  }

  #refusal(error: unknown, request: Request, admission: Admission): Response {
    const known = toAresError(error)
    this.#deps.soundness.notice(known.cause)
    logFailure(this.#deps.log, known, admission.requestId)
    const form = errorFormOf(askedPath(request, admission), request.headers)
    return errorResponse(known, admission.requestId, form)
  }

  async #pass(request: Request, admission: Admission): Promise<Response> {
    const { config, requireOpen } = this.#deps
    checkHost(request.headers)
    admission.path = routedPath(pathOf(request.url))
    const preflight = this.#crossOrigin.preflight(request)
    if (preflight) return preflight
    if (admission.path !== '/health') requireOpen()
    const { maxBodyBytes, maxCompatibleBodyBytes } = config.server
    admission.maxBodyBytes = hasLargeBodies(admission.path) ? maxCompatibleBodyBytes : maxBodyBytes
    checkSize(request.headers, admission.maxBodyBytes)
    if (isUnder(admission.path, '/api/admin')) {
      this.#adminGate.admit(request.headers, admission.address)
      admission.isAdmin = true
    }
    // Operators and supervisors get in however full the server is: they have to find out, and to clear up.
    if (admission.isAdmin || isProbe(admission.path)) return this.#serve(request, admission)
    try {
      this.#pending.enter()
      if (isTenantPath(admission.path)) await this.#admitKey(request, admission)
      return await this.#serve(request, admission)
    } finally {
      this.#pending.leave(admission.caller?.tenantId)
    }
  }

  #serve(request: Request, admission: Admission): Response | Promise<Response> {
    const { app } = this.#deps
    const replyHot = app.hotRoutes.find(admission.method, admission.path)
    const routed = replyHot ? request : routable(request, admission.path)
    admit(routed, admission)
    return replyHot ? replyHot(routed) : app.handle(routed)
  }

  async #admitKey(request: Request, admission: Admission): Promise<void> {
    const { activity, clock } = this.#deps
    const now = this.#now()
    const secret = presentedKey(request.headers, admission.path)
    if (secret === undefined && hasKeyInQuery(request.url)) throw keyInQuery()
    const { caller, suspended } = await this.#verify(request, admission, secret)
    admission.caller = caller
    this.#pending.enterTenant(caller.tenantId)
    admission.bodyShare = new BodyShare(this.#bodies, caller.tenantId)
    admission.times.auth = clock.monotonicMs() - admission.startedMs
    activity.note(caller.tenantId, caller.keyId, now)
    if (suspended) throw new AresError('tenant_suspended', 'This tenant is suspended.')
    if (caller.powers) checkRequest(caller.powers, admission)
    const { tenantId, limits } = caller
    if (limits.requestsPerMinute !== null)
      await this.#takeRate(admission, tenantId, limits.requestsPerMinute)
  }

  /** @throws AresError `unauthorized`, which says what to change about how the key is sent, if that shows */
  async #verify(
    { headers }: Request,
    { path }: Admission,
    secret: string | undefined,
  ): Promise<VerifiedKey> {
    try {
      return await verifyKey(this.#credentials, secret, this.#now())
    } catch (error) {
      const advice = keyAdvice(headers, path)
      if (advice === null || !isUnauthorized(error)) throw error
      throw new AresError('unauthorized', `${error.message} ${advice}`)
    }
  }

  /** @throws AresError `rate_limited`; the decision stands in the headers either way */
  async #takeRate(admission: Admission, tenantId: string, perMinute: number): Promise<void> {
    const { rates, clock } = this.#deps
    const taken = rates.take(tenantId, perMinute, clock.monotonicMs())
    const rate = taken instanceof Promise ? await taken : taken
    admission.rate = rate
    if (rate.allowed) return
    throw new AresError('rate_limited', 'Too many requests in a short time.', {
      retryAfterS: rate.retryAfterS,
    })
  }

  #newAdmission(request: Request, connection: Connection): Admission {
    const { clock, newId } = this.#deps
    const wished = request.headers.get('x-request-id')
    return new Admission({
      request,
      connection,
      requestId: wished !== null && REQUEST_ID.test(wished) ? wished : newId(),
      address: this.#addressOf(connection.address, request.headers),
      clock,
      onFinish: this.#onFinish,
    })
  }

  #now(): string {
    return toTimestamp(this.#deps.clock.now())
  }
}

/** For a request that was refused before its path was looked at, the path as it came. */
function askedPath({ url }: Request, { path }: Admission): string {
  return path || uncheckedPathOf(url)
}

/** @throws AresError `body_too_large`; bodies without a length are counted while they are read */
function checkSize(headers: Headers, limit: number): void {
  const length = headers.get('content-length')
  if (length !== null && Number(length) > limit) throw bodyTooLarge(limit)
}

function keyInQuery(): AresError {
  return new AresError(
    'unauthorized',
    'A key in the address is not read: send it in the header Authorization (Bearer), x-api-key or x-goog-api-key.',
  )
}

function isUnauthorized(error: unknown): error is AresError {
  return error instanceof AresError && error.code === 'unauthorized'
}

/** What a supervisor asks. */
function isProbe(path: string): boolean {
  return path === '/health' || path === '/ready'
}

/** One line per request; probes only when debugging. */
function logRequest(log: Log, admission: Admission, status: number, durationMs: number): void {
  log[isProbe(admission.path) ? 'debug' : 'info']('request', {
    request_id: admission.requestId,
    method: admission.method,
    // A path that is no route may be anything, a key pasted in the wrong place included.
    route: admission.route ?? shownPath(maskKeys(admission.path)),
    status,
    duration_ms: Math.round(durationMs * 10) / 10,
    tenant: admission.caller?.tenantName,
    tokens: admission.tokens,
    address: admission.address,
  })
}
