import { Type } from '@sinclair/typebox'

const open = { additionalProperties: true }

/** A message, as Anthropic's clients read it; a relayed one has whatever else its provider says. */
export const MessageReply = Type.Object(
  {
    id: Type.Optional(Type.String()),
    type: Type.Optional(Type.String()),
    role: Type.Optional(Type.String()),
    model: Type.Optional(Type.String()),
    content: Type.Array(Type.Object({ type: Type.String() }, open)),
    stop_reason: Type.Optional(Type.Unknown()),
    usage: Type.Optional(Type.Unknown()),
  },
  open,
)

/** One event of a stream, `message_start` to `message_stop`. */
export const MessageEvent = Type.Object({ type: Type.String() }, open)
