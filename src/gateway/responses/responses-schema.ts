import { Kind, type Static, type TSchema, type TUnsafe, Type } from '@sinclair/typebox'
import { nullable } from '../../http/nullable.ts'
import { Item, ItemReference } from './items-schema.ts'

const open = { additionalProperties: true }
const optional = <T extends TSchema>(schema: T) => Type.Optional(nullable(schema))
/** Known, but refused with a sentence of its own where it asks for something (`request.ts`). */
const refused = Type.Optional(Type.Unknown({ description: 'not offered here' }))
/** Left out on the way, and told in `X-Ares-Left-Out`: no answer depends on it. */
const hint = Type.Optional(Type.Unknown({ description: 'a hint; left out' }))

/** Told apart by its place in a description, checked in the translation: allows everything where it stands. */
function checkedLater<T extends TSchema>(schema: T): TUnsafe<Static<T>> {
  return Type.Unsafe<Static<T>>({ ...schema, [Kind]: 'Unknown' })
}

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
  open,
)

/** A tool of the client's that takes free text. */
export const CustomTool = Type.Object(
  {
    type: Type.Literal('custom'),
    name: Type.String({ minLength: 1 }),
    description: optional(Type.String()),
    format: Type.Optional(Type.Unknown({ description: 'text, or a grammar' })),
  },
  open,
)

/** A group of the client's tools. */
export const NamespaceTool = Type.Object(
  {
    type: Type.Literal('namespace'),
    name: Type.String({ minLength: 1 }),
    tools: Type.Array(Type.Unknown(), { maxItems: 1000 }),
  },
  open,
)

export const AllowedTools = Type.Object(
  {
    type: Type.Literal('allowed_tools'),
    mode: Type.Union([Type.Literal('auto'), Type.Literal('required')]),
    tools: Type.Array(
      Type.Object({ type: Type.String(), name: Type.String({ minLength: 1 }) }, open),
      { minItems: 1 },
    ),
  },
  open,
)

export const ChoiceMode = Type.Union([
  Type.Literal('none'),
  Type.Literal('auto'),
  Type.Literal('required'),
])

export const PlainFormat = Type.Object(
  { type: Type.Union([Type.Literal('text'), Type.Literal('json_object')]) },
  open,
)

export const SchemaFormat = Type.Object(
  {
    type: Type.Literal('json_schema'),
    name: Type.String({ minLength: 1 }),
    description: optional(Type.String()),
    schema: Type.Record(Type.String(), Type.Unknown()),
    strict: optional(Type.Boolean()),
  },
  open,
)

const TextConfig = Type.Object(
  {
    format: Type.Optional(checkedLater(nullable(Type.Union([PlainFormat, SchemaFormat])))),
    verbosity: optional(Type.String()),
  },
  open,
)

const ReasoningConfig = Type.Object({ effort: optional(Type.String()) }, open)

/** The body of `POST /v1/responses`, as OpenAI's API takes it. */
export const ResponsesRequest = Type.Object(
  {
    model: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'the id of a model, or `agent:` and the name of an agent',
    }),
    input: checkedLater(
      Type.Union([Type.String(), Type.Array(Type.Union([Item, ItemReference]), { minItems: 1 })]),
    ),
    instructions: optional(Type.String()),
    tools: optional(
      Type.Array(checkedLater(Type.Union([FunctionTool, CustomTool, NamespaceTool])), {
        maxItems: 1000,
      }),
    ),
    tool_choice: Type.Optional(checkedLater(nullable(Type.Union([ChoiceMode, AllowedTools])))),
    parallel_tool_calls: optional(Type.Boolean()),
    text: optional(TextConfig),
    reasoning: optional(ReasoningConfig),
    max_output_tokens: optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    temperature: optional(Type.Number({ minimum: 0, maximum: 2 })),
    top_p: optional(Type.Number({ minimum: 0, maximum: 1 })),
    top_logprobs: optional(Type.Integer({ minimum: 0, maximum: 20 })),
    include: optional(Type.Array(Type.String(), { maxItems: 100 })),
    service_tier: optional(Type.String()),
    user: optional(Type.String()),
    stream: optional(Type.Boolean()),
    previous_response_id: optional(
      Type.String({ description: 'a kept response, whose conversation goes on' }),
    ),
    store: optional(
      Type.Boolean({ description: 'whether the response is kept; true where it is left out' }),
    ),
    metadata: optional(Type.Record(Type.String(), Type.Unknown())),
    safety_identifier: optional(Type.String()),
    prompt_cache_key: optional(Type.String()),
    prompt_cache_retention: hint,
    prompt_cache_options: hint,
    stream_options: hint,
    client_metadata: hint,
    context_management: hint,
    moderation: hint,
    truncation: hint,
    max_tool_calls: hint,
    background: refused,
    conversation: refused,
    prompt: refused,
  },
  open,
)
export type ResponsesBody = Static<typeof ResponsesRequest>
