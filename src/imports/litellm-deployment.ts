import type { Deployment, LitellmFile, LitellmParams, ModelInfo } from './litellm-schema.ts'
import {
  KNOWN_PROVIDERS,
  type KnownProvider,
  reasonAgainst,
  splitModel,
} from './litellm-providers.ts'
import { isVariableName, type LitellmValues } from './litellm-values.ts'
import { contextLength } from './model-facts.ts'
import type { PlannedModel } from './plan.ts'
import type { Connection, KeySource } from './provider-groups.ts'

/** A deployment that cannot be imported; the message says why. */
export class NotImportable extends Error {}

export interface DeploymentContext {
  values: LitellmValues
  credentials: NonNullable<LitellmFile['credential_list']>
  /** Of `litellm_settings` and `router_settings`, for deployments that say nothing. */
  timeoutS: number | null
  maxRetries: number | null
}

/** What `model_info.mode` may be; other kinds of models have no surface here. */
const MODES: Readonly<Record<string, PlannedModel['mode']>> = {
  chat: 'chat',
  responses: 'chat',
  embedding: 'embedding',
}
const MOST_RETRIES = 10
const WILDCARD = 'it is a wildcard: here every model is written out'

/** One deployment as a connection and a model. @throws NotImportable */
export function readDeployment(
  { model_name, litellm_params, model_info = {} }: Deployment,
  context: DeploymentContext,
): { connection: Connection; model: PlannedModel } {
  if (model_name.includes('*')) throw new NotImportable(WILDCARD)
  const params = withCredential(litellm_params, context)
  const { prefix, upstreamId } = splitModel(params.model, params.custom_llm_provider)
  if (prefix === null) throw new NotImportable(`its model ${params.model} names no provider`)
  const known = Object.hasOwn(KNOWN_PROVIDERS, prefix) ? KNOWN_PROVIDERS[prefix] : undefined
  if (known === undefined) throw new NotImportable(reasonAgainst(prefix))
  const connection = {
    name: prefix,
    type: known.type,
    baseUrl: baseUrlOf(params, known, context.values),
    key: keyOf(params, known, context.values),
    timeoutMs: milliseconds(context.values.number(params.timeout) ?? context.timeoutS),
    maxRetries: retriesOf(params.max_retries ?? context.maxRetries),
  }
  const upstream = prefixed(upstreamId, known.modelPrefix)
  return {
    connection,
    model: readModel(model_name, upstream, { params, info: model_info, context }),
  }
}

interface ModelSources {
  params: LitellmParams
  info: ModelInfo
  context: DeploymentContext
}

function readModel(id: string, upstreamId: string, { params, info, context }: ModelSources) {
  const { values } = context
  const modeName = info.mode ?? (/embed/i.test(upstreamId) ? 'embedding' : 'chat')
  const mode = Object.hasOwn(MODES, modeName) ? MODES[modeName] : undefined
  if (mode === undefined)
    throw new NotImportable(`ARES has no surface for models of mode ${modeName}`)
  const told = values.number(info.max_input_tokens) ?? values.number(info.max_tokens)
  const price = (of: LitellmPrice) =>
    perMillion(values.number(params[of]) ?? values.number(info[of]))
  return {
    id,
    upstreamId,
    mode,
    ...contextLength(told, mode),
    maxOutputTokens: wholeTokens(values.number(info.max_output_tokens)),
    supportsTools: mode === 'chat' && (info.supports_function_calling ?? true),
    inputUsdPerMtok: price('input_cost_per_token'),
    outputUsdPerMtok: price('output_cost_per_token'),
    cachedInputUsdPerMtok: price('cache_read_input_token_cost'),
    cacheWriteUsdPerMtok: price('cache_creation_input_token_cost'),
  }
}

type LitellmPrice =
  | 'input_cost_per_token'
  | 'output_cost_per_token'
  | 'cache_read_input_token_cost'
  | 'cache_creation_input_token_cost'

/** The parameters with those of the credential they name, which are the weaker ones. */
function withCredential(params: LitellmParams, { credentials }: DeploymentContext): LitellmParams {
  const name = params.litellm_credential_name
  if (name === undefined) return params
  const credential = credentials.find(({ credential_name }) => credential_name === name)
  if (!credential) throw new NotImportable(`credential_list has no ${name}`)
  const { api_key, api_base } = credential.credential_values ?? {}
  return {
    ...(typeof api_key === 'string' && { api_key }),
    ...(typeof api_base === 'string' && { api_base }),
    ...params,
  }
}

function baseUrlOf(params: LitellmParams, known: KnownProvider, values: LitellmValues): string {
  const given = params.api_base ?? params.base_url
  if (given === undefined) {
    if (known.baseUrl === null) throw new NotImportable('it names no api_base')
    return known.baseUrl
  }
  if (known.isOtherFormat) {
    throw new NotImportable(
      'its api_base speaks a format of its own; only the public address can be imported',
    )
  }
  const url = values.text(given)
  if (url === null) throw new NotImportable(`its api_base is ${given}, which is not set here`)
  const trimmed = url.replace(/\/+$/, '').replace(/\/(chat\/completions|v1\/messages)$/, '')
  const { suffix = '' } = known
  return trimmed.endsWith(suffix) ? trimmed : `${trimmed}${suffix}`
}

function keyOf(params: LitellmParams, known: KnownProvider, values: LitellmValues): KeySource {
  const given = params.api_key
  if (given !== undefined && given !== '') {
    const key = values.key(given)
    if (key.kind !== 'variable' || isVariableName(key.name)) return key
    throw new NotImportable('its api_key names no environment variable')
  }
  return known.keyEnv === null ? { kind: 'none' } : values.key(`os.environ/${known.keyEnv}`)
}

function prefixed(upstreamId: string, prefix = ''): string {
  return prefix === '' || upstreamId.startsWith(`${prefix.split('/')[0]}/`)
    ? upstreamId
    : `${prefix}${upstreamId}`
}

function milliseconds(seconds: number | null): number | null {
  return seconds === null || seconds === 0
    ? null
    : Math.min(Math.round(seconds * 1000), 2 ** 31 - 1)
}

function retriesOf(count: number | null): number | null {
  return count === null || count < 0 ? null : Math.min(Math.round(count), MOST_RETRIES)
}

function wholeTokens(told: number | null): number | null {
  return told !== null && Number.isInteger(told) && told > 0 ? told : null
}

/** From a token's price to that of a million, without the noise of binary fractions. */
function perMillion(perToken: number | null): number | null {
  return perToken === null ? null : Number((perToken * 1_000_000).toPrecision(12))
}
