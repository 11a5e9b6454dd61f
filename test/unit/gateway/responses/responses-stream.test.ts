import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { AresError } from '../../../../src/errors.ts'
import type {
  ChatChunk,
  ChatFinishReason,
  ChatUsage,
} from '../../../../src/gateway/form/chat-format.ts'
import { responsesDialect } from '../../../../src/gateway/responses/responses-dialect.ts'
import type { OutputItem } from '../../../../src/gateway/responses/responses-reply-schema.ts'
import type { ResponsesBody } from '../../../../src/gateway/responses/responses-schema.ts'

type Delta = ChatChunk['choices'][number]['delta']

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
const META = {
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk' as const,
  created: 1_790_000_000,
  model: 'upstream',
}
const USAGE: ChatUsage = { prompt_tokens: 12, completion_tokens: 7, total_tokens: 19 }

function chunk(delta: Delta, finish: ChatFinishReason | null = null): ChatChunk {
  return { ...META, choices: [{ index: 0, delta, finish_reason: finish }] }
}

function chunksOf(deltas: Delta[], finish: ChatFinishReason): ChatChunk[] {
  const start = chunk({ role: 'assistant', content: '' })
  const last = { ...META, choices: [], usage: USAGE }
  return [start, ...deltas.map((delta) => chunk(delta)), chunk({}, finish), last]
}

function rendered(chunks: ChatChunk[]): Event[] {
  const stream = responsesDialect.renderStream(context)
  return parse(chunks.map((each) => stream.push(each)).join('') + stream.end())
}

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
  const events = rendered(chunksOf([{ content: 'Hel' }, { content: 'lo' }], 'stop'))
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
    usage: { input_tokens: 12, output_tokens: 7, total_tokens: 19 },
  })
})

const called = (index: number, name: string) => ({
  index,
  id: `call_${index}`,
  function: { name, arguments: '' },
})
const piece = (index: number, text: string) => ({ index, function: { arguments: text } })

test('calls that are written by turns stay apart', () => {
  const deltas = [
    { content: 'Well.' },
    { tool_calls: [called(0, 'a'), called(1, 'b')] },
    { tool_calls: [piece(1, '{"b"')] },
    { tool_calls: [piece(0, '{"a":1}')] },
    { tool_calls: [piece(1, ':2}')] },
  ]
  const events = rendered(chunksOf(deltas, 'tool_calls'))
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
  const events = rendered(chunksOf([{ refusal: 'I can’t.' }], 'stop'))
  expect(events.map(brief).slice(3, 6)).toEqual([
    'response.content_part.added',
    'response.refusal.delta I can’t.',
    'response.refusal.done',
  ])
})

test('an answer that was cut ends with response.incomplete', () => {
  const last = rendered(chunksOf([{ content: 'Hal' }], 'length')).at(-1)!
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
  const stream = responsesDialect.renderStream(context)
  const before = stream.push(chunk({ content: 'Hal' }))
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
  const stream = responsesDialect.renderStream(context)
  const events = parse(stream.fail(new AresError('rate_limited', 'Too many.'), 'request-1'))
  expect(events.map((event) => event.type)).toEqual([
    'response.created',
    'response.in_progress',
    'error',
    'response.failed',
  ])
  expect(events[2]).toMatchObject({ code: 'rate_limit_exceeded' })
})

const words = fc.string({ minLength: 1, maxLength: 5 })
const delta: fc.Arbitrary<Delta> = fc.oneof(
  words.map((content) => ({ content })),
  words.map((refusal) => ({ refusal })),
  fc.record({ index: fc.nat(2), text: words }).map(({ index, text }) => ({
    tool_calls: [{ index, id: `call_${index}`, function: { name: 'f', arguments: text } }],
  })),
)
const finish = fc.constantFrom<ChatFinishReason>('stop', 'length', 'content_filter', 'tool_calls')

test('whatever arrives: what the events say adds up to the last response', () => {
  fc.assert(
    fc.property(fc.array(delta, { maxLength: 12 }), finish, (deltas, finish) => {
      const events = rendered(chunksOf(deltas, finish))
      const { response } = events.at(-1)!
      expect(replay(events)).toEqual(response!.output)
      const open = response!.output.slice(0, -1).filter((item) => item.status !== 'completed')
      expect(open).toEqual([])
    }),
  )
})

test('text and calls in their usual order make the response that a plain answer makes', () => {
  const calls = fc.array(words, { maxLength: 3 })
  fc.assert(
    fc.property(fc.array(words), calls, finish, (texts, calls, finish) => {
      const tool_calls = calls.map((text, index) => toolCall(index, text))
      const deltas: Delta[] = texts.map((content) => ({ content }))
      deltas.push(...tool_calls.map((call, index) => ({ tool_calls: [{ index, ...call }] })))
      const streamed = rendered(chunksOf(deltas, finish)).at(-1)!.response
      const message = { role: 'assistant' as const, content: texts.join('') || null, tool_calls }
      const choices = [{ index: 0, message, finish_reason: finish }]
      const reply = { ...META, object: 'chat.completion' as const, choices, usage: USAGE }
      const plain: unknown = responsesDialect.renderReply(reply, context)
      expect(streamed as unknown).toEqual(plain)
    }),
  )
})

function toolCall(index: number, text: string) {
  return {
    id: `call_${index}`,
    type: 'function' as const,
    function: { name: 'f', arguments: text },
  }
}

/** The output as a client builds it: from the frames and deltas alone, each `done` held against it. */
function replay(events: Event[]): OutputItem[] {
  const output: OutputItem[] = []
  for (const event of events) {
    const item = output[event.output_index ?? -1]
    if (event.item_id !== undefined) expect(item?.id).toBe(event.item_id)
    if (event.type === 'response.output_item.added') output.push(event.item!)
    else if (event.type === 'response.output_item.done') {
      expect({ ...item, status: '' }).toEqual({ ...event.item!, status: '' })
      output[event.output_index!] = event.item!
    } else if (item?.type === 'function_call') replayCall(item, event)
    else if (item) replayMessage(item, event)
  }
  return output
}

function replayCall(item: OutputItem & { type: 'function_call' }, event: Event): void {
  if (event.type.endsWith('.delta')) item.arguments += event.delta!
  else expect(event.arguments).toBe(item.arguments)
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
