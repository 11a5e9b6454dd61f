import type { Notes } from '../../form/notes.ts'
import type { ModelRequest } from '../../form/request.ts'
import type { ChatCompletionRequest } from './chat-schema.ts'
import { checkChat } from './check.ts'
import { messagesOf } from './history.ts'
import { extrasOf } from '../form/extras.ts'
import { answerSettings, CHAT_FIELDS } from './settings.ts'
import { toolSettings } from './tools.ts'

/** A chat completion's request in the one form. What is wrong in it, or has no place there, is told in the notes. */
export function chatRequest(body: ChatCompletionRequest, notes: Notes): ModelRequest {
  checkChat(body, notes)
  return {
    messages: messagesOf(body.messages, notes),
    ...toolSettings(body, notes),
    ...answerSettings(body, notes),
    extras: extrasOf(body, CHAT_FIELDS),
  }
}
