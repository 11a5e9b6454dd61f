import { type Static, Type } from '@sinclair/typebox'
import { nullable } from '../../http/nullable.ts'

const open = { additionalProperties: true }
const tokens = Type.Integer({ minimum: 0 })

const ItemStatus = Type.Union([
  Type.Literal('in_progress'),
  Type.Literal('completed'),
  Type.Literal('incomplete'),
])

/** Text. There are never annotations: they come from tools of OpenAI’s. */
export const TextPart = Type.Object({
  type: Type.Literal('output_text'),
  text: Type.String(),
  annotations: Type.Array(Type.Unknown()),
  logprobs: Type.Array(Type.Unknown(), {
    description: 'as chat completions tell them, when they were asked for',
  }),
})
export type TextPart = Static<typeof TextPart>

/** What a model says instead of an answer. */
export const RefusalPart = Type.Object({ type: Type.Literal('refusal'), refusal: Type.String() })
export type RefusalPart = Static<typeof RefusalPart>

/** Something said. */
export const MessageItem = Type.Object({
  id: Type.String(),
  type: Type.Literal('message'),
  status: ItemStatus,
  role: Type.Literal('assistant'),
  content: Type.Array(Type.Union([TextPart, RefusalPart])),
})
export type MessageItem = Static<typeof MessageItem>

/** A function that the client is asked to call. */
export const FunctionCallItem = Type.Object({
  id: Type.String(),
  type: Type.Literal('function_call'),
  status: ItemStatus,
  call_id: Type.String(),
  name: Type.String(),
  namespace: Type.Optional(Type.String({ description: 'the group that the tool stands in' })),
  arguments: Type.String({ description: 'JSON text as the model wrote it' }),
})
export type FunctionCallItem = Static<typeof FunctionCallItem>

/** A tool of the client's that takes free text. */
export const CustomCallItem = Type.Object({
  id: Type.String(),
  type: Type.Literal('custom_tool_call'),
  status: ItemStatus,
  call_id: Type.String(),
  name: Type.String(),
  input: Type.String({ description: 'as the model wrote it' }),
})
export type CustomCallItem = Static<typeof CustomCallItem>

/** What a model thought before it answered, as far as its provider tells. */
export const ReasoningItem = Type.Object({
  id: Type.String(),
  type: Type.Literal('reasoning'),
  status: ItemStatus,
  summary: Type.Array(Type.Object({ type: Type.Literal('summary_text'), text: Type.String() })),
  encrypted_content: Type.Optional(
    Type.String({ description: 'the provider’s seal; send the item back as it is' }),
  ),
})
export type ReasoningItem = Static<typeof ReasoningItem>

/** One thing that a model thought, said or did. */
export const OutputItem = Type.Union([MessageItem, FunctionCallItem, CustomCallItem, ReasoningItem])
export type OutputItem = Static<typeof OutputItem>

/** Tokens as responses count them. */
export const ResponseUsage = Type.Object({
  input_tokens: tokens,
  input_tokens_details: Type.Object({ cached_tokens: tokens, cache_write_tokens: tokens }),
  output_tokens: tokens,
  output_tokens_details: Type.Object({ reasoning_tokens: tokens }),
  total_tokens: tokens,
})
export type ResponseUsage = Static<typeof ResponseUsage>

/** What the request said, or left to OpenAI’s defaults. */
const Echoed = {
  instructions: nullable(Type.String()),
  max_output_tokens: nullable(Type.Integer()),
  previous_response_id: nullable(Type.String()),
  parallel_tool_calls: Type.Boolean(),
  temperature: Type.Number(),
  top_p: Type.Number(),
  top_logprobs: Type.Integer(),
  tool_choice: Type.Unknown(),
  tools: Type.Array(Type.Object({ type: Type.String() }, open)),
  text: Type.Object({
    format: Type.Object({ type: Type.String() }, open),
    verbosity: Type.String(),
  }),
  reasoning: Type.Object({ effort: nullable(Type.String()), summary: nullable(Type.String()) }),
  metadata: Type.Record(Type.String(), Type.Unknown()),
  user: nullable(Type.String()),
  safety_identifier: nullable(Type.String()),
  prompt_cache_key: nullable(Type.String()),
}

/** What a server would tell that offers more. */
const NotOffered = {
  access_programs: Type.Null(),
  background: Type.Literal(false),
  max_tool_calls: Type.Null(),
  truncation: Type.Literal('disabled'),
}

/** A response, as OpenAI’s clients read it. */
export const Response = Type.Object({
  id: Type.String(),
  object: Type.Literal('response'),
  created_at: Type.Integer({ description: 'seconds since 1970' }),
  status: Type.Union([
    Type.Literal('in_progress'),
    Type.Literal('completed'),
    Type.Literal('incomplete'),
    Type.Literal('failed'),
  ]),
  error: nullable(Type.Object({ code: Type.String(), message: Type.String() })),
  incomplete_details: nullable(Type.Object({ reason: Type.String() })),
  model: Type.String({ description: 'as the request named it' }),
  output: Type.Array(OutputItem),
  usage: nullable(ResponseUsage),
  ...Echoed,
  ...NotOffered,
  store: Type.Boolean({ description: 'whether the response is kept, to be referred to' }),
})
export type Response = Static<typeof Response>

/** A response that is kept no longer. */
export const DeletedResponse = Type.Object({
  id: Type.String(),
  object: Type.Literal('response'),
  deleted: Type.Literal(true),
})

/** One event of a streamed response; the last is `response.completed`, `response.incomplete` or `response.failed`. */
export const ResponseEvent = Type.Object(
  { type: Type.String(), sequence_number: Type.Integer() },
  open,
)
