import type { ImportPlan, PlannedModel, PlannedProvider } from './plan.ts'

/** The plan's providers as TOML, to be pasted into an `ares.toml`. No secret is in it. */
export function providersToml({ source, providers }: ImportPlan): string {
  const heading = `# Providers imported from ${comment(source)}: paste them into ares.toml.\n`
  return [heading, ...providers.map(providerToml)].join('\n')
}

/** A whole `ares.toml` with the plan's providers; what it leaves out has its default. */
export function configToml(plan: ImportPlan): string {
  const { source, providers } = plan
  const chatModel = providers.flatMap(({ models }) => models).find(({ mode }) => mode === 'chat')
  return [
    `# Written by \`ares import\` from ${comment(source)}. Every key and its default: docs/configuration.md.\n`,
    '[database]\nurl = "sqlite:data/ares.db"\n',
    ...(chatModel ? [`[defaults]\nmodel = ${quoted(chatModel.id)}\n`] : []),
    ...providers.map(providerToml),
  ].join('\n')
}

function providerToml(provider: PlannedProvider): string {
  const lines = [
    '[[providers]]',
    `name = ${quoted(provider.name)}`,
    `type = ${quoted(provider.type)}`,
    `base_url = ${quoted(provider.baseUrl)}`,
    ...(provider.keyEnv === null ? [] : [`api_key_env = ${quoted(provider.keyEnv)}`]),
    ...(provider.timeoutMs === null ? [] : [`timeout_ms = ${provider.timeoutMs}`]),
    ...(provider.maxRetries === null ? [] : [`max_retries = ${provider.maxRetries}`]),
  ]
  return [`${lines.join('\n')}\n`, ...provider.models.map(modelToml)].join('\n')
}

function modelToml(model: PlannedModel): string {
  const assumed = model.isContextAssumed ? '  # assumed: look it up' : ''
  const lines = [
    '[[providers.models]]',
    `id = ${quoted(model.id)}`,
    ...(model.upstreamId === model.id ? [] : [`upstream_id = ${quoted(model.upstreamId)}`]),
    `context_length = ${model.contextLength}${assumed}`,
    ...(model.maxOutputTokens === null ? [] : [`max_output_tokens = ${model.maxOutputTokens}`]),
    `supports_tools = ${model.supportsTools}`,
    ...price('input_usd_per_mtok', model.inputUsdPerMtok),
    ...price('output_usd_per_mtok', model.outputUsdPerMtok),
    ...price('cached_input_usd_per_mtok', model.cachedInputUsdPerMtok),
    ...price('cache_write_usd_per_mtok', model.cacheWriteUsdPerMtok),
  ]
  return `${lines.join('\n')}\n`
}

function price(key: string, usd: number | null): string[] {
  return usd === null ? [] : [`${key} = ${plainNumber(usd)}`]
}

/** TOML reads `1e-7`, people rather do not. */
function plainNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(12).replace(/0+$/, '')
}

/** A JSON string is a TOML string, but for the delete character. */
function quoted(text: string): string {
  return JSON.stringify(text.toWellFormed()).replaceAll('\u007f', '\\u007f')
}

function comment(text: string): string {
  return text.toWellFormed().replaceAll(/\p{Cc}+/gu, ' ')
}
