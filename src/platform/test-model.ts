import { saidIn, textMessage } from '../form/parts.ts'
import { type Static, Type } from '@sinclair/typebox'
import { recordAudit } from '../audit/store.ts'
import { change, type ChangeDeps } from '../db/changes.ts'
import { AresError } from '../errors.ts'
import type { CatalogEntry } from '../providers/catalog.ts'
import type { Execute } from '../execution/execute.ts'
import type { MeterDeps } from '../execution/metered-calls.ts'
import { type ConversationResult, converse } from '../execution/tool-loop.ts'
import { RateLimiter } from '../limits/rate-limiter.ts'

export interface TestModelDeps extends ChangeDeps, MeterDeps {
  execute: Execute
}

/** How a test call went. */
export const ModelTest = Type.Object({
  ok: Type.Boolean(),
  latency_ms: Type.Integer({ description: 'spent waiting for the provider' }),
  text: Type.Optional(
    Type.String({ description: 'the beginning of the answer, when it went well' }),
  ),
  error: Type.Optional(Type.String({ description: 'what went wrong' })),
  usage: Type.Object({
    input_tokens: Type.Integer(),
    output_tokens: Type.Integer(),
    cached_tokens: Type.Integer(),
    estimated: Type.Boolean(),
  }),
})
export type ModelTest = Static<typeof ModelTest>

export type TestModel = (entry: CatalogEntry, client: AbortSignal) => Promise<ModelTest>

const PROMPT = 'Answer with the word OK and nothing else.'
/** Some models take no fewer. */
const MAX_TOKENS = 16
const DEADLINE_MS = 30_000
const MAX_TEXT = 500

const MAX_AT_ONCE = 3
const PER_MINUTE = 20
/** Test calls belong to no tenant. No tenant's id is this. */
const OPERATOR = 'operator'

/**
 * A real call of a few tokens, which costs no tenant anything. Health hears of it as of any call: one that succeeds
 * resolves the alert of its provider.
 *
 * @throws AresError `rate_limited` beyond what operators may test, and as `Execute.unrecorded`
 */
export function createTestModel(deps: TestModelDeps): TestModel {
  const limiter = new RateLimiter()
  let underWay = 0
  return async (entry, client) => {
    if (underWay >= MAX_AT_ONCE) throw tooMany(1)
    const rate = limiter.take(OPERATOR, PER_MINUTE, deps.clock.monotonicMs())
    if (!rate.allowed) throw tooMany(rate.retryAfterS)
    const holder = { tenantId: OPERATOR, gone: client }
    return deps.execute.unrecorded(holder, entry.providerName, async (signal) => {
      underWay++
      try {
        await audit(deps, entry)
        return await callOnce(deps, entry, signal)
      } finally {
        underWay--
      }
    })
  }
}

function tooMany(retryAfterS: number): AresError {
  return new AresError('rate_limited', 'Too many test calls; try again shortly.', { retryAfterS })
}

/** Before the call: what costs money leaves a trace, however it ends. */
async function audit(deps: ChangeDeps, { model, providerName }: CatalogEntry): Promise<void> {
  const details = { model: model.id, provider: providerName }
  await change(deps, (trx, stamp) =>
    recordAudit(trx, stamp, { action: 'model.tested', actor: 'admin', details }),
  )
}

async function callOnce(
  deps: MeterDeps,
  entry: CatalogEntry,
  stopped: AbortSignal,
): Promise<ModelTest> {
  const deadline = AbortSignal.timeout(DEADLINE_MS)
  const request = { messages: [textMessage('user', PROMPT)], maxTokens: MAX_TOKENS }
  const conversation = { entry, request, tools: [] }
  const result = await converse(deps, conversation, AbortSignal.any([stopped, deadline]))
  return {
    ok: result.ok,
    latency_ms: Math.round(result.providerMs),
    ...(result.ok
      ? { text: saidIn(result.parts).slice(0, MAX_TEXT) }
      : { error: deadline.aborted ? TOO_LATE : result.error }),
    usage: usageOf(result),
  }
}

const TOO_LATE = `The model did not answer within ${DEADLINE_MS / 1000} s.`

function usageOf({ usage }: ConversationResult): ModelTest['usage'] {
  return {
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cached_tokens: usage.cachedTokens,
    estimated: usage.estimated,
  }
}
