import { describe, expect, test } from 'bun:test'
import { adminSecretCheck } from '../../../src/door/credentials.ts'
import { bearerSecret } from '../../../src/http/presented-key.ts'

const SECRET = 'correct-horse-battery-staple-0123456789'

describe('adminSecretCheck', () => {
  const isAdmin = adminSecretCheck(SECRET)

  test('takes the secret', () => {
    expect(isAdmin(new Headers({ 'x-admin-secret': SECRET }))).toBe(true)
  })

  const wrong: [string, string | null][] = [
    ['none', null],
    ['nothing', ''],
    ['its beginning', SECRET.slice(0, -1)],
    ['its end', SECRET.slice(1)],
    ['one letter more', `${SECRET}x`],
    ['another first letter', `x${SECRET.slice(1)}`],
    ['another last letter', `${SECRET.slice(0, -1)}x`],
    ['another case', SECRET.toUpperCase()],
    ['itself twice', `${SECRET}${SECRET}`],
    ['itself quoted', `"${SECRET}"`],
    ['its digest', new Bun.CryptoHasher('sha256').update(SECRET).digest('hex')],
    ['a megabyte', 'x'.repeat(1_000_000)],
  ]
  // Whatever the length: digests of equal length are compared, never the texts.
  test.each(wrong)('refuses %s', (_what, secret) => {
    expect(isAdmin(new Headers(secret === null ? {} : { 'x-admin-secret': secret }))).toBe(false)
  })

  test('refuses doubled headers, right ones too', () => {
    for (const other of [SECRET, 'wrong', '']) {
      const headers = new Headers({ 'x-admin-secret': SECRET })
      headers.append('x-admin-secret', other)
      expect(isAdmin(headers)).toBe(false)
    }
  })
})

test.each([
  ['Bearer abc', 'abc'],
  ['bearer abc', 'abc'],
  ['Bearer abc, Bearer abc', undefined],
  ['Bearer  abc', undefined],
  ['Bearer abc def', undefined],
  ['Bearer', undefined],
  ['Basic abc', undefined],
  ['abc', undefined],
])('Authorization: %s presents %j', (value, secret) => {
  expect(bearerSecret(new Headers({ authorization: value }))).toBe(secret as string)
})
