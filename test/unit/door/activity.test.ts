import { expect, test } from 'bun:test'
import type { Change } from '../../../src/db/change-batch.ts'
import type { Writer } from '../../../src/db/writer-contract.ts'
import type { Log } from '../../../src/log.ts'
import { Activity } from '../../../src/door/activity.ts'

const NOW = '2026-11-22T10:00:00.000Z'
const log = { warn: () => {} } as unknown as Log

/** A disk that takes each change when it is told to. */
function slowWriter() {
  const written: Change[] = []
  const waiting: (() => void)[] = []
  const submit = (change: Change) =>
    new Promise((resolve) => {
      waiting.push(() => {
        written.push(change)
        resolve({ refused: false, row: undefined })
      })
    })
  return { writer: { submit } as unknown as Writer, written, takeNext: () => waiting.shift()!() }
}

test('a flush also waits for what another has begun to write', async () => {
  const { writer, written, takeNext } = slowWriter()
  const activity = new Activity(writer, log)
  activity.note('tenant', 'key', NOW)
  const byTimer = activity.flush()
  await Promise.resolve()

  let done = false
  const atTheEnd = activity.flush().then(() => (done = true))
  await new Promise((resolve) => setImmediate(resolve))
  expect(done).toBe(false)

  takeNext()
  await Promise.all([byTimer, atTheEnd])
  expect(written.map(({ additions }) => additions[0]!.add)).toEqual([{ calls: 1 }])
})
