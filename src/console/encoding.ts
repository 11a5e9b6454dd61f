import type { Asset } from './asset.ts'

/** The smallest form that the caller takes, and what it is called. Source: RFC 9110, section 12.5.3. */
export function negotiate(
  asset: Asset,
  acceptEncoding: string | null,
): { bytes: Uint8Array<ArrayBuffer>; encoding: string | null } {
  const accepted = weightsOf(acceptEncoding ?? '')
  const takes = (coding: string) => (accepted.get(coding) ?? accepted.get('*') ?? 0) > 0
  if (takes('br')) return { bytes: asset.brotli, encoding: 'br' }
  if (takes('gzip')) return { bytes: asset.gzip, encoding: 'gzip' }
  return { bytes: asset.identity, encoding: null }
}

function weightsOf(header: string): Map<string, number> {
  const weights = new Map<string, number>()
  for (const part of header.split(',')) {
    const [coding = '', ...parameters] = part.split(';').map((word) => word.trim().toLowerCase())
    const quality = parameters.find((parameter) => parameter.startsWith('q='))
    weights.set(coding, quality === undefined ? 1 : Number(quality.slice(2)) || 0)
  }
  return weights
}
