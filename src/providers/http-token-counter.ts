import { checkedCall } from './checked-call.ts'
import { unreadable } from './call-failure.ts'
import type { ModelConfig } from '../config/config.ts'
import { type Endpoint, post, under, withHeaders } from './http-call.ts'
import type { RelayRequest, TokenCounter } from './relay.ts'
import { saneTokens } from './usage.ts'
import { readWholeReply } from './whole-reply.ts'

/** How one family of APIs counts. */
export interface Counting {
  /** What follows the address, where that depends on the model. */
  path?(model: ModelConfig): string
  /** The JSON to post. */
  bodyOf(request: RelayRequest): object
  /** Where the figure stands in the answer. */
  field: string
}

/** Asks a provider behind an HTTP API. */
export class HttpTokenCounter implements TokenCounter {
  readonly #endpoint: Endpoint
  readonly #counting: Counting

  constructor(endpoint: Endpoint, counting: Counting) {
    this.#endpoint = endpoint
    this.#counting = counting
  }

  count(request: RelayRequest, signal: AbortSignal): Promise<number> {
    const { config } = this.#endpoint
    return checkedCall({ config, prompt: request }, async () => {
      const text = JSON.stringify(this.#counting.bodyOf(request))
      const target = under(this.#endpoint, this.#counting.path?.(request.model))
      const body = await post(withHeaders(target, request.headers), text, signal)
      const { reply } = await readWholeReply(body, config.name)
      const tokens = saneTokens(reply[this.#counting.field])
      if (tokens === null) throw unreadable(config.name)
      return tokens
    })
  }
}
