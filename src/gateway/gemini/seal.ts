import type { Signature } from '../../form/parts.ts'

/*
 * `thoughtSignature` is base64, which some clients hold it to. A seal of Google's own stays as it is; one of another
 * family has our mark and the family before it, all of it in base64 once more.
 */

export interface Seal {
  signature: Signature
  /** Nothing but the seal is told of that thought. */
  redacted?: true
}

const MARKED = /^ares:([a-z]+)(!?):/
/** How `ares:` begins in base64. */
const MARK = 'YXJlcz'

export function sealIn(thoughtSignature: string): Seal {
  const text = thoughtSignature.startsWith(MARK)
    ? Buffer.from(thoughtSignature, 'base64').toString()
    : ''
  const [head, family, redacted] = MARKED.exec(text) ?? []
  if (head === undefined || family === undefined) {
    return { signature: { family: 'gemini', data: thoughtSignature } }
  }
  const signature = { family, data: text.slice(head.length) }
  return redacted === '!' ? { signature, redacted: true } : { signature }
}

export function thoughtSignatureOf({ signature: { family, data }, redacted }: Seal): string {
  if (family === 'gemini') return data
  return Buffer.from(`ares:${family}${redacted ? '!' : ''}:${data}`).toString('base64')
}
