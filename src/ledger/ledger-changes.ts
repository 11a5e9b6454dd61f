import type { TierLimits } from '../config/config.ts'
import type { Addition, Change, Reading, Step } from '../db/change-batch.ts'
import { dayOf, monthOf } from '../limits/period.ts'
import { holdMonth, takeCappedRun } from './cap-statements.ts'
import {
  addAgentStats,
  addDailyUsage,
  addKeyUsage,
  addMonthTokens,
  insertContent,
  insertKeptResponse,
  insertRun,
  NO_LIMIT,
  noteAgentRun,
  readMonth,
  settleRun,
  takeFirstRun,
  takeRun,
} from './ledger-statements.ts'
import { type OpenRun, type Recorded, type SettledRun, tokensOf } from './run-row.ts'

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
export function reservation(run: OpenRun, limits: Limits): Change {
  const additions = [dailyUsage(run, ONE_RUN_OF_DAY)]
  if (!limits.key) additions.push(keyUsage(run, ONE_RUN_OF_KEY))
  if (run.kind === 'run' && run.agent_id !== null) {
    additions.push({
      statement: noteAgentRun.name,
      key: { agent_id: run.agent_id },
      add: {},
      latest: { last_run: run.started_at },
    })
  }
  return {
    steps: [...guardSteps(run, limits), { statement: insertRun.name, params: run }],
    additions,
    reading: monthOfRun(run),
  }
}

/** The guard, and for a capped key its count at once: the guards of the same commit that follow have to see it. */
function guardSteps(run: OpenRun, { tenant, key }: Limits): Step[] {
  const runsLimit = tenant.runsPerMonth ?? NO_LIMIT
  const tokensLimit = tenant.tokensPerMonth ?? NO_LIMIT
  const of = { tenant_id: run.tenant_id, month: monthOf(run.started_at) }
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
  const { statement, key: row, add } = keyUsage(run, ONE_RUN_OF_KEY)
  return [
    { statement: holdMonth.name, params: of },
    { statement: takeCappedRun.name, otherwise, params },
    { statement, params: { ...row, ...add } },
  ]
}

/**
 * Completes the run, refused when it is settled already, and adds what it used to every total.
 *
 * @param recorded null where nothing is kept: the run looks like one whose content has expired
 */
export function settlement(run: SettledRun, recorded: Recorded | null): Change {
  const tokens = tokensOf(run)
  const cost = run.cost_micro_usd ?? 0
  const additions: Addition[] = [
    {
      statement: addMonthTokens.name,
      key: { tenant_id: run.tenant_id, month: monthOf(run.started_at) },
      add: { tokens },
    },
    dailyUsage(run, {
      runs: 0,
      failed_runs: run.status === 'failed' ? 1 : 0,
      input_tokens: run.input_tokens,
      output_tokens: run.output_tokens,
      cached_tokens: run.cached_tokens,
      cost_micro_usd: cost,
    }),
    keyUsage(run, { runs: 0, tokens, cost_micro_usd: cost }),
  ]
  if (run.kind === 'run' && run.agent_id !== null) additions.push(agentStats(run.agent_id, run))
  const steps: Step[] = [{ statement: settleRun.name, otherwise: 'refuse', params: run }]
  if (recorded) steps.push(...recordingSteps(run.id, recorded))
  return { steps, additions, reading: monthOfRun(run) }
}

function recordingSteps(run_id: string, { input, output, error, response }: Recorded): Step[] {
  const params = { run_id, input, output, error }
  const steps: Step[] = [{ statement: insertContent.name, params }]
  if (response) {
    steps.push({ statement: insertKeptResponse.name, params: { run_id, ...response } })
  }
  return steps
}

function monthOfRun({ tenant_id, started_at }: OpenRun): Reading {
  return { statement: readMonth.name, params: { tenant_id, month: monthOf(started_at) } }
}

const ONE_RUN_OF_DAY = {
  runs: 1,
  failed_runs: 0,
  input_tokens: 0,
  output_tokens: 0,
  cached_tokens: 0,
  cost_micro_usd: 0,
}

function dailyUsage(run: OpenRun, add: typeof ONE_RUN_OF_DAY): Addition {
  return {
    statement: addDailyUsage.name,
    key: { tenant_id: run.tenant_id, day: dayOf(run.started_at), model: run.model, kind: run.kind },
    add,
  }
}

const ONE_RUN_OF_KEY = { runs: 1, tokens: 0, cost_micro_usd: 0 }

function keyUsage(run: OpenRun, add: typeof ONE_RUN_OF_KEY): Addition {
  return {
    statement: addKeyUsage.name,
    key: { key_id: run.key_id, month: monthOf(run.started_at) },
    add,
  }
}

function agentStats(agent_id: string, run: SettledRun): Addition {
  return {
    statement: addAgentStats.name,
    key: { agent_id },
    add: {
      successful_runs: run.status === 'completed' ? 1 : 0,
      failed_runs: run.status === 'failed' ? 1 : 0,
      total_duration_ms: run.duration_ms ?? 0,
      total_tokens: tokensOf(run),
    },
  }
}
