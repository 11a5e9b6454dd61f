import type { Notes } from '../../form/notes.ts'
import type { ModelRequest } from '../../form/request.ts'
import { historyMessages, systemMessages } from './contents.ts'
import type { GenerateBody } from './gemini-schema.ts'
import { answerSettings, ownFields } from './settings.ts'
import { toolSettings } from './tools.ts'

/** A request of Google's format in the one form. What is wrong in it, or has no place there, is told in the notes. */
export function geminiRequest(body: GenerateBody, notes: Notes): ModelRequest {
  return {
    messages: [
      ...systemMessages(body.systemInstruction, notes),
      ...historyMessages(body.contents, notes),
    ],
    ...toolSettings(body, notes),
    ...answerSettings(body, notes),
    extras: ownFields(body),
  }
}

/** Whether the client wants to read what the model thinks. */
export function wantsThoughts({ generationConfig }: GenerateBody): boolean {
  return generationConfig?.thinkingConfig?.includeThoughts === true
}
