/** What is known of all providers of a type before any of them is asked. */
export interface ProviderTraits {
  /** False where answers are computed here: there is no address and no key. */
  callsServer: boolean
  /** The end of the scale of temperatures. Source: contract 2.8. */
  highestTemperature: number
  /** Whether its API wants to be told how long an answer may be. */
  wantsLimit: boolean
  /** Whether its servers may have OpenAI's Responses API. */
  hasResponses: boolean
  /** What an address may end with although each call adds it itself. */
  toleratedPath: RegExp | null
  /** Where its API begins when the file does not say; null where many servers speak it. */
  defaultUrl: string | null
}

/** The APIs that providers speak. A new wire is a row here and one in `providers/families.ts`. */
export const PROVIDER_TYPES = {
  openai: {
    callsServer: true,
    highestTemperature: 2,
    wantsLimit: false,
    hasResponses: true,
    toleratedPath: null,
    defaultUrl: null,
  },
  anthropic: {
    callsServer: true,
    highestTemperature: 1,
    wantsLimit: true,
    hasResponses: false,
    toleratedPath: /\/+v1$/,
    defaultUrl: null,
  },
  gemini: {
    callsServer: true,
    highestTemperature: 2,
    wantsLimit: false,
    hasResponses: false,
    toleratedPath: /\/+v1beta$/,
    defaultUrl: 'https://generativelanguage.googleapis.com',
  },
  demo: {
    callsServer: false,
    highestTemperature: 2,
    wantsLimit: false,
    hasResponses: false,
    toleratedPath: null,
    defaultUrl: null,
  },
} as const satisfies Record<string, ProviderTraits>

export type ProviderType = keyof typeof PROVIDER_TYPES

export function traitsOf(type: ProviderType): ProviderTraits {
  return PROVIDER_TYPES[type]
}

/** Their names, for schemas. */
export const PROVIDER_TYPE_NAMES = Object.keys(PROVIDER_TYPES) as ProviderType[]

/** The type of that name, if there is one. */
export function knownType(name: string | undefined): ProviderType | undefined {
  return PROVIDER_TYPE_NAMES.find((type) => type === name)
}
