import type { Finding } from './finding.ts'
import type { ConfigDraft, ProviderDraft } from './schema.ts'
import { closest } from './suggest.ts'

/** An enabled model, as far as it is known. */
export interface CatalogueEntry {
  provider: ProviderDraft
  supportsTools: boolean | undefined
}

/** The models that agents may name. */
export interface Catalogue {
  /** By id, in the order of the file. */
  enabled: Map<string, CatalogueEntry>
  /** The provider, by model id, of models that are written in the file but not enabled. */
  disabled: Map<string, string>
}

/** The rules of `[[providers.models]]` and `[defaults]`. Of two models with one id, the first is in the catalogue. */
export function checkModels(draft: ConfigDraft): { findings: Finding[]; catalogue: Catalogue } {
  const catalogue: Catalogue = { enabled: new Map(), disabled: new Map() }
  const duplicates = (draft.providers ?? []).flatMap((provider = {}, index) =>
    catalogueProvider(catalogue, provider, index),
  )
  return { findings: [...duplicates, ...checkDefaultModel(draft, catalogue)], catalogue }
}

/** Enters a provider's models; answers a finding for each whose id is taken. */
function catalogueProvider(
  catalogue: Catalogue,
  provider: ProviderDraft,
  index: number,
): Finding[] {
  return (provider.models ?? []).flatMap((model, modelIndex) => {
    const id = model?.id
    if (id === undefined) return []
    if (provider.enabled === false) {
      catalogue.disabled.set(id, provider.name ?? '')
      return []
    }
    const taken = catalogue.enabled.get(id)
    if (taken === undefined) {
      catalogue.enabled.set(id, { provider, supportsTools: model?.supports_tools })
      return []
    }
    const path = ['providers', index, 'models', modelIndex, 'id']
    const owner =
      taken.provider === provider ? 'this provider' : `provider ${taken.provider.name ?? ''}`
    const message = `found ${JSON.stringify(id)}, already a model of ${owner.trim()}; allowed: an id of its own among the enabled providers`
    return [{ path, message }]
  })
}

function checkDefaultModel({ defaults }: ConfigDraft, catalogue: Catalogue): Finding[] {
  if (catalogue.enabled.size === 0) {
    return [
      {
        path: ['providers'],
        message: 'found no enabled model; needed: an enabled provider with a model',
      },
    ]
  }
  if (defaults?.model === undefined || catalogue.enabled.has(defaults.model)) return []
  return [{ path: ['defaults', 'model'], message: unknownModel(defaults.model, catalogue) }]
}

const MOST_MODELS_LISTED = 10

/** Why a model cannot be named, and which can. */
export function unknownModel(id: string, { enabled, disabled }: Catalogue): string {
  const owner = disabled.get(id)
  const found = `found ${JSON.stringify(id)}, ${owner === undefined ? 'which no provider has' : `a model of provider ${owner}, which is not enabled`}`
  const meant = closest(id, enabled.keys())
  const ids = [...enabled.keys()]
  const listed = ids.slice(0, MOST_MODELS_LISTED).join(', ')
  const rest = ids.length > MOST_MODELS_LISTED ? ', …' : ''
  return `${found}; allowed: ${listed}${rest}${meant === undefined ? '' : `; did you mean ${meant}?`}`
}
