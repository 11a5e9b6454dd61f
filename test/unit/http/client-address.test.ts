import { expect, test } from 'bun:test'
import { clientAddress, networkOf } from '../../../src/http/client-address.ts'

const TRUSTED = ['10.0.0.0/8', '192.0.2.1', '2001:db8::/32', '::1']

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
  // What the client wrote itself stands further left and is not believed.
  [TRUSTED, '10.1.2.3', '1.1.1.1, 203.0.113.9', '203.0.113.9'],
  [TRUSTED, '10.1.2.3', '1.1.1.1, 203.0.113.9, 10.9.9.9', '203.0.113.9'],
  [TRUSTED, '10.1.2.3', '10.0.0.7, 10.0.0.8', '10.0.0.7'],
  [TRUSTED, '10.1.2.3', '203.0.113.9, nonsense', '10.1.2.3'],
  [TRUSTED, '10.1.2.3', '203.0.113.9, nonsense, 10.9.9.9', '10.9.9.9'],
  [TRUSTED, '10.1.2.3', '203.0.113.9:1234', '10.1.2.3'],
  [TRUSTED, '2001:db8::7', '2001:db9::1', '2001:db9::1'],
  [TRUSTED, '::1', '203.0.113.9', '203.0.113.9'],
  [TRUSTED, '', '203.0.113.9', ''],
]

test.each(cases)('trusting %j, peer %s with %s is %s', (trusted, peer, forwarded, client) => {
  const headers = new Headers(forwarded === null ? {} : { 'x-forwarded-for': forwarded })
  expect(clientAddress(trusted)(peer, headers)).toBe(client)
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:DB8:0:0:ffff:ffff:ffff:ffff', '2001:db8:0:0::/64'],
  ['2001:0db8:0000:0001::1', '2001:db8:0:1::/64'],
  ['1:2:3:4:5:6:7:8', '1:2:3:4::/64'],
  ['1:2:3:4:5:6:192.0.2.7', '1:2:3:4::/64'],
  ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
  ['1::', '1:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
  ['not an address', 'not an address'],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
