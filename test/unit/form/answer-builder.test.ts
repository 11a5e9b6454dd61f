import { expect, test } from 'bun:test'
import type { AnswerEvent, AnswerPart } from '../../../src/form/answer.ts'
import { AnswerBuilder } from '../../../src/form/answer-builder.ts'

const seal = { family: 'anthropic', data: 'c2VhbA==' }

const CASES: [string, AnswerEvent[], AnswerPart[]][] = [
  ['nothing', [], []],
  [
    'words of a kind in a row are one part',
    [
      { type: 'text', text: 'Hel' },
      { type: 'text', text: 'lo' },
      { type: 'refusal', text: 'No' },
      { type: 'text', text: '!' },
    ],
    [
      { type: 'text', text: 'Hello' },
      { type: 'refusal', text: 'No' },
      { type: 'text', text: '!' },
    ],
  ],
  [
    'a thought ends with its seal',
    [
      { type: 'reasoning', text: 'One' },
      { type: 'signature', signature: seal },
      { type: 'reasoning', text: 'Two' },
    ],
    [
      { type: 'reasoning', text: 'One', signature: seal },
      { type: 'reasoning', text: 'Two' },
    ],
  ],
  [
    'a thought of which only the seal is told',
    [
      { type: 'reasoning', text: 'One' },
      { type: 'signature', signature: seal, redacted: true },
    ],
    [
      { type: 'reasoning', text: 'One' },
      { type: 'reasoning', text: '', signature: seal, redacted: true },
    ],
  ],
  [
    'calls whose arguments come by turns',
    [
      { type: 'text', text: 'Look' },
      { type: 'tool_call', call: 0, id: 'a', name: 'one' },
      { type: 'tool_call', call: 1, id: 'b', name: 'two', signature: seal },
      { type: 'arguments', call: 1, text: '{"y"' },
      { type: 'arguments', call: 0, text: '{"x":1}' },
      { type: 'arguments', call: 1, text: ':2}' },
    ],
    [
      { type: 'text', text: 'Look' },
      { type: 'tool_call', id: 'a', name: 'one', arguments: '{"x":1}' },
      { type: 'tool_call', id: 'b', name: 'two', arguments: '{"y":2}', signature: seal },
    ],
  ],
  [
    'a call without arguments has none',
    [{ type: 'tool_call', call: 0, id: 'a', name: 'one' }],
    [{ type: 'tool_call', id: 'a', name: 'one', arguments: '{}' }],
  ],
  [
    'probabilities of tokens are gathered',
    [
      { type: 'text', text: 'a', logprobs: [1] },
      { type: 'text', text: 'b', logprobs: [2] },
    ],
    [{ type: 'text', text: 'ab', logprobs: [1, 2] }],
  ],
]

test.each(CASES)('%s', (_, events, parts) => {
  const builder = new AnswerBuilder()
  events.forEach((event) => builder.add(event))

  expect(builder.parts).toEqual(parts)
})
