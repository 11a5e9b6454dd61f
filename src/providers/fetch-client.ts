import type { Clock } from '../clock.ts'
import { ConnectProbe } from './connect-probe.ts'
import { codeOf, fetchOptions, proxyFaultOf, refuseProxyAnswer } from './fetch-options.ts'
import {
  type AnswerField,
  type FaultKind,
  type UpstreamAnswer,
  type UpstreamCall,
  type UpstreamClient,
  UpstreamFault,
  type UpstreamRequest,
} from './upstream.ts'
import { wayTo } from './way.ts'

/** The runtime's `fetch`: for what our own client does not do. */
export class FetchClient implements UpstreamClient {
  readonly #clock: Clock
  readonly #proxyUrl: string | null
  readonly #init: RequestInit
  readonly #probes = new Map<string, ConnectProbe>()

  /** @param proxyUrl the proxy that every request goes through, with user and password; null for none */
  constructor(clock: Clock, proxyUrl: string | null = null) {
    this.#clock = clock
    this.#proxyUrl = proxyUrl
    this.#init = { ...fetchOptions(proxyUrl), method: 'POST', redirect: 'manual' }
  }

  async send(request: UpstreamRequest, call: UpstreamCall): Promise<UpstreamAnswer> {
    if (call.stopped !== null) throw call.stopped
    const { url, headers, body } = request
    const controller = new AbortController()
    call.onStopped = () => controller.abort(call.stopped)
    const probe = this.#probeOf(url)
    const stopProbing = this.#probeLater(probe, call)
    call.reached = true
    try {
      const response = await fetch(url, { ...this.#init, headers, body, signal: controller.signal })
      probe.alive()
      refuseProxyAnswer(this.#proxyUrl, response)
      const answer = new FetchedAnswer(response, controller)
      call.onStopped = () => answer.stop(call.stopped!)
      return answer
    } catch (error) {
      throw call.stopped ?? this.#sendFault(error)
    } finally {
      stopProbing()
    }
  }

  #sendFault(error: unknown): UpstreamFault {
    const fault = faultOf(error, 'unreachable')
    return this.#proxyUrl === null || fault.kind === 'unreadable' ? fault : proxyFaultOf(error)
  }

  #probeOf(url: string): ConnectProbe {
    const { origin } = new URL(url)
    let probe = this.#probes.get(origin)
    if (probe === undefined) {
      probe = new ConnectProbe(wayTo(origin, this.#proxyUrl), this.#clock)
      this.#probes.set(origin, probe)
    }
    return probe
  }

  /** Watches the connect deadline as `ConnectProbe` describes; returns what ends the watch. */
  #probeLater(probe: ConnectProbe, call: UpstreamCall): () => void {
    const half = call.connectTimeoutMs / 2
    const sentMs = this.#clock.monotonicMs()
    let waiting = true
    const look = async (): Promise<void> => {
      if (!(await probe.stalls(sentMs, half)) || !waiting) return
      call.reached = false
      call.connectTimedOut()
    }
    const timer = setTimeout(() => void look(), half)
    return () => {
      waiting = false
      clearTimeout(timer)
    }
  }
}

/** The part of a body's reader that is used here; Bun's own type and the standard one disagree about the rest. */
interface ByteReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>
  cancel(): Promise<void>
}

/** A `Response`, which Bun has unpacked. */
class FetchedAnswer implements UpstreamAnswer {
  readonly status: number
  readonly length: number | null
  readonly #response: Response
  readonly #controller: AbortController
  #opened: ByteReader | null = null
  #stopped: Error | null = null

  constructor(response: Response, controller: AbortController) {
    this.status = response.status
    this.length = lengthOf(response.headers)
    this.#response = response
    this.#controller = controller
  }

  header(name: AnswerField): string | null {
    return this.#response.headers.get(name)
  }

  async read(): Promise<Uint8Array | null> {
    this.#opened ??= this.#response.body?.getReader() ?? null
    if (this.#opened === null) return null
    const { done, value } = await this.#arrival(this.#opened.read())
    return done || value === undefined ? null : value
  }

  text(): Promise<string> {
    return this.#arrival(this.#response.text())
  }

  cancel(): void {
    this.stop(new UpstreamFault('cut', 'cancelled'))
  }

  /** @param reason what a read throws from now on */
  stop(reason: Error): void {
    this.#stopped ??= reason
    this.#controller.abort(reason)
    // Bun keeps the body of an aborted fetch until its reader is cancelled too.
    this.#opened?.cancel().catch(() => undefined)
  }

  async #arrival<T>(read: Promise<T>): Promise<T> {
    try {
      return await read
    } catch (error) {
      throw this.#stopped ?? faultOf(error, 'cut')
    }
  }
}

/** The length of a packed or chunked body says nothing. */
function lengthOf(headers: Headers): number | null {
  const length = headers.get('content-length')
  const isOther = headers.has('content-encoding') || headers.has('transfer-encoding')
  return length === null || isOther ? null : Number(length)
}

/** Bun's names for answers that are no HTTP. Everything else that happens to a connection is said by its code. */
const UNREADABLE = new Set([
  'Malformed_HTTP_Response',
  'InvalidHTTPResponse',
  'InvalidContentLength',
  'UnsupportedTransferEncoding',
  'UnrequestedUpgrade',
])

/** @param otherwise what a connection that broke means at this point; a pooled one that turns out to be closed too */
function faultOf(error: unknown, otherwise: FaultKind): UpstreamFault {
  const code = codeOf(error)
  const isUnreadable = UNREADABLE.has(code) || /zlib|brotli|zstd/i.test(code)
  return new UpstreamFault(isUnreadable ? 'unreadable' : otherwise, code)
}
