import { portOf } from '../config/no-proxy.ts'

/** Where a connection towards an address goes first, and what has to be said there before it stands. */
export interface Way {
  host: string
  port: number
  /** Whether the first hop itself is reached over TLS: a proxy with an https:// URL. */
  isTls: boolean
  /** What asks a proxy for a connection; null where the first hop is the address itself, or is handed each request. */
  request: string | null
}

/**
 * Straight to the address, or through a proxy, which is asked for a tunnel to an https address and handed requests for
 * an http one.
 *
 * @param proxyUrl with user and password; null for none
 */
export function wayTo(address: string, proxyUrl: string | null): Way {
  const url = new URL(address)
  if (proxyUrl === null) {
    return { host: bare(url), port: portOf(url), isTls: false, request: null }
  }
  const proxy = new URL(proxyUrl)
  return {
    host: bare(proxy),
    port: portOf(proxy),
    isTls: proxy.protocol === 'https:',
    request: url.protocol === 'https:' ? tunnelRequest(url, proxy) : null,
  }
}

function tunnelRequest(url: URL, proxy: URL): string {
  const address = `${url.hostname}:${portOf(url)}`
  const credentials = credentialsOf(proxy)
  const lines = [
    `CONNECT ${address} HTTP/1.1`,
    `Host: ${address}`,
    ...(credentials === null ? [] : [`Proxy-Authorization: Basic ${credentials}`]),
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}

function credentialsOf({ username, password }: URL): string | null {
  if (username === '' && password === '') return null
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return Buffer.from(pair).toString('base64')
}

function bare({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}
