import { expect, test } from 'bun:test'
import { withoutEmptyUsage } from '../../../../src/gateway/upstream/relayed-usage.ts'

const shown = (text: string) => Buffer.from(withoutEmptyUsage(Buffer.from(text))).toString()

test.each([
  ['last of its chunk', '{"choices":[],"usage":null}', '{"choices":[]}'],
  ['in the middle', '{"id":"é✓","usage":null,"choices":[]}', '{"id":"é✓","choices":[]}'],
  ['with spaces', '{"choices": [], "usage": null}', '{"choices": []}'],
  ['in every chunk', '{"a":1,"usage":null}\n\n{"a":2,"usage":null}', '{"a":1}\n\n{"a":2}'],
])('what is not known yet is left out: %s', (_, given, left) => {
  expect(shown(given)).toBe(left)
})

test.each([
  ['a usage that is known', '{"choices":[],"usage":{"prompt_tokens":1}}'],
  ['the same words in a text', JSON.stringify({ content: 'so ,"usage":null} it goes' })],
  ['a text that ends there', '{"content":",","usage_of":null}'],
])('%s stays', (_, given) => {
  expect(shown(given)).toBe(given)
})

test('a read without such members is handed on as it is', () => {
  const events = Buffer.from(
    'data: {"choices":[],"usage": {"prompt_tokens":1}}\n\ndata: [DONE]\n\n',
  )
  expect(withoutEmptyUsage(events)).toBe(events)
})
