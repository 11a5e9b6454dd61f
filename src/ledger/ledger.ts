import { hasNewThreshold, raiseQuotaAlerts } from '../alerts/quota-alerts.ts'
import { hasCap } from '../caller/powers.ts'
import type { Config, TierLimits } from '../config/config.ts'
import type { Change, Step } from '../db/change-batch.ts'
import { change, type ChangeDeps } from '../db/changes.ts'
import { toTimestamp } from '../db/columns.ts'
import type { StatementReader } from '../db/statements.ts'
import { AresError } from '../errors.ts'
import type { Claim } from '../idempotency/claim.ts'
import { takingSteps } from '../idempotency/store.ts'
import type { Log } from '../log.ts'
import type { DiskWatch } from '../retention/disk-watch.ts'
import type { Caller } from '../caller/caller.ts'
import { monthOf, secondsToNextPeriod } from '../limits/period.ts'
import { findMonth, type MonthTotals, type MonthUse } from '../usage/store.ts'
import {
  type Limits,
  type OpenRun,
  type Outcome,
  reservation,
  settlement,
  type Spending,
} from './ledger-changes.ts'
import { readFamilyMonth } from './cap-statements.ts'

/*
 * The one way to spend: reserve, then the provider, then settle, each exactly once.
 *
 * reserve  takes a run out of the month's quota and writes the run as `running`, or refuses and writes nothing
 * settle   completes the run and adds what it used to every total; also for failures, aborts and crashes
 *
 * Totals are maintained rows, so they always equal what adding up the runs would give (`ares check --database`).
 */

export interface LedgerDeps extends ChangeDeps {
  config: Pick<Config, 'retention' | 'tiers'>
  reads: StatementReader
  log: Log
  disk: Pick<DiskWatch, 'level' | 'requireRoom'>
  nodeId: string
}

/** After this long without settling, a run's owner is presumed dead. Matters only where several nodes share a database. */
const LEASE_MS = 2 * 3600 * 1000
/** Between attempts to record what a full disk refused. */
const RETRY_MS = 1000

export class Ledger {
  readonly #deps: LedgerDeps
  /** Settlements that the storage refused; kept until it takes them, for their tokens are spent. */
  readonly #unsettled = new Set<() => Promise<void>>()
  #retry: ReturnType<typeof setTimeout> | undefined

  constructor(deps: LedgerDeps) {
    this.#deps = deps
  }

  /**
   * Starts a run for the caller, who is brought up to date with the tenant's new totals.
   *
   * @param claim its key is taken with the run
   * @throws AresError `quota_runs_exceeded`, `quota_tokens_exceeded`, `overloaded`, `storage_unavailable`, and what the
   *   driver says of a key that is taken already; then nothing was written
   */
  async reserve(caller: Caller, spending: Spending, claim?: Claim): Promise<OpenRun> {
    const { clock, newId, writer, disk, nodeId } = this.#deps
    disk.requireRoom()
    const now = clock.now()
    const run: OpenRun = {
      ...spending,
      id: newId(),
      tenantId: caller.tenantId,
      keyId: caller.keyId,
      startedAt: toTimestamp(now),
    }
    const leaseUntil = toTimestamp(new Date(now.getTime() + LEASE_MS))
    const reserved = reservation(run, limitsOf(caller), { nodeId, leaseUntil })
    if (claim) reserved.steps.push(...takingSteps(claim, run))
    const result = await writer.submit(reserved, 'refuse')
    if (result.refused) throw await this.#refusal(caller, run.startedAt)
    bringUpToDate(caller, result.row as MonthTotals)
    return run
  }

  /**
   * Records how a run ended. When the storage refuses, the record is kept and tried again until it is taken.
   *
   * @param more what is written in the same commit
   * @throws AresError `storage_unavailable`; the run is not lost, but nothing may be answered as done
   */
  async settle(caller: Caller, run: OpenRun, outcome: Outcome, more: Step[] = []): Promise<void> {
    const settled = this.#settlement(run, outcome)
    settled.steps.push(...more)
    const attempt = () => this.#settleNow(caller, run, settled)
    try {
      await attempt()
    } catch (error) {
      this.#unsettled.add(attempt)
      this.#scheduleRetry()
      throw error
    }
  }

