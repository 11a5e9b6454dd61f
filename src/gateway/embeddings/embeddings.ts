import { type AresError, invalid } from '../../errors.ts'
import type { Execute } from '../../execution/execute.ts'
import { type MeterDeps, MeteredCalls } from '../../execution/metered-calls.ts'
import type { Owner } from '../../execution/owner.ts'
import type { Spending } from '../../ledger/run-row.ts'
import { Notes } from '../../form/notes.ts'
import { countEach, countTokens } from '../../providers/count-tokens.ts'
import type { EmbeddingRelay, RelayReply } from '../../providers/relay.ts'
import { keptInput } from '../form/kept-content.ts'
import type { ReplyWithHints } from '../gateway.ts'
import { gatewayError } from '../upstream/gateway-error.ts'
import { refuseInRelays } from '../upstream/relay-refusals.ts'
import { findTarget, type Target, type TargetDeps } from '../upstream/target.ts'
import type { EmbeddingRequest } from './embeddings-schema.ts'

export interface EmbeddingDeps extends TargetDeps, MeterDeps {
  execute: Execute
}

/** A field that some providers take, and that changes no more than how good the vectors are for it. */
export interface EmbeddingHint {
  name: string
  value: unknown
  /** Where it stands in the client's request. */
  at: string
}

export interface AskedEmbeddings {
  body: EmbeddingRequest
  hints?: readonly EmbeddingHint[]
  /** The answer in the words of a client; JSON text where those are somebody else's. */
  told: (reply: RelayReply) => string | object
}

export type Embed = (
  owner: Owner,
  asked: AskedEmbeddings,
) => Promise<ReplyWithHints<string | object>>

/**
 * Embeddings, relayed to the provider.
 *
 * @throws AresError as `findTarget`, `invalid` for a model without embeddings, as `Execute`; after the settled run as
 *   `gatewayError`
 */
export function createEmbed(deps: EmbeddingDeps): Embed {
  return async (owner, asked) => {
    const { input, model: name } = asked.body
    const target = await findTarget(deps, owner.caller, name)
    const relay = embeddingsOf(target)
    const notes = new Notes()
    const body = { ...asked.body, ...hintsFor(relay, asked, notes) }
    relay.review?.(body, notes)
    notes.throwIfAny()
    refuseInRelays(body, target.entry.allows)
    const { model, providerName } = target.entry
    const reply = await deps.execute.whole(owner, {
      spending: spendingOf(target),
      model,
      work: async ({ signal }) => {
        const calls = new MeteredCalls<{ told: string | object }>(deps, providerName, signal)
        const request = { model, body, countInput: () => countEmbedded(input) }
        const embedded = await calls.step(() => relay.embed(request, signal))
        if (embedded) {
          await calls.answered(embedded.answer.usage)
          calls.end({ told: asked.told(embedded) })
        }
        return calls.result!
      },
      contentOf: () => ({ input: keptInput({ input }), output: null }),
      replyOf: (result): string | object | AresError =>
        result.ok ? result.told : gatewayError(result),
    })
    return { reply, leftOut: notes.leftOut }
  }
}

/** Those that the provider takes; the others are left out. */
function hintsFor(
  { hints: taken = [] }: EmbeddingRelay,
  { hints = [] }: AskedEmbeddings,
  notes: Notes,
): Record<string, unknown> {
  for (const { name, at } of hints) if (!taken.includes(name)) notes.leaveOut(at)
  const given = hints.filter(({ name }) => taken.includes(name))
  return Object.fromEntries(given.map(({ name, value }) => [name, value]))
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
