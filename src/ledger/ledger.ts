import { hasNewThreshold, raiseQuotaAlerts } from '../alerts/quota-alerts.ts'
import { hasCap } from '../caller/powers.ts'
import type { Config, TierLimits } from '../config/config.ts'
import type { Change, ChangeResult, Step } from '../db/change-batch.ts'
import { change, type ChangeDeps } from '../db/changes.ts'
import { toTimestamp } from '../db/columns.ts'
import type { StatementReader } from '../db/statements.ts'
import { AresError } from '../errors.ts'
import type { Claim } from '../idempotency/claim.ts'
import { takingSteps } from '../idempotency/store.ts'
import type { Log } from '../log.ts'
import type { DiskWatch } from '../retention/disk-watch.ts'
import { keepsContents } from '../retention/keeps-contents.ts'
import type { Caller, MonthUse } from '../caller/caller.ts'
import { monthOf, secondsToNextPeriod } from '../limits/period.ts'
import { findMonth, type MonthTotals } from '../usage/store.ts'
import { readFamilyMonth } from './cap-statements.ts'
import { type Limits, reservation, settlement } from './ledger-changes.ts'
import type { Leases } from './leases.ts'
import type { OpenRun, Recorded, SettledRun, Spending } from './run-row.ts'

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
  leases: Leases
}

/** Between attempts to record what a full disk refused. */
const RETRY_MS = 1000

export interface ReserveOptions {
  /** Its key is taken with the run. */
  claim?: Claim | undefined
  /** Called when somebody else has taken the run for abandoned. */
  lost: () => void
}

export class Ledger {
  readonly #deps: LedgerDeps
  /** Settlements that the storage refused; kept until it takes them, for their tokens are spent. */
  readonly #unsettled = new Set<() => Promise<boolean>>()
  #retry: ReturnType<typeof setTimeout> | undefined

  constructor(deps: LedgerDeps) {
    this.#deps = deps
  }

  /**
   * Starts a run for the caller, who is brought up to date with the tenant's new totals. It is committed, and need not be
   * `durable` yet: nobody may hear of it before. Its lease is renewed until it is settled.
   *
   * @throws AresError `quota_runs_exceeded`, `quota_tokens_exceeded`, `overloaded`, `storage_unavailable`, and what the
   *   driver says of a key that is taken already; then nothing was written
   */
  async reserve(
    caller: Caller,
    spending: Spending,
    { claim, lost }: ReserveOptions,
  ): Promise<OpenRun> {
    const { clock, newId, writer, disk, leases } = this.#deps
    disk.requireRoom()
    const run: OpenRun = {
      ...spending,
      id: newId(),
      tenant_id: caller.tenantId,
      key_id: caller.keyId,
      started_at: toTimestamp(clock.now()),
      ...leases.next(),
    }
    const reserved = reservation(run, limitsOf(caller))
    if (claim) reserved.steps.push(...takingSteps(claim, run))
    // Its settlement, which is answered, makes it durable too.
    const result = await writer.submit(reserved, 'refuse', 'committed')
    if (result.refused) throw await this.#refusal(caller, run.started_at)
    leases.hold(run, lost)
    bringUpToDate(caller, result)
    return run
  }

  /**
   * Records how a run ended. When the storage refuses, the record is kept and tried again until it is taken.
   *
   * @param more what is written in the same commit
   * @throws AresError `storage_unavailable`: nothing may be answered as done. Either the run is recorded later, or
   *   somebody else has, who took its owner for dead
   */
  async settle(
    caller: Caller,
    run: SettledRun,
    content: Recorded,
    more: Step[] = [],
  ): Promise<void> {
    const settled = this.#settlement(run, content)
    settled.steps.push(...more)
    const attempt = () => this.#settleNow(caller, run, settled)
    let isRecorded: boolean
    try {
      isRecorded = await attempt()
    } catch (error) {
      this.#unsettled.add(attempt)
      this.#scheduleRetry()
      throw error
    }
    if (!isRecorded) throw settledElsewhere()
  }

  /** Resolves once every run that is reserved by now is on the disk. @throws AresError `storage_unavailable` */
  durable(): Promise<void> {
    return this.#deps.writer.durable()
  }

  /** Settles a run that its owner left open; one that is settled by now is left as it is. */
  async settleOrphan(run: SettledRun, content: Recorded): Promise<void> {
    await this.#deps.writer.submit(this.#settlement(run, content))
  }

  /** A last attempt at what the storage refused; for the shutdown. */
  async flush(): Promise<void> {
    clearTimeout(this.#retry)
    await this.#retryUnsettled()
  }

  #settlement(run: SettledRun, content: Recorded): Change {
    return settlement(run, keepsContents(this.#deps) ? content : null)
  }

  /** False when the run is settled already. */
  async #settleNow(caller: Caller, run: SettledRun, settled: Change): Promise<boolean> {
    const { config, leases, writer } = this.#deps
    const result = await writer.submit(settled)
    leases.release(run)
    if (result.refused) return false
    const totals = bringUpToDate(caller, result)
    if (hasNewThreshold(config.tiers, totals)) await this.#raiseAlerts(run)
    return true
  }

  async #raiseAlerts({ tenant_id: tenantId, started_at }: OpenRun): Promise<void> {
    const { config, log } = this.#deps
    const of = { tenantId, month: monthOf(started_at) }
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
  async #retryOne(attempt: () => Promise<boolean>): Promise<unknown> {
    try {
      await attempt()
      this.#unsettled.delete(attempt)
      return undefined
    } catch (error) {
      return error
    }
  }
}

/** The month as the commit has left it. */
function bringUpToDate(caller: Caller, result: Extract<ChangeResult, { refused: false }>) {
  const totals = result.row as MonthTotals
  caller.used = { runs: totals.runs, tokens: totals.tokens }
  return totals
}

function settledElsewhere(): AresError {
  return new AresError('storage_unavailable', 'The run was given up before it could be recorded.')
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
