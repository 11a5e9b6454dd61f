/**
 * Takes `NO_PROXY` out of this process: the runtime's `fetch` would heed it even for a proxy that it is given, and the file
 * alone says what goes past a proxy.
 */
export function forgetNoProxy(env: Record<string, string | undefined>): void {
  delete env['NO_PROXY']
  delete env['no_proxy']
}
