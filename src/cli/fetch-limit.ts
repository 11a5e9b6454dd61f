import { ownCommand } from './own-command.ts'

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
  process.execve(process.execPath, ownCommand(process.argv.slice(2)), {
    ...(process.env as Record<string, string>),
    [VARIABLE]: MAX_FETCHES,
  })
}
