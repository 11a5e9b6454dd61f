import { type Message, textMessage } from '../form/parts.ts'
import { CONTEXT_END, CONTEXT_START } from '../providers/context-block.ts'

/**
 * What the model gets for a run: the agent's system prompt, then the message with the context below it as JSON.
 *
 * A missing or empty system prompt and a missing context are left out. Source: contract 5.1.
 *
 * @param context free JSON, no deeper than the request body may be
 */
export function toMessages(
  systemPrompt: string | undefined,
  message: string,
  context: Record<string, unknown> | undefined,
): Message[] {
  const user = textMessage('user', withContext(message, context))
  return systemPrompt ? [textMessage('system', systemPrompt), user] : [user]
}

function withContext(message: string, context: Record<string, unknown> | undefined): string {
  if (context === undefined) return message
  // `<` can only occur inside JSON strings, where \u003c means the same: no value can close the block.
  const json = JSON.stringify(context).replaceAll('<', String.raw`\u003c`)
  return message + CONTEXT_START + json + CONTEXT_END
}
