import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { AresError } from '../../../../src/errors.ts'
import type { AnswerEvent, FinishReason } from '../../../../src/form/answer.ts'
import { AnswerBuilder } from '../../../../src/form/answer-builder.ts'
import { responsesReply } from '../../../../src/gateway/responses/reply.ts'
import type { OutputItem } from '../../../../src/gateway/responses/reply-schema.ts'
import type { ResponsesBody } from '../../../../src/gateway/responses/responses-schema.ts'
import { ResponseStream } from '../../../../src/gateway/responses/stream.ts'
import { inFull, USAGE } from '../folding.ts'

/** An event as a client reads it. */
interface Event {
  type: string
  sequence_number: number
  output_index?: number
  content_index?: number
  item_id?: string
  item?: OutputItem
  delta?: string
  text?: string
  refusal?: string
  arguments?: string
  part?: { type: string; text?: string; refusal?: string }
  response?: { status: string; output: OutputItem[]; [field: string]: unknown }
  [field: string]: unknown
}

const body: ResponsesBody = { model: 'small', input: 'Hello', stream: true }
const context = { body, runId: '01a20416-e8be-7294-845b-0fefabd66ffe', created: 1_790_000_001 }

function rendered(events: AnswerEvent[], finishReason: FinishReason = 'stop'): Event[] {
  const stream = new ResponseStream(context)
  const written = events.map((each) => stream.push([each])).join('')
  return parse(written + inFull(stream.end({ finishReason, usage: USAGE })))
}

const says = (text: string): AnswerEvent => ({ type: 'text', text })
const called = (call: number, name: string): AnswerEvent => ({
  type: 'tool_call',
  call,
  id: `call_${call}`,
  name,
})
const piece = (call: number, text: string): AnswerEvent => ({ type: 'arguments', call, text })

/** Each event's name is its type, its data one line. */
function parse(text: string): Event[] {
  const blocks = text.split('\n\n')
  expect(blocks.pop()).toBe('')
  return blocks.map((block) => {
    const [name, data, ...more] = block.split('\n')
    expect(more).toEqual([])
    const event = JSON.parse(data!.slice('data: '.length)) as Event
    expect(name).toBe(`event: ${event.type}`)
    return event
  })
}

const brief = ({ type, delta }: Event) => (delta === undefined ? type : `${type} ${delta}`)

test('a text arrives delta by delta between its frames', () => {
  const events = rendered([says('Hel'), says('lo')])
  expect(events.map(brief)).toEqual([
    'response.created',
    'response.in_progress',
    'response.output_item.added',
    'response.content_part.added',
    'response.output_text.delta Hel',
    'response.output_text.delta lo',
    'response.output_text.done',
    'response.content_part.done',
    'response.output_item.done',
    'response.completed',
  ])
  expect(events.map((event) => event.sequence_number)).toEqual([...events.keys()])
  expect(events[0]!.response).toMatchObject({ status: 'in_progress', output: [], usage: null })
  expect(events.at(-1)!.response).toMatchObject({
    status: 'completed',
    usage: { input_tokens: 120, output_tokens: 7, total_tokens: 127 },
  })
})

test('calls that are written by turns stay apart', () => {
  const written = [
    says('Well.'),
    called(0, 'a'),
    called(1, 'b'),
    piece(1, '{"b"'),
    piece(0, '{"a":1}'),
    piece(1, ':2}'),
  ]
  const events = rendered(written, 'tool_calls')
  const shown = events.map(({ output_index, ...event }) => `${output_index ?? '-'} ${brief(event)}`)
  expect(shown.slice(2)).toEqual([
    '0 response.output_item.added',
    '0 response.content_part.added',
    '0 response.output_text.delta Well.',
    '0 response.output_text.done',
    '0 response.content_part.done',
    '0 response.output_item.done',
    '1 response.output_item.added',
    '2 response.output_item.added',
    '2 response.function_call_arguments.delta {"b"',
    '1 response.function_call_arguments.delta {"a":1}',
    '2 response.function_call_arguments.delta :2}',
    '1 response.function_call_arguments.done',
    '1 response.output_item.done',
    '2 response.function_call_arguments.done',
    '2 response.output_item.done',
    '- response.completed',
  ])
  expect(events.at(-1)!.response!.output.slice(1)).toMatchObject([
    { call_id: 'call_0', name: 'a', arguments: '{"a":1}', status: 'completed' },
    { call_id: 'call_1', name: 'b', arguments: '{"b":2}', status: 'completed' },
  ])
})

