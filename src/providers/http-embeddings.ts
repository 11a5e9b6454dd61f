import { checkedCall } from './checked-call.ts'
import { type Endpoint, post } from './http-call.ts'
import { asObject } from './json-shape.ts'
import { readWholeReply } from './whole-reply.ts'
import type { EmbeddingRelay, RelayReply, RelayRequest } from './relay.ts'
import type { Transcript } from './transcript.ts'
import { saneTokens, settleUsage } from './usage.ts'
import { verdictOf } from './verdict.ts'
import { WireFault } from './wire-fault.ts'

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
    return checkedCall({ config, prompt: request }, async (transcript) => {
      // An embedding writes nothing.
      transcript.report({ outputTokens: 0 })
      const text = JSON.stringify({ ...request.body, model: request.model.upstreamId })
      const body = await post(this.#endpoint, text, signal)
      const { text: sent, reply } = await readWholeReply(body, config.name, MAX_NUMBERS)
      if (!Array.isArray(reply['data'])) throw faultIn(reply)
      readUsage(reply, transcript)
      const usage = await settleUsage(transcript.reported, request, () => Promise.resolve(0))
      return { text: sent, body: reply, answer: { parts: [], finishReason: 'stop', usage } }
    })
  }
}

function faultIn(reply: Record<string, unknown>): WireFault {
  const verdict = verdictOf(reply)
  return new WireFault(verdict.message === '' ? null : verdict)
}

/** Some servers give the sum alone; it is the same here. */
function readUsage(reply: Record<string, unknown>, transcript: Transcript): void {
  const usage = asObject(reply['usage'])
  transcript.report({ inputTokens: saneTokens(usage['prompt_tokens'] ?? usage['total_tokens']) })
}
