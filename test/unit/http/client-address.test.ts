import { describe, expect, test } from 'bun:test'
import { clientAddress, UNREADABLE } from '../../../src/http/client-address.ts'

const TRUSTED = ['10.0.0.0/8', '192.0.2.1', '2001:db8::/32', '::1']

/** What a request of this peer tells of its client, and what was heard of the headers. */
function read(trusted: string[], peer: string, headers: Record<string, string>) {
  const heard: string[] = []
  const addressOf = clientAddress(trusted, {
    untrusted: (who, header) => heard.push(`untrusted ${who} ${header}`),
    unreadable: (who, header) => heard.push(`unreadable ${who} ${header}`),
  })
  return { client: addressOf(peer, new Headers(headers)), heard }
}

const cases: [trusted: string[], peer: string, forwarded: string | null, client: string][] = [
  [[], '198.51.100.1', null, '198.51.100.1'],
  [[], '198.51.100.1', '203.0.113.9', '198.51.100.1'],
  [[], '::ffff:198.51.100.1', null, '198.51.100.1'],
  [TRUSTED, '198.51.100.1', '203.0.113.9', '198.51.100.1'],
  [TRUSTED, '10.1.2.3', null, '10.1.2.3'],
  [TRUSTED, '10.1.2.3', '', '10.1.2.3'],
  [TRUSTED, '10.1.2.3', '203.0.113.9', '203.0.113.9'],
  [TRUSTED, '192.0.2.1', '203.0.113.9', '203.0.113.9'],
  [TRUSTED, '192.0.2.2', '203.0.113.9', '192.0.2.2'],
  [TRUSTED, '::ffff:10.1.2.3', '203.0.113.9', '203.0.113.9'],
  [TRUSTED, '10.1.2.3', '::ffff:203.0.113.9', '203.0.113.9'],
  [TRUSTED, '10.1.2.3', '::FFFF:CB00:7109', '203.0.113.9'],
  // What the client wrote itself stands further left and is not believed.
  [TRUSTED, '10.1.2.3', '1.1.1.1, 203.0.113.9', '203.0.113.9'],
  [TRUSTED, '10.1.2.3', '1.1.1.1, 203.0.113.9, 10.9.9.9', '203.0.113.9'],
  [TRUSTED, '10.1.2.3', '10.0.0.7, 10.0.0.8', '10.0.0.7'],
  [TRUSTED, '10.1.2.3', 'nonsense, 203.0.113.9', '203.0.113.9'],
  // With a port, in brackets, in quotes.
  [TRUSTED, '10.1.2.3', '203.0.113.5:1234', '203.0.113.5'],
  [TRUSTED, '10.1.2.3', '"203.0.113.5:1234"', '203.0.113.5'],
  [TRUSTED, '10.1.2.3', '203.0.113.9:1, 10.9.9.9:2', '203.0.113.9'],
  [TRUSTED, '10.1.2.3', '[2001:db9::1]:443', '2001:db9::1'],
  [TRUSTED, '10.1.2.3', '[2001:db9::1]', '2001:db9::1'],
  [TRUSTED, '10.1.2.3', '"[2001:db9::1]:443"', '2001:db9::1'],
  [TRUSTED, '10.1.2.3', '203.0.113.9, [2001:db8::1]:443', '203.0.113.9'],
  [TRUSTED, '10.1.2.3', '[::ffff:203.0.113.9]:443', '203.0.113.9'],
  [TRUSTED, '2001:db8::7', '2001:db9::1', '2001:db9::1'],
  [TRUSTED, '::1', '203.0.113.9', '203.0.113.9'],
  [TRUSTED, '', '203.0.113.9', ''],
]

test.each(cases)('trusting %j, peer %s with %s is %s', (trusted, peer, forwarded, client) => {
  const headers: Record<string, string> = forwarded === null ? {} : { 'x-forwarded-for': forwarded }
  expect(read(trusted, peer, headers).client).toBe(client)
})

