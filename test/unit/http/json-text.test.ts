import { describe, expect, test } from 'bun:test'
import { StorageDamaged } from '../../../src/db/errors.ts'
import { jsonBytes, jsonColumn } from '../../../src/http/json-text.ts'

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

const SOUND = ['{}', '{"a":"é😀\\u0000"}', '[1,\n\t\r 2]', '"\x7f\x9f"']

describe('what is stored as JSON', () => {
  test.each(SOUND)('%j stands in an answer as it is', async (text) => {
    const stored = bytes(text)
    expect(jsonColumn(text)?.pieces).toEqual([text])
    expect((await jsonBytes(stored)).pieces).toEqual([stored])
  })

  test.each(['\0', '\x08', '\x0b', '\x1f'])('%j in it is damage', async (impossible) => {
    const text = `{"a":"${'x'.repeat(5_000_000)}${impossible}"}`
    expect(() => jsonColumn(text)).toThrow(StorageDamaged)
    const read = await jsonBytes(bytes(text)).catch((error: unknown) => error)
    expect(read).toBeInstanceOf(StorageDamaged)
  })
})
