import { Refusals } from '../anthropic-refusals.ts'
import type { ChatBody } from '../form/chat-format.ts'
import type { ChatCompletionRequest } from './chat-schema.ts'

/** What messages of a role and parts of a type must have. The schema cannot say it in words that a caller understands. */
export function checkedChat(body: ChatCompletionRequest): ChatBody {
  const refusals = new Refusals()
  body.messages.forEach((message, index) => checkMessage(message, `/messages/${index}`, refusals))
  body.tools?.forEach(({ type, function: described }, index) => {
    if (type === 'function' && !described) refuseMissing(`/tools/${index}/function`, refusals)
  })
  const format = body.response_format
  if (format?.type === 'json_schema' && !format.json_schema) {
    refuseMissing('/response_format/json_schema', refusals)
  }
  refusals.throwIfAny()
  return body as ChatBody
}

type Message = ChatCompletionRequest['messages'][number]

function checkMessage(message: Message, path: string, refusals: Refusals): void {
  const { role, content, tool_calls: calls, tool_call_id: answered } = message
  const isEmpty = content === undefined || content === null
  if (isEmpty && role !== 'assistant') refuseMissing(`${path}/content`, refusals)
  if (role === 'tool' && answered === undefined) refuseMissing(`${path}/tool_call_id`, refusals)
  calls?.forEach(({ type = 'function', function: called }, index) => {
    if (type === 'function' && !called) {
      refuseMissing(`${path}/tool_calls/${index}/function`, refusals)
    }
  })
  if (Array.isArray(content)) checkParts(content, `${path}/content`, refusals)
}

const FIELD_OF_PART = { text: 'text', image_url: 'image_url', refusal: 'refusal' } as const

function checkParts(
  parts: Exclude<Message['content'], string | null | undefined>,
  path: string,
  refusals: Refusals,
): void {
  parts.forEach((part, index) => {
    if (!Object.hasOwn(FIELD_OF_PART, part.type)) return
    const field = FIELD_OF_PART[part.type as keyof typeof FIELD_OF_PART]
    if (part[field] === undefined) refuseMissing(`${path}/${index}/${field}`, refusals)
  })
}

function refuseMissing(path: string, refusals: Refusals): void {
  refusals.refuse(path, 'this field is required')
}
