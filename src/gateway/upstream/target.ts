import { requireModel } from '../../caller/require.ts'
import { allowsAgent } from '../../caller/powers.ts'
import { type AgentProfile, findProfile } from '../../agents/store.ts'
import type { StatementReader } from '../../db/statements.ts'
import { AresError } from '../../errors.ts'
import { NAME_PATTERN } from '../../names.ts'
import type { Catalog, CatalogEntry } from '../../providers/catalog.ts'
import type { Caller } from '../../caller/caller.ts'

/** Before the name of an agent, where the name of a model is asked for. */
export const AGENT_PREFIX = 'agent:'

/** Who answers. */
export interface Target {
  entry: CatalogEntry
  /** Whose prompt and tools are used; null when the model itself was asked for. */
  agent: AgentProfile | null
}

export interface TargetDeps {
  reads: StatementReader
  catalog: Catalog
}

/**
 * What a request means by `model`: a configured model, or one of the tenant's agents.
 *
 * @throws AresError `not_found`, `agent_paused`, `forbidden`, `provider_not_configured`
 */
export async function findTarget(deps: TargetDeps, caller: Caller, model: string): Promise<Target> {
  const agent = model.startsWith(AGENT_PREFIX) ? await findAgent(deps, caller, model) : null
  const entry = deps.catalog.find(agent ? agent.config.model : model)
  if (!entry) throw agent ? notSetUp(agent.config.model) : noSuchModel()
  requireModel(caller.powers, entry.model.id)
  if (!entry.available) throw notSetUp(entry.model.id)
  return { entry, agent }
}

const NAME = new RegExp(NAME_PATTERN)

async function findAgent(
  { reads }: TargetDeps,
  { tenantId, powers }: Caller,
  model: string,
): Promise<AgentProfile> {
  const name = model.slice(AGENT_PREFIX.length)
  const isKnowable = NAME.test(name) && allowsAgent(powers, name)
  const agent = isKnowable ? await findProfile(reads, tenantId, name) : undefined
  if (!agent) throw noSuchModel()
  if (agent.status === 'paused') throw new AresError('agent_paused', 'This agent is paused.')
  return agent
}

/** The same answer for what cannot exist, does not exist, and is not yours. */
export function noSuchModel(): AresError {
  const message = 'There is no such model here, nor an agent of that name.'
  return new AresError('not_found', message, { details: [{ path: '/model', message }] })
}

function notSetUp(model: string): AresError {
  return new AresError('provider_not_configured', `The provider of ${model} is not set up.`)
}
