/** Where a request goes. */
export interface Address {
  /** Scheme, host and port: connections are kept by it. */
  origin: string
  /** A name, or an IP literal without brackets. */
  host: string
  port: number
  /** The name to ask for and to verify in TLS, empty for an IP literal, which is verified but not asked for; null without TLS. */
  serverName: string | null
  /** The value of `Host`. */
  authority: string
  /** Path and query. */
  target: string
}

/** @param url absolute, of `http:` or `https:`, as the configuration was checked for */
export function addressOf(url: string): Address {
  const { protocol, origin, host: authority, hostname, port, pathname, search } = new URL(url)
  const isSecure = protocol === 'https:'
  const isLiteral = hostname.startsWith('[') || /^[\d.]+$/.test(hostname)
  return {
    origin,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isSecure ? 443 : 80) : Number(port),
    serverName: isSecure ? (isLiteral ? '' : hostname) : null,
    authority,
    target: pathname + search,
  }
}
