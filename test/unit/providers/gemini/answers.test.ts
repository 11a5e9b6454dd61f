import { afterAll, beforeAll, expect, test } from 'bun:test'
import { body, rawStream } from '../../../scripted-faults.ts'
import { type ScriptedProvider, startScriptedProvider } from '../../../scripted-provider.ts'
import { sseData } from '../../../scripted-replies.ts'
import { failureOf, HELLO, KEY, lastOf, MODEL, never, providerOf } from '../provider-under-test.ts'

let upstream: ScriptedProvider

beforeAll(async () => {
  upstream = await startScriptedProvider()
})
afterAll(() => upstream.stop())

const json = (text: string) => body('application/json', text)
const origin = () => new URL(upstream.url).origin
const gemini = (upstreamId = 'gemini-x') => ({
  provider: providerOf({ baseUrl: origin(), type: 'gemini' }),
  call: { ...HELLO, model: { ...MODEL, upstreamId } },
})

const candidate = (parts: object[], rest: object = {}) => ({
  candidates: [{ content: { role: 'model', parts }, ...rest }],
})
const END = { finishReason: 'STOP' }
const USAGE = {
  promptTokenCount: 10,
  toolUsePromptTokenCount: 2,
  cachedContentTokenCount: 4,
  candidatesTokenCount: 5,
  thoughtsTokenCount: 3,
}

test.each([
  ['gemini-x', '/v1beta/models/gemini-x'],
  ['models/gemini-x', '/v1beta/models/gemini-x'],
])('%s is asked at its own address, with the key in its header', async (id, path) => {
  const { provider, call } = gemini(id)
  await provider.complete(call, never())
  const sent = lastOf(upstream.requests)
  expect([sent.method, sent.path]).toEqual(['POST', `${path}:generateContent`])
  expect(sent.headers['x-goog-api-key']).toBe(KEY)
  expect(sent.headers).not.toHaveProperty('authorization')

  const stream = await provider.stream(call, never())
  while (await stream.read());
  expect(lastOf(upstream.requests).path).toBe(`${path}:streamGenerateContent?alt=sse`)
})

test('thoughts are told beside the answer, and counted with it', async () => {
  const { provider, call } = gemini()
  const reply = {
    ...candidate([{ text: 'Hm.', thought: true }, { text: 'Hi.' }], END),
    usageMetadata: USAGE,
  }
  upstream.enqueue(json(JSON.stringify(reply)))
  expect(await provider.complete(call, never())).toEqual({
    parts: [
      { type: 'reasoning', text: 'Hm.' },
      { type: 'text', text: 'Hi.' },
    ],
    finishReason: 'stop',
    usage: {
      inputTokens: 12,
      outputTokens: 8,
      cachedTokens: 4,
      cacheWriteTokens: 0,
      reasoningTokens: 3,
      estimated: false,
    },
  })
})

test('calls without ids are told apart, and the seal stands before the first', async () => {
  const { provider, call } = gemini()
  const parts = [
    { functionCall: { name: 'find', args: { id: 1 } }, thoughtSignature: 'S' },
    { functionCall: { name: 'find' } },
  ]
  upstream.enqueue(rawStream([sseData(candidate(parts)), sseData(candidate([{ text: '' }], END))]))
  const stream = await provider.stream(call, never())
  while (await stream.read());
  expect(stream.answer).toMatchObject({
    finishReason: 'tool_calls',
    parts: [
      { type: 'reasoning', text: '', signature: { family: 'gemini', data: 'S' } },
      { type: 'tool_call', id: '', name: 'find', arguments: '{"id":1}' },
      { type: 'tool_call', id: '', name: 'find', arguments: '{}' },
    ],
  })
})

