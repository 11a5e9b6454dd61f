import type { Clock } from '../clock.ts'
import type { ModelConfig } from '../config/config.ts'
import type { Caller } from '../tenants/caller.ts'
import { costMicroUsd } from './cost.ts'
import type { Ledger } from './ledger.ts'
import type { OpenRun, Outcome, Spending } from './ledger-changes.ts'
import type { ConversationResult } from './tool-loop.ts'

/** A reserved run with its stopwatch. */
export interface StartedRun {
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
  caller: Caller,
  spending: Spending,
): Promise<StartedRun> {
  const startedMs = clock.monotonicMs()
  return { run: await ledger.reserve(caller, spending), startedMs }
}

/** Settles a run with how its conversation ended; what is returned was committed. @throws AresError `storage_unavailable` */
export async function finishRun(
  { ledger, clock }: SpendDeps,
  caller: Caller,
  { run, startedMs }: StartedRun,
  model: ModelConfig | null,
  result: ConversationResult,
  content: Content,
): Promise<Outcome> {
  const durationMs = Math.max(0, Math.round(clock.monotonicMs() - startedMs))
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
  await ledger.settle(caller, run, outcome)
  return outcome
}
