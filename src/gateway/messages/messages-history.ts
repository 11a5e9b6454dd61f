import { isObject } from '../../providers/json-shape.ts'
import type { Refusals } from '../anthropic-refusals.ts'
import type { ChatMessage, ChatToolCall } from '../form/chat-format.ts'
import { type BlockAt, blocksAt, isThinking, textOfBlocks, userContent } from './messages-blocks.ts'
import { type MessagesBody, ToolResultBlock, ToolUseBlock } from './messages-schema.ts'

type Message = MessagesBody['messages'][number]

const MESSAGE_FIELDS = new Set(['role', 'content'])
const TOOL_USE_FIELDS = new Set(['type', 'id', 'name', 'input', 'cache_control', 'caller'])
const TOOL_RESULT_FIELDS = new Set(['type', 'tool_use_id', 'content', 'is_error', 'cache_control'])

/** The system prompt as one message; its blocks become paragraphs. */
export function systemMessages(system: MessagesBody['system'], refusals: Refusals): ChatMessage[] {
  if (system === undefined || system.length === 0) return []
  const content = textOfBlocks(blocksAt(system, '/system'), '\n\n', refusals)
  return [{ role: 'system', content }]
}

/**
 * The conversation in OpenAI's form.
 *
 * Each tool result becomes a message of its own, before whatever else its message says. Thinking of earlier
 * turns is left out: it is signed for Anthropic's models and means nothing to others.
 */
export function historyMessages(messages: Message[], refusals: Refusals): ChatMessage[] {
  const last = messages.length - 1
  if (messages[last]?.role === 'assistant') {
    const message = 'the last message must be the user’s: this model cannot continue an answer'
    refusals.refuse(`/messages/${last}/role`, message)
  }
  return messages.flatMap((message, index) => {
    const path = `/messages/${index}`
    refusals.refuseUnknown(message, MESSAGE_FIELDS, path)
    return translated(message, blocksAt(message.content, `${path}/content`), refusals)
  })
}

function translated({ role }: Message, blocks: BlockAt[], refusals: Refusals): ChatMessage[] {
  if (role === 'assistant') return assistantMessages(blocks, refusals)
  if (role === 'system') return [{ role, content: textOfBlocks(blocks, '\n\n', refusals) }]
  const results = blocks.filter(({ block }) => block['type'] === 'tool_result')
  const rest = blocks.filter(({ block }) => block['type'] !== 'tool_result')
  const answers = results.flatMap((result) => toolMessages(result, refusals))
  if (rest.length === 0) return answers
  return [...answers, { role, content: userContent(rest, refusals) }]
}

/** OpenAI's messages have one text and then the calls: text after a call moves before it. */
function assistantMessages(blocks: BlockAt[], refusals: Refusals): ChatMessage[] {
  const spoken = blocks.filter(({ block }) => !isThinking(block))
  const uses = spoken.filter(({ block }) => block['type'] === 'tool_use')
  const texts = spoken.filter(({ block }) => block['type'] !== 'tool_use')
  const calls = uses.flatMap((use) => toolCalls(use, refusals))
  const text = textOfBlocks(texts, '', refusals)
  if (calls.length === 0) return text === '' ? [] : [{ role: 'assistant', content: text }]
  return [{ role: 'assistant', content: text === '' ? null : text, tool_calls: calls }]
}

function toolCalls({ block, path }: BlockAt, refusals: Refusals): ChatToolCall[] {
  refusals.refuseUnknown(block, TOOL_USE_FIELDS, path)
  const { caller } = block
  if (isObject(caller) && caller['type'] !== 'direct') refusals.refuse(`${path}/caller`)
  const use = refusals.check(ToolUseBlock, block, path)
  if (!use) return []
  const { id, name, input } = use
  return [{ id, type: 'function', function: { name, arguments: JSON.stringify(input) } }]
}

function toolMessages({ block, path }: BlockAt, refusals: Refusals): ChatMessage[] {
  refusals.refuseUnknown(block, TOOL_RESULT_FIELDS, path)
  const result = refusals.check(ToolResultBlock, block, path)
  if (!result) return []
  const blocks = blocksAt(result.content ?? '', `${path}/content`)
  const text = textOfBlocks(blocks, '\n\n', refusals)
  const content = result.is_error === true ? saidToFail(text) : text
  return [{ role: 'tool', tool_call_id: result.tool_use_id, content }]
}

/** OpenAI's tool messages have no mark for failure; the text has to say it. */
function saidToFail(text: string): string {
  return /^error\b/i.test(text) ? text : `Error: ${text}`
}
