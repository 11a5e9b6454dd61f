import type { Notes } from '../../form/notes.ts'
import type { Message } from '../../form/parts.ts'
import { turnsOf } from '../form/turns.ts'
import { asksForCitations, contentParts } from './parts.ts'
import type { MessagesBody } from './messages-schema.ts'

type GivenMessage = MessagesBody['messages'][number]

const MESSAGE_FIELDS = new Set(['role', 'content'])

/** The system prompt as a message of its own, before all others. */
export function systemMessages(system: MessagesBody['system'], notes: Notes): Message[] {
  if (system === undefined || system === null || system.length === 0) return []
  return [{ role: 'system', parts: contentParts(system, '/system', notes), at: '/system' }]
}

/** The conversation in the one form: each result of a tool is a message, before whatever else its message says. */
export function historyMessages(messages: readonly GivenMessage[], notes: Notes): Message[] {
  return messages.flatMap((message, index) => {
    const at = `/messages/${index}`
    notes.refuseUnknown(message, MESSAGE_FIELDS, at)
    refuseCitations(message, at, notes)
    const parts = contentParts(message.content, `${at}/content`, notes)
    return turnsOf(message.role, parts, at)
  })
}

function refuseCitations({ content }: GivenMessage, at: string, notes: Notes): void {
  if (typeof content === 'string') return
  content.forEach((block, index) => {
    const isAsked = block.type === 'document' && asksForCitations(block)
    if (isAsked) notes.refuse(`${at}/content/${index}/citations`)
  })
}
