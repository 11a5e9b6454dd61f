import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { textMessage } from '../../../../src/form/parts.ts'
import type { ModelCall } from '../../../../src/providers/provider.ts'
import { assistantCalling, toolResult } from '../messages.ts'
import { body, rawStream } from '../../../scripted-faults.ts'
import { type ScriptedProvider, startScriptedProvider } from '../../../scripted-provider.ts'
import { answer, sseData } from '../../../scripted-replies.ts'
import {
  call,
  failureOf,
  fixture,
  flat,
  HELLO,
  HELLO_TOKENS,
  KEY,
  lastOf,
  MODEL,
  never,
  providerOf,
  readAll,
} from '../provider-under-test.ts'

let upstream: ScriptedProvider

beforeAll(async () => {
  upstream = await startScriptedProvider()
})
afterAll(() => upstream.stop())

const provider = () => providerOf({ baseUrl: upstream.url })

const usage = (inputTokens: number, outputTokens: number, cachedTokens = 0) => ({
  inputTokens,
  outputTokens,
  cachedTokens,
  cacheWriteTokens: 0,
  estimated: false,
})

const plain = (choice: object, rest: object = {}) =>
  body('application/json', JSON.stringify({ choices: [choice], ...rest }))

const delta = (content: unknown, finish: string | null = null) =>
  sseData({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] })

const usageEvent = (prompt: unknown, completion: unknown) =>
  sseData({ choices: [], usage: { prompt_tokens: prompt, completion_tokens: completion } })

const fragment = (call: object) => sseData({ choices: [{ delta: { tool_calls: [call] } }] })

