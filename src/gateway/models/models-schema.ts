import { type Static, Type } from '@sinclair/typebox'
import { nullable } from '../../http/nullable.ts'
import { ModelFacts } from './model-facts.ts'

/** A model or agent as OpenAI's clients read it. */
export const OpenAiModel = Type.Object({
  id: Type.String({ description: 'what to say as `model`' }),
  object: Type.Literal('model'),
  created: Type.Integer({ description: 'seconds since 1970' }),
  owned_by: Type.String({ description: 'the provider, or `agent`' }),
  ...ModelFacts.properties,
})
export type OpenAiModel = Static<typeof OpenAiModel>

/** A model or agent as Anthropic's clients read it. */
export const AnthropicModel = Type.Object({
  type: Type.Literal('model'),
  id: Type.String(),
  display_name: Type.String(),
  created_at: Type.String(),
  ...ModelFacts.properties,
})
export type AnthropicModel = Static<typeof AnthropicModel>

const OpenAiModelList = Type.Object({
  object: Type.Literal('list'),
  data: Type.Array(OpenAiModel),
})

const AnthropicModelList = Type.Object({
  data: Type.Array(AnthropicModel),
  has_more: Type.Literal(false),
  first_id: nullable(Type.String()),
  last_id: nullable(Type.String()),
})

/** The second form is for requests with an `anthropic-version`. */
export const Model = Type.Union([OpenAiModel, AnthropicModel])
export const ModelList = Type.Union([OpenAiModelList, AnthropicModelList])
export type ModelList = Static<typeof ModelList>
