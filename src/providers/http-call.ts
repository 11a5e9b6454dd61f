import type { Clock } from '../clock.ts'
import type { ProviderConfig } from '../config/config.ts'
import { CallFailure, rejected, unreachable, unreadable } from './call-failure.ts'
import { errorBody } from './error-body.ts'
import { ProviderCall } from './provider-call.ts'
import { proxyFailure } from './proxy-failure.ts'
import { ResponseBody } from './response-body.ts'
import { isRetryableStatus, parseRetryAfterMs, retryDelayMs } from './retry-policy.ts'
import { scrubbed } from './scrub.ts'
import { ProxyFault, type UpstreamAnswer, type UpstreamClient, UpstreamFault } from './upstream.ts'
import { type ReadError, verdictIn } from './verdict.ts'

/** What the adapters need from outside; tests have their own. */
export interface ProviderDeps {
  clock: Clock
  /** 0 to 1: the jitter of retries. */
  random: () => number
  /** What carries the requests; each keeps its connections for all providers. */
  clients: { of(config: ProviderConfig): UpstreamClient }
}

/** Where an adapter posts to. */
export interface Endpoint {
  config: ProviderConfig
  url: string
  /** What all its requests have in common. */
  headers: Headers
  readError: ReadError
  deps: ProviderDeps
}

export interface EndpointParts extends Pick<Endpoint, 'config' | 'url' | 'readError'> {
  credentials: Record<string, string>
}

/** The address of a provider and the constant part of its requests, made once. */
export function endpoint(
  { config, url, credentials, readError }: EndpointParts,
  deps: ProviderDeps,
): Endpoint {
  const headers = new Headers({
    ...credentials,
    'content-type': 'application/json',
    // A stream must not wait in a compressor, and a plain answer is small.
    'accept-encoding': 'identity',
    'user-agent': 'ares',
  })
  return { config, url, headers, readError, deps }
}

/** The same endpoint, at an address under its own. */
export function under(endpoint: Endpoint, path: string | undefined): Endpoint {
  return path === undefined ? endpoint : { ...endpoint, url: endpoint.url + path }
}

/** The same endpoint, with more headers. */
export function withHeaders(
  endpoint: Endpoint,
  more: Record<string, string> | undefined,
): Endpoint {
  if (!more) return endpoint
  const headers = new Headers(endpoint.headers)
  for (const [name, value] of Object.entries(more)) headers.set(name, value)
  return { ...endpoint, headers }
}

/**
 * Posts a JSON body and resolves with the body of the first usable (2xx) response.
 *
 * Retries connection errors, 408, 409, 429 and 5xx within the total deadline, never a time-out of
 * ours, and never once a usable response has begun. Redirects are failures. Source: contract 2.5.
 *
 * @throws CallFailure whose message names no address and no key
 */
export async function post(
  target: Endpoint,
  body: string,
  signal: AbortSignal,
): Promise<ResponseBody> {
  const call = new ProviderCall(target.config, target.deps.clock, signal)
  for (let retries = 0; ; retries++) {
    try {
      return await attempt(target, call, body)
    } catch (error) {
      const delayMs = delayBeforeRetry(target, call, error, retries)
      if (delayMs === null) {
        call.cancel()
        throw error
      }
      await pause(call, delayMs)
    }
  }
}

/** @throws CallFailure with `retryAfter` when there may be another attempt */
async function attempt(target: Endpoint, call: ProviderCall, body: string): Promise<ResponseBody> {
  const answer = await send(target, call, body)
  const isUsable = answer.status >= 200 && answer.status < 300
  if (!isUsable) throw await refusal(target, { call, answer, body })
  return usableBody(target.config, call, answer)
}

/** Resolves with the head of the answer. */
async function send(target: Endpoint, call: ProviderCall, body: string): Promise<UpstreamAnswer> {
  const { config, url, headers, deps } = target
  const firstByte = call.deadline('first_byte', config.firstByteTimeoutMs)
  try {
    return await deps.clients.of(config).send({ url, headers, body }, call)
  } catch (error) {
    throw sendFailure(config.name, error)
  } finally {
    clearTimeout(firstByte)
  }
}

function sendFailure(provider: string, error: unknown): CallFailure {
  if (error instanceof CallFailure) return error
  if (error instanceof ProxyFault) return proxyFailure(provider, error)
  if (!(error instanceof UpstreamFault)) return unreachable(provider, error)
  return error.kind === 'unreadable'
    ? unreadable(provider, error)
    : unreachable(provider, error, error.stale)
}

function usableBody(
  config: ProviderConfig,
  call: ProviderCall,
  answer: UpstreamAnswer,
): ResponseBody {
  const body = new ResponseBody(config, call, answer)
  if (!/html/i.test(body.contentType)) return body
  throw unreadable(config.name)
}

/** The failure that an error status or a redirect stands for; with `retryAfter` when it may be retried. */
async function refusal(
  { config, readError, deps }: Endpoint,
  { call, answer, body }: { call: ProviderCall; answer: UpstreamAnswer; body: string },
): Promise<CallFailure> {
  const { status } = answer
  const text = await errorBody(answer)
  call.throwIfStopped()
  const said = verdictIn(saysWhy(status) ? text : '', readError)
  const verdict = scrubbed(said, config, () => body)
  if (!isRetryableStatus(status)) return rejected(config.name, status, verdict)
  const retryAfter = answer.header('retry-after')
  const ms = parseRetryAfterMs(retryAfter, deps.clock.now())
  return rejected(config.name, status, verdict, {
    retryAfter,
    ...(ms !== null && { retryAfterS: Math.ceil(ms / 1000) }),
  })
}

/** What a provider says about its credentials, or about where else to go, is not for tenants. */
function saysWhy(status: number): boolean {
  return status >= 400 && status !== 401 && status !== 403
}

/** In ms; null when there is to be no retry. */
function delayBeforeRetry(
  { config, deps }: Endpoint,
  call: ProviderCall,
  error: unknown,
  made: number,
): number | null {
  if (!(error instanceof CallFailure) || error.retryAfter === undefined) return null
  const delayMs = retryDelayMs({
    made,
    allowed: config.maxRetries,
    retryAfter: error.retryAfter,
    now: deps.clock.now(),
    random: deps.random(),
  })
  return delayMs !== null && delayMs < call.remainingMs ? delayMs : null
}

/** @throws CallFailure when the call is stopped meanwhile */
async function pause(call: ProviderCall, ms: number): Promise<void> {
  call.throwIfStopped()
  call.reached = false
  const { promise, resolve } = Promise.withResolvers<void>()
  call.onStopped = resolve
  const timer = setTimeout(resolve, ms)
  await promise
  clearTimeout(timer)
  call.throwIfStopped()
}
