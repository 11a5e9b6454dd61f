/** The environment of the process, handed in. */
export type Env = Readonly<Record<string, string | undefined>>

/**
 * A secret from the environment, without the white space around it that files and shells leave there.
 *
 * @returns null when the variable is not set, or empty
 */
export function readSecret(env: Env, name: string): string | null {
  const value = Object.hasOwn(env, name) ? env[name]?.trim() : undefined
  return value === undefined || value === '' ? null : value
}

/** Where most programs look for a proxy; ARES only where `proxy_env` names one. */
export const PROXY_VARIABLES = [
  'HTTPS_PROXY',
  'https_proxy',
  'HTTP_PROXY',
  'http_proxy',
  'ALL_PROXY',
  'all_proxy',
] as const

/** Whether there is anything in it. */
export function isVariableSet(env: Env, name: string): boolean {
  return readSecret(env, name) !== null
}
