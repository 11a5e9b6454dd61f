import { listAgents } from '../../agents/agent-list-store.ts'
import { allowsAgent, allowsModel } from '../../caller/powers.ts'
import { toWireTime } from '../../db/columns.ts'
import type { Db } from '../../db/tables.ts'
import type { Catalog, CatalogEntry } from '../../providers/catalog.ts'
import type { Caller } from '../../caller/caller.ts'
import { factsOf, type ModelFacts } from './model-facts.ts'
import type { AnthropicModel, ModelList, OpenAiModel } from './models-schema.ts'
import { AGENT_PREFIX, noSuchModel } from '../upstream/target.ts'

/** What a caller may say as `model`. */
export interface Choice {
  id: string
  /** The provider, or `agent`. */
  owner: string
  /** UTC, ISO 8601. */
  createdAt: string
  facts: ModelFacts
  /** Whether its provider may be asked for embeddings of it. */
  mayEmbed: boolean
}

export interface ModelDeps {
  db: Db
  catalog: Catalog
  /** When the configuration was read: models have no other time. */
  startedAt: string
}

/** The models that are set up, then the tenant's active agents by name; no more than the key may use. */
export async function listChoices(
  { db, catalog, startedAt }: ModelDeps,
  { tenantId, powers }: Caller,
): Promise<Choice[]> {
  const isUsable = (model: string) =>
    allowsModel(powers, model) && catalog.find(model)?.available === true
  const models = catalog.list().filter(({ model }) => isUsable(model.id))
  const agents = (await listAgents(db, tenantId)).filter(
    ({ name, status, model }) =>
      status === 'active' && allowsAgent(powers, name) && isUsable(model),
  )
  return [
    ...models.map((entry) => ({
      id: entry.model.id,
      owner: entry.providerName,
      createdAt: startedAt,
      facts: factsIn(entry),
      mayEmbed: entry.provider.embeddings !== null,
    })),
    ...agents.map(({ name, model, createdAt }) => ({
      id: AGENT_PREFIX + name,
      owner: 'agent',
      createdAt,
      facts: factsIn(catalog.find(model)!),
      mayEmbed: false,
    })),
  ]
}

function factsIn({ model, providerType }: CatalogEntry): ModelFacts {
  return factsOf(model, providerType)
}

/** @throws AresError `not_found` */
export async function getChoice(deps: ModelDeps, caller: Caller, id: string): Promise<Choice> {
  const choice = (await listChoices(deps, caller)).find((one) => one.id === id)
  if (!choice) throw noSuchModel()
  return choice
}

/** All choices as OpenAI's clients read them. */
export function openAiModels(choices: Choice[]): ModelList {
  return { object: 'list', data: choices.map(openAiModel) }
}

/** All choices as Anthropic's clients read them. */
export function anthropicModels(choices: Choice[]): ModelList {
  return {
    data: choices.map(anthropicModel),
    has_more: false,
    first_id: choices[0]?.id ?? null,
    last_id: choices.at(-1)?.id ?? null,
  }
}

export function openAiModel({ id, owner, createdAt, facts }: Choice): OpenAiModel {
  const created = Math.floor(Date.parse(createdAt) / 1000)
  return { id, object: 'model', created, owned_by: owner, ...facts }
}

export function anthropicModel({ id, createdAt, facts }: Choice): AnthropicModel {
  return { type: 'model', id, display_name: id, created_at: toWireTime(createdAt), ...facts }
}