test('a refusal is told in events of its own', () => {
  const events = rendered([{ type: 'refusal', text: 'I can’t.' }])
  expect(events.map(brief).slice(3, 6)).toEqual([
    'response.content_part.added',
    'response.refusal.delta I can’t.',
    'response.refusal.done',
  ])
})

test('an answer that was cut ends with response.incomplete', () => {
  const last = rendered([says('Hal')], 'length').at(-1)!
  expect(last).toMatchObject({
    type: 'response.incomplete',
    response: {
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [{ status: 'incomplete' }],
    },
  })
})

test('a failure is told as OpenAI tells it: the error, then the response as far as it came', () => {
  const stream = new ResponseStream(context)
  const before = stream.push([says('Hal')])
  const error = new AresError('provider_timeout', 'The provider took too long.')
  const events = parse(before + stream.fail(error, 'request-1'))
  expect(events.slice(-2)).toMatchObject([
    {
      type: 'error',
      code: 'server_error',
      message: 'The provider took too long.',
      param: null,
      request_id: 'request-1',
    },
    {
      type: 'response.failed',
      response: {
        status: 'failed',
        error: { code: 'server_error', message: 'The provider took too long.' },
        output: [{ status: 'incomplete', content: [{ text: 'Hal' }] }],
      },
    },
  ])
})

test('a failure before the first word is a stream too', () => {
  const stream = new ResponseStream(context)
  const events = parse(stream.fail(new AresError('rate_limited', 'Too many.'), 'request-1'))
  expect(events.map((event) => event.type)).toEqual([
    'response.created',
    'response.in_progress',
    'error',
    'response.failed',
  ])
  expect(events[2]).toMatchObject({ code: 'rate_limit_exceeded' })
})

test('a thought is told before the answer, its seal closes it', () => {
  const signature = { family: 'anthropic', data: 'abc' }
  const events = rendered([
    { type: 'reasoning', text: 'Hm.' },
    { type: 'signature', signature },
    { type: 'signature', signature, redacted: true },
    says('Hi.'),
  ])
  expect(events.map(brief).slice(2, 12)).toEqual([
    'response.output_item.added',
    'response.reasoning_summary_part.added',
    'response.reasoning_summary_text.delta Hm.',
    'response.reasoning_summary_text.done',
    'response.reasoning_summary_part.done',
    'response.output_item.done',
    'response.output_item.added',
    'response.output_item.done',
    'response.output_item.added',
    'response.content_part.added',
  ])
  const seal = { type: 'reasoning', encrypted_content: 'ares:anthropic:abc' }
  const { output } = events.at(-1)!.response!
  expect(output).toMatchObject([seal, { ...seal, summary: [] }, { type: 'message' }])
})

test('free text for a tool arrives in events of its own', () => {
  const patch: AnswerEvent = { type: 'tool_call', call: 0, id: 'c', name: 'patch', custom: true }
  const events = rendered([patch, piece(0, '*** '), piece(0, 'Begin')], 'tool_calls')
  expect(events.map(brief).slice(2, -1)).toEqual([
    'response.output_item.added',
    'response.custom_tool_call_input.delta *** ',
    'response.custom_tool_call_input.delta Begin',
    'response.custom_tool_call_input.done',
    'response.output_item.done',
  ])
  expect(events.at(-1)!.response!.output).toMatchObject([{ input: '*** Begin' }])
})

