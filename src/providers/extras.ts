import type { Notes } from '../form/notes.ts'
import type { ModelRequest } from '../form/request.ts'

/** The request's fields of that family's own, as they were given, under its names; those of others are refused, or left out where they only hint. */
export function ownExtras(
  { extras = [] }: ModelRequest,
  family: string,
  notes: Notes,
): Record<string, unknown> {
  const own: Record<string, unknown> = {}
  for (const extra of extras) {
    const name = extra.family === family ? extra.name : extra.elsewhere?.[family]
    if (name !== undefined) own[name] = extra.value
    else if (extra.hint) notes.leaveOut(extra.at)
    else notes.refuse(extra.at)
  }
  return own
}
