import type { Clock } from '../../clock.ts'
import {
  type UpstreamAnswer,
  type UpstreamCall,
  type UpstreamClient,
  UpstreamFault,
  type UpstreamRequest,
} from '../upstream.ts'
import { type Address, addressOf } from './address.ts'
import type { Exchange } from './exchange.ts'
import { Pool } from './pool.ts'
import { fieldLines } from './request.ts'
import { unpacked } from './unpacked.ts'

/** Addresses that are remembered; those of Gemini have the model in their path. */
const MOST_ADDRESSES = 1000

/** A request as it goes over the wire. */
interface Written {
  text: string
  bytes: number
}

/** HTTP/1.1 on the runtime's sockets, with connections that are kept. Source: RFC 9112. */
export class Http1Client implements UpstreamClient {
  readonly #clock: Clock
  readonly #addresses = new Map<string, Address>()
  readonly #pools = new Map<string, Pool>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  async send(request: UpstreamRequest, call: UpstreamCall): Promise<UpstreamAnswer> {
    if (call.stopped !== null) throw call.stopped
    const address = this.#addressOf(request.url)
    const pool = this.#poolOf(address)
    const written = write(request, address)
    const exchange = onKept(pool, written) ?? (await onNew(pool, written, call))
    call.reached = true
    call.onStopped = () => exchange.fail(call.stopped!)
    try {
      return unpacked(await exchange.answered)
    } catch (error) {
      if (error instanceof UpstreamFault && error.stale) pool.clear()
      throw error
    }
  }

  #addressOf(url: string): Address {
    const known = this.#addresses.get(url)
    if (known !== undefined) return known
    if (this.#addresses.size >= MOST_ADDRESSES) this.#addresses.clear()
    const address = addressOf(url)
    this.#addresses.set(url, address)
    return address
  }

  #poolOf(address: Address): Pool {
    let pool = this.#pools.get(address.origin)
    if (pool === undefined) {
      pool = new Pool(address, this.#clock)
      this.#pools.set(address.origin, pool)
    }
    return pool
  }
}

function write({ headers, body }: UpstreamRequest, { target, authority }: Address): Written {
  const length = Buffer.byteLength(body)
  const head = `POST ${target} HTTP/1.1\r\nhost: ${authority}\r\n${fieldLines(headers)}content-length: ${length}\r\n\r\n`
  return { text: head + body, bytes: head.length + length }
}

/** One that was closed before the first byte was written has sent nothing: another may be asked. */
function onKept(pool: Pool, { text, bytes }: Written): Exchange | null {
  for (let kept = pool.take(); kept !== undefined; kept = pool.take()) {
    const exchange = kept.carry(text, bytes)
    if (exchange !== null) return exchange
  }
  return null
}

/** @throws UpstreamFault `unreachable`, or why the call was stopped */
async function onNew(pool: Pool, { text, bytes }: Written, call: UpstreamCall): Promise<Exchange> {
  for (;;) {
    const connection = await pool.open(call)
    if (call.stopped !== null) {
      connection.end()
      throw call.stopped
    }
    const exchange = connection.carry(text, bytes)
    if (exchange !== null) return exchange
    if (connection.isNew) throw new UpstreamFault('unreachable', 'closed')
  }
}
