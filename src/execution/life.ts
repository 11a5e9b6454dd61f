import type { Clock } from '../clock.ts'
import type { ModelConfig } from '../config/config.ts'
import { NO_USAGE } from '../form/answer.ts'
import { toAresError } from '../http/error-handler.ts'
import { keepingReplySteps } from '../idempotency/store.ts'
import { costMicroUsd } from '../ledger/cost.ts'
import type { Ledger } from '../ledger/ledger.ts'
import {
  type OpenRun,
  type Recorded,
  type SettledRun,
  type Spending,
  tokensOf,
} from '../ledger/run-row.ts'
import { ourFault } from './failed-call.ts'
import { type Flight, type InFlight, leaseLost } from './in-flight.ts'
import type { FailedRun, RunResult } from './metered-calls.ts'
import type { Owner } from './owner.ts'

/*
 * The life of a run, whoever asks and however it is answered: a place is taken, the run reserved, its work timed, the
 * run settled and answered from the settled row, the place freed. Nothing else does any of these.
 */

export interface LifeDeps {
  ledger: Ledger
  clock: Clock
  inFlight: InFlight
}

/** A run whose work may begin. */
export interface RunUnderWay {
  readonly run: OpenRun
  /** Aborts when its owner has gone, its lease is lost or the server stops. */
  readonly signal: AbortSignal
}

/** JSON texts of what was asked and answered. */
type Content = Omit<Recorded, 'error'>

/** What is executed, and what of it is recorded. `Result` is how the work ended. */
export interface Task<Result extends RunResult> {
  spending: Spending
  /** Whose prices count; null when the model is not configured any more. */
  model: ModelConfig | null
  contentOf(result: Result | FailedRun, run: OpenRun): Content
}

interface LifeParts<Result extends RunResult> {
  deps: LifeDeps
  owner: Owner
  task: Task<Result>
  flight: Flight
  run: OpenRun
  startedMs: number
}

/** One run from its place to its end. */
export class Life<Result extends RunResult> implements RunUnderWay {
  readonly run: OpenRun
  readonly flight: Flight
  readonly #parts: LifeParts<Result>

  private constructor(parts: LifeParts<Result>) {
    this.run = parts.run
    this.flight = parts.flight
    this.#parts = parts
  }

  /** @throws AresError as `InFlight.open` and `Ledger.reserve` */
  static async begin<Result extends RunResult>(
    deps: LifeDeps,
    owner: Owner,
    task: Task<Result>,
  ): Promise<Life<Result>> {
    const { caller, claim, gone, progress } = owner
    const { clock, inFlight, ledger } = deps
    const flight = inFlight.open({ tenantId: caller.tenantId, gone }, task.spending.provider)
    try {
      const startedMs = clock.monotonicMs()
      const lost = () => flight.stop(leaseLost)
      const run = await ledger.reserve(caller, task.spending, { claim, lost })
      progress.times.reserve = clock.monotonicMs() - startedMs
      return new Life({ deps, owner, task, flight, run, startedMs })
    } catch (error) {
      flight.land()
      throw error
    }
  }

  get signal(): AbortSignal {
    return this.flight.signal
  }

  /** What the work has thrown is our fault: the run has failed. @returns the same, for whoever asked */
  async breakOff(error: unknown): Promise<unknown> {
    const failed: FailedRun = { ...ourFault(error), usage: NO_USAGE, providerMs: 0 }
    await this.end(failed, () => toAresError(error))
    return error
  }

  /**
   * Settles, and frees the place however that goes.
   *
   * @param replyOf what the owner is answered, from the very row that is being written: an `AresError` where that is the
   *   answer, a string where JSON text is relayed
   * @returns the reply, once the row is committed
   * @throws AresError `storage_unavailable`
   */
  async end<Reply extends object | string>(
    result: Result | FailedRun,
    replyOf: (settled: SettledRun) => Reply,
  ): Promise<Reply> {
    const { deps, owner, task, startedMs } = this.#parts
    const { caller, claim, progress } = owner
    let tokens: number | null = null
    try {
      const said = saidIn(result, task.contentOf(result, this.run))
      const finishedMs = deps.clock.monotonicMs()
      const { model } = task
      const settled = settledRowOf(this.run, { model, result, tookMs: finishedMs - startedMs })
      progress.times.provider = result.providerMs
      const reply = replyOf(settled)
      await deps.ledger.settle(caller, settled, said, claim && keepingReplySteps(claim, reply))
      progress.times.settle = deps.clock.monotonicMs() - finishedMs
      tokens = tokensOf(settled)
      return reply
    } finally {
      this.flight.land()
      progress.finished(tokens)
    }
  }
}

/** Of a failure, nothing is kept but what was asked and the sentence. */
function saidIn(result: RunResult, { input, output, response = null }: Content): Recorded {
  return result.ok
    ? { input, output, response, error: null }
    : { input, output: null, response: null, error: result.error }
}

/** The row of a run that has ended. */
function settledRowOf(
  run: OpenRun,
  { model, result, tookMs }: { model: ModelConfig | null; result: RunResult; tookMs: number },
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
