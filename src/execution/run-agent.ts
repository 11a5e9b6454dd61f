import { AresError, found } from '../errors.ts'
import { AGENT_PLACES, checkDemands } from '../agents/config.ts'
import { type AgentProfile, findProfile } from '../agents/store.ts'
import { requireAgent, requireModel } from '../caller/require.ts'
import type { AgentConfig } from '../config/config.ts'
import type { StatementReader } from '../db/statements.ts'
import type { Catalog, CatalogEntry } from '../providers/catalog.ts'
import type { ToolCatalog } from '../tools/catalog.ts'
import type { InFlight } from './in-flight.ts'
import type { OpenRun, Outcome } from '../ledger/ledger-changes.ts'
import { toOutput } from './output.ts'
import { toMessages } from './prompt.ts'
import { type Run, type RunInput, runOf } from '../runs/schema.ts'
import { finishRun, type SpendDeps, type Spender, startRun } from './spend.ts'
import { type ConversationResult, converse, type ToolLoopDeps } from './tool-loop.ts'

export interface RunAgentDeps extends SpendDeps, ToolLoopDeps {
  reads: StatementReader
  catalog: Catalog
  tools: ToolCatalog
  inFlight: InFlight
}

export interface RunCall extends Spender {
  /** Of the agent. */
  name: string
  input: RunInput
  client: AbortSignal
}

export type RunAgent = (call: RunCall) => Promise<Run>

/**
 * Runs the caller's agent: reserve, converse, settle. A failure of the agent is a run that failed, not an error.
 *
 * @throws AresError `not_found`, `forbidden`, `agent_paused`, as `InFlight.open`, `quota_…_exceeded`, `storage_unavailable`
 * Source: V1 Client API, "Run an Agent".
 */
export function createRunAgent(deps: RunAgentDeps): RunAgent {
  return async (call) => {
    const { caller, name, client } = call
    requireAgent(caller.powers, name)
    const agent = found(await findProfile(deps.reads, caller.tenantId, name), 'agent')
    requireModel(caller.powers, agent.config.model)
    if (agent.status === 'paused') throw new AresError('agent_paused', 'This agent is paused.')
    const entry = deps.catalog.find(agent.config.model)
    const flight = deps.inFlight.open(caller.tenantId, entry?.providerName ?? '', client)
    try {
      return await spendOn(deps, { ...call, agent, entry, signal: flight.signal })
    } finally {
      flight.land()
    }
  }
}

/** A run that may begin. */
interface AgentRun extends RunCall {
  agent: AgentProfile
  /** Undefined when the operator has taken the agent's model out. */
  entry: CatalogEntry | undefined
  signal: AbortSignal
}

async function spendOn(deps: RunAgentDeps, agentRun: AgentRun): Promise<Run> {
  const { agent, entry, input } = agentRun
  const started = await startRun(deps, agentRun, {
    kind: 'run',
    agent: { id: agent.id, version: agent.version },
    model: agent.config.model,
    provider: entry?.providerName ?? '',
  })
  const result = await execute(deps, agentRun)
  const output = result.ok ? toOutput(result.text) : null
  return finishRun(deps, started, {
    model: entry?.model ?? null,
    result,
    content: { input: JSON.stringify(input), output: output && JSON.stringify(output) },
    replyOf: (outcome) => runOf(asRow(started.run, outcome), input, output),
  })
}

async function execute(
  deps: RunAgentDeps,
  { agent: { config }, entry, input, signal }: AgentRun,
): Promise<ConversationResult> {
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
    error: outcome.error,
  }
}
