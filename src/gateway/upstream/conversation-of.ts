import { checkDemands, settingsOf } from '../../agents/config.ts'
import type { Catalog } from '../../providers/catalog.ts'
import { isObject } from '../../providers/json-shape.ts'
import { type Message, type Part, textMessage } from '../../form/parts.ts'
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
    request: {
      messages: prompt ? [textMessage('system', prompt), ...messages] : messages,
      ...settingsOf(config),
      ...settingsOf({
        ...given('max_tokens', body.max_completion_tokens ?? body.max_tokens),
        ...given('temperature', body.temperature),
        ...given('top_p', body.top_p),
      }),
    },
    tools: tools.select(config?.tools ?? []),
  }
}

function given<F extends string>(field: F, value: number | null | undefined) {
  return value === null || value === undefined ? {} : { [field]: value }
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
  const text = { type: 'text' as const, text: content }
  switch (message.role) {
    case 'developer':
      return textMessage('system', content)
    case 'tool': {
      const parts: Part[] = [{ type: 'tool_result', callId: message.tool_call_id, content: [text] }]
      return { role: 'tool', parts }
    }
    case 'assistant':
      return assistantMessage(message, content)
    default:
      return textMessage(message.role, content)
  }
}

function assistantMessage(
  { refusal, tool_calls: calls }: ChatMessage & { role: 'assistant' },
  text: string,
): Message {
  const said = textMessage('assistant', text + (refusal ?? ''))
  for (const { id, function: called } of calls ?? []) {
    said.parts.push({ type: 'tool_call', id, ...called })
  }
  return said
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