test.each([
  ['MAX_TOKENS', 'length'],
  ['SAFETY', 'content_filter'],
  ['PROHIBITED_CONTENT', 'content_filter'],
  ['YET_TO_BE_INVENTED', 'stop'],
])('%s is an end: %s', async (finishReason, expected) => {
  const { provider, call } = gemini()
  upstream.enqueue(json(JSON.stringify(candidate([{ text: 'Hi' }], { finishReason }))))
  expect((await provider.complete(call, never())).finishReason).toBe(expected as 'stop')
})

test('a prompt that is blocked is an answer without words', async () => {
  const { provider, call } = gemini()
  const blocked = {
    promptFeedback: { blockReason: 'SAFETY' },
    usageMetadata: { promptTokenCount: 7 },
  }
  upstream.enqueue(json(JSON.stringify(blocked)), rawStream([sseData(blocked)]))
  const whole = await provider.complete(call, never())
  expect(whole).toMatchObject({ parts: [], finishReason: 'content_filter' })
  expect(whole.usage.inputTokens).toBe(7)
  const stream = await provider.stream(call, never())
  while (await stream.read());
  expect(stream.answer).toMatchObject({ parts: [], finishReason: 'content_filter' })
})

test.each([
  ['nothing at all', {}],
  ['an end without words', candidate([], END)],
  ['a malformed call', candidate([], { finishReason: 'MALFORMED_FUNCTION_CALL' })],
])('%s is no answer', async (_, reply) => {
  const { provider, call } = gemini()
  upstream.enqueue(json(JSON.stringify(reply)))
  expect((await failureOf(provider.complete(call, never()))).failure).toBe('invalid_response')
})

test('an error keeps its name, also within a list', async () => {
  const { provider, call } = gemini()
  const error = { code: 400, message: 'Nothing like that.', status: 'INVALID_ARGUMENT' }
  for (const json of [{ error }, [{ error }]]) {
    upstream.enqueue({ play: (wire) => wire.json(400, json) })
    const failure = await failureOf(provider.complete(call, never()))
    expect(failure).toMatchObject({ failure: 'rejected', status: 400 })
    expect(failure.message).toContain('Nothing like that.')
    expect(failure.verdict?.code).toBe('INVALID_ARGUMENT')
  }
})

test('a stream that breaks off without a reason is truncated', async () => {
  const { provider, call } = gemini()
  upstream.enqueue(rawStream([sseData(candidate([{ text: 'Hi' }]))]))
  const stream = await provider.stream(call, never())
  const reading = async () => {
    while (await stream.read());
  }
  expect((await failureOf(reading())).failure).toBe('truncated')
})

test('embeddings are asked in its words and told in OpenAI’s', async () => {
  const { provider, call } = gemini('embed-x')
  const request = {
    model: call.model,
    body: { input: ['one', 'two'], dimensions: 3, task_type: 'RETRIEVAL_QUERY' },
    countInput: () => Promise.resolve(2),
  }
  const { body: reply } = await provider.embeddings!.embed(request, never())
  expect(lastOf(upstream.requests).path).toBe('/v1beta/models/embed-x:batchEmbedContents')
  const settings = { model: 'models/embed-x', outputDimensionality: 3, taskType: 'RETRIEVAL_QUERY' }
  expect(lastOf(upstream.requests).body).toEqual({
    requests: ['one', 'two'].map((text) => ({ ...settings, content: { parts: [{ text }] } })),
  })
  expect(reply).toMatchObject({
    data: [
      { index: 0, embedding: [5, 0.5, -0.25] },
      { index: 1, embedding: [5, 0.5, -0.25] },
    ],
    usage: { prompt_tokens: 2 },
  })
})

test('a prompt is counted by the provider', async () => {
  const { provider, call } = gemini()
  const request = {
    model: call.model,
    body: { contents: [] },
    countInput: () => Promise.resolve(0),
  }
  expect(await provider.counter!.count(request, never())).toBe(42)
  expect(lastOf(upstream.requests).path).toBe('/v1beta/models/gemini-x:countTokens')
})
