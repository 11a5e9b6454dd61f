import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { nullable } from '../../http/nullable.ts'

/*
 * What is looked into whatever the provider. Fields and kinds that are not known here pass through to providers that
 * speak this format; for others they are refused by name.
 */

const open = { additionalProperties: true }
const optional = <T extends TSchema>(schema: T) => Type.Optional(nullable(schema))
const tokens = Type.Integer({ minimum: 1, maximum: 1_000_000 })
const penalty = Type.Number({ minimum: -2, maximum: 2 })

const Part = Type.Object(
  {
    type: Type.String({ minLength: 1 }),
    text: Type.Optional(Type.String()),
    image_url: Type.Optional(Type.Object({ url: Type.String() }, open)),
    refusal: Type.Optional(Type.String()),
  },
  { ...open, description: 'text, image_url, input_audio, file …' },
)

const CalledTool = Type.Object(
  {
    id: Type.String(),
    type: Type.Optional(Type.String()),
    function: Type.Optional(Type.Object({ name: Type.String(), arguments: Type.String() }, open)),
  },
  open,
)

const Message = Type.Object(
  {
    role: Type.Union([
      Type.Literal('system'),
      Type.Literal('developer'),
      Type.Literal('user'),
      Type.Literal('assistant'),
      Type.Literal('tool'),
    ]),
    content: optional(Type.Union([Type.String(), Type.Array(Part, { maxItems: 10_000 })])),
    tool_calls: optional(Type.Array(CalledTool, { maxItems: 1000 })),
    tool_call_id: Type.Optional(Type.String({ description: 'required in the answer of a tool' })),
    refusal: optional(Type.String()),
  },
  open,
)

const Tool = Type.Object(
  {
    type: Type.String({ minLength: 1 }),
    function: Type.Optional(
      Type.Object(
        {
          name: Type.String({ minLength: 1 }),
          description: Type.Optional(Type.String()),
          parameters: Type.Optional(Type.Object({}, open)),
        },
        open,
      ),
    ),
  },
  open,
)

const ToolChoice = Type.Union([
  Type.Literal('none'),
  Type.Literal('auto'),
  Type.Literal('required'),
  Type.Object({ type: Type.String() }, open),
])

const ResponseFormat = Type.Object(
  { type: Type.String(), json_schema: Type.Optional(Type.Object({ name: Type.String() }, open)) },
  { ...open, description: '`text`, `json_object` or `json_schema`' },
)

/** The body of `POST /v1/chat/completions`, OpenAI's chat completions. */
export const ChatCompletionRequest = Type.Object(
  {
    model: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'the id of a model, or `agent:` and the name of an agent',
    }),
    messages: Type.Array(Message, { minItems: 1, maxItems: 10_000 }),
    stream: optional(Type.Boolean()),
    stream_options: optional(Type.Object({ include_usage: Type.Optional(Type.Boolean()) }, open)),
    max_tokens: optional(tokens),
    max_completion_tokens: optional(tokens),
    temperature: optional(Type.Number({ minimum: 0, maximum: 2 })),
    top_p: optional(Type.Number({ minimum: 0, maximum: 1 })),
    n: optional(Type.Integer({ minimum: 1, maximum: 1, description: 'one answer at a time' })),
    stop: optional(Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: 100 })])),
    seed: optional(Type.Integer()),
    presence_penalty: optional(penalty),
    frequency_penalty: optional(penalty),
    logprobs: optional(Type.Boolean()),
    top_logprobs: optional(Type.Integer({ minimum: 0, maximum: 20 })),
    tools: Type.Optional(Type.Array(Tool, { maxItems: 1000 })),
    tool_choice: Type.Optional(ToolChoice),
    parallel_tool_calls: Type.Optional(Type.Boolean()),
    response_format: Type.Optional(ResponseFormat),
    user: Type.Optional(Type.String()),
  },
  open,
)
export type ChatCompletionRequest = Static<typeof ChatCompletionRequest>

/** A whole answer; relayed ones have whatever else their provider says. */
export const ChatCompletion = Type.Object(
  {
    id: Type.Optional(Type.String()),
    object: Type.Optional(Type.String()),
    created: Type.Optional(Type.Integer()),
    model: Type.Optional(Type.String()),
    choices: Type.Array(Type.Object({ message: Type.Object({}, open) }, open)),
    usage: Type.Optional(Type.Unknown()),
  },
  open,
)

/** One event of a stream; the last is `[DONE]`. */
export const ChatCompletionChunk = Type.Object(
  { choices: Type.Array(Type.Object({}, open)), usage: Type.Optional(Type.Unknown()) },
  open,
)
