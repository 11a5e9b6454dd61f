import { expect, test } from 'bun:test'
import { AnswerBuilder } from '../../../src/form/answer-builder.ts'
import { CallAssembler, type CallFragment } from '../../../src/form/call-assembler.ts'

const whole = (name: string, args: string) => ({ name, arguments: args })

const CASES: [string, CallFragment[], { id?: string; name: string; arguments: string }[]][] = [
  [
    'OpenAI: id and name first, pieces by index',
    [
      { index: 0, id: 'a', name: 'one', arguments: '' },
      { index: 0, arguments: '{"x"' },
      { index: 1, id: 'b', name: 'two', arguments: '{}' },
      { index: 0, arguments: ':1}' },
    ],
    [
      { id: 'a', ...whole('one', '{"x":1}') },
      { id: 'b', ...whole('two', '{}') },
    ],
  ],
  [
    'Ollama, Dynamo: every call at index 0, each with an id of its own',
    [
      { index: 0, id: 'a', name: 'one', arguments: '{"x":1}' },
      { index: 0, id: 'b', name: 'two', arguments: '{"y":2}' },
    ],
    [
      { id: 'a', ...whole('one', '{"x":1}') },
      { id: 'b', ...whole('two', '{"y":2}') },
    ],
  ],
  [
    'pieces behind a repeated index belong to the newest call there',
    [
      { index: 0, id: 'a', name: 'one', arguments: '{}' },
      { index: 0, id: 'b', name: 'two' },
      { index: 0, arguments: '{"y":2}' },
    ],
    [
      { id: 'a', ...whole('one', '{}') },
      { id: 'b', ...whole('two', '{"y":2}') },
    ],
  ],
  [
    'no index: an id begins, anything else goes on',
    [
      { id: 'a', name: 'one', arguments: '{"x"' },
      { arguments: ':1}' },
      { id: 'b', name: 'two', arguments: '{}' },
    ],
    [
      { id: 'a', ...whole('one', '{"x":1}') },
      { id: 'b', ...whole('two', '{}') },
    ],
  ],
  [
    'no id, no index: another name begins another call',
    [{ ...whole('one', '{"x":1}') }, { ...whole('two', '{"y":2}') }],
    [whole('one', '{"x":1}'), whole('two', '{"y":2}')],
  ],
  [
    'an empty id is none',
    [
      { index: 0, id: '', name: 'one', arguments: '{"x"' },
      { index: 0, id: '', name: '', arguments: ':1}' },
      { index: 1, id: '', name: 'two', arguments: '{}' },
    ],
    [whole('one', '{"x":1}'), whole('two', '{}')],
  ],
  [
    'SGLang: arguments before the name',
    [
      { index: 0, id: 'a', arguments: '{"x"' },
      { index: 0, name: 'one', arguments: ':1}' },
    ],
    [{ id: 'a', ...whole('one', '{"x":1}') }],
  ],
  [
    'id and name repeated with every piece',
    [
      { index: 0, id: 'a', name: 'one', arguments: '{"x"' },
      { index: 0, id: 'a', name: 'one', arguments: ':1}' },
    ],
    [{ id: 'a', ...whole('one', '{"x":1}') }],
  ],
  [
    'an id that comes late belongs to the call at its index',
    [
      { index: 0, arguments: '{"x"' },
      { index: 0, id: 'a', name: 'one', arguments: ':1}' },
    ],
    [{ id: 'a', ...whole('one', '{"x":1}') }],
  ],
  [
    'a name that never comes',
    [{ index: 0, id: 'a', arguments: '{}' }],
    [{ id: 'a', ...whole('', '{}') }],
  ],
]

test.each(CASES)('%s', (_, fragments, expected) => {
  const assembler = new CallAssembler()
  const builder = new AnswerBuilder()
  for (const fragment of fragments) assembler.add(fragment).forEach((event) => builder.add(event))
  assembler.end().forEach((event) => builder.add(event))

  const calls = expected.map((call) => ({ type: 'tool_call' as const, id: '', ...call }))
  expect(builder.parts).toEqual(calls)
})

test('a call is begun before its arguments, and once', () => {
  const assembler = new CallAssembler()
  const early = assembler.add({ index: 0, arguments: '{' })
  const events = assembler.add({ index: 0, id: 'a', name: 'one', arguments: '}' })

  expect(early).toEqual([])
  expect(events).toEqual([
    { type: 'tool_call', call: 0, id: 'a', name: 'one' },
    { type: 'arguments', call: 0, text: '{}' },
  ])
  expect(assembler.end()).toEqual([])
})

test('a tool without parameters has an empty object for arguments', () => {
  const assembler = new CallAssembler()
  assembler.add({ index: 0, id: 'a', name: 'one' })

  expect(assembler.end()).toEqual([{ type: 'arguments', call: 0, text: '{}' }])
})
