import { documented, type Documentation } from '../../http/documented.ts'
import { GoogleErrorReply } from '../form/errors-schema.ts'
import { inFirstSpelling } from './spelling.ts'

/** How bodies are read here. */
export const EITHER_SPELLING = { anyInteger: true, normalize: inFirstSpelling }

const FAILURES = [400, 401, 403, 404, 409, 413, 415, 429, 502, 503, 504] as const

/** The description of a route of Google's; its failures are those of whatever asks a model, unless it says others. */
export function described(
  doc: Omit<Documentation, 'tags' | 'errors'>,
): ReturnType<typeof documented> {
  return documented({
    failures: [...FAILURES],
    ...doc,
    tags: ['Compatible APIs'],
    errors: GoogleErrorReply,
  })
}
