import { firstBytes } from '../first-bytes.ts'

/** Bytes of a text that a preview shows. */
const PREVIEW_BYTES = 2048

/** Characters that hold so much of a message, even where each is written as `\u0000`. */
export const HEAD_LENGTH = 6 * PREVIEW_BYTES + 64

const MESSAGE = '{"message":"'

/**
 * What stands for a long input: the beginning of its message, without its context.
 *
 * @param head the first `HEAD_LENGTH` characters of its JSON, or all of it
 * @returns undefined when the message does not stand there, so that all of it has to be looked at
 */
export function inputPreview(head: string): { message: string } | undefined {
  if (!head.startsWith(MESSAGE)) return undefined
  const quoted = /^(?:[^"\\]|\\u[0-9a-f]{4}|\\[^u])*/i.exec(head.slice(MESSAGE.length))![0]
  return preview(JSON.parse(`"${quoted}"`) as string)
}

/** The same of a whole input. */
export function wholeInputPreview(json: string): { message: string } {
  const { message } = JSON.parse(json) as { message: string }
  return preview(message)
}

/** What stands for a long output: the beginning of its JSON. */
export function outputPreview(head: string): { message: string } {
  return preview(head)
}

function preview(text: string): { message: string } {
  return { message: firstBytes(text, PREVIEW_BYTES) }
}
