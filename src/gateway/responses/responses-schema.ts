import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { nullable } from '../../http/nullable.ts'
import { checkedLater, Item } from './responses-items.ts'

const closed = { additionalProperties: false }
const optional = <T extends TSchema>(schema: T) => Type.Optional(nullable(schema))
/** Known, but refused with a sentence of its own where it asks for something (`responses-to-chat.ts`). */
const refused = Type.Optional(Type.Unknown({ description: 'not offered here' }))

/** What `include` says to ask for the probabilities of tokens. */
export const LOGPROBS = 'message.output_text.logprobs'

/** A function that the client runs. */
export const FunctionTool = Type.Object(
  {
    type: Type.Literal('function'),
    name: Type.String({ minLength: 1 }),
    description: optional(Type.String()),
    parameters: optional(Type.Record(Type.String(), Type.Unknown())),
    strict: optional(Type.Boolean()),
  },
  closed,
)
export type FunctionTool = Static<typeof FunctionTool>

export const ChosenFunction = Type.Object(
  { type: Type.Literal('function'), name: Type.String({ minLength: 1 }) },
  closed,
)

export const AllowedTools = Type.Object(
  {
    type: Type.Literal('allowed_tools'),
    mode: Type.Union([Type.Literal('auto'), Type.Literal('required')]),
    tools: Type.Array(ChosenFunction, { minItems: 1 }),
  },
  closed,
)

export const ChoiceMode = Type.Union([
  Type.Literal('none'),
  Type.Literal('auto'),
  Type.Literal('required'),
])

export const PlainFormat = Type.Object(
  { type: Type.Union([Type.Literal('text'), Type.Literal('json_object')]) },
  closed,
)

export const SchemaFormat = Type.Object(
  {
    type: Type.Literal('json_schema'),
    name: Type.String({ minLength: 1 }),
    description: optional(Type.String()),
    schema: Type.Record(Type.String(), Type.Unknown()),
    strict: optional(Type.Boolean()),
  },
  closed,
)

export const TextConfig = Type.Object(
  {
    format: Type.Optional(checkedLater(nullable(Type.Union([PlainFormat, SchemaFormat])))),
    verbosity: optional(Type.String()),
  },
  closed,
)

export const ReasoningConfig = Type.Object(
  {
    effort: optional(Type.String()),
    summary: optional(Type.Literal('auto')),
    generate_summary: optional(Type.Literal('auto')),
    context: optional(Type.Literal('auto')),
    mode: optional(Type.Literal('standard')),
  },
  closed,
)

export const StreamOptions = Type.Object(
  { include_obfuscation: optional(Type.Literal(false)) },
  closed,
)

const conversation = {
  model: Type.String({
    minLength: 1,
    maxLength: 200,
    description: 'the id of a model, or `agent:` and the name of an agent',
  }),
  input: checkedLater(Type.Union([Type.String(), Type.Array(Item, { minItems: 1 })])),
  instructions: optional(Type.String()),
}

const howToAnswer = {
  tools: optional(Type.Array(checkedLater(FunctionTool))),
  tool_choice: Type.Optional(
    checkedLater(nullable(Type.Union([ChoiceMode, ChosenFunction, AllowedTools]))),
  ),
  parallel_tool_calls: optional(Type.Boolean()),
  text: Type.Optional(checkedLater(nullable(TextConfig))),
  reasoning: Type.Optional(checkedLater(nullable(ReasoningConfig))),
  max_output_tokens: optional(Type.Integer({ minimum: 1 })),
  temperature: optional(Type.Number({ minimum: 0, maximum: 2 })),
  top_p: optional(Type.Number({ minimum: 0, maximum: 1 })),
  top_logprobs: optional(Type.Integer({ minimum: 0, maximum: 20 })),
  include: optional(Type.Array(Type.String())),
  service_tier: optional(Type.String()),
  user: optional(Type.String()),
  stream: optional(Type.Boolean()),
}

/** Left out on the way: they do not change the answer. */
const withoutEffect = {
  stream_options: Type.Optional(checkedLater(nullable(StreamOptions))),
  metadata: optional(Type.Record(Type.String(), Type.String())),
  safety_identifier: optional(Type.String()),
  prompt_cache_key: optional(Type.String()),
  prompt_cache_retention: optional(Type.String()),
}

const notOffered = {
  background: refused,
  context_management: refused,
  conversation: refused,
  max_tool_calls: refused,
  moderation: refused,
  previous_response_id: refused,
  prompt: refused,
  prompt_cache_options: refused,
  store: refused,
  truncation: refused,
}

/** The body of `POST /v1/responses`, as OpenAI's API takes it, without a memory: `responses-to-chat.ts` has the table. */
export const ResponsesRequest = Type.Object(
  { ...conversation, ...howToAnswer, ...withoutEffect, ...notOffered },
  closed,
)
export type ResponsesBody = Static<typeof ResponsesRequest>
