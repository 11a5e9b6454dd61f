import { Kind, type Static, type TSchema, Type } from '@sinclair/typebox'
import { nullable } from '../../http/nullable.ts'

/*
 * What is looked into whatever the provider. Fields and kinds that are not known here pass through to providers that
 * speak this format; for others they are refused by name.
 */

const open = { additionalProperties: true }
const optional = <T extends TSchema>(schema: T) => Type.Optional(nullable(schema))
const tokens = Type.Integer({ minimum: 1, maximum: 1_000_000 })
/** An integer of up to 64 bits. Beyond 2⁵³ it is raw, which the schema cannot tell; `checkChat` does. */
const LargeInteger = Type.Unsafe<unknown>({ [Kind]: 'Unknown', type: 'integer' })
const penalty = Type.Number({ minimum: -2, maximum: 2 })

const Part = Type.Object(
  {
    type: Type.String({ minLength: 1 }),
    text: optional(Type.String()),
    image_url: optional(
      Type.Union([Type.Object({ url: Type.String() }, open), Type.String()], {
        description: 'an object with `url`, or the address itself',
      }),
    ),
    refusal: optional(Type.String()),
    file: optional(Type.Object({}, open)),
  },
  { ...open, description: 'text, image_url, input_audio, file …' },
)

const CalledTool = Type.Object(
  {
    id: Type.String(),
    type: optional(Type.String()),
    function: optional(Type.Object({ name: Type.String(), arguments: Type.String() }, open)),
    custom: optional(Type.Object({ name: Type.String(), input: Type.String() }, open)),
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
    tool_call_id: optional(Type.String({ description: 'required in the answer of a tool' })),
    refusal: optional(Type.String()),
  },
  open,
)

const Tool = Type.Object(
  {
    type: Type.String({ minLength: 1 }),
    function: optional(
      Type.Object(
        {
          name: Type.String({ minLength: 1 }),
          description: optional(Type.String()),
          parameters: optional(Type.Object({}, open)),
        },
        open,
      ),
    ),
    custom: optional(
      Type.Object(
        { name: Type.String({ minLength: 1 }), description: optional(Type.String()) },
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
  Type.Literal('any'),
  Type.Object({ type: Type.String() }, open),
])

const ResponseFormat = Type.Object(
  { type: Type.String(), json_schema: optional(Type.Object({ name: Type.String() }, open)) },
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
    stream_options: optional(Type.Object({ include_usage: optional(Type.Boolean()) }, open)),
    max_tokens: optional(tokens),
    max_completion_tokens: optional(tokens),
    temperature: optional(Type.Number({ minimum: 0, maximum: 2 })),
    top_p: optional(Type.Number({ minimum: 0, maximum: 1 })),
    n: optional(Type.Integer({ minimum: 1, maximum: 1, description: 'one answer at a time' })),
    stop: optional(Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: 100 })])),
    seed: optional(LargeInteger),
    presence_penalty: optional(penalty),
    frequency_penalty: optional(penalty),
    logprobs: optional(Type.Boolean()),
    top_logprobs: optional(Type.Integer({ minimum: 0, maximum: 20 })),
    tools: optional(Type.Array(Tool, { maxItems: 1000 })),
    tool_choice: optional(ToolChoice),
    parallel_tool_calls: optional(Type.Boolean()),
    response_format: optional(ResponseFormat),
    user: optional(Type.String()),
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
