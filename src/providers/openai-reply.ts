import type { ProviderConfig } from '../config/config.ts'
import type { Answer } from './answer.ts'
import { rejectedInBody, unreadable } from './call-failure.ts'
import { asArray, asObject, asString, isObject, parseReply } from './json-shape.ts'
import type { FinishReason } from './provider.ts'
import { errorMessage, scrub } from './scrub.ts'
import { saneTokens } from './usage.ts'
import type { WireFormat } from './wire-format.ts'

const FINISH_REASONS: Record<string, FinishReason> = {
  stop: 'stop',
  length: 'length',
  model_length: 'length',
  content_filter: 'content_filter',
  tool_calls: 'tool_calls',
  function_call: 'tool_calls',
}

/** Reads replies and stream events in OpenAI's format, with the habits of those who copy it. */
export function openAiReplyReader(
  config: ProviderConfig,
): Pick<WireFormat, 'readReply' | 'readEvent'> {
  return {
    readReply: (reply, answer) => readReply(config, reply, answer),
    readEvent: (data, answer) => readEvent(config, data, answer),
  }
}

function readReply(config: ProviderConfig, reply: Record<string, unknown>, answer: Answer): void {
  refuseErrorObject(config, reply)
  const choices = asArray(reply['choices'])
  const [choice] = choices
  const message = isObject(choice) ? choice['message'] : undefined
  if (!isObject(choice) || !isObject(message)) throw unreadable(config.name)
  for (const each of choices) answer.generated.add(asObject(each)['message'])
  answer.addText(contentText(config, message['content']))
  readToolCalls(message['tool_calls'], answer)
  readFinishReason(choice, answer)
  readUsage(reply, answer)
}

function readEvent(config: ProviderConfig, data: string, answer: Answer): void {
  if (data === '[DONE]') {
    answer.done = true
    return
  }
  const event = parseReply(data)
  if (!isObject(event)) throw unreadable(config.name)
  refuseErrorObject(config, event)
  const choices = asArray(event['choices'])
  for (const each of choices) answer.generated.add(asObject(each)['delta'])
  const [choice] = choices
  if (isObject(choice)) readDelta(config, choice, answer)
  readUsage(event, answer)
}

function readDelta(config: ProviderConfig, choice: Record<string, unknown>, answer: Answer): void {
  const delta = choice['delta']
  if (isObject(delta)) {
    const text = contentText(config, delta['content'])
    if (text !== '') answer.addText(text)
    readToolCallFragments(delta['tool_calls'], answer)
  }
  readFinishReason(choice, answer)
}

/** Text comes as a string, as null, or as a list of text parts. */
function contentText(config: ProviderConfig, content: unknown): string {
  if (typeof content === 'string') return content
  if (content === null || content === undefined) return ''
  if (!Array.isArray(content)) throw unreadable(config.name)
  return content.map((part) => asString(asObject(part)['text'])).join('')
}

/** In a plain reply each item is a whole call. */
function readToolCalls(list: unknown, answer: Answer): void {
  asArray(list).forEach((item, position) => readToolCall(asObject(item), position, answer))
}

/** In a stream the items are fragments, which belong together by their index. */
function readToolCallFragments(list: unknown, answer: Answer): void {
  for (const item of asArray(list)) {
    const fragment = asObject(item)
    readToolCall(fragment, fragmentIndex(fragment, answer.toolCallCount), answer)
  }
}

function readToolCall(json: Record<string, unknown>, index: number, answer: Answer): void {
  const { name, arguments: args } = asObject(json['function'])
  const call = answer.toolCallAt(index)
  call.id = asString(json['id']) || call.id
  // Some servers repeat the name with every fragment.
  call.name ||= asString(name)
  // Some send the arguments as an object instead of JSON text.
  call.arguments += isObject(args) ? JSON.stringify(args) : asString(args)
}

/** Without an index, an id begins a new call and anything else continues the last one. */
function fragmentIndex({ index, id }: Record<string, unknown>, known: number): number {
  if (typeof index === 'number') return index
  return typeof id === 'string' || known === 0 ? known : known - 1
}

/** A reason that nobody has heard of is still an end. */
function readFinishReason(choice: Record<string, unknown>, answer: Answer): void {
  const reason = asString(choice['finish_reason'])
  if (reason !== '') answer.finishReason = FINISH_REASONS[reason] ?? 'stop'
}

/** Usage stands in the reply or event itself; Groq puts that of a stream under `x_groq`. */
function readUsage(json: Record<string, unknown>, answer: Answer): void {
  const usage = json['usage'] ?? asObject(json['x_groq'])['usage']
  if (!isObject(usage)) return
  answer.report({
    inputTokens: saneTokens(usage['prompt_tokens']),
    outputTokens: saneTokens(usage['completion_tokens']),
    cachedTokens: saneTokens(asObject(usage['prompt_tokens_details'])['cached_tokens']),
  })
}

/** An `error` under status 200; older vLLM sends the error object bare. */
function refuseErrorObject(config: ProviderConfig, json: Record<string, unknown>): void {
  const failed = json['error'] !== undefined && json['error'] !== null
  if (!failed && json['object'] !== 'error') return
  throw rejectedInBody(config.name, scrub(errorMessage(json), config.apiKey))
}
