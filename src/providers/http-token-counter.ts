import { answeredCall } from './answered-call.ts'
import { unreadable } from './call-failure.ts'
import { type Endpoint, post, withHeaders } from './http-call.ts'
import type { RelayRequest, TokenCounter } from './relay.ts'
import { saneTokens } from './usage.ts'
import { readWholeReply } from './whole-reply.ts'

/** Posts to `{base_url}/v1/messages/count_tokens` of a server that speaks Anthropic's format. */
export class HttpTokenCounter implements TokenCounter {
  readonly #endpoint: Endpoint

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
  }

  count(request: RelayRequest, signal: AbortSignal): Promise<number> {
    const { config } = this.#endpoint
    return answeredCall({ config, prompt: request }, async () => {
      const text = JSON.stringify({ ...request.body, model: request.model.upstreamId })
      const body = await post(withHeaders(this.#endpoint, request.headers), text, signal)
      const { reply } = await readWholeReply(body, config.name)
      const tokens = saneTokens(reply['input_tokens'])
      if (tokens === null) throw unreadable(config.name)
      return tokens
    })
  }
}
