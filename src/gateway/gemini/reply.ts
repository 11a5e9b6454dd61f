import type { Answer, FinishReason, TokenUsage } from '../../form/answer.ts'
import type { RenderContext } from '../form/surface.ts'
import type { GenerateBody } from './gemini-schema.ts'
import { PartWriter } from './part-writer.ts'
import { wantsThoughts } from './request.ts'

/** An answer that ends with calls ends by itself here. */
const FINISH_REASONS: Record<FinishReason, string> = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
  content_filter: 'SAFETY',
  tool_calls: 'STOP',
}

/** An answer in Google's format. */
export function geminiReply(answer: Answer, { body, runId }: RenderContext<GenerateBody>): object {
  const writer = new PartWriter(runId, wantsThoughts(body))
  const parts = answer.parts.flatMap((part) => writer.part(part))
  const refused = answer.parts.some(({ type }) => type === 'refusal')
  return {
    candidates: [candidate([...parts, ...writer.rest()], finishReasonOf(answer, refused))],
    usageMetadata: usageMetadata(answer.usage),
    ...replyFields(runId, body.model),
  }
}

export function candidate(parts: object[], finishReason?: string): object {
  return { content: { parts, role: 'model' }, ...(finishReason && { finishReason }), index: 0 }
}

/** What all events and replies of a run say of it. */
export function replyFields(runId: string, model: string): object {
  return { modelVersion: model, responseId: runId }
}

export function finishReasonOf(
  { finishReason }: Pick<Answer, 'finishReason'>,
  refused: boolean,
): string {
  return refused && finishReason === 'stop' ? 'SAFETY' : FINISH_REASONS[finishReason]
}

/** What an answer used. Here, what was thought is not part of `candidatesTokenCount`. */
export function usageMetadata(usage: TokenUsage): object {
  const { inputTokens, outputTokens, cachedTokens, reasoningTokens } = usage
  return {
    promptTokenCount: inputTokens,
    candidatesTokenCount: Math.max(0, outputTokens - (reasoningTokens ?? 0)),
    totalTokenCount: inputTokens + outputTokens,
    ...(cachedTokens > 0 && { cachedContentTokenCount: cachedTokens }),
    ...(reasoningTokens !== undefined && { thoughtsTokenCount: reasoningTokens }),
  }
}
