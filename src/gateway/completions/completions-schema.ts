import { Kind, type Static, type TSchema, Type } from '@sinclair/typebox'
import { nullable } from '../../http/nullable.ts'

/* What is looked into whatever the provider. Fields that are not known here pass through to OpenAI-compatible providers. */

const open = { additionalProperties: true }
const optional = <T extends TSchema>(schema: T) => Type.Optional(nullable(schema))
const penalty = optional(Type.Number({ minimum: -2, maximum: 2 }))
/** Lists of tokens are refused in a sentence of our own. */
const Prompt = Type.Unsafe<unknown>({
  [Kind]: 'Unknown',
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }],
  description: 'a text, or texts, each of which is gone on with; no lists of tokens',
})

/** The body of `POST /v1/completions`, OpenAI's legacy completions. */
export const CompletionRequest = Type.Object(
  {
    model: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'the id of a model, or `agent:` and the name of an agent',
    }),
    prompt: Prompt,
    stream: optional(Type.Boolean()),
    stream_options: optional(Type.Object({ include_usage: optional(Type.Boolean()) }, open)),
    max_tokens: optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    temperature: optional(Type.Number({ minimum: 0, maximum: 2 })),
    top_p: optional(Type.Number({ minimum: 0, maximum: 1 })),
    n: optional(Type.Integer({ minimum: 1, maximum: 1, description: 'one answer at a time' })),
    stop: optional(Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: 100 })])),
    presence_penalty: penalty,
    frequency_penalty: penalty,
    logprobs: optional(Type.Integer({ minimum: 0, maximum: 20 })),
    echo: optional(Type.Boolean()),
    suffix: optional(Type.String()),
    user: optional(Type.String()),
  },
  open,
)
export type CompletionRequest = Static<typeof CompletionRequest>

/** A whole answer; relayed ones have whatever else their provider says. */
export const Completion = Type.Object(
  {
    id: Type.Optional(Type.String()),
    object: Type.Optional(Type.String()),
    created: Type.Optional(Type.Integer()),
    model: Type.Optional(Type.String()),
    choices: Type.Array(Type.Object({ text: Type.String() }, open)),
    usage: Type.Optional(Type.Unknown()),
  },
  open,
)

/** One event of a stream; the last is `[DONE]`. */
export const CompletionChunk = Type.Object(
  { choices: Type.Array(Type.Object({}, open)), usage: Type.Optional(Type.Unknown()) },
  open,
)
