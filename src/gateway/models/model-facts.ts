import { type Static, type TSchema, Type } from '@sinclair/typebox'
import type { ModelConfig } from '../../config/config.ts'
import { knownOutputLimit } from '../../config/output-limits.ts'
import { type ProviderType, traitsOf } from '../../config/provider-types.ts'

const told = <T extends TSchema>(schema: T) => Type.Optional(schema)
const price = (of: string) =>
  told(Type.Number({ description: `USD for a million ${of} tokens; absent without a price` }))

/** What is said of a model beside its name, in the words of the configuration; what nobody has said is absent. */
export const ModelFacts = Type.Object({
  context_length: Type.Integer({ description: 'what goes in and comes out together, in tokens' }),
  max_output_tokens: told(Type.Integer({ description: 'of one answer' })),
  supports_tools: Type.Boolean(),
  supports_thinking: told(Type.Boolean()),
  supports_images: told(Type.Boolean()),
  input_usd_per_mtok: price('prompt'),
  output_usd_per_mtok: price('completion'),
  cached_input_usd_per_mtok: price('cached prompt'),
  cache_write_usd_per_mtok: price('cache-written prompt'),
})
export type ModelFacts = Static<typeof ModelFacts>

/** The facts of a configured model. An agent has those of the model it is on. */
export function factsOf(model: ModelConfig, providerType: ProviderType): ModelFacts {
  return withoutUnknown({
    context_length: model.contextLength,
    max_output_tokens: model.maxOutputTokens ?? limitByName(model, providerType),
    supports_tools: model.supportsTools,
    supports_thinking: model.supportsThinking,
    supports_images: model.supportsImages,
    input_usd_per_mtok: model.inputUsdPerMtok,
    output_usd_per_mtok: model.outputUsdPerMtok,
    cached_input_usd_per_mtok: model.cachedInputUsdPerMtok,
    cache_write_usd_per_mtok: model.cacheWriteUsdPerMtok,
  })
}

/** Where a provider is always told a limit, it is the one that holds. */
function limitByName({ upstreamId }: ModelConfig, type: ProviderType): number | undefined {
  return traitsOf(type).wantsLimit ? knownOutputLimit(upstreamId) : undefined
}

type Unknown<T> = { [Name in keyof T]: T[Name] | null | undefined }

function withoutUnknown(facts: Unknown<Required<ModelFacts>>): ModelFacts {
  const known = Object.entries(facts).filter(([, value]) => (value ?? null) !== null)
  return Object.fromEntries(known) as ModelFacts
}
