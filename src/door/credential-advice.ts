import { isKeyShaped } from '../api-keys/key.ts'
import { isOwnPath } from '../http/compatible-paths.ts'
import { bearerSecret, KEY_HEADERS } from '../http/presented-key.ts'

/*
 * What a 401 adds about the usual mix-ups. Judged by form and place alone, never by comparing with anything stored: the
 * sentence is the same whether the value is right or wrong.
 */

const HOW_TO_SEND_A_KEY = 'send the header `Authorization: Bearer ares_…`'

/** What to change about how a request under `/v1` presents its key; null when nothing shows. */
export function keyAdvice(headers: Headers, path: string): string | null {
  const authorization = headers.get('authorization')
  const elsewhere = KEY_HEADERS.filter((name) => headers.has(name))
  if (authorization === null) return missingKeyAdvice(headers, path, elsewhere)
  const secret = bearerSecret(headers)
  if (secret === undefined) {
    return 'In `Authorization`, the key stands behind the word Bearer and one space.'
  }
  if (!isOwnPath(path) && elsewhere.some((name) => headers.get(name) !== secret)) {
    return `\`Authorization\` and \`${elsewhere.join('`, `')}\` differ: send the key in one of them.`
  }
  if (isKeyShaped(secret)) return null
  return 'What was sent is no key of this server, which begins with ares_; an admin secret goes to /api/admin, in `X-Admin-Secret`.'
}

function missingKeyAdvice(headers: Headers, path: string, elsewhere: string[]): string {
  if (isOwnPath(path) && elsewhere.length > 0) {
    return `This path does not read \`${elsewhere.join('`, `')}\`: ${HOW_TO_SEND_A_KEY}.`
  }
  if (elsewhere.length > 1)
    return `\`${elsewhere.join('`, `')}\` differ: send the key in one of them.`
  const [name] = elsewhere
  if (name !== undefined) {
    return isKeyShaped(headers.get(name) ?? '')
      ? `It was read from the header \`${name}\`.`
      : `\`${name}\` holds no key of this server, which begins with ares_.`
  }
  if (headers.has('x-admin-secret')) {
    return `\`X-Admin-Secret\` opens /api/admin alone: here, ${HOW_TO_SEND_A_KEY}.`
  }
  return `No key was sent: ${HOW_TO_SEND_A_KEY}.`
}

const HOW_TO_SEND_THE_SECRET = 'send it in the header `X-Admin-Secret`'

/** The same of the admin secret, under `/api/admin`. */
export function adminAdvice(headers: Headers): string | null {
  const secret = headers.get('x-admin-secret')
  if (!secret) {
    return headers.has('authorization')
      ? `\`Authorization\` is for tenants, under /v1; for an admin secret, ${HOW_TO_SEND_THE_SECRET}.`
      : `None was sent: ${HOW_TO_SEND_THE_SECRET}.`
  }
  if (/^Bearer\s/i.test(secret)) return '`X-Admin-Secret` holds the secret alone, without Bearer.'
  return isKeyShaped(secret)
    ? 'This has the form of a tenant’s API key, which goes to /v1, in `Authorization: Bearer`.'
    : null
}
