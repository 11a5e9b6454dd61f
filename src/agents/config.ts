import { Type, type Static } from '@sinclair/typebox'
import type { AgentConfig } from '../config/config.ts'
import { traitsOf } from '../config/provider-types.ts'
import { invalid } from '../errors.ts'
import type { Settings } from '../form/request.ts'
import { nullable } from '../http/nullable.ts'
import type { Catalog } from '../providers/catalog.ts'
import type { ToolCatalog } from '../tools/catalog.ts'

/** Named settings of an agent. Source: contract 4.7. */
const settings = {
  model: Type.String({ minLength: 1, maxLength: 200, description: 'the id of a configured model' }),
  system_prompt: Type.String({ maxLength: 200_000, description: 'what the model is told first' }),
  tools: Type.Array(Type.String({ maxLength: 100 }), {
    maxItems: 64,
    description: 'names of tools the server runs for the model',
  }),
  max_tokens: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  temperature: Type.Number({ minimum: 0, maximum: 2, description: '0 to 1 on an Anthropic model' }),
  top_p: Type.Number({ minimum: 0, maximum: 1 }),
  metadata: Type.Object({}, { additionalProperties: true, description: 'any JSON object' }),
}

/** A whole configuration, as create takes it and the detail shows it. */
export const AgentConfigBody = Type.Object(
  {
    model: settings.model,
    system_prompt: Type.Optional(settings.system_prompt),
    tools: Type.Optional(settings.tools),
    max_tokens: Type.Optional(settings.max_tokens),
    temperature: Type.Optional(settings.temperature),
    top_p: Type.Optional(settings.top_p),
    metadata: Type.Optional(settings.metadata),
  },
  { additionalProperties: false },
)

/** Changes to a configuration: absent fields stay, null removes one (never `model`). */
export const AgentConfigChange = Type.Object(
  {
    model: Type.Optional(settings.model),
    system_prompt: Type.Optional(nullable(settings.system_prompt)),
    tools: Type.Optional(nullable(settings.tools)),
    max_tokens: Type.Optional(nullable(settings.max_tokens)),
    temperature: Type.Optional(nullable(settings.temperature)),
    top_p: Type.Optional(nullable(settings.top_p)),
    metadata: Type.Optional(nullable(settings.metadata)),
  },
  { additionalProperties: false },
)
export type AgentConfigChange = Static<typeof AgentConfigChange>

/** The configuration after a change. */
export function changedConfig(config: AgentConfig, change: AgentConfigChange): AgentConfig {
  const merged = Object.entries({ ...config, ...change }).filter(
    ([, value]) => value !== null && value !== undefined,
  )
  return Object.fromEntries(merged) as unknown as AgentConfig
}

/** What an agent asks of its model by itself; what it does not set is absent. */
export function settingsOf(
  config: Pick<AgentConfig, 'max_tokens' | 'temperature' | 'top_p'> | undefined,
): Pick<Settings, 'maxTokens' | 'temperature' | 'topP'> {
  const { max_tokens: maxTokens, temperature, top_p: topP } = config ?? {}
  const settings: Pick<Settings, 'maxTokens' | 'temperature' | 'topP'> = {}
  if (maxTokens !== undefined) settings.maxTokens = maxTokens
  if (temperature !== undefined) settings.temperature = temperature
  if (topP !== undefined) settings.topP = topP
  return settings
}

/** Sampling and tools as a request or an agent asks for them of one model. */
export interface ModelDemands {
  model: string
  tools?: string[] | undefined
  temperature?: number | undefined
}

/** Where in a request each demand is made. */
export type Places = Record<'model' | 'tools' | 'temperature', string>

export const AGENT_PLACES: Places = {
  model: '/config/model',
  tools: '/config/tools',
  temperature: '/config/temperature',
}

/** Whether a model can do what is asked of it. @throws AresError `invalid` */
export function checkDemands(catalog: Catalog, demands: ModelDemands, at: Places): void {
  const entry = catalog.find(demands.model)
  if (!entry) throw invalid(at.model, `The model ${demands.model} is not configured here.`)
  if (demands.tools?.length && !entry.model.supportsTools) {
    throw invalid(at.tools, `The model ${demands.model} does not support tools.`)
  }
  const { highestTemperature } = traitsOf(entry.providerType)
  if ((demands.temperature ?? 0) > highestTemperature) {
    const message = `The model ${demands.model} takes a temperature from 0 to ${highestTemperature}.`
    throw invalid(at.temperature, message)
  }
}

/** Checks an agent's whole configuration against what this server has. @throws AresError `invalid` */
export function checkConfig(catalog: Catalog, tools: ToolCatalog, config: AgentConfig): void {
  const unknown = config.tools?.find((name) => tools.find(name) === undefined)
  if (unknown !== undefined) {
    const known = tools.names().join(', ')
    throw invalid('/config/tools', `There is no tool ${unknown}; there is ${known}.`)
  }
  if (new Set(config.tools).size !== (config.tools?.length ?? 0)) {
    throw invalid('/config/tools', 'A tool is named twice.')
  }
  checkDemands(catalog, config, AGENT_PLACES)
}
