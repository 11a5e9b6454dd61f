import { type Static, Type } from '@sinclair/typebox'

const Amount = Type.Union([Type.Number(), Type.String()])

/** `litellm_params` as far as ARES has a counterpart; what else stands there is reported. */
const LitellmParams = Type.Object({
  model: Type.String({ minLength: 1 }),
  custom_llm_provider: Type.Optional(Type.String()),
  api_base: Type.Optional(Type.String()),
  base_url: Type.Optional(Type.String()),
  api_key: Type.Optional(Type.String()),
  litellm_credential_name: Type.Optional(Type.String()),
  timeout: Type.Optional(Amount),
  max_retries: Type.Optional(Type.Integer()),
  input_cost_per_token: Type.Optional(Amount),
  output_cost_per_token: Type.Optional(Amount),
  cache_read_input_token_cost: Type.Optional(Amount),
  cache_creation_input_token_cost: Type.Optional(Amount),
})
export type LitellmParams = Static<typeof LitellmParams>

/** `model_info`, likewise. */
const ModelInfo = Type.Object({
  mode: Type.Optional(Type.String()),
  max_tokens: Type.Optional(Amount),
  max_input_tokens: Type.Optional(Amount),
  max_output_tokens: Type.Optional(Amount),
  supports_function_calling: Type.Optional(Type.Boolean()),
  input_cost_per_token: Type.Optional(Amount),
  output_cost_per_token: Type.Optional(Amount),
  cache_read_input_token_cost: Type.Optional(Amount),
  cache_creation_input_token_cost: Type.Optional(Amount),
})
export type ModelInfo = Static<typeof ModelInfo>

/** One entry of `model_list`. */
export const Deployment = Type.Object({
  model_name: Type.String({ minLength: 1 }),
  litellm_params: LitellmParams,
  model_info: Type.Optional(ModelInfo),
})
export type Deployment = Static<typeof Deployment>

/** A LiteLLM configuration. Its settings are any tables: few have a counterpart. */
export const LitellmFile = Type.Object({
  model_list: Type.Optional(Type.Array(Type.Unknown())),
  litellm_settings: Type.Optional(Type.Object({})),
  general_settings: Type.Optional(Type.Object({})),
  router_settings: Type.Optional(Type.Object({})),
  environment_variables: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  credential_list: Type.Optional(
    Type.Array(
      Type.Object({
        credential_name: Type.String(),
        credential_values: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
      }),
    ),
  ),
})
export type LitellmFile = Static<typeof LitellmFile>

/** What of `litellm_params` and `model_info` is looked at, or means nothing here. */
export const READ_PARAMS = new Set([...Object.keys(LitellmParams.properties), 'tags'])
export const READ_INFO = new Set([
  ...Object.keys(ModelInfo.properties),
  'id',
  'base_model',
  'litellm_provider',
  'version',
])
