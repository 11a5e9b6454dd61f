import type { Part } from '../form/parts.ts'
import type { ModelRequest } from '../form/request.ts'
import { countTokens, TOKENS_PER_IMAGE } from './count-tokens.ts'

/** Tokens around the text of each message: its role and its borders. */
const TOKENS_PER_MESSAGE = 4

/** The tokens of everything sent: messages, calls and results of tools, the tools on offer, and images and files at a fixed estimate. */
export async function countPrompt({ messages, tools }: ModelRequest): Promise<number> {
  const parts = messages.flatMap((message) => message.parts)
  const texts = textsOf(parts)
  if (tools && tools.length > 0) texts.push(JSON.stringify(tools))
  const around = TOKENS_PER_MESSAGE * messages.length + TOKENS_PER_IMAGE * filesIn(parts)
  return (await countTokens(texts.join('\n'))) + around
}

/** Every text that is sent to the model. */
export function textsOf(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => {
    switch (part.type) {
      case 'image':
        return []
      case 'document':
        return 'text' in part.source ? [part.source.text] : []
      case 'tool_call':
        return [part.name, part.arguments]
      case 'tool_result':
        return textsOf(part.content)
      default:
        return [part.text]
    }
  })
}

/** How many images and files there are, but for those of text. */
export function filesIn(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => {
    if (part.type === 'tool_result') return sum + filesIn(part.content)
    const isFile = part.type === 'document' && !('text' in part.source)
    return part.type === 'image' || isFile ? sum + 1 : sum
  }, 0)
}
