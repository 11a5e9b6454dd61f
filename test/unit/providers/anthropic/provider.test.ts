import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { textMessage } from '../../../../src/form/parts.ts'
import type { ModelCall } from '../../../../src/providers/provider.ts'
import { assistantCalling, toolResult } from '../messages.ts'
import { body, rawStream } from '../../../scripted-faults.ts'
import { type ScriptedProvider, startScriptedProvider } from '../../../scripted-provider.ts'
import {
  call,
  failureOf,
  fixture,
  HELLO,
  KEY,
  lastOf,
  MODEL,
  never,
  providerOf,
} from '../provider-under-test.ts'

let upstream: ScriptedProvider

beforeAll(async () => {
  upstream = await startScriptedProvider()
})
afterAll(() => upstream.stop())

const provider = () => providerOf({ baseUrl: upstream.url, type: 'anthropic' })

const usage = (inputTokens: number, outputTokens: number, cachedTokens = 0) => ({
  inputTokens,
  outputTokens,
  cachedTokens,
  cacheWriteTokens: 0,
  estimated: false,
})

const calls = (first: string, second: string, args: string) => [
  { id: first, name: 'calculator', arguments: args },
  { id: second, name: 'clock', arguments: '{}' },
]

describe('what is sent', () => {
  test.each([
    ['an origin', ''],
    ['a trailing /v1', '/v1'],
  ])('the base URL may be %s', async (_, suffix) => {
    const baseUrl = upstream.url.replace(/\/v1$/, suffix)
    await providerOf({ baseUrl, type: 'anthropic' }).complete(HELLO, never())

    const { method, path, headers, text } = lastOf(upstream.requests)
    expect([method, path]).toEqual(['POST', '/v1/messages'])
    expect(headers['x-api-key']).toBe(KEY)
    expect(headers['anthropic-version']).toBe('2023-06-01')
    expect(headers).not.toHaveProperty('authorization')
    expect(JSON.parse(text)).toEqual({
      model: 'vendor/small-1',
      system: 'Be brief.',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello?' }] }],
      max_tokens: 8192,
    })
  })

  test('everything: alternating roles, tool results in one message, parameters within the scale', async () => {
    const request: ModelCall = {
      model: MODEL,
      messages: [
        textMessage('system', 'One.'),
        textMessage('user', 'First'),
        textMessage('system', 'Two.'),
        textMessage('user', 'Second'),
        assistantCalling('Let me see.', [
          { id: 't1', name: 'calc', arguments: '{"e":"1"}' },
          { id: 't2', name: 'calc', arguments: '{broken' },
        ]),
        toolResult('t1', '1'),
        toolResult('t2', 'bad arguments'),
        textMessage('assistant', ''),
        textMessage('user', 'Third'),
      ],
      tools: [{ name: 'calc', description: 'Works out.', parameters: { type: 'object' } }],
      maxTokens: 100_000,
      temperature: 1.5,
      topP: 0.9,
    }
    await call(provider(), 'stream', request)

    expect(lastOf(upstream.requests).body).toEqual({
      model: 'vendor/small-1',
      system: 'One.\n\nTwo.',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'First' },
            { type: 'text', text: 'Second' },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'Let me see.' },
            { type: 'tool_use', id: 't1', name: 'calc', input: { e: '1' } },
            { type: 'tool_use', id: 't2', name: 'calc', input: {} },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 't1', content: '1' },
            { type: 'tool_result', tool_use_id: 't2', content: 'bad arguments' },
            { type: 'text', text: 'Third' },
          ],
        },
      ],
      tools: [
        {
          name: 'calc',
          description: 'Works out.',
          input_schema: { type: 'object', properties: {} },
        },
      ],
      max_tokens: 8192,
      temperature: 1,
      top_p: 0.9,
      stream: true,
    })
  })
})

describe('recorded replies', () => {
  const plainCalls = calls('toolu_01A09q90qw90lq917835lq9', 'toolu_01B', '{"expression":"17*23"}')
  const streamedCalls = calls(
    'toolu_01T1x1fJ34qAmk2tNTrN7Up6',
    'toolu_02',
    '{"expression": "17*23"}',
  )

  test.each([
    [
      'anthropic-plain.json',
      'Hello! How can I help you today?',
      [],
      'stop',
      { ...usage(2160, 11, 2048), cacheWriteTokens: 100 },
    ],
    ['anthropic-tool-call.json', "I'll work that out.", plainCalls, 'tool_calls', usage(472, 89)],
    ['anthropic-stream.sse', 'Hello! How can I help you today?', [], 'stop', usage(2060, 11, 2048)],
    [
      'anthropic-tool-call-stream.sse',
      "I'll work that out.",
      streamedCalls,
      'tool_calls',
      usage(472, 89),
    ],
  ])('%s', async (file, text, toolCalls, finishReason, usage) => {
    const streamed = file.endsWith('.sse')
    const recorded = await fixture(file)
    upstream.enqueue(streamed ? rawStream([recorded]) : body('application/json', recorded))

    const completion: unknown = await call(provider(), streamed ? 'stream' : 'plain')
    expect(completion).toEqual({
      text,
      toolCalls,
      finishReason,
      usage,
    })
  })

  test('cut after any event before the stop reason, the stream is truncated', async () => {
    const events = (await fixture('anthropic-stream.sse')).split(/(?<=\n\n)/)
    const stop = events.findIndex((event) => event.includes('message_delta'))
    for (let kept = 0; kept < stop; kept++) {
      upstream.enqueue(rawStream([events.slice(0, kept).join('')], 0))
      const { failure } = await failureOf(call(provider(), 'stream'))
      expect([kept, failure]).toEqual([kept, 'truncated'])
    }
  })

  test('a truncated stream counts the prompt as reported and the text as received', async () => {
    const events = (await fixture('anthropic-stream.sse')).split(/(?<=\n\n)/)
    upstream.enqueue(rawStream([events.slice(0, 4).join('')]))
    const { usage } = await failureOf(call(provider(), 'stream'))
    expect(usage).toEqual({
      inputTokens: 2060,
      outputTokens: 1,
      cachedTokens: 2048,
      cacheWriteTokens: 0,
      estimated: true,
    })
  })
})

test.each([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['refusal', 'content_filter'],
  ['pause_turn', 'stop'],
])('stop_reason %p becomes %p', async (stop_reason, finishReason) => {
  const reply = { type: 'message', content: [{ type: 'text', text: 'x' }], stop_reason }
  upstream.enqueue(body('application/json', JSON.stringify(reply)))
  expect(await call(provider(), 'plain')).toMatchObject({ finishReason })
})

test('an error object under status 200 is a failure', async () => {
  const reply = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }
  upstream.enqueue(body('application/json', JSON.stringify(reply)))
  const error = await failureOf(call(provider(), 'plain'))
  expect([error.failure, error.message]).toEqual([
    'rejected',
    'The provider groq broke off with an error: Overloaded',
  ])
})
