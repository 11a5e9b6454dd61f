import { Type } from '@sinclair/typebox'
import { PROVIDER_PROXY } from './egress-schema.ts'
import { ALLOWED_FIELD_PATTERN } from './guarded-fields.ts'
import { PROVIDER_TYPE_NAMES } from './provider-types.ts'
import {
  defaulted,
  ENV_NAME,
  HEADER_VALUE,
  LARGEST_BODY_BYTES,
  LONGEST_TIMER_MS,
  MODEL_ID,
  MOST_IN_FLIGHT,
  NAME,
} from './schema-parts.ts'
import { UPSTREAM_HTTP } from './upstream-http.ts'

/** `[[providers.models]]`. */
export const Model = Type.Object(
  {
    id: Type.String({
      ...MODEL_ID,
      description: 'What clients call the model; unique among the enabled providers.',
    }),
    upstream_id: Type.Optional(
      Type.String({
        ...MODEL_ID,
        fallback: 'the `id`',
        description: 'What the provider calls it.',
      }),
    ),
    context_length: Type.Integer({
      minimum: 1,
      maximum: 1_000_000_000,
      description: 'How much the model takes in and gives out together, in tokens.',
    }),
    max_output_tokens: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000_000,
        fallback:
          'no limit; for `anthropic` that of the Claude named by `upstream_id`, 8192 for other models',
        description:
          'How much the model writes at most in one answer, in tokens. A request that asks for more gets this; Anthropic’s API is told it where a request sets no limit.',
      }),
    ),
    supports_tools: defaulted(
      false,
      Type.Boolean({ description: 'Whether agents on this model may have tools.' }),
    ),
    supports_schemas: Type.Optional(
      Type.Boolean({
        fallback: '`true`; for `anthropic` only for a Claude of 4.5 or later, by `upstream_id`',
        description:
          'Whether the model promises an answer in a JSON schema by itself; otherwise it is asked for by a tool, on a model that supports tools.',
      }),
    ),
    supports_thinking: Type.Optional(
      Type.Boolean({
        fallback: 'only clients that ask in the provider’s own words',
        description:
          'Whether the model can be told how much to think: efforts and budgets are translated for it, or left out.',
      }),
    ),
    supports_images: Type.Optional(
      Type.Boolean({
        fallback: 'not told',
        description: 'Whether the model can look at images. Clients read it in the list of models.',
      }),
    ),
    input_usd_per_mtok: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1_000_000,
        fallback: 'no price',
        description: 'Price of a million prompt tokens, in USD.',
      }),
    ),
    cached_input_usd_per_mtok: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1_000_000,
        fallback: '`input_usd_per_mtok`',
        description:
          'Price of a million prompt tokens that come from the provider’s cache, in USD.',
      }),
    ),
    cache_write_usd_per_mtok: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1_000_000,
        fallback: '`input_usd_per_mtok`',
        description:
          'Price of a million prompt tokens that are written into the provider’s cache, in USD.',
      }),
    ),
    output_usd_per_mtok: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1_000_000,
        fallback: 'no price',
        description: 'Price of a million completion tokens, in USD.',
      }),
    ),
  },
  { additionalProperties: false, description: 'A model that the provider serves.' },
)

