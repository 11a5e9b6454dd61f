import { isRawNumber } from '../../form/lossless-json.ts'
import type { Notes } from '../../form/notes.ts'
import { refuseMissing } from '../form/check-shape.ts'
import type { ChatCompletionRequest } from './chat-schema.ts'

type Message = ChatCompletionRequest['messages'][number]
type Content = Message['content']

/** What messages of a role and parts of a type must have. The schema cannot say it in words that a caller understands. */
export function checkChat(body: ChatCompletionRequest, notes: Notes): void {
  body.messages.forEach((message, index) => checkMessage(message, `/messages/${index}`, notes))
  body.tools?.forEach((tool, index) => {
    for (const type of ['function', 'custom'] as const) {
      if (tool.type === type && !tool[type]) refuseMissing(`/tools/${index}/${type}`, notes)
    }
  })
  const format = body.response_format
  if (format?.type === 'json_schema' && !format.json_schema) {
    refuseMissing('/response_format/json_schema', notes)
  }
  const { seed } = body
  if (seed !== undefined && seed !== null && !Number.isInteger(seed) && !isRawNumber(seed)) {
    notes.refuse('/seed', 'expected an integer')
  }
}

function checkMessage(message: Message, at: string, notes: Notes): void {
  const { role, content, tool_calls: calls, tool_call_id: answered } = message
  if ((content ?? null) === null && role !== 'assistant') refuseMissing(`${at}/content`, notes)
  if (role === 'tool' && (answered ?? null) === null) refuseMissing(`${at}/tool_call_id`, notes)
  calls?.forEach((call, index) => {
    const type = call.type ?? 'function'
    if ((type === 'function' || type === 'custom') && !call[type]) {
      refuseMissing(`${at}/tool_calls/${index}/${type}`, notes)
    }
  })
  checkParts(content, `${at}/content`, notes)
}

const FIELD_OF_PART = { text: 'text', image_url: 'image_url', file: 'file' } as const

function checkParts(content: Content, at: string, notes: Notes): void {
  if (!Array.isArray(content)) return
  content.forEach((part, index) => {
    const field = FIELD_OF_PART[part.type as keyof typeof FIELD_OF_PART]
    if (field && (part[field] ?? null) === null) refuseMissing(`${at}/${index}/${field}`, notes)
  })
}
