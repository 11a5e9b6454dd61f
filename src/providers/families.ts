import type { ProviderConfig } from '../config/config.ts'
import type { ProviderType } from '../config/provider-types.ts'
import { anthropicProvider } from './anthropic/provider.ts'
import { demoProvider } from './demo/provider.ts'
import { geminiProvider } from './gemini/provider.ts'
import type { ProviderDeps } from './http-call.ts'
import { openAiProvider } from './openai/provider.ts'
import type { Provider } from './provider.ts'

/** Who makes the providers of each type. A new wire is a row here, one in `config/provider-types.ts`, and a folder. */
const FAMILIES: Record<ProviderType, (config: ProviderConfig, deps: ProviderDeps) => Provider> = {
  openai: openAiProvider,
  anthropic: anthropicProvider,
  gemini: geminiProvider,
  demo: demoProvider,
}

export function providerOf(config: ProviderConfig, deps: ProviderDeps): Provider {
  return FAMILIES[config.type](config, deps)
}
