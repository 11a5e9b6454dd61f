import { expect, test } from 'bun:test'
import { GrowingText } from '../../src/growing-text.ts'

test.each([0, 1, 63, 64, 65, 1000])('%i pieces are one text', (count) => {
  const text = new GrowingText()
  const pieces = Array.from({ length: count }, (_, index) => `piece ${index}, `)
  for (const piece of pieces) text.add(piece)
  expect(text.toString()).toBe(pieces.join(''))
})

test('it can be read while it grows', () => {
  const text = new GrowingText()
  text.add('Hé')
  expect(text.toString()).toBe('Hé')
  text.add('llo')
  expect(text.toString()).toBe('Héllo')
})
