import { AresError } from '../../../src/errors.ts'
import { Notes } from '../../../src/form/notes.ts'
import { textMessage } from '../../../src/form/parts.ts'
import type { ModelRequest } from '../../../src/form/request.ts'
import type { ModelCall } from '../../../src/providers/provider.ts'
import { MODEL } from './provider-under-test.ts'

type Writer = (call: ModelCall, notes: Notes) => object

/** What a family writes of a request that says hello and asks for so much more, and what it notes. */
export function written(
  write: Writer,
  asked: Partial<ModelRequest>,
  model: Partial<ModelCall['model']> = {},
) {
  const notes = new Notes()
  const messages = [textMessage('user', 'Hello')]
  const json = write({ model: { ...MODEL, ...model }, messages, ...asked }, notes)
  const body = JSON.parse(JSON.stringify(json)) as Record<string, unknown>
  return { body, refused: refusedIn(notes), leftOut: notes.leftOut }
}

function refusedIn(notes: Notes): string[] {
  try {
    notes.throwIfAny()
    return []
  } catch (error) {
    if (error instanceof AresError) return (error.details ?? []).map(({ path }) => path)
    throw error
  }
}
