import { expect, test } from 'bun:test'
import { countTokens, TOKENS_PER_IMAGE } from '../../../src/providers/count-tokens.ts'
import { GeneratedText } from '../../../src/providers/generated-text.ts'

const THOUGHT = 'First I think about the question for a while.'

function counted(...values: unknown[]): Promise<number> {
  const generated = new GeneratedText()
  for (const value of values) generated.add(value)
  return generated.count()
}

test.each([
  ['text', { content: THOUGHT }],
  ['text in parts', { content: [{ type: 'text', text: THOUGHT }] }],
  ['reasoning_content', { role: 'assistant', content: '', reasoning_content: THOUGHT }],
  ['reasoning', { content: null, reasoning: THOUGHT }],
  ['thinking of Anthropic', { type: 'thinking_delta', thinking: THOUGHT }],
  ['a thought with its signature', { type: 'thinking', thinking: THOUGHT, signature: 'c2ln' }],
  ['a refusal', { refusal: THOUGHT }],
  ['the transcript of a sound', { audio: { id: 'a', data: 'UklGR', transcript: THOUGHT } }],
  ['a field that nobody knows', { musings: [{ deeper: { words: THOUGHT } }] }],
  ['the name of a tool', { tool_calls: [{ index: 0, id: 'x', function: { name: THOUGHT } }] }],
  ['the arguments of a tool', { tool_calls: [{ function: { arguments: THOUGHT } }] }],
  ['a piece of input', { type: 'input_json_delta', partial_json: THOUGHT }],
  [
    'one thought under two names',
    { reasoning: THOUGHT, reasoning_details: [{ type: 'reasoning.text', text: THOUGHT, id: 'r' }] },
  ],
])('counts %s', async (_what, delta) => {
  expect(await counted(delta)).toBe(await countTokens(THOUGHT))
})

test.each([
  ['ids and kinds', { id: 'abc', tool_call_id: 'abc', type: 'text', role: 'assistant' }],
  ['why it ended', { stop_reason: 'end_turn', stop_sequence: 'END', finish_reason: 'stop' }],
  ['signatures and sealed thoughts', { type: 'redacted_thinking', data: 'RXhhbXBsZQ' }],
  ['probabilities', { logprobs: { content: [{ token: 'Hi' }] } }],
  ['what was found elsewhere', { annotations: [{ url_citation: { title: 'A page' } }] }],
  ['an empty input', { type: 'tool_use', input: {} }],
  ['nothing', null],
])('does not count %s', async (_what, delta) => {
  expect(await counted(delta)).toBe(0)
})

test('deltas are counted as the text that they are together', async () => {
  const deltas = THOUGHT.split(/(?<=\w{3})/).map((content) => ({ content }))
  expect(await counted(...deltas)).toBe(await countTokens(THOUGHT))
})

test('an input that comes whole is counted as JSON', async () => {
  const input = { id: 'kept here', status: ['a', 1] }
  const block = { type: 'tool_use', id: 'x', name: 'look', input }
  expect(await counted(block)).toBe(await countTokens(`look\n${JSON.stringify(input)}`))
})

test.each([
  ['an address', { images: [{ type: 'image_url', image_url: { url: 'https://a.b/c.png' } }] }],
  ['bytes', { picture: 'data:image/png;base64,iVBORw0KGgo' }],
])('an image as %s has a fixed estimate', async (_what, delta) => {
  expect(await counted(delta)).toBe(TOKENS_PER_IMAGE)
})

test('more than any model writes is refused', () => {
  const generated = new GeneratedText()
  const mebibyte = { content: 'x'.repeat(1_048_576) }
  for (let index = 0; index < 4; index++) generated.add(mebibyte)
  expect(() => generated.add({ content: 'x' })).toThrow('more than 4194304 characters')
})

test('much is estimated by its bytes, and not kept', async () => {
  const generated = new GeneratedText()
  for (let index = 0; index < 100_000; index++) generated.add({ content: 'word ' })
  expect(await generated.count()).toBe(125_000)
})
