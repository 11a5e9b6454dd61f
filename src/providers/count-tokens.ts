import type { Tokenizer } from './tokenizer.ts'

/** Above this a count costs too much. It bounds the sum of all that is counted for one side of a call. */
export const LARGEST_COUNTED_BYTES = 200_000

/** An image's size is not known here; this is what OpenAI takes for one of 1024 × 1024. */
export const TOKENS_PER_IMAGE = 765

/** The tokenizer's time grows with the square of a run of letters, marks, signs or blanks without a break. */
const LONG_RUN = /[\p{L}\p{M}]{64}|[^\s\p{L}\p{N}]{64}|[\s/]{64}/u

let tokenizer: Promise<Tokenizer> | undefined

/**
 * How many tokens a text has, in OpenAI's o200k encoding: an estimate for everyone else's models.
 * Very long texts and texts with very long unbroken runs are taken as four bytes a token.
 *
 * A text in parts is joined only where it is counted.
 * The first count loads the tokenizer, which takes about a tenth of a second; it is never loaded at start-up.
 */
export async function countTokens(given: string | readonly string[]): Promise<number> {
  const parts = typeof given === 'string' ? [given] : given
  const bytes = parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0)
  if (bytes === 0) return 0
  if (bytes > LARGEST_COUNTED_BYTES) return Math.ceil(bytes / 4)
  const text = parts.join('')
  if (LONG_RUN.test(text)) return Math.ceil(bytes / 4)
  tokenizer ??= loadTokenizer()
  return (await tokenizer).count(text)
}

/** The tokens of several texts that do not belong together; the bound is on their sum. */
export async function countEach(texts: readonly string[]): Promise<number> {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  if (bytes > LARGEST_COUNTED_BYTES) return Math.ceil(bytes / 4)
  let tokens = 0
  for (const text of texts) tokens += await countTokens(text)
  return tokens
}

async function loadTokenizer(): Promise<Tokenizer> {
  const { Tokenizer } = await import('./tokenizer.ts')
  return Tokenizer.load()
}
