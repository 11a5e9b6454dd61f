import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/*
 * AES-256-GCM under a key that HKDF makes of the caller's credential and idempotency key. Neither is stored, so an
 * answer can be read only by who brings both again.
 */

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** Names the purpose, so that the same secrets give another key elsewhere. */
const PURPOSE = 'ares idempotent answer'

export type SealKey = Uint8Array

export function sealKeyOf(credential: string, idempotencyKey: string): SealKey {
  return new Uint8Array(hkdfSync('sha256', credential, idempotencyKey, PURPOSE, KEY_BYTES))
}

/** @param place where the text is kept; elsewhere it cannot be unsealed @returns nonce, tag and ciphertext in base64 */
export function seal(key: SealKey, place: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
}

/** The text; undefined when the key or the place is another, or a bit was changed. */
export function unseal(key: SealKey, place: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64')
  const tagEnd = NONCE_BYTES + TAG_BYTES
  if (bytes.length < tagEnd) return undefined
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(NONCE_BYTES, tagEnd))
  try {
    return decipher.update(bytes.subarray(tagEnd), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return undefined
  }
}
