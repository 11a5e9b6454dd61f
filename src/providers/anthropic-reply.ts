import type { ProviderConfig } from '../config/config.ts'
import type { Answer } from './answer.ts'
import { rejectedInBody, unreadable } from './call-failure.ts'
import { asObject, asString, isObject, parseReply } from './json-shape.ts'
import type { FinishReason } from './provider.ts'
import { errorMessage, scrub } from './scrub.ts'
import { saneTokens } from './usage.ts'
import type { WireFormat } from './wire-format.ts'

const STOP_REASONS: Record<string, FinishReason> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'content_filter',
  tool_use: 'tool_calls',
}

/** Reads replies and stream events of Anthropic's Messages API. */
export function anthropicReplyReader(
  config: ProviderConfig,
): Pick<WireFormat, 'readReply' | 'readEvent'> {
  return {
    readReply: (reply, answer) => readReply(config, reply, answer),
    readEvent: (data, answer) => readEvent(config, data, answer),
  }
}

function readReply(config: ProviderConfig, reply: Record<string, unknown>, answer: Answer): void {
  refuseErrorObject(config, reply)
  const { content } = reply
  if (!Array.isArray(content)) throw unreadable(config.name)
  content.forEach((block, index) => startBlock(index, asObject(block), answer))
  readStopReason(reply, answer)
  readInputUsage(reply['usage'], answer)
  readOutputUsage(reply['usage'], answer)
}

function readEvent(config: ProviderConfig, data: string, answer: Answer): void {
  const event = parseReply(data)
  if (!isObject(event)) throw unreadable(config.name)
  switch (event['type']) {
    case 'content_block_delta':
      return readDelta(blockIndex(event), asObject(event['delta']), answer)
    case 'content_block_start':
      return startBlock(blockIndex(event), asObject(event['content_block']), answer)
    case 'message_start':
      // Its output figure is only a beginning; the true one comes with message_delta.
      return readInputUsage(asObject(event['message'])['usage'], answer)
    case 'message_delta':
      return readMessageDelta(event, answer)
    case 'message_stop':
      answer.done = true
      return
    default:
      // Pings, ends of blocks, and kinds that are yet to be invented.
      return refuseErrorObject(config, event)
  }
}

/** A whole block of a plain reply, or the beginning of one in a stream; thinking and the like are only counted. */
function startBlock(index: number, block: Record<string, unknown>, answer: Answer): void {
  answer.generated.add(block)
  if (block['type'] === 'text') answer.addText(asString(block['text']))
  if (block['type'] !== 'tool_use') return
  const call = answer.toolCallAt(index)
  call.id = asString(block['id']) || call.id
  call.name = asString(block['name'])
  const { input } = block
  // In a stream the input begins empty and follows as fragments of JSON.
  if (isObject(input) && Object.keys(input).length > 0) call.arguments = JSON.stringify(input)
}

function readDelta(index: number, delta: Record<string, unknown>, answer: Answer): void {
  answer.generated.add(delta)
  if (delta['type'] === 'text_delta') {
    const text = asString(delta['text'])
    if (text !== '') answer.addText(text)
  } else if (delta['type'] === 'input_json_delta') {
    answer.toolCallAt(index).arguments += asString(delta['partial_json'])
  }
}

function readMessageDelta(event: Record<string, unknown>, answer: Answer): void {
  readStopReason(asObject(event['delta']), answer)
  readInputUsage(event['usage'], answer)
  readOutputUsage(event['usage'], answer)
}

function blockIndex(event: Record<string, unknown>): number {
  return typeof event['index'] === 'number' ? event['index'] : 0
}

function readStopReason(json: Record<string, unknown>, answer: Answer): void {
  const reason = asString(json['stop_reason'])
  if (reason !== '') answer.finishReason = STOP_REASONS[reason] ?? 'stop'
}

/** Cached tokens are reported beside `input_tokens`, not within. */
function readInputUsage(json: unknown, answer: Answer): void {
  const usage = asObject(json)
  const fresh = saneTokens(usage['input_tokens'])
  const read = saneTokens(usage['cache_read_input_tokens'] ?? 0)
  const created = saneTokens(usage['cache_creation_input_tokens'] ?? 0)
  if (fresh === null || read === null || created === null) return
  const inputTokens = saneTokens(fresh + read + created)
  answer.report({ inputTokens, cachedTokens: read })
}

function readOutputUsage(json: unknown, answer: Answer): void {
  answer.report({ outputTokens: saneTokens(asObject(json)['output_tokens']) })
}

function refuseErrorObject(config: ProviderConfig, json: Record<string, unknown>): void {
  if (json['type'] !== 'error' && !isObject(json['error'])) return
  throw rejectedInBody(config.name, scrub(errorMessage(json), config.apiKey))
}
