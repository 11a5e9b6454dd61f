import { Refusals } from '../anthropic-refusals.ts'
import type { ChatBody, ResponseFormat } from '../form/chat-format.ts'
import { historyMessages, systemMessages } from './messages-history.ts'
import { formatPlace } from './messages-places.ts'
import { JsonFormat, type MessagesBody } from './messages-schema.ts'
import { chatToolChoice, chatTools } from './messages-tools.ts'

/*
 * Fields and what becomes of them:
 *
 *   translated       model, messages, system, max_tokens, stream, stop_sequences, temperature, top_p, tools,
 *                    tool_choice, output_config.format (and its older name output_format)
 *   left out         metadata, cache_control, diagnostics, service_tier: they do not change the answer
 *   only if neutral  thinking (disabled), speed (standard)
 *   refused          everything else: top_k, effort, containers, MCP servers, context management …
 */

const HANDLED = new Set([
  'model',
  'messages',
  'system',
  'max_tokens',
  'stream',
  'stop_sequences',
  'temperature',
  'top_p',
  'tools',
  'tool_choice',
  'output_config',
  'output_format',
  'metadata',
  'cache_control',
  'diagnostics',
  'service_tier',
  'thinking',
  'speed',
])

const OUTPUT_CONFIG = new Set(['format'])

/**
 * A request in Anthropic's format as one in OpenAI's.
 *
 * @throws AresError `invalid` that names every field which cannot be said there
 */
export function messagesToChat(body: MessagesBody): ChatBody {
  const refusals = new Refusals()
  refuseFields(body, refusals)
  const chat: ChatBody = {
    model: body.model,
    messages: [
      ...systemMessages(body.system, refusals),
      ...historyMessages(body.messages, refusals),
    ],
    max_tokens: body.max_tokens,
    ...(body.stream === true && { stream: true, stream_options: { include_usage: true } }),
    ...(body.temperature !== undefined && { temperature: body.temperature }),
    ...(body.top_p !== undefined && { top_p: body.top_p }),
    ...(body.stop_sequences && body.stop_sequences.length > 0 && { stop: body.stop_sequences }),
    ...chatTools(body.tools, refusals),
    ...chatToolChoice(body.tool_choice, refusals),
    ...responseFormat(body, refusals),
  }
  refusals.throwIfAny()
  return chat
}

function refuseFields(body: MessagesBody, refusals: Refusals): void {
  refusals.refuseUnknown(body, HANDLED, '')
  // This warms Anthropic's cache and answers nothing.
  if (body.max_tokens === 0) refusals.refuse('/max_tokens', 'expected 1 or more for this model')
  if (body.thinking && body.thinking.type !== 'disabled') refusals.refuse('/thinking')
  if ((body['speed'] ?? 'standard') !== 'standard') refusals.refuse('/speed')
  if (body.output_config)
    refusals.refuseUnknown(body.output_config, OUTPUT_CONFIG, '/output_config')
}

function responseFormat(
  body: MessagesBody,
  refusals: Refusals,
): { response_format?: ResponseFormat } {
  const config: Record<string, unknown> = body.output_config ?? {}
  const format = config['format'] ?? body['output_format']
  if (format === undefined || format === null) return {}
  const shaped = refusals.check(JsonFormat, format, formatPlace(body))
  if (!shaped) return {}
  const json_schema = { name: 'response', schema: shaped.schema, strict: true }
  return { response_format: { type: 'json_schema', json_schema } }
}
