import { checkDemands } from '../../agents/config.ts'
import type { Catalog } from '../../providers/catalog.ts'
import { isObject } from '../../providers/json-shape.ts'
import type { Message } from '../../providers/provider.ts'
import type { Conversation } from '../../execution/tool-loop.ts'
import type { ToolCatalog } from '../../tools/catalog.ts'
import { Refusals } from '../anthropic-refusals.ts'
import type { ChatBody, ChatMessage, ContentPart } from '../form/chat-format.ts'
import type { Target } from './target.ts'

/*
 * Fields of chat completions and what an agent, or the offline demo, makes of them:
 *
 *   honoured         model, messages (text), stream, max_tokens, max_completion_tokens, temperature, top_p
 *   left out         stream_options, user, metadata, safety_identifier, prompt_cache_key, prompt_cache_retention:
 *                    they do not change the answer
 *   only if neutral  those of NEUTRAL
 *   refused          everything else that is not null: tools, response_format, seed, stop, images …
 */

const HANDLED = new Set([
  'model',
  'messages',
  'stream',
  'stream_options',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'user',
  'metadata',
  'safety_identifier',
  'prompt_cache_key',
  'prompt_cache_retention',
])

/** The values that ask for what happens anyway. */
const NEUTRAL: Record<string, readonly unknown[]> = {
  n: [1],
  logprobs: [false],
  top_logprobs: [0],
  presence_penalty: [0],
  frequency_penalty: [0],
  store: [false],
  service_tier: ['auto', 'default'],
  tool_choice: ['auto'],
  parallel_tool_calls: [true, false],
  verbosity: ['medium'],
}

/** The fields of a message that an agent reads, or that say nothing to it. */
const MESSAGE_FIELDS: Record<ChatMessage['role'], ReadonlySet<string>> = {
  system: new Set(['role', 'content']),
  developer: new Set(['role', 'content']),
  user: new Set(['role', 'content']),
  assistant: new Set(['role', 'content', 'refusal', 'tool_calls', 'annotations']),
  tool: new Set(['role', 'content', 'tool_call_id', 'name']),
}

/** Where a request has what an agent may not fit to. */
const PLACES = { model: '/model', tools: '/model', temperature: '/temperature' }

/**
 * What a request asks of an agent or of the offline demo. The agent's prompt comes before the caller's own messages.
 *
 * @throws AresError `invalid` that names every field which has no effect there
 */
export function conversationOf(
  { catalog, tools }: { catalog: Catalog; tools: ToolCatalog },
  { entry, agent }: Target,
  body: ChatBody,
): Conversation {
  const messages = messagesOf(body)
  const config = agent?.config
  const temperature = body.temperature ?? config?.temperature
  checkDemands(catalog, { model: entry.model.id, tools: config?.tools, temperature }, PLACES)
  const prompt = config?.system_prompt
  return {
    entry,
    messages: prompt ? [{ role: 'system', content: prompt }, ...messages] : messages,
    tools: tools.select(config?.tools ?? []),
    maxTokens: body.max_completion_tokens ?? body.max_tokens ?? config?.max_tokens,
    temperature,
    topP: body.top_p ?? config?.top_p,
  }
}

function messagesOf(body: ChatBody): Message[] {
  const refusals = new Refusals()
  const others = Object.entries(body).filter(([field, value]) => !isNeutral(field, value))
  refusals.refuseUnknown(Object.fromEntries(others), HANDLED, '')
  const messages = body.messages.map((message, index) =>
    messageOf(message, `/messages/${index}`, refusals),
  )
  refusals.throwIfAny()
  return messages
}

function isNeutral(field: string, value: unknown): boolean {
  if (field === 'modalities') return Array.isArray(value) && value.every((mode) => mode === 'text')
  if (field === 'response_format') return isObject(value) && value['type'] === 'text'
  if (field === 'logit_bias') return isObject(value) && Object.keys(value).length === 0
  if (field === 'tools' || field === 'stop') return Array.isArray(value) && value.length === 0
  return Object.hasOwn(NEUTRAL, field) && NEUTRAL[field]!.includes(value)
}

function messageOf(message: ChatMessage, path: string, refusals: Refusals): Message {
  refusals.refuseUnknown(message, MESSAGE_FIELDS[message.role], path)
  const content = textOf(message.content ?? '', `${path}/content`, refusals)
  switch (message.role) {
    case 'developer':
      return { role: 'system', content }
    case 'tool':
      return { role: 'tool', toolCallId: message.tool_call_id, content }
    case 'assistant':
      return assistantMessage(message, content)
    default:
      return { role: message.role, content }
  }
}

function assistantMessage(
  { refusal, tool_calls: calls }: ChatMessage & { role: 'assistant' },
  text: string,
): Message {
  const content = text + (refusal ?? '')
  if (!calls || calls.length === 0) return { role: 'assistant', content }
  const toolCalls = calls.map(({ id, function: { name, arguments: args } }) => ({
    id,
    name,
    arguments: args,
  }))
  return { role: 'assistant', content, toolCalls }
}

function textOf(content: string | ContentPart[], path: string, refusals: Refusals): string {
  if (typeof content === 'string') return content
  return content
    .map((part, index) => {
      if (part.type === 'text') return part.text
      if (part.type === 'refusal') return part.refusal
      refusals.refuse(`${path}/${index}`, 'this reads text only')
      return ''
    })
    .join('\n')
}
