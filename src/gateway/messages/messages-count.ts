import type { ChatBody } from '../form/chat-format.ts'
import { countInput } from '../upstream/count-input.ts'
import type { CountTokensBody } from './messages-schema.ts'
import { messagesToChat } from './messages-to-chat.ts'

/*
 * `POST /v1/messages/count_tokens`: how many tokens a prompt has. Providers of Anthropic's family are asked, for others it
 * is counted here. Nothing is generated, so it counts against the rate limit alone: no run is recorded, and nothing is
 * taken from a quota.
 */

/** An image's size is not known here; this is what OpenAI takes for one of 1024 × 1024. */
const TOKENS_PER_IMAGE = 765

/**
 * The tokens of a prompt for any other model, by our own tokenizer: an estimate.
 *
 * @throws AresError `invalid` for what the model could not be given either
 */
export async function countMessageTokens(body: CountTokensBody): Promise<number> {
  // Without a limit there is nothing to generate, and nothing is.
  return countChatTokens(messagesToChat({ ...body, max_tokens: 1 }))
}

/** The tokens of everything a request would send: messages, tool calls, images, and the tools on offer. */
export async function countChatTokens(chat: ChatBody): Promise<number> {
  return (await countInput(chat)) + TOKENS_PER_IMAGE * countImages(chat)
}

function countImages({ messages }: ChatBody): number {
  const parts = messages.flatMap(({ content }) => (Array.isArray(content) ? content : []))
  return parts.filter(({ type }) => type === 'image_url').length
}
