import type { TierLimits } from '../config/config.ts'
import type { Addition, Change, Reading, Step } from '../db/change-batch.ts'
import type { TokenUsage } from '../providers/provider.ts'
import { dayOf, monthOf } from '../limits/period.ts'
import { takeCappedRun } from './cap-statements.ts'
import {
  addAgentStats,
  addDailyUsage,
  addKeyUsage,
  addMonthTokens,
  insertContent,
  insertRun,
  NO_LIMIT,
  noteAgentRun,
  readMonth,
  settleRun,
  takeFirstRun,
  takeRun,
} from './ledger-statements.ts'

export type RunKind = 'run' | 'chat' | 'completion' | 'message' | 'response' | 'embedding'

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

/** What quotas and answers count: all tokens, read and written. */
export function tokensUsed({ usage }: Pick<Outcome, 'usage'>): number {
  return usage.inputTokens + usage.outputTokens
}

/** What a reservation is held against. */
export interface Limits {
  tenant: TierLimits
  /** Caps of the key; null for one without. */
  key: KeyCaps | null
}

/** Null is no limit. Counted over the key's family, see `ApiKeysTable.family_id`. */
export interface KeyCaps {
  familyId: string
  runsPerMonth: number | null
  tokensPerMonth: number | null
}

/** Takes a run out of the month, refused as a whole at a limit, and writes it as running. */
export function reservation(
  run: OpenRun,
  limits: Limits,
  { nodeId, leaseUntil }: { nodeId: string; leaseUntil: string },
): Change {
  const additions = [dailyUsage(run, { runs: 1 })]
  if (!limits.key) additions.push(keyUsage(run, { runs: 1 }))
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
      ...guardSteps(run, limits),
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
    reading: monthOfRun(run),
  }
}

/** The guard, and for a capped key its count at once: the guards of the same commit that follow have to see it. */
function guardSteps(run: OpenRun, { tenant, key }: Limits): Step[] {
  const runsLimit = tenant.runsPerMonth ?? NO_LIMIT
  const tokensLimit = tenant.tokensPerMonth ?? NO_LIMIT
  const of = { tenant_id: run.tenantId, month: monthOf(run.startedAt) }
  const otherwise = { statement: takeFirstRun.name }
  if (!key) {
    const params = { ...of, runs_limit: runsLimit, tokens_limit: tokensLimit }
    return [{ statement: takeRun.name, otherwise, params }]
  }
  const keyRunsLimit = key.runsPerMonth ?? NO_LIMIT
  const keyTokensLimit = key.tokensPerMonth ?? NO_LIMIT
  const params = {
    ...of,
    // For the first run of a month, when nothing is spent on either.
    runs_limit: Math.min(runsLimit, keyRunsLimit),
    tokens_limit: Math.min(tokensLimit, keyTokensLimit),
    tenant_runs_limit: runsLimit,
    tenant_tokens_limit: tokensLimit,
    family_id: key.familyId,
    key_runs_limit: keyRunsLimit,
    key_tokens_limit: keyTokensLimit,
  }
  const { statement, key: row, add } = keyUsage(run, { runs: 1 })
  return [
    { statement: takeCappedRun.name, otherwise, params },
    { statement, params: { ...row, ...add } },
  ]
}

/**
 * Completes the run, refused when it is settled already, and adds what it used to every total.
 *
 * @param options without its content, the run looks like one whose content has expired
 */
export function settlement(
  run: OpenRun,
  outcome: Outcome,
  { keepsContent }: { keepsContent: boolean },
): Change {
  const { usage } = outcome
  const cost = outcome.costMicroUsd ?? 0
  const tokens = tokensUsed(outcome)
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
        otherwise: 'refuse',
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
      ...(keepsContent ? [contentOf(run, outcome)] : []),
    ],
    additions,
    reading: monthOfRun(run),
  }
}

function contentOf({ id }: OpenRun, { input, output, error }: Outcome): Step {
  return { statement: insertContent.name, params: { run_id: id, input, output, error } }
}

function monthOfRun({ tenantId, startedAt }: OpenRun): Reading {
  return {
    statement: readMonth.name,
    params: { tenant_id: tenantId, month: monthOf(startedAt) },
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

function agentStats(agentId: string, outcome: Outcome): Addition {
  const { status, durationMs } = outcome
  return {
    statement: addAgentStats.name,
    key: { agent_id: agentId },
    add: {
      successful_runs: status === 'completed' ? 1 : 0,
      failed_runs: status === 'failed' ? 1 : 0,
      total_duration_ms: durationMs,
      total_tokens: tokensUsed(outcome),
    },
  }
}
