import { AresError, found } from '../errors.ts'
import { AGENT_PLACES, checkDemands } from '../agents/config.ts'
import { findAgent, type Agent } from '../agents/store.ts'
import type { AgentConfig } from '../config/config.ts'
import type { StatementReader } from '../db/statements.ts'
import type { Catalog } from '../providers/catalog.ts'
import type { Caller } from '../tenants/caller.ts'
import type { ToolCatalog } from '../tools/catalog.ts'
import type { InFlight } from './in-flight.ts'
import type { OpenRun, Outcome } from './ledger-changes.ts'
import { toOutput } from './output.ts'
import { toMessages } from './prompt.ts'
import { type Run, type RunInput, toRun } from './schema.ts'
import { finishRun, type SpendDeps, startRun } from './spend.ts'
import { type ConversationResult, converse, type ToolLoopDeps } from './tool-loop.ts'

export interface RunAgentDeps extends SpendDeps, ToolLoopDeps {
  reads: StatementReader
  catalog: Catalog
  tools: ToolCatalog
  inFlight: InFlight
}

export type RunAgent = (
  caller: Caller,
  name: string,
  input: RunInput,
  client: AbortSignal,
) => Promise<Run>

/**
 * Runs the caller's agent: reserve, converse, settle. A failure of the agent is a run that failed, not an error.
 *
 * @throws AresError `not_found`, `agent_paused`, `quota_…_exceeded`, `storage_unavailable`
 * Source: V1 Client API, "Run an Agent".
 */
export function createRunAgent(deps: RunAgentDeps): RunAgent {
  return async (caller, name, input, client) => {
    const agent = found(await findAgent(deps.reads, caller.tenantId, name), 'agent')
    if (agent.status === 'paused') throw new AresError('agent_paused', 'This agent is paused.')
    const flight = deps.inFlight.open(client)
    try {
      return await spendOn(deps, caller, agent, input, flight.signal)
    } finally {
      flight.land()
    }
  }
}

async function spendOn(
  deps: RunAgentDeps,
  caller: Caller,
  agent: Agent,
  input: RunInput,
  signal: AbortSignal,
): Promise<Run> {
  const { model } = agent.config
  const entry = deps.catalog.find(model)
  const started = await startRun(deps, caller, {
    kind: 'run',
    agent: { id: agent.id, version: agent.version },
    model,
    provider: entry?.providerName ?? '',
  })
  const result = await execute(deps, agent, input, signal)
  const outcome = await finishRun(deps, caller, started, entry?.model ?? null, result, {
    input: JSON.stringify(input),
    output: result.ok ? JSON.stringify(toOutput(result.text)) : null,
  })
  return toRun(asRow(started.run, outcome))
}

async function execute(
  deps: RunAgentDeps,
  { config }: Agent,
  input: RunInput,
  signal: AbortSignal,
): Promise<ConversationResult> {
  const entry = deps.catalog.find(config.model)
  const misfit = misfitOf(deps.catalog, config)
  if (!entry || misfit) return notConfigured(misfit ?? '')
  return converse(
    deps,
    {
      entry,
      messages: toMessages(config.system_prompt, input.message, input.context),
      tools: deps.tools.select(config.tools ?? []),
      maxTokens: config.max_tokens,
      temperature: config.temperature,
      topP: config.top_p,
    },
    signal,
  )
}

/** Why the model can no longer do what the agent asks: the operator has taken it out or changed it since. */
function misfitOf(catalog: Catalog, config: AgentConfig): string | undefined {
  try {
    checkDemands(catalog, config, AGENT_PLACES)
    return undefined
  } catch (error) {
    if (error instanceof AresError) return error.message
    throw error
  }
}

function notConfigured(error: string): ConversationResult {
  return {
    ok: false,
    failure: 'not_configured',
    error,
    usage: { inputTokens: 0, outputTokens: 0, cachedTokens: 0, estimated: false },
    providerMs: 0,
  }
}

/** The settled run as the database now has it. */
function asRow(run: OpenRun, outcome: Outcome) {
  return {
    id: run.id,
    agent_id: run.agent?.id ?? null,
    status: outcome.status,
    model: run.model,
    started_at: run.startedAt,
    duration_ms: outcome.durationMs,
    overhead_ms: outcome.overheadMs,
    input_tokens: outcome.usage.inputTokens,
    output_tokens: outcome.usage.outputTokens,
    tokens_estimated: outcome.usage.estimated ? 1 : 0,
    input: outcome.input,
    output: outcome.output,
    error: outcome.error,
  }
}
