import type { ModelRequest } from '../../form/request.ts'
import { filesIn, textsOf } from '../count-prompt.ts'
import { TOKENS_PER_IMAGE } from '../count-tokens.ts'

/** The demo model's measure: a token is four characters of text, the last one perhaps fewer. */
export const CHARACTERS_PER_TOKEN = 4

export function countTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN)
}

/** Tokens of everything the demo model is given: messages, tool calls, the tools' specifications, and images and files at the estimate of all. */
export function countInputTokens({ messages, tools = [] }: ModelRequest): number {
  const texts = messages.flatMap(({ parts }) => textsOf(parts))
  if (tools.length > 0) texts.push(JSON.stringify(tools))
  const files = messages.reduce((sum, { parts }) => sum + filesIn(parts), 0)
  return texts.reduce((total, text) => total + countTokens(text), TOKENS_PER_IMAGE * files)
}
