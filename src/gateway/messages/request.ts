import type { Notes } from '../../form/notes.ts'
import type { ModelRequest } from '../../form/request.ts'
import { historyMessages, systemMessages } from './history.ts'
import type { CountTokensBody, MessagesBody } from './messages-schema.ts'
import { extrasOf } from '../form/extras.ts'
import { answerSettings, MESSAGE_FIELDS } from './settings.ts'
import { toolSettings } from './tools.ts'

/** A message's request in the one form. What is wrong in it, or has no place there, is told in the notes. */
export function messagesRequest(body: MessagesBody, notes: Notes): ModelRequest {
  return {
    messages: [...systemMessages(body.system, notes), ...historyMessages(body.messages, notes)],
    ...toolSettings(body, notes),
    ...answerSettings(body, notes),
    extras: extrasOf(body, MESSAGE_FIELDS),
  }
}

/** The same of a request that only asks how long its prompt is. */
export function countRequest(body: CountTokensBody, notes: Notes): ModelRequest {
  return messagesRequest({ ...body, max_tokens: 1 }, notes)
}
