import { expect, test } from 'bun:test'
import { ceilingOf, dayOfId, floorOf, rangeOfDay, TOP } from '../../../src/runs/id-times.ts'

const idAt = (time: string) => Bun.randomUUIDv7('hex', Date.parse(time))

test('runs that started from a moment on are above its floor, earlier ones below', () => {
  const floor = floorOf('2026-03-13T14:22:00.000Z')
  expect(idAt('2026-03-13T14:22:00.000Z') >= floor).toBe(true)
  expect(idAt('2026-03-13T14:21:59.999Z') < floor).toBe(true)
})

test('a run whose id came a moment after its start is still below the ceiling', () => {
  const ceiling = ceilingOf('2026-03-13T14:22:00.000Z')
  expect(idAt('2026-03-13T14:22:00.900Z') < ceiling).toBe(true)
  expect(idAt('2026-03-13T14:22:01.000Z') < ceiling).toBe(false)
})

test('a day reaches from its midnight to a moment after the next', () => {
  const { floor, below } = rangeOfDay('2026-03-13')
  for (const time of ['2026-03-13T00:00:00.000Z', '2026-03-14T00:00:00.500Z']) {
    expect(idAt(time) >= floor && idAt(time) < below).toBe(true)
  }
  expect(idAt('2026-03-12T23:59:59.999Z') >= floor).toBe(false)
})

test.each([
  [rangeOfDay('2026-03-13').floor, '2026-03-12'],
  [idAt('2026-03-13T00:00:00.001Z'), '2026-03-13'],
  [idAt('2026-03-13T23:59:59.999Z'), '2026-03-13'],
  [TOP, '9999-12-31'],
  ['-------------', '9999-12-31'],
])('below %s the last day is %s', (id, day) => {
  expect(dayOfId(id)).toBe(day)
})
