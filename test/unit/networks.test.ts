import { expect, test } from 'bun:test'
import { networkOf, unmapped, widerNetworkOf } from '../../src/networks.ts'

test.each([
  ['192.0.2.7', '192.0.2.7', '192.0.2.0/24'],
  ['2001:db8::1', '2001:db8:0:0::/64', '2001:db8:0::/48'],
  ['2001:DB8:0:0:ffff:ffff:ffff:ffff', '2001:db8:0:0::/64', '2001:db8:0::/48'],
  ['2001:0db8:0000:0001::1', '2001:db8:0:1::/64', '2001:db8:0::/48'],
  ['1:2:3:4:5:6:7:8', '1:2:3:4::/64', '1:2:3::/48'],
  ['1:2:3:4:5:6:192.0.2.7', '1:2:3:4::/64', '1:2:3::/48'],
  ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64', '64:ff9b:0::/48'],
  ['1::', '1:0:0:0::/64', '1:0:0::/48'],
  ['::1', '0:0:0:0::/64', '0:0:0::/48'],
  ['::', '0:0:0:0::/64', '0:0:0::/48'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64', 'fe80:0:0::/48'],
  ['', '', ''],
  ['not an address', 'not an address', 'not an address'],
])('%s is in %s and %s', (address, network, wider) => {
  expect([networkOf(address), widerNetworkOf(address)]).toEqual([network, wider])
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:192.0.2.7', '192.0.2.7'],
  ['::ffff:c000:0207', '192.0.2.7'],
  ['0:0:0:0:0:ffff:192.0.2.7', '192.0.2.7'],
  ['::ffff:0:192.0.2.7', '::ffff:0:192.0.2.7'],
  ['1::ffff:192.0.2.7', '1::ffff:192.0.2.7'],
  ['::192.0.2.7', '::192.0.2.7'],
  ['2001:db8::1', '2001:db8::1'],
  ['::ffff:nonsense', '::ffff:nonsense'],
])('%s is %s on an IPv4 network', (address, plain) => {
  expect(unmapped(address)).toBe(plain)
})