const words = fc.string({ minLength: 1, maxLength: 5 })
const event: fc.Arbitrary<AnswerEvent> = fc.oneof(
  words.map(says),
  words.map((text): AnswerEvent => ({ type: 'refusal', text })),
  words.map((text): AnswerEvent => ({ type: 'reasoning', text })),
  words.map((data): AnswerEvent => ({
    type: 'signature',
    signature: { family: 'anthropic', data },
  })),
  fc.record({ call: fc.nat(2), text: words }).map(({ call, text }) => piece(call, text)),
)
const finish = fc.constantFrom<FinishReason>('stop', 'length', 'content_filter', 'tool_calls')
const events = fc.array(event, { maxLength: 12 }).map(withBeginnings)

/** A call is begun before the first of its pieces. */
function withBeginnings(given: AnswerEvent[]): AnswerEvent[] {
  const numbers = new Map<number, number>()
  return given.flatMap((each) => {
    if (each.type !== 'arguments') return [each]
    const known = numbers.get(each.call)
    if (known !== undefined) return [{ ...each, call: known }]
    const call = numbers.size
    numbers.set(each.call, call)
    return [called(call, 'f'), { ...each, call }]
  })
}

test('whatever arrives: what the events say adds up to the last response', () => {
  fc.assert(
    fc.property(events, finish, (given, finish) => {
      const told = rendered(given, finish)
      const { response } = told.at(-1)!
      expect(replay(told)).toEqual(response!.output)
      const open = response!.output.slice(0, -1).filter((item) => item.status !== 'completed')
      expect(open).toEqual([])
    }),
  )
})

test('a streamed response is the one that a whole answer makes', () => {
  fc.assert(
    fc.property(events, finish, (given, finishReason) => {
      const builder = new AnswerBuilder()
      for (const each of given) builder.add(each)
      const answer = { parts: builder.parts, finishReason, usage: USAGE }
      const streamed: unknown = rendered(given, finishReason).at(-1)!.response
      expect(streamed).toEqual(responsesReply(answer, context))
    }),
  )
})

/** The output as a client builds it: from the frames and deltas alone, each `done` held against it. */
function replay(events: Event[]): OutputItem[] {
  const output: OutputItem[] = []
  for (const event of events) {
    const item = output[event.output_index ?? -1]
    if (event.item_id !== undefined) expect(item?.id).toBe(event.item_id)
    if (event.type === 'response.output_item.added') output.push(event.item!)
    else if (event.type === 'response.output_item.done') {
      const sealed = event.item!.type === 'reasoning' ? event.item!.encrypted_content : undefined
      const seal = sealed === undefined ? {} : { encrypted_content: sealed }
      expect({ ...item, ...seal, status: '' }).toEqual({ ...event.item!, status: '' })
      output[event.output_index!] = event.item!
    } else if (item?.type === 'function_call') replayCall(item, event)
    else if (item?.type === 'reasoning') replayThought(item, event)
    else if (item?.type === 'message') replayMessage(item, event)
  }
  return output
}

function replayCall(item: OutputItem & { type: 'function_call' }, event: Event): void {
  if (event.type.endsWith('.delta')) item.arguments += event.delta!
  else expect(event.arguments).toBe(item.arguments)
}

function replayThought(item: OutputItem & { type: 'reasoning' }, event: Event): void {
  if (event.type === 'response.reasoning_summary_part.added') {
    item.summary.push({ type: 'summary_text', text: '' })
  } else if (event.type.endsWith('.delta')) item.summary[0]!.text += event.delta!
  else expect(event.text ?? event.part?.text).toBe(item.summary[0]!.text)
}

function replayMessage(item: OutputItem & { type: 'message' }, event: Event): void {
  const part = item.content[event.content_index!]
  if (event.type === 'response.content_part.added') {
    expect(event.content_index).toBe(item.content.length)
    item.content.push(event.part as (typeof item.content)[number])
  } else if (event.type === 'response.content_part.done')
    expect(event.part as unknown).toEqual(part)
  else if (part?.type === 'refusal') {
    if (event.type === 'response.refusal.delta') part.refusal += event.delta!
    else expect(event.refusal).toBe(part.refusal)
  } else if (event.type === 'response.output_text.delta') part!.text += event.delta!
  else expect(event.text).toBe(part!.text)
}
