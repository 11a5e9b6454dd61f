import { isIP } from 'node:net'
import { isIn, networkList } from '../networks.ts'

/** Finds the client behind trusted proxies. */
export type ClientAddress = (peer: string, headers: Headers) => string

/**
 * The address of the client: the peer's, unless the peer is a trusted proxy; then the nearest address in
 * `X-Forwarded-For` that is not one.
 *
 * @param trustedProxies addresses or CIDR networks
 */
export function clientAddress(trustedProxies: string[]): ClientAddress {
  if (trustedProxies.length === 0) return (peer) => unmapped(peer)
  const trusted = networkList(trustedProxies)
  return (peer, headers) => {
    let address = unmapped(peer)
    const hops = (headers.get('x-forwarded-for') ?? '')
      .split(',')
      .map((hop) => unmapped(hop.trim()))
    while (isIn(trusted, address) && hops.length > 0) {
      const hop = hops.pop()!
      if (isIP(hop) === 0) break
      address = hop
    }
    return address
  }
}

/** An IPv4 peer on a dual-stack socket appears as `::ffff:192.0.2.1`. */
function unmapped(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
}

/**
 * What one client can send from: an IPv4 address as it is, an IPv6 address as its /64 network, which is what a single
 * customer has. For limits and counts by address.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail = ''] = address.split('::')
  const [left, right] = [groupsOf(head), groupsOf(tail)]
  const zeros = Array<string>(8 - left.length - right.length).fill('0')
  const network = [...left, ...zeros, ...right].slice(0, 4)
  return `${network.map((group) => parseInt(group, 16).toString(16)).join(':')}::/64`
}

/** An IPv4 tail stands for two groups, beyond the network. */
function groupsOf(part: string): string[] {
  if (part === '') return []
  return part.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]))
}
