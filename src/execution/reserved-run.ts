import type { Clock } from '../clock.ts'
import type { ModelConfig } from '../config/config.ts'
import { keepingReplySteps } from '../idempotency/store.ts'
import { costMicroUsd } from '../ledger/cost.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { OpenRun, Recorded, SettledRun, Spending } from '../ledger/run-row.ts'
import type { RunResult } from './metered-calls.ts'
import type { Owner } from './owner.ts'

export interface ReservedRunDeps {
  ledger: Ledger
  clock: Clock
}

/** A reserved run with its stopwatch. */
export interface ReservedRun {
  owner: Owner
  run: OpenRun
  startedMs: number
}

/** Reserves a run and starts its stopwatch. @throws AresError as `Ledger.reserve` */
export async function reserveRun(
  { ledger, clock }: ReservedRunDeps,
  owner: Owner,
  spending: Spending,
  lost: () => void,
): Promise<ReservedRun> {
  const startedMs = clock.monotonicMs()
  const run = await ledger.reserve(owner.caller, spending, { claim: owner.claim, lost })
  owner.progress.times.reserve = clock.monotonicMs() - startedMs
  return { owner, run, startedMs }
}

/** What is recorded of how a run ended. */
export interface Ended {
  /** Whose prices count; null when the model is not configured any more. */
  model: ModelConfig | null
  result: RunResult
  /** JSON texts. */
  content: Omit<Recorded, 'error'>
}

/**
 * Settles a run.
 *
 * @param replyOf what the owner is answered, from the very row that is being written: an `AresError` where that is the
 *   answer, a string where JSON text is relayed
 * @returns the row and the reply, once both are committed
 * @throws AresError `storage_unavailable`
 */
export async function settleReservedRun<Reply extends object | string>(
  { ledger, clock }: ReservedRunDeps,
  { owner, run, startedMs }: ReservedRun,
  { model, result, content }: Ended,
  replyOf: (settled: SettledRun) => Reply,
): Promise<{ settled: SettledRun; reply: Reply }> {
  const { caller, claim, progress } = owner
  const finishedMs = clock.monotonicMs()
  const settled = settledRowOf(run, { model, result, tookMs: finishedMs - startedMs })
  progress.times.provider = result.providerMs
  const reply = replyOf(settled)
  const said = result.ok
    ? { ...content, error: null }
    : { ...content, output: null, response: null, error: result.error }
  await ledger.settle(caller, settled, said, claim && keepingReplySteps(claim, reply))
  progress.times.settle = clock.monotonicMs() - finishedMs
  return { settled, reply }
}

/** The row of a run that has ended. */
function settledRowOf(
  run: OpenRun,
  { model, result, tookMs }: Pick<Ended, 'model' | 'result'> & { tookMs: number },
): SettledRun {
  const { usage, providerMs } = result
  const durationMs = Math.max(0, Math.round(tookMs))
  return {
    ...run,
    status: result.ok ? 'completed' : 'failed',
    duration_ms: durationMs,
    overhead_ms: Math.max(0, durationMs - Math.round(providerMs)),
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cached_tokens: usage.cachedTokens,
    cache_write_tokens: usage.cacheWriteTokens,
    tokens_estimated: usage.estimated ? 1 : 0,
    cost_micro_usd: model && costMicroUsd(model, usage),
    error_code: result.ok ? null : result.failure,
    lease_until: null,
  }
}
