import { expect, test } from 'bun:test'
import { Turns } from '../../../../src/providers/http1/turns.ts'
import { someTurns } from '../../../waiting.ts'
import { endOf, TestCall } from './test-call.ts'

/** Callers of two turns, and who had one so far. */
function line() {
  const turns = new Turns(2)
  const had: string[] = []
  const begin = async (name: string, call = new TestCall()) => {
    await turns.take(call)
    had.push(name)
  }
  return { turns, had, begin }
}

test('so many at the same time, the others in the order in which they came', async () => {
  const { turns, had, begin } = line()
  const all = ['a', 'b', 'c', 'd', 'e'].map((name) => begin(name))
  await someTurns()
  expect(had).toEqual(['a', 'b'])
  turns.done()
  await someTurns()
  expect(had).toEqual(['a', 'b', 'c'])
  for (let left = 2; left > 0; left--) turns.done()
  await Promise.all(all)
  expect(had).toEqual(['a', 'b', 'c', 'd', 'e'])
})

test('who is stopped leaves the line, and takes no turn from anybody', async () => {
  const { turns, had, begin } = line()
  await Promise.all(['a', 'b'].map((name) => begin(name)))
  const call = new TestCall()
  const stopped = begin('c', call)
  const last = begin('d')
  call.stop(new Error('enough'))
  expect(await endOf(stopped)).toBe('enough')
  turns.done()
  await last
  expect(had).toEqual(['a', 'b', 'd'])
})

test('turns that nobody waits for are there later', async () => {
  const { turns, had, begin } = line()
  await begin('a')
  turns.done()
  await Promise.all(['b', 'c'].map((name) => begin(name)))
  expect(had).toEqual(['a', 'b', 'c'])
})
