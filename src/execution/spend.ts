import type { Clock } from '../clock.ts'
import type { ModelConfig } from '../config/config.ts'
import type { PhaseTimes } from '../http/server-timing.ts'
import type { Claim } from '../idempotency/claim.ts'
import { answeringSteps } from '../idempotency/store.ts'
import type { Caller } from '../caller/caller.ts'
import { costMicroUsd } from '../ledger/cost.ts'
import type { FailedCall } from './failed-call.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { OpenRun, Outcome, Spending } from '../ledger/ledger-changes.ts'
import type { Spent } from './tool-loop.ts'

/** Whose run it is, and who wants to know where the time goes. */
export interface Spender {
  caller: Caller
  times: PhaseTimes
  /** Of a request with an `Idempotency-Key`. */
  claim?: Claim | undefined
}

/** A reserved run with its stopwatch. */
export interface StartedRun extends Spender {
  run: OpenRun
  startedMs: number
}

/** What a conversation said, as it is kept. JSON text. */
export interface Content {
  input: string
  output: string | null
}

export interface SpendDeps {
  ledger: Ledger
  clock: Clock
}

/** Reserves a run and starts its stopwatch. @throws AresError as `Ledger.reserve` */
export async function startRun(
  { ledger, clock }: SpendDeps,
  { caller, times, claim }: Spender,
  spending: Spending,
): Promise<StartedRun> {
  const startedMs = clock.monotonicMs()
  const run = await ledger.reserve(caller, spending, claim)
  times.reserve = clock.monotonicMs() - startedMs
  return { run, startedMs, caller, times, claim }
}

/** What is recorded of how a run's calls ended. */
export type RunResult = Spent & ({ ok: true } | FailedCall)

/** How a run ended. */
export interface Ended<Reply> {
  model: ModelConfig | null
  result: RunResult
  content: Content
  /** What the caller is answered; an `AresError` where that is the answer, a string where JSON text is relayed. */
  replyOf: (outcome: Outcome) => Reply
}

/** Settles a run with how its conversation ended; the reply that is returned was committed. @throws AresError `storage_unavailable` */
export async function finishRun<Reply extends object | string>(
  { ledger, clock }: SpendDeps,
  { run, startedMs, caller, times, claim }: StartedRun,
  { model, result, content, replyOf }: Ended<Reply>,
): Promise<Reply> {
  const finishedMs = clock.monotonicMs()
  const durationMs = Math.max(0, Math.round(finishedMs - startedMs))
  const outcome: Outcome = {
    status: result.ok ? 'completed' : 'failed',
    input: content.input,
    output: result.ok ? content.output : null,
    error: result.ok ? null : result.error,
    errorCode: result.ok ? null : result.failure,
    usage: result.usage,
    costMicroUsd: model && costMicroUsd(model, result.usage),
    durationMs,
    overheadMs: Math.max(0, durationMs - Math.round(result.providerMs)),
  }
  times.provider = result.providerMs
  const reply = replyOf(outcome)
  await ledger.settle(caller, run, outcome, claim && answeringSteps(claim, reply))
  times.settle = clock.monotonicMs() - finishedMs
  return reply
}
