import { type AresError, invalid } from '../../errors.ts'
import type { Execute } from '../../execution/execute.ts'
import { type MeterDeps, MeteredCalls } from '../../execution/metered-calls.ts'
import type { Owner } from '../../execution/owner.ts'
import type { Spending } from '../../ledger/run-row.ts'
import { Notes } from '../../form/notes.ts'
import { countEach, countTokens } from '../../providers/count-tokens.ts'
import type { EmbeddingRelay } from '../../providers/relay.ts'
import { keptInput } from '../form/kept-content.ts'
import { gatewayError } from '../upstream/gateway-error.ts'
import { refuseInRelays } from '../upstream/relay-refusals.ts'
import { findTarget, type Target, type TargetDeps } from '../upstream/target.ts'
import type { EmbeddingRequest } from './embeddings-schema.ts'

export interface EmbeddingDeps extends TargetDeps, MeterDeps {
  execute: Execute
}

export type Embed = (owner: Owner, body: EmbeddingRequest) => Promise<string>

/**
 * Embeddings, relayed to the provider.
 *
 * @throws AresError as `findTarget`, `invalid` for a model without embeddings, as `Execute`; after the settled run as
 *   `gatewayError`
 */
export function createEmbed(deps: EmbeddingDeps): Embed {
  return async (owner, body) => {
    const target = await findTarget(deps, owner.caller, body.model)
    const relay = embeddingsOf(target)
    const notes = new Notes()
    relay.review?.(body, notes)
    notes.throwIfAny()
    refuseInRelays(body, target.entry.allows)
    const { model, providerName } = target.entry
    return deps.execute.whole(owner, {
      spending: spendingOf(target),
      model,
      work: async ({ signal }) => {
        const calls = new MeteredCalls<{ json: string }>(deps, providerName, signal)
        const request = { model, body, countInput: () => countEmbedded(body.input) }
        const reply = await calls.step(() => relay.embed(request, signal))
        if (reply) {
          await calls.answered(reply.answer.usage)
          calls.end({ json: reply.text })
        }
        return calls.result!
      },
      contentOf: () => ({ input: keptInput({ input: body.input }), output: null }),
      replyOf: (result): string | AresError => (result.ok ? result.json : gatewayError(result)),
    })
  }
}

function spendingOf({ entry }: Target): Spending {
  return {
    kind: 'embedding',
    agent_id: null,
    agent_version: null,
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
