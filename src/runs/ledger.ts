import { hasNewThreshold, type MonthTotals, raiseQuotaAlerts } from '../alerts/quota-alerts.ts'
import type { Stamp } from '../audit/store.ts'
import type { Clock } from '../clock.ts'
import type { TierLimits } from '../config/config.ts'
import { toTimestamp } from '../db/columns.ts'
import type { Db } from '../db/tables.ts'
import type { Addition, Change, Writer } from '../db/writer.ts'
import { AresError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { TokenUsage } from '../providers/provider.ts'
import type { Caller } from '../tenants/caller.ts'
import { dayOf, monthOf, secondsToNextPeriod } from '../usage/period.ts'
import { findMonth } from '../usage/store.ts'
import {
  addAgentStats,
  addDailyUsage,
  addKeyUsage,
  addMonthTokens,
  insertContent,
  insertRun,
  NO_LIMIT,
  noteAgentRun,
  settleRun,
  takeRun,
} from './ledger-statements.ts'

/*
 * The one way to spend: reserve, then the provider, then settle, each exactly once.
 *
 * reserve  takes a run out of the month's quota and writes the run as `running`, or refuses and writes nothing
 * settle   completes the run and adds what it used to every total; also for failures, aborts and crashes
 *
 * Totals are maintained rows, so they always equal what adding up the runs would give (`ares check --database`).
 */

export type RunKind = 'run' | 'chat'

/** What is about to be spent on. */
export interface Spending {
  kind: RunKind
  /** The agent that is run, or whose prompt a chat uses. */
  agent: { id: string; version: number } | null
  model: string
  provider: string
}

/** A reserved run. Plain data, so that a restart can settle what a crash left open. */
export interface OpenRun extends Spending {
  id: string
  tenantId: string
  keyId: string
  startedAt: string
}

/** How a run ended. `usage` is the sum over all its provider calls. */
export interface Outcome {
  status: 'completed' | 'failed'
  /** JSON text; null when it is not known (interrupted runs). */
  input: string | null
  /** JSON text; null for failed runs. */
  output: string | null
  error: string | null
  errorCode: string | null
  usage: TokenUsage
  costMicroUsd: number | null
  durationMs: number
  /** Time spent outside of provider calls. */
  overheadMs: number
}

export interface LedgerDeps {
  writer: Writer
  db: Db
  clock: Clock
  newId: () => string
  log: Log
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
   * @throws AresError `quota_runs_exceeded`, `quota_tokens_exceeded`, `storage_unavailable`; then nothing was written
   */
  async reserve(caller: Caller, spending: Spending): Promise<OpenRun> {
    const { clock, newId, writer, nodeId } = this.#deps
    const now = clock.now()
    const run: OpenRun = {
      ...spending,
      id: newId(),
      tenantId: caller.tenantId,
      keyId: caller.keyId,
      startedAt: toTimestamp(now),
    }
    const leaseUntil = toTimestamp(new Date(now.getTime() + LEASE_MS))
    const result = await writer.submit(reservation(run, caller.limits, { nodeId, leaseUntil }))
    if (result.refused) throw await this.#refusal(caller, run.startedAt)
    const { runs, tokens } = result.rows[0] as { runs: number; tokens: number }
    caller.used = { runs, tokens }
    return run
  }

  /**
   * Records how a run ended. When the storage refuses, the record is kept and tried again until it is taken.
   *
   * @throws AresError `storage_unavailable`; the run is not lost, but nothing may be answered as done
   */
  async settle(caller: Caller, run: OpenRun, outcome: Outcome): Promise<void> {
    const attempt = () => this.#settleNow(caller, run, outcome)
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
    await this.#deps.writer.submit(settlement(run, outcome))
  }

  /** A last attempt at what the storage refused; for the shutdown. */
  async flush(): Promise<void> {
    clearTimeout(this.#retry)
    await this.#retryUnsettled()
  }

  async #settleNow(caller: Caller, run: OpenRun, outcome: Outcome): Promise<void> {
    const result = await this.#deps.writer.submit(settlement(run, outcome))
    if (result.refused) return
    const totals = result.totals[0] as MonthTotals
    caller.used = { runs: totals.runs, tokens: totals.tokens }
    if (hasNewThreshold(caller.limits, totals)) await this.#raiseAlerts(caller, run)
  }

  async #raiseAlerts(caller: Caller, run: OpenRun): Promise<void> {
    const { writer, clock, newId, log } = this.#deps
    const stamp: Stamp = { newId, now: toTimestamp(clock.now()) }
    const month = monthOf(run.startedAt)
    try {
      await writer.transaction((trx) =>
        raiseQuotaAlerts(trx, stamp, { ...caller, month }, caller.limits),
      )
    } catch (error) {
      // The next settled run finds the threshold still unreported and raises it.
      log.error('quota alert was not written', { tenant: caller.tenantName }, error)
    }
  }

  async #refusal(caller: Caller, startedAt: string): Promise<AresError> {
    const used = await findMonth(this.#deps.db, caller.tenantId, monthOf(startedAt))
    caller.used = used
    const retryAfterS = secondsToNextPeriod(startedAt)
    const { runsPerMonth, tokensPerMonth } = caller.limits
    if (runsPerMonth !== null && used.runs >= runsPerMonth) {
      return new AresError('quota_runs_exceeded', 'The run quota of this month is used up.', {
        retryAfterS,
      })
    }
    if (tokensPerMonth !== null && used.tokens >= tokensPerMonth) {
      return new AresError('quota_tokens_exceeded', 'The token quota of this month is used up.', {
        retryAfterS,
      })
    }
    return new AresError('unauthorized', 'The API key is not valid.')
  }

  #scheduleRetry(): void {
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => void this.#retryUnsettled(), RETRY_MS)
    this.#retry.unref()
  }

  async #retryUnsettled(): Promise<void> {
    for (const attempt of this.#unsettled) {
      try {
        await attempt()
        this.#unsettled.delete(attempt)
      } catch (error) {
        this.#deps.log.error(
          'a finished run could not be recorded yet',
          { waiting: this.#unsettled.size },
          error,
        )
        this.#scheduleRetry()
        return
      }
    }
  }
}

