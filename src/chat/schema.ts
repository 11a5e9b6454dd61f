import { Type, type Static } from '@sinclair/typebox'

const ChatMessage = Type.Object(
  {
    role: Type.Union([Type.Literal('system'), Type.Literal('user'), Type.Literal('assistant')]),
    content: Type.String(),
  },
  { additionalProperties: false },
)

/** Source: V1 Client API, "Send a Chat Message". */
export const ChatRequest = Type.Object(
  {
    messages: Type.Array(ChatMessage, {
      minItems: 1,
      maxItems: 1000,
      description: 'the conversation so far; the last message is the user’s',
    }),
    model: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    agent_type: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'type or name of an agent' }),
    ),
    max_tokens: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    temperature: Type.Optional(Type.Number({ minimum: 0, maximum: 2 })),
  },
  { additionalProperties: false },
)
export type ChatRequest = Static<typeof ChatRequest>

/** What an operator may ask in a tenant's name: an agent by its very name, too. */
export const PlaygroundRequest = Type.Object(
  {
    ...ChatRequest.properties,
    agent: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'name of an agent; not its type' }),
    ),
  },
  { additionalProperties: false },
)
export type PlaygroundRequest = Static<typeof PlaygroundRequest>

const FinishReason = Type.Union([
  Type.Literal('stop'),
  Type.Literal('length'),
  Type.Literal('content_filter'),
  Type.Literal('error'),
])

/** Source: V1 Client API, "Send a Chat Message". `id` is the id of the recorded run. */
export const ChatReply = Type.Object({
  id: Type.String({ format: 'uuid' }),
  content: Type.String(),
  model: Type.String(),
  tokens_used: Type.Integer(),
  tokens_estimated: Type.Boolean(),
  finish_reason: FinishReason,
})
export type ChatReply = Static<typeof ChatReply>

/** One event of a stream. Source: V1 Client API, "Stream a Chat Response"; contract 5.6. */
export const ChatEvent = Type.Object({
  delta: Type.String(),
  finish_reason: Type.Union([FinishReason, Type.Null()]),
  tokens_used: Type.Optional(Type.Integer()),
  error: Type.Optional(Type.String()),
})
export type ChatEvent = Static<typeof ChatEvent>
