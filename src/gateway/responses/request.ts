import type { Notes } from '../../form/notes.ts'
import type { ModelRequest } from '../../form/request.ts'
import { messagesOf } from './history.ts'
import { type ResponsesBody, ResponsesRequest } from './responses-schema.ts'
import { answerSettings, extrasOf, leaveOutHints } from './settings.ts'
import { toolSettings } from './tools.ts'

/** What cannot be done here, why, and the values besides null that do not ask for it. */
const NOT_OFFERED: { field: keyof ResponsesBody; why: string; harmless?: unknown }[] = [
  {
    field: 'conversation',
    why: 'there are no conversations here: send previous_response_id or input',
  },
  { field: 'background', why: 'a response is made while the client waits', harmless: false },
  { field: 'prompt', why: 'there are no stored prompts here: send input and instructions' },
]

/** Fields that are looked at. */
const KNOWN: ReadonlySet<string> = new Set(Object.keys(ResponsesRequest.properties))

/** What no provider is asked for, whoever answers: it would be kept there, or come when nobody waits. */
export function refuseNotOffered(body: ResponsesBody, notes: Notes): void {
  for (const { field, why, harmless } of NOT_OFFERED) {
    const value = body[field] ?? null
    if (value !== null && value !== harmless) notes.refuse(`/${field}`, why)
  }
}

/** A response's request in the one form. What is wrong in it, or has no place there, is told in the notes. */
export function responsesRequest(body: ResponsesBody, notes: Notes): ModelRequest {
  refuseNotOffered(body, notes)
  notes.refuseUnknown(body, KNOWN, '')
  leaveOutHints(body, notes)
  return {
    messages: messagesOf(body, notes),
    ...toolSettings(body, notes),
    ...answerSettings(body, notes),
    extras: extrasOf(body),
  }
}
