import type {
  ChatFinishReason,
  ChatReplyMessage,
  ChatToolCall,
  ChatUsage,
} from '../form/chat-format.ts'

import type {
  FunctionCallItem,
  MessageItem,
  OutputItem,
  ResponseUsage,
} from './responses-reply-schema.ts'

/* What a model answers, as items of OpenAI's Responses API. */

/** The ids of one response, made of the id of its run; an item's has its place in the output. */
export function responseId(runId: string): string {
  return `resp_${hex(runId)}`
}

/** @param index the item's place in the output, from 0 */
export function messageItem(runId: string, index: number): MessageItem {
  const id = `msg_${hex(runId)}${index}`
  return { id, type: 'message', status: 'in_progress', role: 'assistant', content: [] }
}

/** @param index the item's place in the output, from 0 */
export function functionCallItem(
  runId: string,
  index: number,
  { id, name }: { id: string | undefined; name: string },
): FunctionCallItem {
  return {
    id: `fc_${hex(runId)}${index}`,
    type: 'function_call',
    status: 'in_progress',
    // Some servers send calls without an id; the client has to name one in its answer.
    call_id: id || `call_${hex(runId)}${index}`,
    name,
    arguments: '',
  }
}

/** The items of a whole answer: its text, then its calls. An answer without either is an empty text. */
export function outputOf(
  runId: string,
  { message, finish_reason, logprobs }: AnsweredChoice,
): OutputItem[] {
  const calls = message.tool_calls ?? []
  const output: OutputItem[] = []
  if (message.content || message.refusal || calls.length === 0) {
    output.push(wholeMessage(runId, message, logprobs))
  }
  for (const call of calls) output.push(wholeCall(runId, output.length, call))
  settle(output, finish_reason)
  return output
}

interface AnsweredChoice {
  message: ChatReplyMessage
  finish_reason: ChatFinishReason
  logprobs?: unknown
}

function wholeMessage(runId: string, message: ChatReplyMessage, logprobs: unknown): MessageItem {
  const item = messageItem(runId, 0)
  const { content, refusal } = message
  if (content || !refusal) {
    const text = content ?? ''
    item.content.push({
      type: 'output_text',
      text,
      annotations: [],
      logprobs: textLogprobs(logprobs),
    })
  }
  if (refusal) item.content.push({ type: 'refusal', refusal })
  return item
}

function wholeCall(runId: string, index: number, call: ChatToolCall): FunctionCallItem {
  const { name, arguments: text } = call.function
  return { ...functionCallItem(runId, index, { id: call.id, name }), arguments: text }
}

/** The items of an answer that has ended are complete, but for the last one of an answer that broke off. */
export function settle(output: OutputItem[], finish: ChatFinishReason): void {
  for (const item of output) item.status = 'completed'
  const last = output.at(-1)
  if (last && brokeOff(finish)) last.status = 'incomplete'
}

export function brokeOff(finish: ChatFinishReason): boolean {
  return finish === 'length' || finish === 'content_filter'
}

/** The token probabilities of a text, out of chat completions' `logprobs`. */
export function textLogprobs(logprobs: unknown): unknown[] {
  if (typeof logprobs !== 'object' || logprobs === null || !('content' in logprobs)) return []
  return Array.isArray(logprobs.content) ? logprobs.content : []
}

/** Tokens as responses count them; null when nobody has counted. */
export function responseUsage(usage: ChatUsage | null | undefined): ResponseUsage | null {
  if (!usage) return null
  const read: { cached_tokens?: number; cache_write_tokens?: number } =
    usage.prompt_tokens_details ?? {}
  return {
    input_tokens: usage.prompt_tokens,
    input_tokens_details: {
      cached_tokens: read.cached_tokens ?? 0,
      cache_write_tokens: read.cache_write_tokens ?? 0,
    },
    output_tokens: usage.completion_tokens,
    output_tokens_details: {
      reasoning_tokens: usage.completion_tokens_details?.reasoning_tokens ?? 0,
    },
    // Some servers leave the sum to the reader.
    total_tokens: usage.total_tokens ?? usage.prompt_tokens + usage.completion_tokens,
  }
}

function hex(runId: string): string {
  return runId.replaceAll('-', '')
}
