import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { AresError } from '../../../../src/errors.ts'
import type { AnswerEvent, FinishReason } from '../../../../src/form/answer.ts'
import { MessagesStream } from '../../../../src/gateway/messages/stream.ts'
import { CONTEXT, dataOf, foldEvents, inFull, MESSAGE_ID, USAGE } from '../folding.ts'

const ENDING = { finishReason: 'stop' as FinishReason, usage: USAGE }

function stream(events: AnswerEvent[], finishReason: FinishReason = 'stop'): string {
  const written = new MessagesStream(CONTEXT)
  return written.push(events) + inFull(written.end({ ...ENDING, finishReason }))
}

const opening = (call: number, id: string, name: string, args = ''): AnswerEvent[] => [
  { type: 'tool_call', call, id, name },
  ...piece(call, args),
]
const piece = (call: number, args: string): AnswerEvent[] =>
  args === '' ? [] : [{ type: 'arguments', call, text: args }]
const says = (said: string): AnswerEvent => ({ type: 'text', text: said })
const use = (id: string, name: string, input: unknown) => ({ type: 'tool_use', id, name, input })
const text = (said: string) => ({ type: 'text', text: said })

test('tens of thousands of fragments, while another call waits', () => {
  const pieces = Array.from({ length: 40_000 }, () => piece(0, '}')).flat()
  const { content } = foldEvents(
    stream([
      ...opening(0, 'a', 'first', '{"text":"'),
      ...opening(1, 'b', 'second', '{}'),
      ...pieces,
      ...piece(0, '"}'),
    ]),
  )
  expect(content).toEqual([use('a', 'first', { text: '}'.repeat(40_000) }), use('b', 'second', {})])
})

test('text, byte for byte', () => {
  const written = new MessagesStream(CONTEXT)
  const start = `event: message_start
data: {"type":"message_start","message":{"id":"${MESSAGE_ID}","type":"message","role":"assistant","model":"small","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":0,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0}}}

`
  expect(written.push([])).toBe(start)
  expect(written.push([says('Hi')])).toBe(`event: content_block_start
data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}

`)
  expect(inFull(written.end(ENDING))).toBe(`event: content_block_stop
data: {"type":"content_block_stop","index":0}

event: message_delta
data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"input_tokens":15,"cache_creation_input_tokens":5,"cache_read_input_tokens":100,"output_tokens":7}}

event: message_stop
data: {"type":"message_stop"}

`)
})

test('text after a tool call begins a new block', () => {
  const events = [
    says('One'),
    ...opening(0, 't1', 'calc', '{"a":'),
    ...piece(0, '1}'),
    says('Two'),
    ...opening(1, 't2', 'clock'),
  ]
  expect(foldEvents(stream(events, 'tool_calls'))).toMatchObject({
    content: [text('One'), use('t1', 'calc', { a: 1 }), text('Two'), use('t2', 'clock', {})],
    stop_reason: 'tool_use',
  })
})

const seal = (data: string, redacted?: true): AnswerEvent => ({
  type: 'signature',
  signature: { family: 'anthropic', data },
  ...(redacted && { redacted }),
})

test('thoughts: a seal ends one, and what is hidden is a block of its own', () => {
  const events: AnswerEvent[] = [
    { type: 'reasoning', text: 'Hm' },
    { type: 'reasoning', text: '.' },
    seal('abc'),
    { type: 'reasoning', text: 'Well.' },
    seal('xyz', true),
    says('Hi.'),
  ]
  const content: unknown = foldEvents(stream(events)).content
  expect(content).toEqual([
    { type: 'thinking', thinking: 'Hm.', signature: 'abc' },
    { type: 'thinking', thinking: 'Well.', signature: '' },
    { type: 'redacted_thinking', data: 'xyz' },
    { type: 'text', text: 'Hi.' },
  ])
})

describe('tool calls whose fragments come mixed', () => {
  test('in turns: what belongs to a block that is not open waits', () => {
    const written = new MessagesStream(CONTEXT)
    written.push([...opening(0, 't1', 'calc', '{"a"'), ...opening(1, 't2', 'calc', '{"b"')])
    expect(written.push(piece(1, ':2}'))).toBe('')
    expect(written.push([says('Both.')])).toBe('')
    // The first is whole now: everything that waited follows.
    const rest = written.push(piece(0, ':1}'))
    expect(dataOf(rest).map((data) => (JSON.parse(data) as { type: string }).type)).toEqual([
      'content_block_delta',
      'content_block_stop',
      'content_block_start',
      'content_block_delta',
      'content_block_delta',
      'content_block_stop',
      'content_block_start',
      'content_block_delta',
    ])
  })

  test('a piece after the end of its call: blank space is nothing, more breaks the stream off', () => {
    const written = new MessagesStream(CONTEXT)
    written.push([...opening(0, 't1', 'calc', '{}'), ...opening(1, 't2', 'calc', '{"b"')])
    expect(written.push(piece(0, '\n'))).toBe('')
    expect(() => written.push(piece(0, '{}'))).toThrow('mixed up')
  })

  test('in any order, nothing is lost and every call is whole', () => {
    // As text, for JSON knows no negative zero.
    const input = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value))
    const inputs = fc.array(input, { minLength: 1, maxLength: 4 })
    const dice = fc.array(fc.nat(), { minLength: 40, maxLength: 40 })
    fc.assert(
      fc.property(inputs, dice, (given, rolled) => {
        const message = foldEvents(stream(shuffled(given, rolled), 'tool_calls'))
        const found = new Map(message.content.map((block) => [block.id, block.input]))
        given.forEach((json, index) => expect(found.get(`t${index}`)).toEqual(JSON.parse(json)))
        expect(message.content).toHaveLength(given.length)
      }),
      { numRuns: 100 },
    )
  })
})

/** The openings in order, the pieces of all calls mixed by the dice, each call's own in order. */
function shuffled(inputs: string[], dice: number[]): AnswerEvent[] {
  const rest = inputs.map((json, index) => ({ index, json, opened: false }))
  const events: AnswerEvent[] = []
  for (let turn = 0; rest.some(({ json }) => json !== ''); turn += 1) {
    const open = rest.filter(({ json }) => json !== '')
    const die = dice[turn % dice.length] ?? 0
    const call = open[die % open.length]
    if (!call) break
    const size = 1 + (die % 5)
    const args = call.json.slice(0, size)
    call.json = call.json.slice(size)
    const { index, opened } = call
    events.push(...(opened ? piece(index, args) : opening(index, `t${index}`, 'calc', args)))
    call.opened = true
  }
  return events
}

test('a failure in the middle', () => {
  const written = new MessagesStream(CONTEXT)
  const error = new AresError('provider_failed', 'The provider broke off.')
  expect(written.fail(error, 'req-1')).toBe(`event: error
data: {"type":"error","error":{"type":"api_error","message":"The provider broke off."},"request_id":"req-1"}

`)
})
