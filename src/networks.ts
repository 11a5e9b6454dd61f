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

/** The address itself where it is an IPv4 one in the form of IPv6: dual-stack sockets show `::ffff:192.0.2.1`. */
export function unmapped(address: string): string {
  if (!/ffff:/i.test(address) || isIP(address) !== 6) return address
  const groups = groupsOf(address)
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (!isMapped) return address
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.')
}

/**
 * What one client can send from: an IPv4 address as it is, an IPv6 address as its /64 network, which is what a single
 * customer has. For limits and counts by address.
 */
export function networkOf(address: string): string {
  return isIP(address) === 6 ? `${prefixOf(address, 4)}::/64` : address
}

/** What one operator of a network can send from: an IPv4 address as its /24 network, an IPv6 address as its /48. */
export function widerNetworkOf(address: string): string {
  const version = isIP(address)
  if (version === 4) return `${address.slice(0, address.lastIndexOf('.'))}.0/24`
  return version === 6 ? `${prefixOf(address, 3)}::/48` : address
}

/** The first groups of an IPv6 address, without leading zeros. */
function prefixOf(address: string, groups: number): string {
  return groupsOf(address)
    .slice(0, groups)
    .map((group) => group.toString(16))
    .join(':')
}

/** The eight numbers of an IPv6 address; its zone, if it has one, is left out. */
function groupsOf(address: string): number[] {
  const [head = '', tail = ''] = address.replace(/%.*$/, '').split('::')
  const [left, right] = [numbersIn(head), numbersIn(tail)]
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right]
}

function numbersIn(part: string): number[] {
  if (part === '') return []
  return part
    .split(':')
    .flatMap((group) => (group.includes('.') ? pairOf(group) : [parseInt(group, 16)]))
}

/** An IPv4 tail stands for two groups. */
function pairOf(dotted: string): number[] {
  const [a = 0, b = 0, c = 0, d = 0] = dotted.split('.').map(Number)
  return [a * 256 + b, c * 256 + d]
}

function parse(network: string): { address: string; bits: number } {
  const [address, bits] = network.split('/') as [string, string?]
  const all = familyOf(network) === 'ipv6' ? 128 : 32
  return { address, bits: bits === undefined ? all : Number(bits) }
}
