import type { ServerConfig } from '../config/config.ts'
import type { StatementReader } from '../db/statements.ts'
import { monthOf } from '../limits/period.ts'
import { remaining } from '../limits/quota.ts'
import type { RateDecision } from '../limits/rate-limiter.ts'
import type { Caller, MonthUse } from '../caller/caller.ts'
import { findMonth } from '../usage/store.ts'
import type { Admission } from '../http/admission.ts'
import { serverTiming } from '../http/server-timing.ts'

/** Headers that are the same in every reply. */
export type FixedHeaders = readonly (readonly [name: string, value: string])[]

/** A page of ours has a policy of its own; whatever else a browser shows as a page loads nothing and stands in no frame. */
const NO_PAGE = "default-src 'none'; frame-ancestors 'none'"

/** What no browser is to do with our replies, whatever they hold. */
export function securityHeaders({ tls }: Pick<ServerConfig, 'tls'>): FixedHeaders {
  return [
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'no-referrer'],
    // Keeps replies out of other sites' pages; scripts of allowed origins ask with CORS, which this does not concern.
    ['cross-origin-resource-policy', 'same-origin'],
    // Behind a proxy that ends TLS, promising this is the proxy's business.
    ...(tls ? [['strict-transport-security', 'max-age=31536000'] as const] : []),
  ]
}

/** What every reply carries. */
export function addCommonHeaders(
  headers: Headers,
  { requestId, times, bodyGivenUp }: Admission,
  fixed: FixedHeaders,
): void {
  headers.set('x-request-id', requestId)
  for (const [name, value] of fixed) headers.set(name, value)
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', NO_PAGE)
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  if (bodyGivenUp) headers.set('connection', 'close')
  // Only those that spend say where the time went.
  if (times.reserve !== undefined) headers.set('server-timing', serverTiming(times))
}

/** What replies on /v1 carry besides. @param used what the tenant has spent this month; undefined when it is not known */
export function addTenantHeaders(
  headers: Headers,
  status: number,
  { caller, rate }: Admission,
  used: MonthUse | undefined,
): void {
  if (status === 401) headers.set('www-authenticate', 'Bearer')
  if (rate) addRateHeaders(headers, rate)
  if (caller && used) addQuotaHeaders(headers, caller, used)
}

function addRateHeaders(headers: Headers, { limit, remaining: left, resetS }: RateDecision): void {
  headers.set('x-ratelimit-limit', String(limit))
  headers.set('x-ratelimit-remaining', String(left))
  headers.set('x-ratelimit-reset', String(resetS))
}

function addQuotaHeaders(headers: Headers, { limits }: Caller, used: MonthUse): void {
  const runs = remaining(limits.runsPerMonth, used.runs)
  const tokens = remaining(limits.tokensPerMonth, used.tokens)
  if (runs !== null) headers.set('x-quota-runs-remaining', String(runs))
  if (tokens !== null) headers.set('x-quota-tokens-remaining', String(tokens))
}

/** What the caller's tenant has spent this month. A database in trouble costs the headers only. */
export async function usedBy(
  reads: StatementReader,
  caller: Caller | undefined,
  now: string,
): Promise<MonthUse | undefined> {
  if (!caller) return undefined
  const { runsPerMonth, tokensPerMonth } = caller.limits
  if (runsPerMonth === null && tokensPerMonth === null) return undefined
  return findMonth(reads, caller.tenantId, monthOf(now)).catch(() => undefined)
}
