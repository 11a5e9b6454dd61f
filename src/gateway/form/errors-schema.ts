import { Type } from '@sinclair/typebox'
import { nullable } from '../../http/nullable.ts'

/** A refusal on the surfaces of OpenAI's clients. */
export const OpenAiErrorReply = Type.Object({
  error: Type.Object({
    message: Type.String({ description: 'a sentence for a person' }),
    type: Type.String(),
    param: nullable(Type.String({ description: 'the field that is wrong' })),
    code: Type.String({ description: 'stable, snake_case' }),
  }),
})

/** A refusal on the surfaces of Anthropic's clients. */
export const AnthropicErrorReply = Type.Object({
  type: Type.Literal('error'),
  error: Type.Object({
    type: Type.String(),
    message: Type.String({ description: 'a sentence for a person' }),
    details: Type.Optional(Type.Object({}, { additionalProperties: true })),
  }),
  request_id: Type.String(),
})

/** A refusal on the surface of Google's clients. */
export const GoogleErrorReply = Type.Object({
  error: Type.Object({
    code: Type.Integer({ description: 'the status of the answer' }),
    message: Type.String({ description: 'a sentence for a person' }),
    status: Type.String({ description: 'in Google’s words' }),
    details: Type.Array(Type.Object({ '@type': Type.String() }, { additionalProperties: true }), {
      description: 'ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo',
    }),
  }),
})
