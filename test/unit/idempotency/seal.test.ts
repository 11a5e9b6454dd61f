import { describe, expect, test } from 'bun:test'
import { seal, sealKeyOf, unseal } from '../../../src/idempotency/seal.ts'

const KEY = sealKeyOf('ares_credential', 'order-1')
const TEXT = '{"secret":"ares_ü€😀"}'

/** The sealed text with one bit of the byte at that place turned. */
function turned(sealed: string, at: number): string {
  const bytes = Buffer.from(sealed, 'base64')
  bytes[at < 0 ? bytes.length + at : at]! ^= 1
  return bytes.toString('base64')
}

test('what was sealed is unsealed with the same secrets, made anew', () => {
  const sealed = seal(KEY, 'place', TEXT)
  expect(unseal(sealKeyOf('ares_credential', 'order-1'), 'place', sealed)).toBe(TEXT)
  expect(unseal(KEY, 'place', seal(KEY, 'place', ''))).toBe('')
})

test('sealed text shows nothing, and is another each time', () => {
  const sealed = seal(KEY, 'place', TEXT)
  expect(Buffer.from(sealed, 'base64').includes('secret')).toBe(false)
  expect(seal(KEY, 'place', TEXT)).not.toBe(sealed)
})

describe('is not unsealed', () => {
  const sealed = seal(KEY, 'place', TEXT)
  test.each([
    ['with another credential', sealKeyOf('ares_credentia1', 'order-1'), 'place', sealed],
    ['with another idempotency key', sealKeyOf('ares_credential', 'order-2'), 'place', sealed],
    ['with the two cut elsewhere', sealKeyOf('ares_credentialo', 'rder-1'), 'place', sealed],
    ['at another place', KEY, 'elsewhere', sealed],
    ['with another nonce', KEY, 'place', turned(sealed, 0)],
    ['with another tag', KEY, 'place', turned(sealed, 12)],
    ['with another text', KEY, 'place', turned(sealed, -1)],
    ['cut short', KEY, 'place', sealed.slice(0, 40)],
    ['too short to be any', KEY, 'place', 'AAAA'],
  ])('%s', (_what, key, place, text) => {
    expect(unseal(key, place, text)).toBeUndefined()
  })
})