test.each([
  'unknown',
  '_hidden',
  'unix:',
  '203.0.113.9, nonsense',
  '203.0.113.9, nonsense, 10.9.9.9',
  '203.0.113.9,',
  '203.0.113.256',
  '203.0.113',
  '203.0.113.9:port:80',
  '[203.0.113.9]:80',
  '[2001:db9::1',
  '2001:db9::1]:443',
  '[2001:db9::1]443',
  '"203.0.113.9',
  '10.0.0.1 10.0.0.2',
])('X-Forwarded-For: %s is nobody', (forwarded) => {
  const { client, heard } = read(TRUSTED, '10.1.2.3', { 'x-forwarded-for': forwarded })
  expect(client).toBe(UNREADABLE)
  expect(heard).toEqual(['unreadable 10.1.2.3 X-Forwarded-For'])
})

describe('Forwarded', () => {
  test.each([
    ['for=203.0.113.9', '203.0.113.9'],
    ['For="203.0.113.9:47011"', '203.0.113.9'],
    ['for=203.0.113.9:47011', '203.0.113.9'],
    ['for="[2001:db9::1]"', '2001:db9::1'],
    ['for="[2001:db9::1]:4711"', '2001:db9::1'],
    ['for="203.0.113.9:_port"', '203.0.113.9'],
    ['for=203.0.113.9;proto=https;by=10.0.0.1', '203.0.113.9'],
    ['proto=https ; for=203.0.113.9;host="a,b;c"', '203.0.113.9'],
    ['host="a \\"quoted\\" one";for=203.0.113.9', '203.0.113.9'],
    ['for=1.1.1.1, for=203.0.113.9', '203.0.113.9'],
    ['for=1.1.1.1,for=203.0.113.9;proto=http , for="10.9.9.9"', '203.0.113.9'],
    ['for=_hidden, for=203.0.113.9', '203.0.113.9'],
    ['for=10.0.0.7, for=10.0.0.8', '10.0.0.7'],
  ])('%s is %s', (forwarded, client) => {
    expect(read(TRUSTED, '10.1.2.3', { forwarded })).toEqual({ client, heard: [] })
  })

  test.each([
    'for=unknown',
    'for=_hidden',
    'for=""',
    'for=',
    'proto=https',
    'for=203.0.113.9, proto=https',
    'for=203.0.113.9,',
    'for=203.0.113.9;for=10.0.0.1',
    'for = 203.0.113.9',
    'for=203.0.113.9 for=10.0.0.1',
    '203.0.113.9',
    'for="203.0.113.9',
    // The client has left a quote open, to swallow what the proxy writes.
    'for=10.0.0.5;x=", for=203.0.113.9',
    'for=10.0.0.5;x=", for="203.0.113.9:80"',
    'for=10.0.0.5;x="\\, for=203.0.113.9',
  ])('%s is nobody', (forwarded) => {
    expect(read(TRUSTED, '10.1.2.3', { forwarded })).toEqual({
      client: UNREADABLE,
      heard: ['unreadable 10.1.2.3 Forwarded'],
    })
  })

  test('is read once, however long it is', () => {
    const forwarded = `for=203.0.113.9;x="${'\\a '.repeat(5000)}`
    expect(read(TRUSTED, '10.1.2.3', { forwarded }).client).toBe(UNREADABLE)
  })
})

test.each([
  ['203.0.113.9', 'for="203.0.113.9:80"', '203.0.113.9'],
  ['203.0.113.9', 'for=10.0.0.5', UNREADABLE],
  ['10.0.0.5', 'for=203.0.113.9', UNREADABLE],
  ['203.0.113.9', 'for=unknown', UNREADABLE],
])('both headers, %s and %s: one may be the client’s own', (forwardedFor, forwarded, client) => {
  const headers = { 'x-forwarded-for': forwardedFor, forwarded }
  expect(read(TRUSTED, '10.1.2.3', headers).client).toBe(client)
})

test('headers of a peer that is not trusted are told of, and not used', () => {
  const headers = { 'x-forwarded-for': '203.0.113.9' }
  expect(read([], '::ffff:198.51.100.1', headers)).toEqual({
    client: '198.51.100.1',
    heard: ['untrusted 198.51.100.1 X-Forwarded-For'],
  })
  expect(read(TRUSTED, '198.51.100.1', { ...headers, forwarded: 'nonsense' }).heard).toEqual([
    'untrusted 198.51.100.1 X-Forwarded-For and Forwarded',
  ])
  expect(read(TRUSTED, '198.51.100.1', {}).heard).toEqual([])
})
