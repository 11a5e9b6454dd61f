import { isOwnPath } from './compatible-paths.ts'

/** Where the clients of other APIs present their key. */
export const KEY_HEADERS = ['x-api-key', 'api-key', 'x-goog-api-key', 'x-portkey-api-key']

/**
 * What a request presents as a key: in `Authorization`, or, outside of the specified routes, in one of the headers of
 * other APIs. Undefined when there is none, and when two differ: nobody could tell which of them was meant.
 */
export function presentedKey(headers: Headers, path: string): string | undefined {
  if (isOwnPath(path)) return bearerSecret(headers)
  const others = KEY_HEADERS.flatMap((name) => headers.get(name) ?? [])
  const presented = headers.has('authorization') ? [bearerSecret(headers), ...others] : others
  const [first] = presented
  return presented.every((key) => key === first) ? first : undefined
}

/** What the `Authorization` header presents as a key, whether it is one or not. */
export function bearerSecret(headers: Headers): string | undefined {
  return /^Bearer ([\x21-\x7e]+)$/i.exec(headers.get('authorization') ?? '')?.[1]
}

/** Whether there is a key in the address, where it is never read: addresses are logged, kept and passed on. */
export function hasKeyInQuery(url: string): boolean {
  return /[?&]key=/.test(url)
}