describe('what is sent', () => {
  test('the smallest request: model, messages, key, and nothing that was not set', async () => {
    await provider().complete(HELLO, never())

    const { method, path, headers, text } = lastOf(upstream.requests)
    expect([method, path]).toEqual(['POST', '/v1/chat/completions'])
    expect(headers['authorization']).toBe(`Bearer ${KEY}`)
    expect(headers['content-type']).toBe('application/json')
    expect(JSON.parse(text)).toEqual({
      model: 'vendor/small-1',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello?' },
      ],
    })
  })

  test('a server without a key gets no authorization', async () => {
    await providerOf({ baseUrl: upstream.url, apiKey: null }).complete(HELLO, never())
    expect(lastOf(upstream.requests).headers).not.toHaveProperty('authorization')
  })

  test('everything: parameters, tools, tool calls and their results', async () => {
    const request: ModelCall = {
      model: MODEL,
      messages: [
        textMessage('user', '17*23?'),
        assistantCalling('', [{ id: 'c1', name: 'calc', arguments: '{"e":"17*23"}' }]),
        toolResult('c1', '391'),
      ],
      tools: [{ name: 'calc', description: 'Works out.', parameters: { type: 'object' } }],
      maxTokens: 50,
      temperature: 0,
      topP: 0.5,
    }
    await call(provider(), 'stream', request)

    expect(lastOf(upstream.requests).body).toEqual({
      model: 'vendor/small-1',
      messages: [
        { role: 'user', content: '17*23?' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'c1', type: 'function', function: { name: 'calc', arguments: '{"e":"17*23"}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'c1', content: '391' },
      ],
      tools: [
        {
          type: 'function',
          function: {
            name: 'calc',
            description: 'Works out.',
            parameters: { type: 'object', properties: {} },
          },
        },
      ],
      max_tokens: 50,
      temperature: 0,
      top_p: 0.5,
      stream: true,
      stream_options: { include_usage: true },
    })
  })
})

describe('recorded replies', () => {
  const calls = [
    { id: 'call_x9ZqW', name: 'calculator', arguments: '{"expression":"17*23"}' },
    { id: 'call_Lp02t', name: 'calculator', arguments: '{"expression":"1/3"}' },
  ]
  const ollamaCall = {
    id: 'call_8k2m1q0z',
    name: 'calculator',
    arguments: '{"expression":"17*23"}',
  }

  test.each([
    [
      'openai-plain.json',
      'Hello! How can I assist you today?',
      [],
      'stop',
      { ...usage(1119, 10, 1024), reasoningTokens: 0 },
    ],
    ['openai-tool-call.json', '', calls, 'tool_calls', usage(82, 51)],
    ['groq-plain.json', 'Hello! How can I help you today?', [], 'stop', usage(36, 10)],
    ['nvidia-plain.json', 'Hello! How can I help?', [], 'stop', usage(15, 8)],
    ['ollama-plain.json', 'Hi there.', [], 'stop', usage(11, 4)],
    [
      'openai-stream.sse',
      'Hello! How can I assist you today?',
      [],
      'stop',
      { ...usage(19, 10), reasoningTokens: 0 },
    ],
    ['openai-tool-call-stream.sse', '', calls, 'tool_calls', usage(82, 51, 64)],
    ['groq-stream.sse', 'Hello! How can I help you today?', [], 'stop', usage(36, 10)],
    ['nvidia-stream.sse', 'Grüß dich, 世界! 👋', [], 'length', usage(15, 12)],
    ['ollama-stream.sse', 'Hi there.', [], 'stop', usage(11, 4)],
    ['ollama-tool-call-stream.sse', '', [ollamaCall], 'tool_calls', usage(160, 24)],
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
})

describe('plain replies', () => {
  test.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['model_length', 'length'],
    ['content_filter', 'content_filter'],
    ['eos_token', 'stop'],
    [null, 'stop'],
    // Without a tool call there is nothing to be done about these.
    ['tool_calls', 'stop'],
  ])('finish_reason %p becomes %p', async (sent, expected) => {
    upstream.enqueue(plain({ message: { content: 'x' }, finish_reason: sent }))
    expect(await call(provider(), 'plain')).toMatchObject({ finishReason: expected })
  })

  test.each([
    ['null', null, ''],
    ['missing', undefined, ''],
    [
      'text parts',
      [{ type: 'text', text: 'a' }, { type: 'image' }, { type: 'text', text: 'b' }],
      'ab',
    ],
  ])('content may be %s', async (_, content, text) => {
    upstream.enqueue(plain({ message: { role: 'assistant', content }, finish_reason: 'stop' }))
    expect((await call(provider(), 'plain')).text).toBe(text)
  })

  test.each([
    ['a number as content', { message: { content: 5 } }],
    ['no message', { text: 'x' }],
    ['no choice', null],
  ])('%s cannot be read', async (_, choice) => {
    const json = JSON.stringify({ choices: choice === null ? [] : [choice] })
    upstream.enqueue(body('application/json', json))
    const { failure } = await failureOf(call(provider(), 'plain'))
    expect(failure).toBe('invalid_response')
  })

  test('a tool call without id, and with arguments as an object or missing, is made whole', async () => {
    const functions = [{ name: 'a', arguments: { x: 1 } }, { name: 'b' }]
    const tool_calls = functions.map((named) => ({ type: 'function', function: named }))
    upstream.enqueue(plain({ message: { content: null, tool_calls }, finish_reason: 'stop' }))

    const { toolCalls, finishReason } = await call(provider(), 'plain')
    expect(toolCalls.map(({ name, arguments: args }) => [name, args])).toEqual([
      ['a', '{"x":1}'],
      ['b', '{}'],
    ])
    // Whoever passes them on gives them a name.
    expect(toolCalls.map(({ id }) => id)).toEqual(['', ''])
    expect(finishReason).toBe('tool_calls')
  })

  test.each([
    ['an error object', { error: { message: 'no capacity', code: 503 } }],
    ['a bare error', { object: 'error', message: 'no capacity', code: 400 }],
    ['an error string', { error: 'no capacity' }],
  ])('%s under status 200 is a failure', async (_, json) => {
    upstream.enqueue(body('application/json', JSON.stringify(json)))
    const error = await failureOf(call(provider(), 'plain'))
    expect([error.failure, error.status]).toEqual(['rejected', 200])
    expect(error.message).toBe('The provider groq broke off with an error: no capacity')
  })
})

describe('streams', () => {
  test('deltas arrive one by one, those of one network read together, empty ones never', async () => {
    upstream.enqueue(
      rawStream(
        [
          delta(''),
          delta('a') + delta('b') + delta(null),
          delta(''),
          delta('c'),
          delta('', 'stop'),
        ],
        30,
      ),
    )
    const stream = await provider().stream(HELLO, never())
    expect(await readAll(stream)).toEqual(['ab', 'c'])
    expect(flat(stream.answer).text).toBe('abc')
    expect(await stream.read()).toBeNull()
  })

  test('the completion is not there before the end', async () => {
    upstream.enqueue(answer({ text: 'x' }))
    const stream = await provider().stream(HELLO, never())
    expect(() => stream.answer).toThrow()
    await readAll(stream)
    expect(flat(stream.answer).text).toBe('x')
  })

  test('usage after the finish reason counts, [DONE] may be missing', async () => {
    upstream.enqueue(rawStream([delta('x'), delta('', 'stop'), usageEvent(5, 6)], 20))
    const { usage } = await call(provider(), 'stream')
    expect(usage).toEqual({
      inputTokens: 5,
      outputTokens: 6,
      cachedTokens: 0,
      cacheWriteTokens: 0,
      estimated: false,
    })
  })

  test('after [DONE] nothing counts any more', async () => {
    upstream.enqueue(rawStream([`${delta('x')}${delta('', 'stop')}data: [DONE]\n\n${delta('y')}`]))
    expect((await call(provider(), 'stream')).text).toBe('x')
  })

  test('a server that finishes and then neither speaks nor hangs up does not hold the answer', async () => {
    upstream.enqueue({
      play: async (wire) => {
        await wire.openStream()
        await wire.chunk(delta('x') + delta('', 'stop'))
        await wire.hang()
      },
    })
    const impatient = providerOf({ baseUrl: upstream.url, idleTimeoutMs: 300 })
    expect(await call(impatient, 'stream')).toMatchObject({ text: 'x', finishReason: 'stop' })
  })

  test('of two usage reports the last sane figures hold', async () => {
    upstream.enqueue(
      rawStream([
        delta('x'),
        usageEvent(5, 1),
        delta('', 'stop'),
        usageEvent(7, 9),
        usageEvent('7', -1),
      ]),
    )
    const { usage } = await call(provider(), 'stream')
    expect(usage).toEqual({
      inputTokens: 7,
      outputTokens: 9,
      cachedTokens: 0,
      cacheWriteTokens: 0,
      estimated: false,
    })
  })

  test('fragments of tool calls without index or id belong to the last call', async () => {
    upstream.enqueue(
      rawStream([
        fragment({ id: 'a', function: { name: 'f', arguments: '{"x"' } }),
        fragment({ function: { arguments: ':1}' } }),
        fragment({ id: 'b', function: { name: 'g' } }),
        delta('', 'tool_calls'),
      ]),
    )
    expect((await call(provider(), 'stream')).toolCalls).toEqual([
      { id: 'a', name: 'f', arguments: '{"x":1}' },
      { id: 'b', name: 'g', arguments: '{}' },
    ])
  })

  test('text before an error event is handed out before the failure', async () => {
    upstream.enqueue(rawStream([delta('Hello') + sseData({ error: { message: 'boom' } })]))
    const stream = await provider().stream(HELLO, never())
    expect(await stream.read()).toEqual([{ type: 'text', text: 'Hello' }])
    const error = await failureOf(stream.read())
    expect(error.message).toBe('The provider groq broke off with an error: boom')
    expect(error.usage).toEqual({
      inputTokens: HELLO_TOKENS,
      outputTokens: 1,
      cachedTokens: 0,
      cacheWriteTokens: 0,
      estimated: true,
    })
    expect(await failureOf(stream.read())).toBe(error)
  })

  test('a failure after a usage report carries the reported figures', async () => {
    upstream.enqueue(rawStream([delta('Hello'), usageEvent(40, 2), 'data: {"half']))
    const error = await failureOf(call(provider(), 'stream'))
    expect(error.failure).toBe('truncated')
    expect(error.usage).toEqual({
      inputTokens: 40,
      outputTokens: 2,
      cachedTokens: 0,
      cacheWriteTokens: 0,
      estimated: false,
    })
  })
})
