import type { ModelConfig } from '../../config/config.ts'
import type { Notes } from '../../form/notes.ts'
import { checkedCall } from '../checked-call.ts'
import { unreadable } from '../call-failure.ts'
import { type Endpoint, post, under } from '../http-call.ts'
import { asArray, asObject } from '../json-shape.ts'
import type { EmbeddingRelay, RelayReply, RelayRequest } from '../relay.ts'
import { settleUsage } from '../usage.ts'
import { readWholeReply } from '../whole-reply.ts'

/** More than real vectors in an answer of the largest size that is read by default. */
const MAX_NUMBERS = 2_000_000

/** Embeddings in OpenAI's format, of Gemini's models. */
export class GeminiEmbeddings implements EmbeddingRelay {
  readonly hints = ['task_type', 'title']
  readonly #endpoint: Endpoint
  readonly #pathOf: (model: ModelConfig) => string

  constructor(endpoint: Endpoint, pathOf: (model: ModelConfig) => string) {
    this.#endpoint = endpoint
    this.#pathOf = pathOf
  }

  review({ input }: RelayRequest['body'], notes: Notes): void {
    const isText =
      typeof input === 'string' || asArray(input).every((each) => typeof each === 'string')
    if (!isText) notes.refuse('/input', 'expected texts, not tokens, for the model asked for')
  }

  embed(request: RelayRequest, signal: AbortSignal): Promise<RelayReply> {
    const { config } = this.#endpoint
    return checkedCall({ config, prompt: request }, async (transcript) => {
      transcript.report({ outputTokens: 0 })
      const target = under(this.#endpoint, this.#pathOf(request.model))
      const sent = await post(target, JSON.stringify(batchOf(request)), signal)
      const { reply } = await readWholeReply(sent, config.name, MAX_NUMBERS)
      const { embeddings } = reply
      if (!Array.isArray(embeddings)) throw unreadable(config.name)
      const usage = await settleUsage(transcript.reported, request, () => Promise.resolve(0))
      const { inputTokens } = usage
      const body = {
        object: 'list',
        data: embeddings.map((each, index) => dataOf(each, index, request)),
        model: request.model.id,
        usage: { prompt_tokens: inputTokens, total_tokens: inputTokens },
      }
      return {
        text: JSON.stringify(body),
        body,
        answer: { parts: [], finishReason: 'stop', usage },
      }
    })
  }
}

/** The body of `batchEmbedContents`. `task_type` and `title` are this family's own. */
function batchOf({ model, body }: RelayRequest): object {
  const { input, dimensions, task_type: taskType, title } = body
  const texts = typeof input === 'string' ? [input] : asArray(input)
  const name = `models/${model.upstreamId.replace(/^models\//, '')}`
  const settings = { model: name, outputDimensionality: dimensions, taskType, title }
  return { requests: texts.map((text) => ({ ...settings, content: { parts: [{ text }] } })) }
}

function dataOf(embedding: unknown, index: number, { body }: RelayRequest): object {
  const values = asArray(asObject(embedding)['values']).map(Number)
  const isBytes = body['encoding_format'] === 'base64'
  return { object: 'embedding', index, embedding: isBytes ? bytesOf(values) : values }
}

/** Floats of 32 bits, the least significant byte first, in base64. */
function bytesOf(values: number[]): string {
  const floats = new DataView(new ArrayBuffer(values.length * 4))
  values.forEach((value, index) => floats.setFloat32(index * 4, value, true))
  return Buffer.from(floats.buffer).toString('base64')
}
