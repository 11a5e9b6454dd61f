import type { Answer } from './answer.ts'
import { CallFailure } from './call-failure.ts'
import { type Completion, type FinishReason, ProviderError } from './provider.ts'
import { type Prompt, settleUsage } from './usage.ts'

/** The completion that a finished answer amounts to. */
export async function completionOf(
  answer: Answer,
  finishReason: FinishReason,
  prompt: Prompt,
): Promise<Completion> {
  const { text } = answer
  // A tool without parameters is often called without any text at all.
  const toolCalls = answer.toolCalls.map((call) => ({ ...call, arguments: call.arguments || '{}' }))
  const usage = await settleUsage(answer.reported, prompt, countOf(answer))
  return { text, toolCalls, finishReason: agreedReason(finishReason, toolCalls.length), usage }
}

/** The error for a tenant, with what the call used as far as anyone knows. */
export async function providerError(
  error: unknown,
  answer: Answer,
  prompt: Prompt,
  provider: string,
): Promise<ProviderError> {
  const failure = error instanceof CallFailure ? error : unexpected(provider, error)
  const usage = failure.reached ? await settleUsage(answer.reported, prompt, countOf(answer)) : null
  const { status, cause } = failure
  const options = { usage, cause, ...(status !== undefined && { status }) }
  return new ProviderError(failure.failure, failure.message, options)
}

function countOf({ generated }: Answer): () => Promise<number> {
  return () => generated.count()
}

/** Some servers say `stop` when they mean their tool calls, and the other way round. */
function agreedReason(reason: FinishReason, toolCalls: number): FinishReason {
  if (toolCalls > 0) return reason === 'stop' ? 'tool_calls' : reason
  return reason === 'tool_calls' ? 'stop' : reason
}

/** A mistake of ours must not escape as something else than a provider error. */
function unexpected(provider: string, cause: unknown): CallFailure {
  const message = `The call to the provider ${provider} failed.`
  return new CallFailure('invalid_response', message, { reached: true, cause })
}
