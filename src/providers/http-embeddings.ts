import type { Answer } from './answer.ts'
import { answeredCall } from './answered-call.ts'
import { rejectedInBody, unreadable } from './call-failure.ts'
import { type Endpoint, post } from './http-call.ts'
import { asObject } from './json-shape.ts'
import { readWholeReply } from './whole-reply.ts'
import type { EmbeddingRelay, RelayReply, RelayRequest } from './relay.ts'
import { errorMessage, scrub } from './scrub.ts'
import { saneTokens, settleUsage } from './usage.ts'

/** More than real vectors in an answer of the largest size that is read by default. */
const MAX_NUMBERS = 2_000_000

/** Posts to `{base_url}/embeddings` of an OpenAI-compatible server. */
export class HttpEmbeddings implements EmbeddingRelay {
  readonly #endpoint: Endpoint

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
  }

  embed(request: RelayRequest, signal: AbortSignal): Promise<RelayReply> {
    const { config } = this.#endpoint
    return answeredCall(config, request, async (answer) => {
      // An embedding writes nothing.
      answer.report({ outputTokens: 0 })
      const text = JSON.stringify({ ...request.body, model: request.model.upstreamId })
      const body = await post(this.#endpoint, text, signal)
      const reply = await readWholeReply(body, config.name, MAX_NUMBERS)
      if (!Array.isArray(reply.reply['data'])) throw this.#fault(reply.reply)
      readUsage(reply.reply, answer)
      const usage = await settleUsage(answer.reported, request, () => Promise.resolve(0))
      const completion = { text: '', toolCalls: [], finishReason: 'stop' as const, usage }
      return { text: reply.text, body: reply.reply, completion }
    })
  }

  #fault(reply: Record<string, unknown>): Error {
    const { name, apiKey } = this.#endpoint.config
    const detail = scrub(errorMessage(reply), apiKey)
    return detail === '' ? unreadable(name) : rejectedInBody(name, detail)
  }
}

/** Some servers give the sum alone; it is the same here. */
function readUsage(reply: Record<string, unknown>, answer: Answer): void {
  const usage = asObject(reply['usage'])
  answer.report({ inputTokens: saneTokens(usage['prompt_tokens'] ?? usage['total_tokens']) })
}
