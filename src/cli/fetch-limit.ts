const VARIABLE = 'BUN_CONFIG_MAX_HTTP_REQUESTS'

/** Above what `server.max_in_flight` may be (`MOST_IN_FLIGHT`), which is the limit that callers meet. */
const MAX_FETCHES = '8192'

/**
 * Lifts Bun's silent limit of 256 simultaneous fetches, beyond which calls of all tenants would queue unseen.
 * Setting the variable inside the process is too late, so the process replaces itself, keeping its pid. Where
 * `execve` is absent (Windows) the limit stays; `docs/operations.md` says how to set it there.
 */
export function liftFetchLimit(): void {
  if (process.env[VARIABLE] !== undefined || typeof process.execve !== 'function') return
  const compiled = import.meta.path.startsWith('/$bunfs/')
  const own = compiled ? process.argv.slice(2) : [...process.execArgv, ...process.argv.slice(1)]
  process.execve(process.execPath, [process.execPath, ...own], {
    ...(process.env as Record<string, string>),
    [VARIABLE]: MAX_FETCHES,
  })
}
