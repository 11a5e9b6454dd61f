import { countInput } from '../upstream/count-input.ts'
import type { CountTokensBody } from './messages-schema.ts'
import { messagesToChat } from './messages-to-chat.ts'

/*
 * `POST /v1/messages/count_tokens`: how many tokens a prompt has. Providers of Anthropic's family are asked, for others it
 * is counted here. Nothing is generated, so it counts against the rate limit alone: no run is recorded, and nothing is
 * taken from a quota.
 */

/**
 * The tokens of a prompt for any other model, by our own tokenizer: an estimate.
 *
 * @throws AresError `invalid` for what the model could not be given either
 */
export async function countMessageTokens(body: CountTokensBody): Promise<number> {
  // Without a limit there is nothing to generate, and nothing is.
  return countInput(messagesToChat({ ...body, max_tokens: 1 }))
}
