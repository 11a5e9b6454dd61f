import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { AresError } from '../../../../src/errors.ts'
import type { AnswerEvent, AnswerPart, FinishReason } from '../../../../src/form/answer.ts'
import { AnswerBuilder } from '../../../../src/form/answer-builder.ts'
import type { ChatCompletionRequest } from '../../../../src/gateway/chat/chat-schema.ts'
import { chatReply } from '../../../../src/gateway/chat/reply.ts'
import { ChatStream } from '../../../../src/gateway/chat/stream.ts'
import { dataOf, inFull, RUN_ID, USAGE } from '../folding.ts'

const BODY: ChatCompletionRequest = { model: 'small', messages: [{ role: 'user', content: 'Hi' }] }
const CONTEXT = { body: BODY, runId: RUN_ID, created: 1_790_000_000 }
const ID = `call_${RUN_ID.replaceAll('-', '')}`

interface Message {
  content: string | null
  refusal?: string | null
  tool_calls?: Record<string, unknown>[]
  reasoning_content?: string
  reasoning_details?: Record<string, unknown>[]
}

function reply(parts: AnswerPart[], finishReason: FinishReason = 'stop') {
  const whole = chatReply({ parts, finishReason, usage: USAGE }, CONTEXT)
  return whole as { choices: [{ message: Message; finish_reason: string; logprobs: unknown }] }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

test('a whole answer', () => {
  expect(reply([{ type: 'text', text: 'Hello' }])).toEqual({
    id: `chatcmpl-${RUN_ID}`,
    object: 'chat.completion',
    created: 1_790_000_000,
    model: 'small',
    system_fingerprint: null,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'Hello', refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: {
      prompt_tokens: 120,
      completion_tokens: 7,
      total_tokens: 127,
      prompt_tokens_details: { cached_tokens: 100, cache_write_tokens: 5 },
    },
  } as never)
})

const seal = { family: 'anthropic', data: 's' }
const MESSAGES: [string, AnswerPart[], object][] = [
  ['nothing is an empty text', [], { content: '', refusal: null }],
  ['a refusal', [{ type: 'refusal', text: 'No.' }], { content: null, refusal: 'No.' }],
  [
    'calls, one without an id, one of free text',
    [
      { type: 'tool_call', id: '', name: 'a', arguments: '{}' },
      { type: 'tool_call', id: 'c', name: 'b', arguments: '***', custom: true },
    ],
    {
      content: null,
      tool_calls: [
        { id: `${ID}_0`, type: 'function', function: { name: 'a', arguments: '{}' } },
        { id: 'c', type: 'custom', custom: { name: 'b', input: '***' } },
      ],
    },
  ],
  [
    'a thought without a seal',
    [
      { type: 'reasoning', text: 'Hm.' },
      { type: 'text', text: 'Hi' },
    ],
    { content: 'Hi', reasoning_content: 'Hm.' },
  ],
  [
    'sealed thoughts, as routers tell them',
    [
      { type: 'reasoning', text: 'Hm.', signature: seal },
      { type: 'reasoning', text: '', signature: seal, redacted: true },
    ],
    {
      reasoning_details: [
        {
          index: 0,
          type: 'reasoning.text',
          text: 'Hm.',
          signature: 's',
          format: 'anthropic-claude-v1',
        },
        { index: 1, type: 'reasoning.encrypted', data: 's', format: 'anthropic-claude-v1' },
      ],
    },
  ],
]

test.each(MESSAGES)('%s', (_, parts, message) => {
  expect(reply(parts).choices[0].message).toMatchObject(message)
})

test('the probabilities of tokens stand beside the message', () => {
  const logprobs = [{ token: 'Hi', logprob: -1 }]
  const [choice] = reply([{ type: 'text', text: 'Hi', logprobs }]).choices
  expect(choice.logprobs).toEqual({ content: logprobs, refusal: null })
})

interface Chunk {
  choices: { delta: Record<string, unknown>; finish_reason: string | null }[]
  usage?: unknown
}

function stream(events: AnswerEvent[], finishReason: FinishReason = 'stop', usage = false) {
  const body = usage ? { ...BODY, stream_options: { include_usage: true } } : BODY
  const written = new ChatStream({ ...CONTEXT, body })
  const text = events.map((event) => written.push([event])).join('')
  const data = dataOf(text + inFull(written.end({ finishReason, usage: USAGE })))
  expect(data.pop()).toBe('[DONE]')
  return data.map((each) => JSON.parse(each) as Chunk)
}

describe('a stream', () => {
  test('the role first, then the words, then why it ended', () => {
    const chunks = stream([
      { type: 'text', text: 'Hel' },
      { type: 'text', text: 'lo' },
    ])
    expect(chunks.map(({ choices }) => choices[0])).toMatchObject([
      { index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null },
      { delta: { content: 'Hel' }, finish_reason: null },
      { delta: { content: 'lo' }, finish_reason: null },
      { delta: {}, finish_reason: 'stop' },
    ])
    expect(chunks.some((chunk) => 'usage' in chunk)).toBe(false)
  })

  test('usage is told to whoever asked for it, in a chunk of its own', () => {
    const chunks = stream([{ type: 'text', text: 'Hi' }], 'stop', true)
    expect(chunks.slice(0, -1).some((chunk) => 'usage' in chunk)).toBe(false)
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 127 } })
  })

  test('calls by turns, and one of free text', () => {
    const chunks = stream(
      [
        { type: 'tool_call', call: 0, id: 'c0', name: 'a' },
        { type: 'tool_call', call: 1, id: '', name: 'b', custom: true },
        { type: 'arguments', call: 1, text: '***' },
        { type: 'arguments', call: 0, text: '{}' },
      ],
      'tool_calls',
    )
    const deltas = chunks.flatMap(({ choices }) => choices[0]?.delta['tool_calls'] ?? [])
    expect(deltas).toEqual([
      { index: 0, id: 'c0', type: 'function', function: { name: 'a', arguments: '' } },
      { index: 1, id: `${ID}_1`, type: 'custom', custom: { name: 'b', input: '' } },
      { index: 1, custom: { input: '***' } },
      { index: 0, function: { arguments: '{}' } },
    ])
  })

  test('a failure is an event of its own', () => {
    const error = new AresError('provider_failed', 'The provider broke off.')
    const [data] = dataOf(new ChatStream(CONTEXT).fail(error))
    expect(JSON.parse(data!)).toMatchObject({ error: { message: 'The provider broke off.' } })
  })
})

const words = fc.string({ minLength: 1, maxLength: 5 })
const event: fc.Arbitrary<AnswerEvent> = fc.oneof(
  words.map((text): AnswerEvent => ({ type: 'text', text })),
  words.map((text): AnswerEvent => ({ type: 'refusal', text })),
  words.map((text): AnswerEvent => ({ type: 'arguments', call: 0, text })),
)

test('what a stream says adds up to the whole answer', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (given) => {
      const call: AnswerEvent = { type: 'tool_call', call: 0, id: 'c', name: 'f' }
      const events = [call, ...given, { type: 'arguments' as const, call: 0, text: '.' }]
      const builder = new AnswerBuilder()
      for (const each of events) builder.add(each)
      const { message } = reply(builder.parts, 'tool_calls').choices[0]
      const deltas = stream(events, 'tool_calls').map(({ choices }) => choices[0]!.delta)
      const sum = (field: string) => deltas.map((delta) => textOf(delta[field])).join('')
      expect(sum('content')).toBe(message.content ?? '')
      expect(sum('refusal')).toBe(message.refusal ?? '')
    }),
  )
})
