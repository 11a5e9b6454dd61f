import type { Choice } from '../models/models.ts'
import type { GeminiModel, GeminiModelList } from './gemini-schema.ts'

const ANSWERS = ['generateContent', 'streamGenerateContent', 'countTokens']
const EMBEDS = ['embedContent', 'batchEmbedContents']

/** A model or agent in the form of Google's clients. */
export function geminiModel({ id, facts, mayEmbed }: Choice): GeminiModel {
  const { context_length, max_output_tokens, supports_thinking: thinking } = facts
  return {
    name: `models/${id}`,
    baseModelId: id,
    version: '001',
    displayName: id,
    inputTokenLimit: context_length,
    ...(max_output_tokens !== undefined && { outputTokenLimit: max_output_tokens }),
    ...(thinking !== undefined && { thinking }),
    supportedGenerationMethods: mayEmbed ? [...ANSWERS, ...EMBEDS] : ANSWERS,
  }
}

/** All choices in that form. */
export function geminiModels(choices: Choice[]): GeminiModelList {
  return { models: choices.map(geminiModel) }
}
