import { expect, test } from 'bun:test'
import { STEP } from '../../../src/http/long-pieces.ts'
import { type EventSource, type EventText, eventStream, sseFraming } from '../../../src/http/sse.ts'

/** Gives these events, one after the other. */
function sourceOf(events: EventText[]): EventSource<EventText> {
  const left = [...events]
  return {
    next: async () => left.shift()!,
    get ended() {
      return left.length === 0
    },
    abandon() {},
  }
}

async function writesOf(events: EventText[]): Promise<Uint8Array[]> {
  const { body } = eventStream(
    sourceOf(events),
    sseFraming((event) => event),
  )
  const writes: Uint8Array[] = []
  for await (const bytes of body!) writes.push(bytes)
  return writes
}

test('an event is one write, and a long one is written in steps, wherever it stands', async () => {
  const long = `data: ${'x'.repeat(STEP - 7)}😀${'y'.repeat(STEP)}\n\n`
  const events = ['data: 1\n\n', long, Buffer.from('data: 2\n\n'), long]
  const writes = await writesOf(events)
  expect(Buffer.concat(writes).toString()).toBe(events.join(''))
  const sizes = writes.map(({ byteLength }) => byteLength)
  expect(sizes).toEqual([9, STEP - 1, STEP + 2, 4, 9, STEP - 1, STEP + 2, 4])
})

test('bytes are written as they are, however many', async () => {
  const relayed = Buffer.alloc(3 * STEP, 'x')
  expect(await writesOf([relayed])).toEqual([relayed])
})
