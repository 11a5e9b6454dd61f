import { expect, test } from 'bun:test'
import { GatheredFailures } from '../../../src/door/gathered-failures.ts'

function told(addresses: Iterable<string>) {
  const gathered = new GatheredFailures()
  for (const address of addresses) gathered.note(address, false)
  return gathered.told()
}

function* times(count: number, addressOf: (index: number) => string) {
  for (let index = 0; index < count; index++) yield addressOf(index)
}

test('each client is told with its latest address, the busiest first', () => {
  const gathered = new GatheredFailures()
  expect(gathered.isEmpty).toBe(true)
  gathered.note('192.0.2.1', false)
  for (const address of ['2001:db8::1', '2001:db8::2', '2001:db8::3']) gathered.note(address, false)
  gathered.note('2001:db8::2', true)
  expect(gathered.isEmpty).toBe(false)
  expect(gathered.told()).toEqual({
    count: 5,
    sources: [
      { from: '2001:db8::2', network: '2001:db8:0:0::/64', count: 4, mustWait: true },
      { from: '192.0.2.1', network: '192.0.2.1', count: 1, mustWait: false },
    ],
    elsewhere: 0,
  })
})

test('a hundred clients are named one by one, more of them by their networks', () => {
  const hundred = told(times(100, (index) => `192.0.2.${index}`))
  expect(hundred.sources.map(({ from }) => from)).toContain('192.0.2.99')
  expect(hundred.sources).toHaveLength(100)
  expect(told(times(101, (index) => `192.0.2.${index}`)).sources).toEqual([
    { from: '192.0.2.0/24', network: '192.0.2.0/24', count: 101, mustWait: false },
  ])
})

test('a swarm out of one network is one source', () => {
  const swarm = times(50_000, (index) => `2001:db8:0:${index.toString(16)}::1`)
  expect(told(swarm)).toEqual({
    count: 50_000,
    sources: [
      { from: '2001:db8:0::/48', network: '2001:db8:0::/48', count: 50_000, mustWait: false },
    ],
    elsewhere: 0,
  })
})

test('a network keeps that one of it has to wait', () => {
  const gathered = new GatheredFailures()
  for (let index = 0; index < 200; index++) gathered.note(`192.0.2.${index}`, index === 7)
  expect(gathered.told().sources[0]!.mustWait).toBe(true)
})

test('of a swarm from everywhere the busiest are named, and all are counted', () => {
  const everywhere = times(300_000, (index) => {
    const busy = index % 3 === 0
    return busy ? '192.0.2.1' : `${1 + (index % 199)}.${(index >> 8) % 251}.${index % 241}.9`
  })
  const { count, sources, elsewhere } = told(everywhere)
  expect(count).toBe(300_000)
  expect(sources).toHaveLength(100)
  expect(sources[0]).toMatchObject({ from: '192.0.2.0/24', count: 100_000 })
  expect(sources.reduce((sum, source) => sum + source.count, elsewhere)).toBe(300_000)
})
