import type { Finding } from './finding.ts'
import type { ConfigDraft } from './schema.ts'

const SCHEME = 'sqlite:'
const EXAMPLES =
  'allowed: "sqlite:data/ares.db" (relative to the file) or "sqlite:/var/lib/ares/ares.db"'

/** The rules of `[database]`. The URL is never shown, for it may hold a password. */
export function checkDatabase({ database }: ConfigDraft): Finding[] {
  const fault = database?.url === undefined ? null : urlFault(database.url)
  return fault === null ? [] : [{ path: ['database', 'url'], message: fault }]
}

/** The path inside `sqlite:PATH`. */
export function databasePath(url: string): string {
  return url.slice(SCHEME.length)
}

function urlFault(url: string): string | null {
  if (/^postgres(ql)?:/.test(url))
    return `found PostgreSQL, which this version of ARES does not support yet; ${EXAMPLES}`
  if (!url.startsWith(SCHEME)) return `found no "sqlite:" at its beginning; ${EXAMPLES}`
  const fault = pathFault(databasePath(url))
  return fault === null ? null : `${fault}; ${EXAMPLES}`
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
