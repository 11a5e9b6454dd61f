import { BlockList, isIP } from 'node:net'

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
  const trusted = blockList(trustedProxies)
  const isTrusted = (address: string) => {
    const version = isIP(address)
    return version !== 0 && trusted.check(address, version === 6 ? 'ipv6' : 'ipv4')
  }
  return (peer, headers) => {
    let address = unmapped(peer)
    const hops = (headers.get('x-forwarded-for') ?? '')
      .split(',')
      .map((hop) => unmapped(hop.trim()))
    while (isTrusted(address) && hops.length > 0) {
      const hop = hops.pop()!
      if (isIP(hop) === 0) break
      address = hop
    }
    return address
  }
}

function blockList(networks: string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address, bits] = network.split('/') as [string, string?]
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}

/** An IPv4 peer on a dual-stack socket appears as `::ffff:192.0.2.1`. */
function unmapped(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
}
