import type { BlockList } from 'node:net'
import { isIn, networkList, unmapped } from '../networks.ts'
import { type Hops, hopsOfForwarded, hopsOfForwardedFor } from './forwarded.ts'

/** Finds the client behind trusted proxies. */
export type ClientAddress = (peer: string, headers: Headers) => string

/** Stands for an address that cannot be read: it is in no network. The word is that of RFC 7239. */
export const UNREADABLE = 'unknown'

/** Hears of what proxies write and is not used. `header` is its name, followed by the other's if both are there. */
export interface ForwardingListener {
  /** Somebody who is no trusted proxy has sent it. */
  untrusted(peer: string, header: string): void
  /** A trusted proxy has sent it, and it does not tell the client. */
  unreadable(peer: string, header: string): void
}

/** The headers that tell of the client, and how each is read. */
const HEADERS: [name: string, hopsOf: (header: string) => Hops][] = [
  ['X-Forwarded-For', hopsOfForwardedFor],
  ['Forwarded', hopsOfForwarded],
]

/**
 * The address of the client: the peer's, unless the peer is a trusted proxy; then the nearest address in
 * `X-Forwarded-For` or `Forwarded` that is not one. `UNREADABLE` where that is no address, and where both headers are
 * there and tell of different clients: one of them may be the client's own.
 *
 * @param trustedProxies addresses or CIDR networks
 */
export function clientAddress(
  trustedProxies: string[],
  listener: ForwardingListener,
): ClientAddress {
  const trusted = networkList(trustedProxies)
  return (socketPeer, headers) => {
    const peer = unmapped(socketPeer)
    const told = HEADERS.filter(([name]) => headers.get(name))
    if (told.length === 0) return peer
    const names = told.map(([name]) => name).join(' and ')
    if (!isIn(trusted, peer)) {
      listener.untrusted(peer, names)
      return peer
    }
    const [client, ...others] = told.map(([name, hopsOf]) =>
      nearestUntrusted(trusted, peer, hopsOf(headers.get(name)!)),
    )
    if (client && others.every((other) => other === client)) return client
    listener.unreadable(peer, names)
    return UNREADABLE
  }
}

/** The last of the hops before the trusted ones; the first of all when every one is trusted. Null when it cannot be read. */
function nearestUntrusted(trusted: BlockList, peer: string, hops: Hops): string | null {
  let address = peer
  while (isIn(trusted, address) && hops.length > 0) {
    const hop = hops.pop()
    if (!hop) return null
    address = hop
  }
  return address
}
