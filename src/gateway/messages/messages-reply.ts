import { parseJson } from '../../providers/json-shape.ts'
import type { ChatFinishReason, ChatReply, ChatToolCall, ChatUsage } from '../form/chat-format.ts'
import type { RenderContext } from '../form/dialect.ts'
import type { MessagesBody } from './messages-schema.ts'

export type StopReason = 'end_turn' | 'max_tokens' | 'tool_use' | 'refusal'

/** Where the text of a tool call's input stands that is not JSON, so that the client can tell the model. */
const BROKEN_INPUT = 'invalid_json'

const STOP_REASONS: Record<ChatFinishReason, StopReason> = {
  stop: 'end_turn',
  length: 'max_tokens',
  content_filter: 'refusal',
  tool_calls: 'tool_use',
}

/** What an answer was, as far as it decides why it ended. */
interface Ending {
  finishReason: ChatFinishReason | null
  calledTools: boolean
  refused: boolean
}

/**
 * An answer as a message in Anthropic's format.
 *
 * The input of a tool call is parsed; one that is not JSON (a model's mistake, or cut by `max_tokens`) stands as text under
 * `{"invalid_json": …}`. Which stop sequence was met is not known from other providers: `end_turn`.
 */
export function renderMessage(
  reply: ChatReply,
  { body, runId }: RenderContext<MessagesBody>,
): object {
  const [choice] = reply.choices
  const { content, refusal, tool_calls: calls = [] } = choice?.message ?? { content: null }
  const text = (content ?? '') + (refusal ?? '')
  const uses = calls.map((call, index) => toolUse(call, toolUseId(runId, index)))
  const reason = stopReason({
    finishReason: choice?.finish_reason ?? null,
    calledTools: uses.length > 0,
    refused: (refusal ?? '') !== '',
  })
  return {
    ...messageHead(runId, body.model),
    content: [...(text === '' ? [] : [{ type: 'text', text }]), ...uses],
    stop_reason: reason,
    stop_sequence: null,
    usage: messageUsage(reply.usage),
  }
}

/** The fields that are known before an answer begins. */
export function messageHead(runId: string, model: string): object {
  return { id: `msg_${runId.replaceAll('-', '')}`, type: 'message', role: 'assistant', model }
}

/** An id for a tool call whose model gave it none. */
export function toolUseId(runId: string, index: number): string {
  return `toolu_${runId.replaceAll('-', '')}_${index}`
}

/** Why an answer ended. */
export function stopReason({ finishReason, calledTools, refused }: Ending): StopReason {
  const reason = STOP_REASONS[finishReason ?? 'stop'] ?? 'end_turn'
  if (reason !== 'end_turn') return reason
  if (refused) return 'refusal'
  // OpenAI ends with `stop` after a call that `tool_choice` forced; clients run tools only after `tool_use`.
  return calledTools ? 'tool_use' : 'end_turn'
}

/** What an answer used. Here, what came from the cache is not part of `input_tokens`. */
export function messageUsage(usage: ChatUsage | null | undefined): object {
  const prompt = usage?.prompt_tokens ?? 0
  const cached = Math.min(usage?.prompt_tokens_details?.cached_tokens ?? 0, prompt)
  return {
    input_tokens: prompt - cached,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: cached,
    output_tokens: usage?.completion_tokens ?? 0,
  }
}

function toolUse({ id, function: called }: ChatToolCall, fallbackId: string): object {
  return {
    type: 'tool_use',
    id: id || fallbackId,
    name: called.name,
    input: toolInput(called.arguments),
  }
}

/** Models write nothing at all for a tool without parameters. */
function toolInput(text: string): unknown {
  if (text.trim() === '') return {}
  return parseJson(text) ?? { [BROKEN_INPUT]: text }
}
