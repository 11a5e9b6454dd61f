import { raisingUntrustedProxyAlert } from './untrusted-proxy-alerts.ts'
import type { ChangeDeps } from '../db/changes.ts'
import { toTimestamp } from '../db/columns.ts'
import type { ForwardingListener } from '../http/client-address.ts'
import type { Log } from '../log.ts'

/** Peers told of: proxies are few, and strangers may send such headers too. */
const MAX_PEERS = 8

export interface ForwardingNewsDeps extends ChangeDeps {
  log: Log
}

/** Tells an operator once of each proxy that nobody has named in `trusted_proxies`, and once of headers that cannot be read. */
export class ForwardingNews implements ForwardingListener {
  readonly #deps: ForwardingNewsDeps
  readonly #untrusted = new Set<string>()
  #unreadable = false

  constructor(deps: ForwardingNewsDeps) {
    this.#deps = deps
  }

  /** Peers that tell of clients and are not believed, since the start; the first of them first. */
  get untrustedPeers(): string[] {
    return [...this.#untrusted]
  }

  untrusted(peer: string, header: string): void {
    // A connection that is gone has no peer.
    if (peer === '' || this.#untrusted.has(peer) || this.#untrusted.size >= MAX_PEERS) return
    this.#untrusted.add(peer)
    this.#deps.log.warn(
      'this peer tells of its clients and is not trusted; if it is a proxy of yours, add its address to server.trusted_proxies',
      { peer, header },
    )
    void this.#alert(peer, header)
  }

  unreadable(peer: string, header: string): void {
    if (this.#unreadable) return
    this.#unreadable = true
    this.#deps.log.warn(
      'a trusted proxy sends a client address that cannot be read; such clients are in no network',
      { peer, header },
    )
  }

  async #alert(peer: string, header: string): Promise<void> {
    const { writer, clock, newId, log } = this.#deps
    const stamp = { newId, now: toTimestamp(clock.now()) }
    const steps = [raisingUntrustedProxyAlert(stamp, peer, header)]
    try {
      await writer.submitLast({ steps, additions: [] })
    } catch (error) {
      log.error('alert of a proxy that is not trusted was not written', { peer }, error)
    }
  }
}
