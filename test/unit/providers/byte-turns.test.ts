import { expect, test } from 'bun:test'
import { ByteTurns } from '../../../src/providers/byte-turns.ts'

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

test('small reads wait for nobody', async () => {
  const turns = new ByteTurns()
  for (let index = 0; index < 1000; index++) void turns.take(100_000)
  const order: string[] = []
  void nextTurn().then(() => order.push('turn'))
  await turns.take(1000).then(() => order.push('small'))
  expect(order).toEqual(['small'])
})

test('large reads that come together are spread over turns, in their order', async () => {
  const turns = new ByteTurns()
  const served: number[] = []
  for (let index = 0; index < 20; index++) {
    void turns.take(256 * 1024).then(() => served.push(index))
  }
  const seen: number[] = []
  while (served.length < 20) {
    await nextTurn()
    seen.push(served.length)
  }
  expect(served).toEqual(Array.from({ length: 20 }, (_, index) => index))
  expect(seen.length).toBeGreaterThanOrEqual(9)
})

test('a read that is larger than a turn has one of its own', async () => {
  const turns = new ByteTurns()
  await turns.take(50_000_000)
  await turns.take(50_000_000)
  await turns.take(20_000)
})
