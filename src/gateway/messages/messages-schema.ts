import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { nullable } from '../../http/nullable.ts'

/*
 * What is looked into whatever the provider. Blocks and tools of kinds that are not known here pass through to providers
 * that speak this format, which check them; the shapes at the end hold for those that are translated.
 */

const open = { additionalProperties: true }
/** Many clients write null for what they do not ask for. */
const optional = <T extends TSchema>(schema: T) => Type.Optional(nullable(schema))

const Block = Type.Object(
  { type: Type.String({ minLength: 1 }) },
  { ...open, description: 'text, image, tool_use, tool_result, thinking, document …' },
)

const Blocks = Type.Array(Block, { maxItems: 10_000 })

const Message = Type.Object(
  {
    role: Type.Union([Type.Literal('user'), Type.Literal('assistant'), Type.Literal('system')]),
    content: Type.Union([Type.String(), Blocks]),
  },
  open,
)

const ToolChoice = Type.Object(
  {
    type: Type.Union([
      Type.Literal('auto'),
      Type.Literal('any'),
      Type.Literal('tool'),
      Type.Literal('none'),
    ]),
    name: optional(Type.String({ description: 'of the tool, with type "tool"' })),
    disable_parallel_tool_use: optional(Type.Boolean()),
  },
  open,
)

/** The fields that decide what a prompt costs: those of `POST /v1/messages/count_tokens`. */
const promptFields = {
  model: Type.String({
    minLength: 1,
    maxLength: 200,
    description: 'the id of a model, or `agent:` and the name of an agent',
  }),
  messages: Type.Array(Message, { minItems: 1, maxItems: 10_000 }),
  system: optional(Type.Union([Type.String(), Blocks])),
  tools: optional(Type.Array(Type.Object({}, open), { maxItems: 1000 })),
  tool_choice: optional(ToolChoice),
  thinking: optional(Type.Object({ type: Type.String() }, open)),
  // A provider keeps threads under its own key, which all tenants share.
  thread: Type.Optional(
    Type.Null({ description: 'nothing is kept here: every request brings the whole conversation' }),
  ),
}

/** The body of `POST /v1/messages`, Anthropic's Messages API. */
export const MessagesRequest = Type.Object(
  {
    ...promptFields,
    max_tokens: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    stream: optional(Type.Boolean()),
    stop_sequences: optional(Type.Array(Type.String(), { maxItems: 1000 })),
    temperature: optional(Type.Number({ minimum: 0, maximum: 1 })),
    top_p: optional(Type.Number({ minimum: 0, maximum: 1 })),
    top_k: optional(Type.Integer({ minimum: 0 })),
    metadata: optional(Type.Object({}, open)),
    service_tier: optional(Type.String()),
    output_config: optional(Type.Object({}, open)),
  },
  open,
)
export type MessagesBody = Static<typeof MessagesRequest> & { [field: string]: unknown }

/** The body of `POST /v1/messages/count_tokens`. */
export const CountTokensRequest = Type.Object(promptFields, open)
export type CountTokensBody = Static<typeof CountTokensRequest> & { [field: string]: unknown }

/** How many tokens a prompt has. */
export const CountTokensReply = Type.Object({ input_tokens: Type.Integer({ minimum: 0 }) })

/** A block of text. */
export const TextBlock = Type.Object({ text: Type.String() })

/** An image, or a document to be read: within the request or at an address. */
export const ImageBlock = Type.Object({ source: Type.Object({ type: Type.String() }, open) })
export const FileBlock = ImageBlock

/** The source of bytes within the request. */
export const Base64Source = Type.Object({ media_type: Type.String(), data: Type.String() })

/** The source of a document that is plain text. */
export const TextSource = Type.Object({ data: Type.String() })

/** The source of what is at an address. */
export const UrlSource = Type.Object({ url: Type.String() })

/** The model's call of a tool. `input` is any JSON. */
export const ToolUseBlock = Type.Object({
  id: Type.String({ minLength: 1 }),
  name: Type.String({ minLength: 1 }),
  input: Type.Unknown(),
})

/** What a tool answered. */
export const ToolResultBlock = Type.Object({
  tool_use_id: Type.String({ minLength: 1 }),
  content: optional(Type.Union([Type.String(), Blocks])),
  is_error: optional(Type.Boolean()),
})

/** A tool that the client runs. */
export const ClientTool = Type.Object({
  name: Type.String({ minLength: 1 }),
  description: optional(Type.String()),
  input_schema: Type.Record(Type.String(), Type.Unknown()),
  strict: optional(Type.Boolean()),
})

/** A wish for an answer in JSON of that schema. */
export const JsonFormat = Type.Object({
  type: Type.Literal('json_schema'),
  schema: Type.Record(Type.String(), Type.Unknown()),
})
