import { BlockList, isIP } from 'node:net'

/** Is this an IP address, or a CIDR network such as `10.0.0.0/8`? Scopes of link-local addresses are not allowed. */
export function isAddressOrNetwork(text: string): boolean {
  const [, address = '', bits] = /^([0-9A-Fa-f.:]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const version = isIP(address)
  if (version === 0) return false
  return bits === undefined || Number(bits) <= (version === 4 ? 32 : 128)
}

/** Of an address or network. */
export function familyOf(network: string): 'ipv4' | 'ipv6' {
  return network.includes(':') ? 'ipv6' : 'ipv4'
}

/** Addresses and networks as one list to look into. IPv6 networks hold the IPv4 addresses that are mapped into them. */
export function networkList(networks: string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const { address, bits } = parse(network)
    list.addSubnet(address, bits, familyOf(network))
  }
  return list
}

/** True when the address lies in one of the networks; false for what is no address. */
export function isIn(list: BlockList, address: string): boolean {
  return isIP(address) !== 0 && list.check(address, familyOf(address))
}

/** True when every address of `inner` lies in this one network. */
export function contains(outer: string, inner: string): boolean {
  const family = familyOf(inner)
  const { address, bits } = parse(inner)
  if (familyOf(outer) !== family || bits < parse(outer).bits) return false
  return networkList([outer]).check(address, family)
}

function parse(network: string): { address: string; bits: number } {
  const [address, bits] = network.split('/') as [string, string?]
  const all = familyOf(network) === 'ipv6' ? 128 : 32
  return { address, bits: bits === undefined ? all : Number(bits) }
}
