import { AresError, found } from '../errors.ts'
import { AGENT_PLACES, checkDemands, settingsOf } from '../agents/config.ts'
import { findProfile } from '../agents/store.ts'
import { requireAgent, requireModel } from '../caller/require.ts'
import type { AgentConfig } from '../config/config.ts'
import type { StatementReader } from '../db/statements.ts'
import type { Catalog, CatalogEntry } from '../providers/catalog.ts'
import { NO_USAGE } from '../form/answer.ts'
import { saidIn } from '../form/parts.ts'
import { type Run, type RunInput, runOf } from '../runs/schema.ts'
import type { ToolCatalog } from '../tools/catalog.ts'
import type { Execute } from './execute.ts'
import type { MeterDeps, RunResult } from './metered-calls.ts'
import { toOutput } from './output.ts'
import type { Owner } from './owner.ts'
import { toMessages } from './prompt.ts'
import { converse } from './tool-loop.ts'

export interface RunAgentDeps extends MeterDeps {
  execute: Execute
  reads: StatementReader
  catalog: Catalog
  tools: ToolCatalog
}

/** Runs the agent of that name for its owner. */
export type RunAgent = (owner: Owner, name: string, input: RunInput) => Promise<Run>

/**
 * Runs the caller's agent. A failure of the agent is a run that failed, not an error.
 *
 * @throws AresError `not_found`, `forbidden`, `agent_paused`, as `Execute`
 * Source: V1 Client API, "Run an Agent".
 */
export function createRunAgent(deps: RunAgentDeps): RunAgent {
  return async (owner, name, input) => {
    const { tenantId, powers } = owner.caller
    requireAgent(powers, name)
    const agent = found(await findProfile(deps.reads, tenantId, name), 'agent')
    const { config } = agent
    requireModel(powers, config.model)
    if (agent.status === 'paused') throw new AresError('agent_paused', 'This agent is paused.')
    const entry = deps.catalog.find(config.model)
    return deps.execute.whole(owner, {
      spending: {
        kind: 'run',
        agent_id: agent.id,
        agent_version: agent.version,
        model: config.model,
        provider: entry?.providerName ?? '',
      },
      model: entry?.model ?? null,
      work: ({ signal }) => ask(deps, { config, entry, input }, signal),
      contentOf: (result) => ({
        input: JSON.stringify(input),
        output: result.ok ? JSON.stringify(result.output) : null,
      }),
      replyOf: (result, settled) =>
        runOf(settled, {
          input,
          output: result.ok ? result.output : null,
          error: result.ok ? null : result.error,
        }),
    })
  }
}

type AgentResult = RunResult<{ output: Record<string, unknown> }>

interface Asked {
  config: AgentConfig
  /** Undefined when the operator has taken the agent's model out. */
  entry: CatalogEntry | undefined
  input: RunInput
}

async function ask(
  deps: RunAgentDeps,
  { config, entry, input }: Asked,
  signal: AbortSignal,
): Promise<AgentResult> {
  const misfit = misfitOf(deps.catalog, config)
  if (!entry || misfit) return notConfigured(misfit ?? '')
  const conversation = {
    entry,
    request: {
      messages: toMessages(config.system_prompt, input.message, input.context),
      ...settingsOf(config),
    },
    tools: deps.tools.select(config.tools ?? []),
  }
  const ended = await converse(deps, conversation, signal)
  return ended.ok ? { ...ended, output: toOutput(saidIn(ended.parts)) } : ended
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

function notConfigured(error: string): AgentResult {
  return { ok: false, failure: 'not_configured', error, usage: NO_USAGE, providerMs: 0 }
}
