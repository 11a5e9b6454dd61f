import { z } from 'zod'
import { NOTES } from '../table/note-reader.ts'

/* The tool that a library is given to read the notes, in the forms that libraries ask for. */

export const NAME = 'read_note'
export const DESCRIPTION = 'Reads a note by its number'

export const Parameters = z.object({ number: z.number() })

/** The same as JSON Schema. */
export const PARAMETERS = {
  type: 'object' as const,
  properties: { number: { type: 'number' as const } },
  required: ['number'],
  additionalProperties: false,
}

/** What the tool does. */
export function readNote({ number }: { number: number }): string {
  return NOTES[number - 1] ?? 'There is no such note.'
}

/** The same for libraries that hand a call's arguments on as JSON. */
export function readNoteAsked(json: string): string {
  return readNote(Parameters.parse(JSON.parse(json)))
}