function reservation(
  run: OpenRun,
  limits: TierLimits,
  { nodeId, leaseUntil }: { nodeId: string; leaseUntil: string },
): Change {
  const month = monthOf(run.startedAt)
  const additions = [dailyUsage(run, { runs: 1 }), keyUsage(run, { runs: 1 })]
  if (run.kind === 'run' && run.agent) {
    additions.push({
      statement: noteAgentRun.name,
      key: { agent_id: run.agent.id },
      add: {},
      latest: { last_run: run.startedAt },
    })
  }
  return {
    steps: [
      {
        statement: takeRun.name,
        guard: true,
        params: {
          tenant_id: run.tenantId,
          month,
          runs_limit: limits.runsPerMonth ?? NO_LIMIT,
          tokens_limit: limits.tokensPerMonth ?? NO_LIMIT,
        },
      },
      {
        statement: insertRun.name,
        params: {
          id: run.id,
          tenant_id: run.tenantId,
          kind: run.kind,
          agent_id: run.agent?.id ?? null,
          agent_version: run.agent?.version ?? null,
          key_id: run.keyId,
          model: run.model,
          provider: run.provider,
          started_at: run.startedAt,
          node_id: nodeId,
          lease_until: leaseUntil,
        },
      },
    ],
    additions,
  }
}

function settlement(run: OpenRun, outcome: Outcome): Change {
  const { usage } = outcome
  const cost = outcome.costMicroUsd ?? 0
  const tokens = usage.inputTokens + usage.outputTokens
  const failed = outcome.status === 'failed' ? 1 : 0
  const month = monthOf(run.startedAt)
  const additions: Addition[] = [
    {
      statement: addMonthTokens.name,
      key: { tenant_id: run.tenantId, month },
      add: { tokens },
    },
    dailyUsage(run, {
      failed_runs: failed,
      input_tokens: usage.inputTokens,
      output_tokens: usage.outputTokens,
      cached_tokens: usage.cachedTokens,
      cost_micro_usd: cost,
    }),
    keyUsage(run, { tokens, cost_micro_usd: cost }),
  ]
  if (run.kind === 'run' && run.agent) additions.push(agentStats(run.agent.id, outcome))
  return {
    steps: [
      {
        statement: settleRun.name,
        guard: true,
        params: {
          id: run.id,
          status: outcome.status,
          duration_ms: outcome.durationMs,
          overhead_ms: outcome.overheadMs,
          input_tokens: usage.inputTokens,
          output_tokens: usage.outputTokens,
          cached_tokens: usage.cachedTokens,
          tokens_estimated: usage.estimated ? 1 : 0,
          cost_micro_usd: outcome.costMicroUsd,
          error_code: outcome.errorCode,
        },
      },
      {
        statement: insertContent.name,
        params: {
          run_id: run.id,
          input: outcome.input,
          output: outcome.output,
          error: outcome.error,
        },
      },
    ],
    additions,
  }
}

const NO_DAILY_USAGE = {
  runs: 0,
  failed_runs: 0,
  input_tokens: 0,
  output_tokens: 0,
  cached_tokens: 0,
  cost_micro_usd: 0,
}

function dailyUsage(run: OpenRun, add: Partial<typeof NO_DAILY_USAGE>): Addition {
  return {
    statement: addDailyUsage.name,
    key: { tenant_id: run.tenantId, day: dayOf(run.startedAt), model: run.model, kind: run.kind },
    add: { ...NO_DAILY_USAGE, ...add },
  }
}

const NO_KEY_USAGE = { runs: 0, tokens: 0, cost_micro_usd: 0 }

function keyUsage(run: OpenRun, add: Partial<typeof NO_KEY_USAGE>): Addition {
  return {
    statement: addKeyUsage.name,
    key: { key_id: run.keyId, month: monthOf(run.startedAt) },
    add: { ...NO_KEY_USAGE, ...add },
  }
}

function agentStats(agentId: string, { status, usage, durationMs }: Outcome): Addition {
  return {
    statement: addAgentStats.name,
    key: { agent_id: agentId },
    add: {
      successful_runs: status === 'completed' ? 1 : 0,
      failed_runs: status === 'failed' ? 1 : 0,
      total_duration_ms: durationMs,
      total_tokens: usage.inputTokens + usage.outputTokens,
    },
  }
}
