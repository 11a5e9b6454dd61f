import { describe, expect, test } from 'bun:test'
import { hashKey, isWellFormedKey, maskKeys, mintKey } from '../../../src/api-keys/key.ts'

describe('mintKey', () => {
  test('its three forms', () => {
    const { secret, prefix, hash } = mintKey()
    expect(secret).toMatch(/^ares_[a-z0-9]{37}$/)
    expect(prefix).toBe(secret.slice(0, 9))
    expect(hash).toBe(new Bun.CryptoHasher('sha256').update(secret).digest('hex'))
    expect(hashKey(secret)).toBe(hash)
  })

  test('the last seven are the CRC-32 of the thirty before, in base 36, padded with zeros', () => {
    for (let i = 0; i < 200; i++) {
      const { secret } = mintKey()
      const crc = Bun.hash.crc32(secret.slice(5, 35))
      expect(secret.slice(35)).toBe(crc.toString(36).padStart(7, '0'))
      expect(isWellFormedKey(secret)).toBe(true)
    }
  })

  test('the CRC is the one everybody has', () => {
    const random = 'a'.repeat(30)
    const crc = crc32(random).toString(36).padStart(7, '0')
    expect(isWellFormedKey(`ares_${random}${crc}`)).toBe(true)
  })

  test('every character is as likely as any other', () => {
    const counts = new Map<string, number>()
    for (let i = 0; i < 2000; i++) {
      for (const char of mintKey().secret.slice(5, 35))
        counts.set(char, (counts.get(char) ?? 0) + 1)
    }
    expect(counts.size).toBe(36)
    // 60,000 characters, 1,667 of each; six standard deviations are 242.
    for (const count of counts.values()) expect(count).toBeWithin(1667 - 242, 1667 + 242)
  })

  test('no two are alike', () => {
    expect(new Set(Array.from({ length: 1000 }, () => mintKey().secret)).size).toBe(1000)
  })
})

describe('isWellFormedKey', () => {
  test('every single typing error is noticed', () => {
    const { secret } = mintKey()
    for (let at = 5; at < secret.length; at++) {
      for (const char of 'abcdefghijklmnopqrstuvwxyz0123456789') {
        if (char === secret[at]) continue
        expect(isWellFormedKey(secret.slice(0, at) + char + secret.slice(at + 1))).toBe(false)
      }
    }
  })

  test('every swap of neighbours is noticed', () => {
    const { secret } = mintKey()
    for (let at = 5; at < secret.length - 1; at++) {
      if (secret[at] === secret[at + 1]) continue
      const swapped = secret.slice(0, at) + secret[at + 1] + secret[at] + secret.slice(at + 2)
      expect(isWellFormedKey(swapped)).toBe(false)
    }
  })

  test('other shapes are none', () => {
    const { secret } = mintKey()
    for (const other of [
      '',
      'ares_',
      secret.slice(1),
      `${secret}a`,
      ` ${secret}`,
      `${secret}\n`,
      secret.toUpperCase(),
      secret.replace('ares_', 'sk_'),
      `ares_${'a'.repeat(37)}`,
    ]) {
      expect(isWellFormedKey(other)).toBe(false)
    }
  })
})

test('a key is not readable in what is masked', () => {
  const { secret } = mintKey()
  expect(maskKeys(`/v1/agents/${secret}/run`)).toBe('/v1/agents/ares_***/run')
  expect(maskKeys(`/${secret.toUpperCase()}`)).toBe('/ares_***')
  expect(maskKeys('/v1/agents/ares')).toBe('/v1/agents/ares')
})

/** Bit by bit, as the standard (IEEE 802.3) writes it. */
function crc32(text: string): number {
  let crc = 0xffffffff
  for (const byte of Buffer.from(text)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
