import type { Notes } from '../form/notes.ts'
import type { ModelRequest } from '../form/request.ts'

/** The request's fields of that family's own, as they were given; those of others are refused, or left out where they only hint. */
export function ownExtras(
  { extras = [] }: ModelRequest,
  family: string,
  notes: Notes,
): Record<string, unknown> {
  const own: Record<string, unknown> = {}
  for (const extra of extras) {
    if (extra.family === family) own[extra.name] = extra.value
    else if (extra.hint) notes.leaveOut(extra.at)
    else notes.refuse(extra.at)
  }
  return own
}
