import { expect, test } from 'bun:test'
import { keptInput, keptOutput } from '../../../../src/gateway/form/kept-content.ts'

const message = (content: unknown) => ({ messages: [{ role: 'user', content }] })

test.each([
  ['text', 'data: nothing', 'data: nothing'],
  ['a data URL', 'data:image/png;base64,AAAA', '[image]'],
  ['an image in a part', { url: 'data:image/png;base64,AAAA' }, { url: '[image]' }],
  ['an image at an address', { url: 'https://x/y.png' }, { url: 'https://x/y.png' }],
  [
    'Anthropic’s source',
    { type: 'base64', media_type: 'image/png', data: 'AAAA' },
    { type: 'base64', media_type: 'image/png', data: '[image]' },
  ],
  [
    'a sound',
    { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
    { type: 'input_audio', input_audio: { data: '[image]', format: 'wav' } },
  ],
  [
    'a tool’s own data',
    { type: 'tool_use', input: { data: 'x' } },
    { type: 'tool_use', input: { data: 'x' } },
  ],
])('of %s no bytes are kept, and of others nothing is lost', (_what, content, kept) => {
  expect(JSON.parse(keptInput(message(content)))).toEqual(message(kept))
})

test('an answer is kept with its tool calls, if it has some', () => {
  expect(JSON.parse(keptOutput([{ type: 'text', text: 'Hi' }]))).toEqual({ content: 'Hi' })
  const call = { type: 'tool_call' as const, id: 'c', name: 'f', arguments: '{}' }
  expect(JSON.parse(keptOutput([call]))).toEqual({
    content: '',
    tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
  })
})
