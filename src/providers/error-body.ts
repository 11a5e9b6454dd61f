import type { UpstreamAnswer } from './upstream.ts'

/** More is not read: what a person wrote is short. */
const ERROR_BODY_BYTES = 4096
const ERROR_BODY_MS = 2000

/**
 * The whole of a short error body; empty when it is long, slow or broken, for then it may be cut
 * in the middle of a key. Never throws. A short one leaves the connection usable, any other is closed.
 */
export async function errorBody(answer: UpstreamAnswer): Promise<string> {
  const { promise: late, resolve } = Promise.withResolvers<null>()
  const timer = setTimeout(() => resolve(null), ERROR_BODY_MS)
  const text = await Promise.race([readShort(answer), late])
  clearTimeout(timer)
  if (text === null) answer.cancel()
  return text ?? ''
}

/** Null when it is too long or breaks off. */
async function readShort(answer: UpstreamAnswer): Promise<string | null> {
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const part = await answer.read()
      if (part === null) return Buffer.concat(parts).toString()
      size += part.length
      if (size > ERROR_BODY_BYTES) return null
      parts.push(part)
    }
  } catch {
    return null
  }
}
