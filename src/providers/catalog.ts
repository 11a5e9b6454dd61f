import type { Allowances, Config, ModelConfig, ProviderConfig } from '../config/config.ts'
import type { ProviderType } from '../config/provider-types.ts'
import { providerOf } from './families.ts'
import type { ProviderDeps } from './http-call.ts'
import type { Provider } from './provider.ts'

/** A model on offer and who serves it. */
export interface CatalogEntry {
  model: ModelConfig
  provider: Provider
  providerName: string
  providerType: ProviderType
  /** What tenants' requests may say to it. */
  allows: Allowances
  /** False when the provider's key is missing: a run on the model fails. */
  available: boolean
}

/** The models of all enabled providers. */
export interface Catalog {
  find(modelId: string): CatalogEntry | undefined
  /** In the order of the configuration. */
  list(): readonly CatalogEntry[]
}

/** Builds one provider per enabled `[[providers]]` table. Opens no connection. */
export function buildCatalog(config: Pick<Config, 'providers'>, deps: ProviderDeps): Catalog {
  const entries = config.providers
    .filter((provider) => provider.enabled)
    .flatMap((provider) => entriesOf(provider, deps))
  const byId = new Map(entries.map((entry) => [entry.model.id, entry]))
  return { find: (modelId) => byId.get(modelId), list: () => entries }
}

function entriesOf(config: ProviderConfig, deps: ProviderDeps): CatalogEntry[] {
  const provider = providerOf(config, deps)
  const { name: providerName, type: providerType, allows } = config
  const { available } = provider
  return config.models.map((model) => ({
    model,
    provider,
    providerName,
    providerType,
    allows,
    available,
  }))
}
