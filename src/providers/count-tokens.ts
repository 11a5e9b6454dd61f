/** Above this a count would hold up everyone else for too long. */
const LARGEST_COUNTED_BYTES = 200_000

/** The tokenizer's time grows with the square of a run of letters, marks or blanks without a break. */
const LONG_RUN = /[\p{L}\p{M}]{64}|[^\s\p{L}\p{N}]{64}|\s{64}/u

type CountTokens = (text: string) => number

let tokenizer: Promise<CountTokens> | undefined

/**
 * How many tokens a text has, in OpenAI's o200k encoding: an estimate for everyone else's models.
 * Very long texts and texts with very long unbroken runs are taken as four bytes a token.
 *
 * The first count loads the tokenizer, which takes about half a second; it is never loaded at start-up.
 */
export async function countTokens(text: string): Promise<number> {
  if (text === '') return 0
  const bytes = Buffer.byteLength(text)
  if (bytes > LARGEST_COUNTED_BYTES || LONG_RUN.test(text)) return Math.ceil(bytes / 4)
  tokenizer ??= loadTokenizer()
  return (await tokenizer)(text)
}

async function loadTokenizer(): Promise<CountTokens> {
  const encoding = await import('gpt-tokenizer/encoding/o200k_base')
  // A text may well contain <|endoftext|>; it is text all the same.
  const plainText = { disallowedSpecial: new Set<string>() }
  return (text) => encoding.countTokens(text, plainText)
}
