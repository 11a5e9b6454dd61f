import { isIP } from 'node:net'
import { isAddressOrNetwork, isIn, networkList } from '../networks.ts'

/** One entry of `no_proxy`, taken apart. */
interface Exception {
  /** In lower case, without the brackets of IPv6 and the leading dot; `*` is every host. */
  host: string
  /** Null stands for all. */
  port: number | null
}

/** Whether this can stand in `no_proxy`. */
export function isException(text: string): boolean {
  const entry = parse(text)
  if (entry === null) return false
  const { host } = entry
  return host === '*' || isAddressOrNetwork(host) || (!/^[\d.]+$/.test(host) && HOST.test(host))
}

const HOST =
  /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/

/**
 * Whether a URL is to be called without the proxy.
 *
 * A host name stands for itself and all below it, as in curl; addresses and networks are held against hosts that are
 * written as addresses, for a name is looked up by the proxy.
 */
export function isExempt(url: URL, exceptions: readonly string[]): boolean {
  const host = url.hostname.toLowerCase().replace(/^\[|\]$|\.$/g, '')
  const port = portOf(url)
  return exceptions.some((text) => {
    const entry = parse(text)
    return entry !== null && (entry.port ?? port) === port && holds(entry.host, host)
  })
}

/** The port of an http or https URL. */
export function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
}

function holds(entry: string, host: string): boolean {
  if (entry === '*') return true
  if (isAddressOrNetwork(entry)) return isIP(host) !== 0 && isIn(networkList([entry]), host)
  return host === entry || host.endsWith(`.${entry}`)
}

/** `name`, `.name`, `*.name`, `[v6]`, each with `:port`; a bare IPv6 address has none. */
function parse(text: string): Exception | null {
  const trimmed = text.trim().toLowerCase()
  if (isAddressOrNetwork(trimmed)) return { host: trimmed, port: null }
  const [, host = '', port] = /^(\[[^\]]+\](?:\/\d+)?|[^:]*)(?::(\d{1,5}))?$/.exec(trimmed) ?? []
  const bare = host.replace(/^\[([^\]]+)\]/, '$1').replace(/^(?:\*?\.)(?=.)|\.$/g, '')
  if (bare === '' || Number(port ?? 0) > 65_535) return null
  return { host: bare, port: port === undefined ? null : Number(port) }
}
