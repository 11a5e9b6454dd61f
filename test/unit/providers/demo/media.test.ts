import { expect, test } from 'bun:test'
import type { Part } from '../../../../src/form/parts.ts'
import { shownIn, sizeOf } from '../../../../src/providers/demo/media.ts'

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR4nGNg+M8ARwwIFgAhzQX7qB0C6QAAAABJRU5ErkJggg=='
const GIF = Buffer.from('GIF89a\x05\x00\x07\x00', 'latin1')
/** A frame behind a segment that says nothing of the size. */
const JPEG = Buffer.from('ffd8ffe000040000ffc00011080102030403', 'hex')

test.each<[string, Buffer, object | undefined]>([
  ['a PNG', Buffer.from(PNG, 'base64'), { width: 3, height: 2 }],
  ['a GIF', GIF, { width: 5, height: 7 }],
  ['a JPEG', JPEG, { width: 0x0304, height: 0x0102 }],
  ['a JPEG that breaks off', JPEG.subarray(0, 10), undefined],
  ['a JPEG of nonsense', Buffer.from('ffd80000000000000000000000', 'hex'), undefined],
  ['a PDF', Buffer.from('%PDF-1.7 and so on, and on'), undefined],
  ['nothing', Buffer.alloc(0), undefined],
])('the size of %s', (_, bytes, size) => {
  expect(sizeOf(bytes)).toEqual(size as ReturnType<typeof sizeOf>)
})

test.each<[Part, string]>([
  [
    { type: 'image', source: { mediaType: 'image/png', data: PNG } },
    'an image of type image/png, 3 × 2 pixels, 73 bytes',
  ],
  [
    { type: 'document', name: 'a.pdf', source: { mediaType: 'application/pdf', data: 'QUJD' } },
    'a file named a.pdf of type application/pdf, 3 bytes',
  ],
  [{ type: 'document', source: { text: 'Hello' } }, 'a text of 5 characters'],
  [
    { type: 'image', source: { url: 'https://x' } },
    'an image at an address, which is not opened here',
  ],
])('%j is told as such, in the result of a tool too', (part, told) => {
  expect(shownIn([part])).toEqual([`You showed me ${told}.`])
  const content = part.type === 'image' || part.type === 'document' ? [part] : []
  expect(shownIn([{ type: 'tool_result', callId: 'a', content }])).toHaveLength(1)
})
