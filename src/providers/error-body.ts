import type { ByteReader } from './byte-reader.ts'

/** More is not read: what a person wrote is short. */
const ERROR_BODY_BYTES = 4096
const ERROR_BODY_MS = 2000

/**
 * The whole of a short error body; empty when it is long, slow or broken, for then it may be cut
 * in the middle of a key. Never throws. A short one leaves the connection usable, any other is closed.
 */
export async function errorBody(response: Response): Promise<string> {
  const reader: ByteReader | undefined = response.body?.getReader()
  if (!reader) return ''
  const { promise: late, resolve } = Promise.withResolvers<null>()
  const timer = setTimeout(() => resolve(null), ERROR_BODY_MS)
  const text = await Promise.race([readShort(reader), late])
  clearTimeout(timer)
  if (text === null) reader.cancel().catch(() => undefined)
  return text ?? ''
}

/** Null when it is too long or breaks off. */
async function readShort(reader: ByteReader): Promise<string | null> {
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done || value === undefined) return Buffer.concat(parts).toString()
      size += value.length
      if (size > ERROR_BODY_BYTES) return null
      parts.push(value)
    }
  } catch {
    return null
  }
}
