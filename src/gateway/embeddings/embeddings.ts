import { AresError, invalid } from '../../errors.ts'
import type { AnswerProgress } from '../../http/answer-progress.ts'
import { jsonText } from '../../http/error-handler.ts'
import { countEach, countTokens } from '../../providers/count-tokens.ts'
import type { EmbeddingRelay } from '../../providers/relay.ts'
import type { InFlight } from '../../execution/in-flight.ts'
import type { Outcome } from '../../ledger/ledger-changes.ts'
import { finishRun, type SpendDeps, type Spender, startRun } from '../../execution/spend.ts'
import type { ToolLoopDeps } from '../../execution/tool-loop.ts'
import type { EmbeddingRequest } from './embeddings-schema.ts'
import { gatewayError } from '../upstream/gateway-error.ts'
import { keptInput } from '../form/kept-content.ts'
import { refuseInRelays } from '../upstream/relay-refusals.ts'
import { MeteredCall } from '../../execution/metered-call.ts'
import { findTarget, type Target, type TargetDeps } from '../upstream/target.ts'

export interface EmbeddingDeps extends TargetDeps, SpendDeps, ToolLoopDeps {
  inFlight: InFlight
}

export interface EmbeddingCall extends Spender, Pick<AnswerProgress, 'finished'> {
  body: EmbeddingRequest
  client: AbortSignal
}

export type Embed = (call: EmbeddingCall) => Promise<object>

/**
 * Embeddings, relayed to the provider: reserve, ask, settle.
 *
 * @throws AresError as `findTarget`, `invalid` for a model without embeddings, as `InFlight.open` and
 *   `Ledger.reserve`; after the settled run as `gatewayError`
 */
export function createEmbed(deps: EmbeddingDeps): Embed {
  return async (call) => {
    const { caller, body, client } = call
    const target = await findTarget(deps, caller, body.model)
    const relay = embeddingsOf(target)
    refuseInRelays(body, target.entry.allows)
    const { model, providerName } = target.entry
    const flight = deps.inFlight.open(caller.tenantId, providerName, client)
    try {
      const started = await startRun(deps, call, spendingOf(target))
      const metered = new MeteredCall(deps, providerName, flight.signal)
      const request = { model, body, countInput: () => countEmbedded(body.input) }
      const reply = await metered.step(() => relay.embed(request, flight.signal))
      if (reply) await metered.finish(reply.completion)
      const result = metered.result!
      const content = { input: keptInput({ input: body.input }), output: null }
      const replyOf = (outcome: Outcome): string | AresError => {
        call.finished(outcome)
        return result.ok ? reply!.text : gatewayError(result)
      }
      const answer = await finishRun(deps, started, { model, result, content, replyOf })
      if (answer instanceof AresError) throw answer
      return jsonText(answer)
    } finally {
      flight.land()
    }
  }
}

function spendingOf({ entry }: Target) {
  return {
    kind: 'embedding' as const,
    agent: null,
    model: entry.model.id,
    provider: entry.providerName,
  }
}

function embeddingsOf({ entry, agent }: Target): EmbeddingRelay {
  const { embeddings } = entry.provider
  if (embeddings && !agent) return embeddings
  throw invalid('/model', agent ? 'An agent has no embeddings.' : 'This model has no embeddings.')
}

/** The tokens of an input, all its texts within one bound; lists of tokens have been counted already. */
async function countEmbedded(input: EmbeddingRequest['input']): Promise<number> {
  if (typeof input === 'string') return countTokens(input)
  const texts = input.filter((part) => typeof part === 'string')
  const tokens = input.reduce<number>((sum, part) => sum + tokensIn(part), 0)
  return tokens + (await countEach(texts))
}

function tokensIn(part: string | number | number[]): number {
  if (typeof part === 'string') return 0
  return typeof part === 'number' ? 1 : part.length
}
