import type { Finding } from './finding.ts'
import type { ConfigDraft } from './schema.ts'

const SCHEME = 'sqlite:'
const EXAMPLES =
  'allowed: "sqlite:data/ares.db" (relative to the file), "sqlite:/var/lib/ares/ares.db" or "postgres://ares:password@db.example.com/ares"'

/** The rules of `[database]`. The URL is never shown, for it may hold a password. */
export function checkDatabase({ database, admin = {} }: ConfigDraft): Finding[] {
  if (database?.url === undefined) return []
  const fault = urlFault(database.url)
  if (fault !== null) return [{ path: ['database', 'url'], message: fault }]
  const hasSecret = admin.secret !== undefined || admin.secret_env !== undefined
  if (!isPostgres(database.url) || hasSecret) return []
  const message =
    'found PostgreSQL, whose nodes share one admin secret, and none is configured; set secret_env or secret in [admin]'
  return [{ path: ['database', 'url'], message }]
}

/** Whether the data lie on a PostgreSQL server. */
export function isPostgres(url: string): boolean {
  return /^postgres(ql)?:/.test(url)
}

/** The path inside `sqlite:PATH`. */
export function databasePath(url: string): string {
  return url.slice(SCHEME.length)
}

function urlFault(url: string): string | null {
  if (isPostgres(url)) return serverFault(url)
  if (!url.startsWith(SCHEME))
    return `found no "sqlite:" or "postgres://" at its beginning; ${EXAMPLES}`
  const fault = pathFault(databasePath(url))
  return fault === null ? null : `${fault}; ${EXAMPLES}`
}

function serverFault(url: string): string | null {
  const parsed = URL.parse(url)
  if (!parsed || parsed.hostname === '') return `found an address that cannot be read; ${EXAMPLES}`
  return parsed.pathname.length > 1 ? null : `found no name of a database; ${EXAMPLES}`
}

function pathFault(path: string): string | null {
  if (path.trim() === '') return 'found no path after "sqlite:"'
  // Elsewhere `sqlite://x` is a relative path; as a file name it would be /x.
  if (/^\/\/[^/]/.test(path))
    return 'found "//" after "sqlite:", which does not say whether the path is absolute'
  if (path.startsWith(':memory:'))
    return 'found a database in memory, which would forget everything at the end'
  if (/[?#\p{Cc}]/u.test(path)) return 'found a "?", a "#" or a control character in the path'
  return path.endsWith('/') ? 'found a folder' : null
}
