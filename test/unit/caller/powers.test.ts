import { describe, expect, test } from 'bun:test'
import {
  ALL_POWERS,
  allowsAddress,
  allowsAgent,
  allowsModel,
  allowsScope,
  excessOf,
  limitsOf,
  type Powers,
} from '../../../src/caller/powers.ts'

const limited = (limits: Partial<Powers>): Powers => ({ ...ALL_POWERS, ...limits })

describe('a key without limits', () => {
  test('may do everything from everywhere', () => {
    for (const powers of [null, ALL_POWERS]) {
      expect(allowsScope(powers, 'keys')).toBe(true)
      expect(allowsAgent(powers, 'risk')).toBe(true)
      expect(allowsModel(powers, 'm')).toBe(true)
      expect(allowsAddress(powers, '192.0.2.1')).toBe(true)
    }
  })

  test('has no powers at all', () => {
    expect(limitsOf({ ...ALL_POWERS })).toBeNull()
    expect(limitsOf(limited({ runsPerMonth: 0 }))).not.toBeNull()
    expect(limitsOf(limited({ allowedAgents: [] }))).not.toBeNull()
  })
})

test('what is listed is allowed, to the letter, and nothing else', () => {
  expect(allowsScope(limited({ scopes: ['read'] }), 'read')).toBe(true)
  expect(allowsScope(limited({ scopes: ['read'] }), 'run')).toBe(false)
  expect(allowsAgent(limited({ allowedAgents: ['risk'] }), 'risk')).toBe(true)
  expect(allowsAgent(limited({ allowedAgents: ['risk'] }), 'risk-2')).toBe(false)
  expect(allowsAgent(limited({ allowedAgents: [] }), 'risk')).toBe(false)
  expect(allowsModel(limited({ allowedModels: ['a/b'] }), 'a/b')).toBe(true)
  expect(allowsModel(limited({ allowedModels: ['a/b'] }), 'A/B')).toBe(false)
  expect(allowsModel(limited({ allowedModels: [] }), 'a')).toBe(false)
})

test.each<[string[], string, boolean]>([
  [['192.0.2.7'], '192.0.2.7', true],
  [['192.0.2.7'], '192.0.2.8', false],
  [['192.0.2.0/24'], '192.0.2.255', true],
  [['192.0.2.0/24'], '192.0.3.0', false],
  [['192.0.2.99/24'], '192.0.2.1', true],
  [['0.0.0.0/0'], '8.8.8.8', true],
  [['0.0.0.0/0'], '2001:db8::1', false],
  [['0.0.0.0/0'], '::ffff:808:808', false],
  [['::/0'], '8.8.8.8', false],
  [['::/0'], '2001:db8::1', true],
  [['2001:db8::/32'], '2001:db8:ffff::1', true],
  [['2001:db8::/32'], '2001:DB8::1', true],
  [['2001:db8::/32'], '2001:db9::1', false],
  [['2001:db8::1'], '2001:db8:0:0::1', true],
  [['2001:db8::1', '10.0.0.0/8'], '10.1.2.3', true],
  [['10.0.0.0/8'], '', false],
  [['10.0.0.0/8'], 'unknown', false],
  [['10.0.0.0/8'], '010.0.0.1', false],
])('a key for %j from %s: %p', (networks, address, allowed) => {
  expect(allowsAddress(limited({ allowedNetworks: networks }), address)).toBe(allowed)
})

describe('within', () => {
  const cases: [string, Partial<Powers>, Partial<Powers>, boolean][] = [
    ['the same', { scopes: ['run', 'keys'] }, { scopes: ['keys', 'run'] }, true],
    ['one scope fewer', { scopes: ['run'] }, { scopes: ['run', 'keys'] }, true],
    ['one scope more', { scopes: ['run', 'read'] }, { scopes: ['run', 'keys'] }, false],
    ['all scopes', {}, { scopes: ['run', 'chat', 'read', 'keys'] }, false],
    ['fewer agents', { allowedAgents: ['a'] }, { allowedAgents: ['a', 'b'] }, true],
    ['no agents', { allowedAgents: [] }, { allowedAgents: ['a'] }, true],
    ['another agent', { allowedAgents: ['c'] }, { allowedAgents: ['a', 'b'] }, false],
    ['every agent', {}, { allowedAgents: ['a'] }, false],
    ['another model', { allowedModels: ['c'] }, { allowedModels: ['a'] }, false],
    ['a smaller cap', { runsPerMonth: 5 }, { runsPerMonth: 10 }, true],
    ['the same cap', { runsPerMonth: 10 }, { runsPerMonth: 10 }, true],
    ['a larger cap', { runsPerMonth: 11 }, { runsPerMonth: 10 }, false],
    ['no cap', {}, { runsPerMonth: 10 }, false],
    ['a cap of another kind', { tokensPerMonth: 1 }, { runsPerMonth: 10 }, false],
    ['limits that the parent lacks', { runsPerMonth: 1, scopes: ['run'] }, {}, true],
    [
      'a smaller network',
      { allowedNetworks: ['10.1.0.0/16', '10.2.3.4'] },
      { allowedNetworks: ['10.0.0.0/8'] },
      true,
    ],
    [
      'a larger network',
      { allowedNetworks: ['10.0.0.0/7'] },
      { allowedNetworks: ['10.0.0.0/8'] },
      false,
    ],
    [
      'the same network otherwise written',
      { allowedNetworks: ['10.9.9.9/8'] },
      { allowedNetworks: ['10.0.0.0/8'] },
      true,
    ],
    [
      'a network beside it',
      { allowedNetworks: ['11.0.0.0/8'] },
      { allowedNetworks: ['10.0.0.0/8'] },
      false,
    ],
    ['the other family', { allowedNetworks: ['::/0'] }, { allowedNetworks: ['0.0.0.0/0'] }, false],
    [
      'mapped into the other family',
      { allowedNetworks: ['10.0.0.1'] },
      { allowedNetworks: ['::/0'] },
      false,
    ],
    [
      'an IPv6 network',
      { allowedNetworks: ['2001:db8:1::/48'] },
      { allowedNetworks: ['2001:db8::/32'] },
      true,
    ],
    [
      'one network of two too many',
      { allowedNetworks: ['10.1.1.1', '9.9.9.9'] },
      { allowedNetworks: ['10.0.0.0/8'] },
      false,
    ],
  ]

  test.each(cases)('%s', (_what, child, parent, within) => {
    expect(excessOf(limited(child), limited(parent)).length === 0).toBe(within)
  })

  test('a key without limits is within one without limits only', () => {
    expect(excessOf(null, null)).toEqual([])
    expect(excessOf(limited({ scopes: ['run'] }), null)).toEqual([])
    expect(excessOf(null, limited({ scopes: ['run'] }))).not.toEqual([])
  })

  test('every excess is named', () => {
    const parent = limited({ scopes: ['keys'], runsPerMonth: 1, allowedModels: ['a'] })
    expect(excessOf(null, parent)).toEqual(['scopes', 'allowedModels', 'runsPerMonth'])
  })
})