/** `[[providers]]`. */
export const Provider = Type.Object(
  {
    name: Type.String({ ...NAME, description: 'What ARES calls the provider; unique.' }),
    type: Type.Union(
      PROVIDER_TYPE_NAMES.map((type) => Type.Literal(type)),
      {
        description:
          'The API it speaks: `openai` for every OpenAI-compatible server, `anthropic`, `gemini`, or `demo`, which computes its answers offline.',
      },
    ),
    enabled: defaulted(
      true,
      Type.Boolean({
        description:
          'Whether its models are there. A disabled provider is checked, and otherwise ignored.',
      }),
    ),
    base_url: Type.Optional(
      Type.String({
        minLength: 1,
        allowed: 'an http:// or https:// URL without user, query and fragment',
        writeOnly: true,
        fallback:
          'needed; for `gemini` `https://generativelanguage.googleapis.com`; not for `demo`',
        description:
          'Where its API begins: for `openai` what comes before `/chat/completions`, for `anthropic` what comes before `/v1/messages`, for `gemini` what comes before `/v1beta`.',
      }),
    ),
    responses: defaulted(
      false,
      Type.Boolean({
        allowed: 'true or false; true for `openai` only',
        description:
          'Whether it has OpenAI’s Responses API beside chat completions: `/v1/responses` of its models is then relayed to its `/responses`, and translated otherwise.',
      }),
    ),
    api_key: Type.Optional(
      Type.String({
        ...HEADER_VALUE,
        writeOnly: true,
        fallback: 'none',
        description: 'The key itself. Neither this nor `api_key_env` for servers that need none.',
      }),
    ),
    api_key_env: Type.Optional(
      Type.String({
        ...ENV_NAME,
        fallback: 'none',
        description:
          'The environment variable that holds the key. While it is not set, the models are listed as unavailable.',
      }),
    ),
    ...PROVIDER_PROXY,
    connect_timeout_ms: timeout(10_000, 'How long connecting may take, in milliseconds.'),
    first_byte_timeout_ms: timeout(
      300_000,
      'How long the first byte of an answer may take, in milliseconds.',
    ),
    idle_timeout_ms: timeout(
      300_000,
      'How long may pass between two reads of an answer, in milliseconds.',
    ),
    timeout_ms: timeout(600_000, 'How long a call may take with all its retries, in milliseconds.'),
    max_retries: defaulted(
      2,
      Type.Integer({
        minimum: 0,
        maximum: 10,
        description:
          'Further attempts after a connection error, 408, 409, 429 or 5xx, as long as no answer has begun; never after one of these timeouts.',
      }),
    ),
    max_response_bytes: defaulted(
      16_777_216,
      Type.Integer({
        minimum: 1024,
        maximum: LARGEST_BODY_BYTES,
        description: 'The largest answer, in bytes; a longer one fails the run.',
      }),
    ),
    http: defaulted(
      'http1',
      Type.Union(
        UPSTREAM_HTTP.map((client) => Type.Literal(client)),
        {
          description:
            'What carries the requests: `http1`, ARES’ own HTTP/1.1 client, or `fetch`, that of the runtime, for servers whose answers the own one refuses.',
        },
      ),
    ),
    max_in_flight: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MOST_IN_FLIGHT,
        fallback: 'half of `server.max_in_flight`',
        description:
          'Runs and chats under way at once on its models; a further one is refused with 503. At most `server.max_in_flight`.',
      }),
    ),
    allow_fields: defaulted(
      [],
      Type.Array(
        Type.String({
          pattern: ALLOWED_FIELD_PATTERN,
          allowed: 'a field that is refused by default, or `tools.` and the type of a hosted tool',
        }),
        {
          allowed:
            'a list of fields that are refused by default, and of `tools.` with the type of a hosted tool',
          description:
            'What compatible requests may say to this provider although it changes the price or reaches into a network: `service_tier`, `web_search_options`, `mcp_servers`, `tools.web_search` and the like; `tools` stands for all tools that the provider runs.',
        },
      ),
    ),
    allow_remote_media: Type.Optional(
      Type.Boolean({
        fallback:
          '`true` at api.openai.com, api.anthropic.com and generativelanguage.googleapis.com, `false` elsewhere',
        description:
          'Whether compatible requests may give addresses of images, documents and the like, which the provider’s server then opens. A server in your own network would open what is in your network.',
      }),
    ),
    models: defaulted([], Type.Array(Model, { description: 'The models to offer.' })),
  },
  {
    additionalProperties: false,
    description: 'A company’s API, a server of your own, or the offline demo.',
  },
)

function timeout(fallbackMs: number, description: string) {
  return defaulted(fallbackMs, Type.Integer({ minimum: 1, maximum: LONGEST_TIMER_MS, description }))
}