  /** Settles a run that its owner left open. */
  async settleInterrupted(run: OpenRun, outcome: Outcome): Promise<void> {
    await this.#deps.writer.submit(this.#settlement(run, outcome))
  }

  /** A last attempt at what the storage refused; for the shutdown. */
  async flush(): Promise<void> {
    clearTimeout(this.#retry)
    await this.#retryUnsettled()
  }

  #settlement(run: OpenRun, outcome: Outcome): Change {
    const { config, disk } = this.#deps
    const keepsContent = config.retention.contentDays > 0 && disk.level === 'enough'
    return settlement(run, outcome, { keepsContent })
  }

  async #settleNow(caller: Caller, run: OpenRun, settled: Change): Promise<void> {
    const result = await this.#deps.writer.submit(settled)
    if (result.refused) return
    const totals = result.row as MonthTotals
    bringUpToDate(caller, totals)
    if (hasNewThreshold(this.#deps.config.tiers, totals)) await this.#raiseAlerts(run)
  }

  async #raiseAlerts({ tenantId, startedAt }: OpenRun): Promise<void> {
    const { config, log } = this.#deps
    const of = { tenantId, month: monthOf(startedAt) }
    try {
      await change(this.#deps, (trx, stamp) => raiseQuotaAlerts(trx, stamp, of, config.tiers))
    } catch (error) {
      // The next settled run finds the threshold still untold and raises it.
      log.error('quota alert was not written', { tenant_id: tenantId }, error)
    }
  }

  async #refusal(caller: Caller, startedAt: string): Promise<AresError> {
    const month = monthOf(startedAt)
    const used = await findMonth(this.#deps.reads, caller.tenantId, month)
    caller.used = used
    const { tenant, key } = limitsOf(caller)
    const spent =
      key && (await this.#deps.reads.get(readFamilyMonth, { family_id: key.familyId, month }))
    return (
      quotaError(tenant, used, 'The', startedAt) ??
      (key && spent && quotaError(key, spent, 'This API key’s own', startedAt)) ??
      new AresError('unauthorized', 'The API key is not valid.')
    )
  }

  #scheduleRetry(): void {
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => void this.#retryUnsettled(), RETRY_MS)
    this.#retry.unref()
  }

  async #retryUnsettled(): Promise<void> {
    const failures = await Promise.all(
      [...this.#unsettled].map((attempt) => this.#retryOne(attempt)),
    )
    const failure = failures.find((error) => error !== undefined)
    if (failure === undefined) return
    const waiting = this.#unsettled.size
    this.#deps.log.error('finished runs could not be recorded yet', { waiting }, failure)
    this.#scheduleRetry()
  }

  /** Why it failed again; undefined when it is recorded now. One that never will be must not keep the others. */
  async #retryOne(attempt: () => Promise<void>): Promise<unknown> {
    try {
      await attempt()
      this.#unsettled.delete(attempt)
      return undefined
    } catch (error) {
      return error
    }
  }
}

function bringUpToDate(caller: Caller, { runs, tokens }: MonthTotals): void {
  caller.used = { runs, tokens }
}

function limitsOf({ limits, powers, familyId }: Caller): Limits {
  const isCapped = powers !== null && hasCap(powers)
  return { tenant: limits, key: isCapped ? { ...powers, familyId } : null }
}

type MonthLimits = Pick<TierLimits, 'runsPerMonth' | 'tokensPerMonth'>

/** Which limit is reached; null when none is. */
function quotaError(
  { runsPerMonth, tokensPerMonth }: MonthLimits,
  used: MonthUse,
  whose: string,
  startedAt: string,
): AresError | null {
  const options = { retryAfterS: secondsToNextPeriod(startedAt) }
  if (runsPerMonth !== null && used.runs >= runsPerMonth) {
    const sentence = `${whose} run quota of this month is used up.`
    return new AresError('quota_runs_exceeded', sentence, options)
  }
  if (tokensPerMonth !== null && used.tokens >= tokensPerMonth) {
    const sentence = `${whose} token quota of this month is used up.`
    return new AresError('quota_tokens_exceeded', sentence, options)
  }
  return null
}
