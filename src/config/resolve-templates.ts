import type { AgentConfig, AgentTemplate, ModelConfig, ProviderConfig } from './config.ts'
import { traitsOf } from './provider-types.ts'

/**
 * The templates that provisioning offers: the built-in ones, each replaced in its place by one of the file
 * with the same product type and name, then the file's others.
 *
 * A built-in template whose model is not configured gets the default model. It gives up what its model
 * cannot do: tools, or a temperature that is too high.
 */
export function resolveTemplates(
  builtIn: readonly AgentTemplate[],
  written: readonly AgentTemplate[],
  providers: readonly ProviderConfig[],
  defaultModel: string,
): AgentTemplate[] {
  const templates = new Map<string, AgentTemplate>()
  for (const template of builtIn) {
    const config = fitConfig(template.config, providers, defaultModel)
    templates.set(templateId(template), { ...template, config })
  }
  for (const template of written) templates.set(templateId(template), template)
  return [...templates.values()]
}

function templateId({ product_type, name }: AgentTemplate): string {
  return `${product_type} ${name}`
}

function fitConfig(
  config: AgentConfig,
  providers: readonly ProviderConfig[],
  defaultModel: string,
): AgentConfig {
  const home = findModel(providers, config.model) ?? findModel(providers, defaultModel)
  const fitted: AgentConfig = { ...structuredClone(config), model: home?.model.id ?? defaultModel }
  if (fitted.tools !== undefined && home?.model.supportsTools !== true) fitted.tools = []
  if (fitted.temperature !== undefined && home) {
    const { highestTemperature } = traitsOf(home.provider.type)
    fitted.temperature = Math.min(fitted.temperature, highestTemperature)
  }
  return fitted
}

function findModel(
  providers: readonly ProviderConfig[],
  id: string,
): { provider: ProviderConfig; model: ModelConfig } | undefined {
  for (const provider of providers) {
    const model = provider.enabled ? provider.models.find((model) => model.id === id) : undefined
    if (model !== undefined) return { provider, model }
  }
  return undefined
}
