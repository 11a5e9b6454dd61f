import { type Static, Type } from '@sinclair/typebox'

const open = { additionalProperties: true }
const Token = Type.Integer({ minimum: 0 })

/** What OpenAI takes in one request: clients gather so many before they ask. */
export const MOST_TOKEN_IDS = 300_000
const MAX_INPUTS = { minItems: 1, maxItems: MOST_TOKEN_IDS }

/** The body of `POST /v1/embeddings`. */
export const EmbeddingRequest = Type.Object(
  {
    model: Type.String({ minLength: 1, maxLength: 200, description: 'the id of a model' }),
    input: Type.Union(
      [
        Type.String(),
        Type.Array(Type.String(), MAX_INPUTS),
        Type.Array(Token, MAX_INPUTS),
        Type.Array(Type.Array(Token, MAX_INPUTS), MAX_INPUTS),
      ],
      { description: 'a text, texts, or one or more lists of tokens' },
    ),
    encoding_format: Type.Optional(Type.Union([Type.Literal('float'), Type.Literal('base64')])),
    dimensions: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    user: Type.Optional(Type.String()),
  },
  open,
)
export type EmbeddingRequest = Static<typeof EmbeddingRequest>

/** As the provider wrote it. */
export const EmbeddingReply = Type.Object(
  {
    data: Type.Array(Type.Object({}, open)),
    usage: Type.Optional(Type.Unknown()),
  },
  open,
)
