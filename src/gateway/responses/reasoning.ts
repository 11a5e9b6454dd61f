import type { Signature } from '../../form/parts.ts'

/*
 * A reasoning item has room for one sealed text. Of the seals of all families, ours names the family before the
 * provider's own text; whatever has no such name was sealed by OpenAI's servers.
 */

const SEALED = /^ares:([a-z]+):/

export function signatureOf(encrypted: string): Signature {
  const family = SEALED.exec(encrypted)?.[1]
  if (family === undefined) return { family: 'openai', data: encrypted }
  return { family, data: encrypted.slice(`ares:${family}:`.length) }
}

export function encryptedOf({ family, data }: Signature): string {
  return family === 'openai' ? data : `ares:${family}:${data}`
}
