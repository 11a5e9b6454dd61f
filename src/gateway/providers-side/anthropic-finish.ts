import type { ChatFinishReason } from '../form/chat-format.ts'

const FINISH_REASONS: Record<string, ChatFinishReason> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  pause_turn: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
}

/** Anthropic's stop reason in OpenAI's words; a reason that nobody has heard of is still an end. */
export function chatFinishReason(stopReason: unknown): ChatFinishReason {
  const known = typeof stopReason === 'string' && Object.hasOwn(FINISH_REASONS, stopReason)
  return (known ? FINISH_REASONS[stopReason] : undefined) ?? 'stop'
}
