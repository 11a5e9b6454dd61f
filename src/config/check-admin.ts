import { describeFound } from './describe-value.ts'
import { readSecret, type Env } from './environment.ts'
import type { Finding } from './finding.ts'
import { placeholderFault } from './placeholder.ts'
import type { ConfigDraft } from './schema.ts'
import { HEADER_VALUE, SHORTEST_ADMIN_SECRET } from './schema-parts.ts'

/** The rules of `[admin]`: at most one source, and an environment variable that holds a good secret. */
export function checkAdmin({ admin = {} }: ConfigDraft, env: Env): Finding[] {
  if (admin.secret_env === undefined) return checkGivenSecret(admin.secret)
  const path = ['admin', 'secret_env']
  if (admin.secret !== undefined) {
    return [{ path, message: 'found beside secret; allowed: only one of secret and secret_env' }]
  }
  const fault = secretFault(readSecret(env, admin.secret_env))
  return fault === null ? [] : [{ path, message: fault }]
}

function checkGivenSecret(secret: string | undefined): Finding[] {
  const fault = secret === undefined ? null : placeholderFault(secret, 'secret_env')
  return fault === null ? [] : [{ path: ['admin', 'secret'], message: fault }]
}

function secretFault(secret: string | null): string | null {
  if (secret === null) return 'the environment variable it names is not set'
  const allowed = `allowed: at least ${SHORTEST_ADMIN_SECRET} ${HEADER_VALUE.allowed}`
  if (secret.length < SHORTEST_ADMIN_SECRET) {
    return `found ${describeFound(secret, true)} in the environment variable; ${allowed}`
  }
  if (new RegExp(HEADER_VALUE.pattern).test(secret)) return null
  return `found spaces or non-ASCII characters in the environment variable; ${allowed}`
}
