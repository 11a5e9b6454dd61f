import type { ProviderConfig } from '../config/config.ts'
import type { Answer, AnswerPart, FinishReason } from '../form/answer.ts'
import { CallFailure, rejectedInBody, unreadable } from './call-failure.ts'
import { ProviderError } from './provider.ts'
import { scrubbed } from './scrub.ts'
import type { Transcript } from './transcript.ts'
import { type Prompt, settleUsage } from './usage.ts'
import { WireFault } from './wire-fault.ts'

/** One call: of which provider, and what it was sent. */
export interface CallContext {
  config: ProviderConfig
  prompt: Prompt
}

/** The whole answer that a finished transcript amounts to. */
export async function answerOf(
  transcript: Transcript,
  finishReason: FinishReason,
  { prompt }: CallContext,
): Promise<Answer> {
  const { parts, stopSequence } = transcript
  const usage = await usageOf(transcript, prompt)
  const answer: Answer = { parts, finishReason: agreedReason(finishReason, parts), usage }
  if (stopSequence !== null) answer.stopSequence = stopSequence
  return answer
}

/** The error for a tenant, with what the call used as far as anyone knows. */
export async function providerError(
  error: unknown,
  transcript: Transcript,
  context: CallContext,
): Promise<ProviderError> {
  const failed = failureOf(error, context)
  const { failure, message, status, verdict, retryAfterS, cause } = failed
  const usage = failed.reached ? await usageOf(transcript, context.prompt) : null
  return new ProviderError(failure, message, {
    usage,
    cause,
    ...(status !== undefined && { status }),
    ...(verdict && { verdict }),
    ...(retryAfterS !== undefined && { retryAfterS }),
  })
}

function usageOf({ reported, generated }: Transcript, prompt: Prompt) {
  return settleUsage(reported, prompt, () => generated.count())
}

/** Some servers say `stop` when they mean their tool calls, and the other way round. */
function agreedReason(reason: FinishReason, parts: readonly AnswerPart[]): FinishReason {
  const calls = parts.some(({ type }) => type === 'tool_call')
  if (calls) return reason === 'stop' ? 'tool_calls' : reason
  return reason === 'tool_calls' ? 'stop' : reason
}

function failureOf(error: unknown, { config, prompt }: CallContext): CallFailure {
  if (error instanceof CallFailure) return error
  if (!(error instanceof WireFault)) return unexpected(config.name, error)
  const { verdict } = error
  return verdict
    ? rejectedInBody(
        config.name,
        scrubbed(verdict, config, () => JSON.stringify(prompt)),
      )
    : unreadable(config.name)
}

/** A mistake of ours must not escape as something else than a provider error. */
function unexpected(provider: string, cause: unknown): CallFailure {
  const message = `The call to the provider ${provider} failed.`
  return new CallFailure('invalid_response', message, { reached: true, cause })
}
