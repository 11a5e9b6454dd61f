import type { RecordedRequest } from './scripted-wire.ts'

const USAGE = { prompt_tokens: 5, total_tokens: 5 }

/** Embeddings in OpenAI's format, as numbers or as base64 of 32-bit floats: one for each text or list of tokens. */
export function embeddingsBody({ body }: RecordedRequest): object {
  const { input, model, encoding_format: format } = body
  const inputs = Array.isArray(input) && typeof input[0] !== 'number' ? input : [input]
  const data = inputs.map((one: unknown, index) => ({
    object: 'embedding',
    index,
    embedding: format === 'base64' ? base64(vectorOf(one)) : vectorOf(one),
  }))
  return { object: 'list', data, model, usage: USAGE }
}

/** Exact in 32 bits, so that base64 changes nothing. */
export function vectorOf(input: unknown): number[] {
  return [JSON.stringify(input).length, 0.5, -0.25]
}

function base64(vector: number[]): string {
  return Buffer.from(new Float32Array(vector).buffer).toString('base64')
}
