import type { Clock } from '../clock.ts'
import type { ProviderConfig } from '../config/config.ts'
import { CallFailure, rejected, unreachable, unreadable } from './call-failure.ts'
import { ConnectProbe } from './connect-probe.ts'
import { errorBody } from './error-body.ts'
import { ProviderCall } from './provider-call.ts'
import { ResponseBody } from './response-body.ts'
import { isRetryableStatus, retryDelayMs } from './retry-policy.ts'
import { errorDetail } from './scrub.ts'

/** What the adapters need from outside; tests have their own. */
export interface ProviderDeps {
  clock: Clock
  /** 0 to 1: the jitter of retries. */
  random: () => number
}

/** Where an adapter posts to. */
export interface Endpoint {
  config: ProviderConfig
  url: string
  headers: Record<string, string>
  probe: ConnectProbe
  deps: ProviderDeps
}

/** Not in Bun's types: no five-minute ceiling beside our own deadlines, and no proxy from the environment. */
const BUN_OPTIONS: object = { timeout: false, proxy: false }

/** The address and constant headers of a provider, made once. */
export function endpoint(
  config: ProviderConfig,
  url: string,
  credentials: Record<string, string>,
  deps: ProviderDeps,
): Endpoint {
  const headers = {
    ...credentials,
    'content-type': 'application/json',
    // A stream must not wait in a compressor, and a plain answer is small.
    'accept-encoding': 'identity',
    'user-agent': 'ares',
  }
  return { config, url, headers, probe: new ConnectProbe(new URL(url)), deps }
}

/**
 * Posts a JSON body and resolves with the body of the first usable (2xx) response.
 *
 * Retries connection errors, 408, 409, 429 and 5xx within the total deadline, never a time-out of
 * ours, and never once a usable response has begun. Redirects are failures. Source: contract §2.
 *
 * @throws CallFailure whose message names no address and no key
 */
export async function post(
  target: Endpoint,
  body: string,
  signal: AbortSignal,
): Promise<ResponseBody> {
  const call = new ProviderCall(target.config, signal)
  try {
    for (let retries = 0; ; retries++) {
      const outcome = await attempt(target, call, body)
      if (outcome instanceof ResponseBody) return outcome
      await pauseBeforeRetry(target, call, outcome, retries)
    }
  } catch (error) {
    call.abandon()
    throw error
  }
}

/** A usable body, or the failure that may be retried. @throws CallFailure that must not be */
async function attempt(
  target: Endpoint,
  call: ProviderCall,
  body: string,
): Promise<ResponseBody | CallFailure> {
  try {
    const response = await responseHeaders(target, call, body)
    if (response.status >= 200 && response.status < 300) return usableBody(target, call, response)
    throw await refusal(target.config, call, response)
  } catch (error) {
    if (error instanceof CallFailure && error.retryAfter !== undefined) return error
    throw error
  }
}

async function responseHeaders(
  target: Endpoint,
  call: ProviderCall,
  body: string,
): Promise<Response> {
  const { config, probe } = target
  const stopProbing = probeLater(target, call)
  try {
    const deadline = { phase: 'first_byte', ms: config.firstByteTimeoutMs } as const
    const response = await call.wait(() => send(target, call, body), deadline)
    probe.alive()
    return response
  } finally {
    stopProbing()
  }
}

async function send(
  { config, url, headers }: Endpoint,
  call: ProviderCall,
  body: string,
): Promise<Response> {
  call.reached = true
  try {
    const { signal } = call
    return await fetch(url, {
      ...BUN_OPTIONS,
      method: 'POST',
      redirect: 'manual',
      headers,
      body,
      signal,
    })
  } catch (error) {
    throw sendFailure(config.name, error)
  }
}

/** A pooled keep-alive connection that turns out to be closed is a connection error like any other. */
function sendFailure(provider: string, error: unknown): CallFailure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'Malformed_HTTP_Response'
    ? unreadable(provider, error)
    : unreachable(provider, error)
}

/** Watches the connect deadline as `ConnectProbe` describes; returns what ends the watch. */
function probeLater({ config, probe }: Endpoint, call: ProviderCall): () => void {
  const half = config.connectTimeoutMs / 2
  const sentAt = performance.now()
  let waiting = true
  const look = async (): Promise<void> => {
    if (!(await probe.stalls(sentAt, half)) || !waiting) return
    call.reached = false
    call.timeOut('connect', config.connectTimeoutMs)
  }
  const timer = setTimeout(() => void look(), half)
  return () => {
    waiting = false
    clearTimeout(timer)
  }
}

function usableBody({ config }: Endpoint, call: ProviderCall, response: Response): ResponseBody {
  const body = new ResponseBody(config, call, response)
  if (!/html/i.test(body.contentType)) return body
  body.cancel()
  throw unreadable(config.name)
}

/** The failure that an error status or a redirect stands for; with `retryAfter` when it may be retried. */
async function refusal(
  config: ProviderConfig,
  call: ProviderCall,
  response: Response,
): Promise<CallFailure> {
  const { status } = response
  const text = await call.wait(() => errorBody(response))
  const detail = saysWhy(status) ? errorDetail(text, config.apiKey) : ''
  if (!isRetryableStatus(status)) return rejected(config.name, status, detail)
  return rejected(config.name, status, detail, response.headers.get('retry-after'))
}

/** What a provider says about its credentials, or about where else to go, is not for tenants. */
function saysWhy(status: number): boolean {
  return status >= 400 && status !== 401 && status !== 403
}

/** @throws CallFailure the failure itself when there is to be no retry */
async function pauseBeforeRetry(
  { config, deps }: Endpoint,
  call: ProviderCall,
  failure: CallFailure,
  made: number,
): Promise<void> {
  call.reached = false
  const delayMs = retryDelayMs({
    made,
    allowed: config.maxRetries,
    retryAfter: failure.retryAfter ?? null,
    now: deps.clock.now(),
    random: deps.random(),
  })
  if (delayMs === null || delayMs >= call.remainingMs) throw failure
  await call.wait(() => Bun.sleep(delayMs))
}
