import { expect, test } from 'bun:test'
import type { AnswerEvent } from '../../../src/form/answer.ts'
import { CustomTools } from '../../../src/form/custom-tools.ts'
import { textMessage } from '../../../src/form/parts.ts'

const PATCH = { name: 'patch', description: 'Changes files.', custom: { format: { type: 'text' } } }
const FIND = { name: 'find', parameters: { type: 'object' } }

/** What is told of arguments that arrive in pieces of that size. */
function toldOf(args: string, size: number): string {
  const custom = new CustomTools([PATCH, FIND])
  const begun = custom.read([{ type: 'tool_call', call: 0, id: 'a', name: 'patch' }])
  expect(begun).toEqual([{ type: 'tool_call', call: 0, id: 'a', name: 'patch', custom: true }])
  const events: AnswerEvent[] = []
  for (let at = 0; at < args.length; at += size) {
    const text = args.slice(at, at + size)
    events.push(...custom.read([{ type: 'arguments', call: 0, text }]))
  }
  events.push(...custom.end())
  return events.map((event) => (event.type === 'arguments' ? event.text : '')).join('')
}

const TEXTS = [
  'hello',
  '',
  'a "quoted" \\ word\n\tand {"input": "more"}',
  'Grüß 👋🏽 \u0000',
  '*** Begin Patch\n+ x\n',
]

test.each(TEXTS)('free text in a function’s arguments: %j', (text) => {
  const escaped = JSON.stringify(text).replaceAll(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  for (const args of [JSON.stringify({ input: text }), `{ "input" : ${escaped} }`]) {
    for (const size of [1, 2, 3, 7, 1000]) expect(toldOf(args, size)).toBe(text)
    const part = { type: 'tool_call' as const, id: 'a', name: 'patch', arguments: args }
    const custom = new CustomTools([PATCH])
    expect(custom.partsOf([part])).toEqual([{ ...part, arguments: text, custom: true }])
  }
})

test.each([
  ['no JSON', 'just words', 'just words'],
  ['another name', '{"patch":"words"}', 'words'],
  ['several fields', '{"a":"x","b":"y"}', '{"a":"x","b":"y"}'],
  ['nothing', '', ''],
  ['line ends as they are', '{"input":"a\nb"}', 'a\nb'],
])('arguments of another shape: %s', (_, args, text) => {
  for (const size of [1, 1000]) expect(toldOf(args, size)).toBe(text)
})

test('text that is cut off is told as far as it came, halves of characters left out', () => {
  expect(toldOf('{"input":"abc\\ud83d', 3)).toBe('abc')
  expect(toldOf('{"input":"abc\\u00', 3)).toBe('abc')
})

test('other tools are not touched', () => {
  const custom = new CustomTools([PATCH, FIND])
  const events: AnswerEvent[] = [
    { type: 'tool_call', call: 0, id: 'a', name: 'find' },
    { type: 'arguments', call: 0, text: '{"input":"x"}' },
  ]
  expect(custom.read(events)).toEqual(events)
  expect(custom.end()).toEqual([])
})

test('a request says them as functions of one string, earlier calls included', () => {
  const call = { type: 'tool_call' as const, id: 'a', name: 'patch', arguments: 'x "y"' }
  const request = {
    tools: [PATCH, FIND],
    messages: [
      textMessage('user', 'Go'),
      { role: 'assistant' as const, parts: [{ ...call, custom: true as const }] },
    ],
  }
  const { tools, messages } = new CustomTools(request.tools).asked(request)
  expect(tools).toEqual([
    {
      name: 'patch',
      description: 'Changes files.\n\nThe input is free text.\n\nIts format: {"type":"text"}',
      parameters: expect.objectContaining({ required: ['input'] }),
    },
    FIND,
  ])
  expect(messages[1]?.parts).toEqual([{ ...call, arguments: '{"input":"x \\"y\\""}' }])
})
