import { AresError } from '../errors.ts'

/** A host name, IPv4 or bracketed IPv6 address, and perhaps a port: what a browser would send. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9._-]{0,252})|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?$/i

/**
 * Refuses a missing, invalid or repeated Host: with one of those, what the router takes for the path differs from
 * what was asked for.
 *
 * @throws AresError `bad_request`
 */
export function checkHost(headers: Headers): void {
  // Repeated headers arrive joined by a comma, which no host has.
  if (!HOST.test(headers.get('host') ?? '')) {
    throw new AresError('bad_request', 'The Host header is missing, invalid or repeated.')
  }
}

/**
 * The path asked for: without query, one trailing slash ignored.
 *
 * @param url absolute, as it is once `checkHost` has passed
 * @throws AresError `bad_request` when it is not valid percent-encoded UTF-8
 */
export function pathOf(url: string): string {
  const path = uncheckedPathOf(url)
  if (path.includes('%')) checkEncoding(path)
  return path
}

/** The same for a request that is refused as it is. */
export function uncheckedPathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  const end = url.indexOf('?', start)
  const path = url.slice(start, end === -1 ? undefined : end)
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}

function checkEncoding(path: string): void {
  try {
    decodeURIComponent(path)
  } catch (cause) {
    throw new AresError('bad_request', 'The path is not valid percent-encoded UTF-8.', { cause })
  }
}

/** Elysia looks for the path from the eleventh character on, beyond the host of `http://nas/`. */
const ELYSIA_PATH_FROM = 11

/** The request as Elysia routes it rightly: the same, unless its host is very short or its path stands for another. */
export function routable(request: Request, path: string): Request {
  const { url } = request
  const start = url.indexOf('/', url.indexOf('://') + 3)
  const isAlias = uncheckedPathOf(url) !== path
  if (start >= ELYSIA_PATH_FROM && !isAlias) return request
  const query = url.indexOf('?', start)
  const target = isAlias ? path + (query === -1 ? '' : url.slice(query)) : url.slice(start)
  return new Request(`http://localhost${target}`, request)
}
