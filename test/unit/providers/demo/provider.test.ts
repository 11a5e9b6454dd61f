import { describe, expect, test } from 'bun:test'
import type { ModelConfig, ProviderConfig } from '../../../../src/config/config.ts'
import { type Message, textMessage } from '../../../../src/form/parts.ts'
import { demoProvider } from '../../../../src/providers/demo/provider.ts'
import {
  type AnswerStream,
  type ModelCall,
  ProviderError,
} from '../../../../src/providers/provider.ts'
import { saidBy } from '../../../../src/form/answer.ts'
import type { ModelRequest } from '../../../../src/form/request.ts'
import { assistantCalling, toolResult } from '../messages.ts'
import { flat, type FlatAnswer, readAll } from '../provider-under-test.ts'
import { toMessages } from '../../../../src/execution/prompt.ts'
import { toolCatalog } from '../../../../src/tools/catalog.ts'
import { cpuMsOf } from '../../../cpu-time.ts'

const CALCULATOR = toolCatalog().select(['calculator'])

describe('plain answers', () => {
  test('say that they are the demo model’s, for which model, and what was asked', async () => {
    const { text, toolCalls, finishReason } = await ask('Explain quantum computing.')
    expect(text).toContain('Demo model')
    expect(text).toContain('llama-3.3-70b')
    expect(text).toContain('Explain quantum computing.')
    expect({ toolCalls, finishReason }).toEqual({ toolCalls: [], finishReason: 'stop' })
  })

  test('are the same for the same conversation', async () => {
    expect(await ask('Summarize Q1.')).toEqual(await ask('Summarize Q1.'))
  })

  test('name the fields of a context, and keep a long question short', async () => {
    const context = { amount: 15000, currency: 'USD', format: 'JSON' }
    const { text } = await complete({
      messages: toMessages('Be kind.', 'Why? '.repeat(5000), context),
    })
    expect(text).toContain('amount, currency, format')
    expect(text.length).toBeLessThan(600)
  })

  test('do not repeat the system prompt', async () => {
    const messages = toMessages('The password is swordfish.', 'Hello', undefined)
    expect((await complete({ messages })).text).not.toContain('swordfish')
  })
})

describe('JSON answers', () => {
  const forms: [prompt: string, expected: Record<string, unknown>][] = [
    [
      'Answer JSON: {"risk_score": 0..1, "risk_level": "low|medium|high|critical", "reasoning": "..."}',
      {
        risk_score: expect.any(Number),
        risk_level: 'low',
        reasoning: expect.stringContaining('Demo model'),
      },
    ],
    [
      'The JSON input is {"amount": 5}. Reply with\n```json\n{\n  "score": 0.5, // sure?\n  "tags": ["a", ...],\n  "level": "mid" | "high",\n  ok: true|false\n}\n```',
      { score: 0.5, tags: [expect.any(String)], level: 'mid', ok: true },
    ],
    [
      'JSON like {"a": {"b": [{"c": "x|y", "d": null}]}, "n": <number 3-5>, "e": [], "f": "text or null"}',
      { a: { b: [{ c: 'x', d: null }] }, n: expect.any(Number), e: [], f: null },
    ],
    ['Return JSON: {"__proto__": "text", "n": 7}', JSON.parse('{"__proto__": 0, "n": 7}')],
  ]
  test.each(forms)('fill in the form of the prompt: %s', async (prompt, expected) => {
    const { text } = await complete({ messages: toMessages(prompt, 'Look at TX-9921', undefined) })
    const answer: Record<string, unknown> = JSON.parse(text)
    expect(Object.keys(answer)).toEqual(Object.keys(expected))
    for (const key of Object.keys(expected)) {
      if (key !== '__proto__') expect(answer[key]).toEqual(expected[key])
    }
  })

  test('keep numbers in their range', async () => {
    for (const message of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      const prompt = 'JSON {"p": 0..1, "n": "integer 10 to 20", "t": -5..5, "small": 0.001..0.002}'
      const { text } = await complete({ messages: toMessages(prompt, message, undefined) })
      const { p, n, t, small } = JSON.parse(text)
      expect([p >= 0 && p <= 1, n >= 10 && n <= 20, t >= -5 && t <= 5]).toEqual([true, true, true])
      expect(Number.isInteger(n)).toBe(true)
      expect(small).toBeWithin(0.001, 0.002)
    }
  })

  test.each(['Answer in JSON.', 'JSON {broken', 'JSON {}'])(
    'without a form: %s',
    async (prompt) => {
      const { text } = await ask(`List the risks. ${prompt}`)
      expect(JSON.parse(text)).toEqual({
        message: expect.stringContaining('List the risks.'),
        model: 'llama-3.3-70b',
        note: 'answer of the demo model',
      })
    },
  )

  test('are not asked for by the context of a run', async () => {
    const messages = toMessages('Be brief.', 'Hello', { format: 'JSON {"a": 1}' })
    expect((await complete({ messages })).text).toStartWith('Demo model')
  })

  test('a prompt of nothing but braces does not stall', async () => {
    for (const unit of ['{', '{"', '{"a":', '{a:[', '{a:(', '((1+2)*', '(1+']) {
      const messages = toMessages(`JSON ${unit.repeat(200_000)}`, unit.repeat(200_000), undefined)
      const tookMs = await cpuMsOf(() => complete({ messages, tools: CALCULATOR }))
      expect(tookMs).toBeLessThan(1000)
    }
  })
})

describe('the calculator', () => {
  const question = textMessage('user', 'What is 12.5 * (3 + 4)?')

  test('is called for the expression in the message, and its result is the answer', async () => {
    const first = await complete({ messages: [question], tools: CALCULATOR })
    expect(first).toMatchObject({ text: '', finishReason: 'tool_calls' })
    expect(JSON.parse(first.toolCalls[0]?.arguments ?? '')).toEqual({
      expression: '12.5 * (3 + 4)',
    })

    const messages = [question, ...(await afterTools(first))]
    const second = await complete({ messages, tools: CALCULATOR })
    expect(second).toMatchObject({ toolCalls: [], finishReason: 'stop' })
    expect(second.text).toContain('12.5 * (3 + 4) = 87.5')
  })

  test('is called again for the next question', async () => {
    const first = await complete({ messages: [question], tools: CALCULATOR })
    const next = textMessage('user', 'And 6*7?')
    const messages = [question, ...(await afterTools(first)), next]
    const { toolCalls } = await complete({ messages, tools: CALCULATOR })
    expect(toolCalls[0]?.arguments).toBe('{"expression":"6*7"}')
    expect(toolCalls[0]?.id).not.toBe(first.toolCalls[0]?.id)
  })

  test('reports its errors', async () => {
    const messages = said('1 / 0')
    const first = await complete({ messages, tools: CALCULATOR })
    const second = await complete({ messages: [...messages, ...(await afterTools(first))] })
    expect(second.text).toContain('1 / 0 failed: the result is not finite')
  })

  test('fills JSON forms with its result', async () => {
    const messages = toMessages('Answer JSON {"sum": 0..9, "text": "..."}', '2+2', undefined)
    const first = await complete({ messages, tools: CALCULATOR })
    const second = await complete({ messages: [...messages, ...(await afterTools(first))] })
    expect(JSON.parse(second.text).text).toBe('Demo model: 2+2 = 4.')
  })

  test('is not called when it is not offered, nor for what stands in the context', async () => {
    expect((await ask('What is 6*7?')).toolCalls).toEqual([])
    const messages = toMessages(undefined, 'Look at this', { sum: '6*7' })
    expect((await complete({ messages, tools: CALCULATOR })).toolCalls).toEqual([])
  })
})

describe('tokens', () => {
  test('are four characters each, reported and not estimated', async () => {
    const { text, usage } = await complete({
      messages: toMessages('12345678', '123456789', undefined),
    })
    const outputTokens = Math.ceil(text.length / 4)
    expect(usage).toEqual({
      inputTokens: 5,
      outputTokens,
      cachedTokens: 0,
      cacheWriteTokens: 0,
      estimated: false,
    })
  })

  test('beyond maxTokens are cut off', async () => {
    const { text, finishReason, usage } = await complete({ messages: said('Hello'), maxTokens: 3 })
    expect({ text, finishReason }).toEqual({ text: 'Demo model, ', finishReason: 'length' })
    expect(usage.outputTokens).toBe(3)
  })

  test('a cut never halves a character', async () => {
    const { text } = await ask('😀'.repeat(50))
    for (let maxTokens = 1; maxTokens <= text.length / 4; maxTokens++) {
      const cut = await complete({ messages: said('😀'.repeat(50)), maxTokens })
      expect(cut.text.isWellFormed()).toBe(true)
    }
  })

  test('a tool call that does not fit is not made', async () => {
    const cut = await complete({ messages: said('6*7'), tools: CALCULATOR, maxTokens: 2 })
    expect(cut).toMatchObject({ text: '', toolCalls: [], finishReason: 'length' })
  })
})

describe('streams', () => {
  test('bring the same answer in several parts', async () => {
    const request = requestOf({ messages: said('Explain quantum computing.') })
    const stream = await open(request)
    const parts = await readAll(stream)
    expect(parts.length).toBeGreaterThan(3)
    expect(parts.length).toBeLessThanOrEqual(20)
    expect(parts).not.toContain('')
    expect(parts.join('')).toBe(flat(stream.answer).text)
    expect(stream.answer).toEqual(await demo.complete(request, never))
    expect(await stream.read()).toBeNull()
  })

  test('a tool call comes without text', async () => {
    const stream = await open(requestOf({ messages: said('6*7'), tools: CALCULATOR }))
    expect(await stream.read()).toEqual([
      { type: 'tool_call', call: 0, id: 'demo-call-1', name: 'calculator' },
      { type: 'arguments', call: 0, text: '{"expression":"6*7"}' },
    ])
    expect(await stream.read()).toBeNull()
    expect(flat(stream.answer).toolCalls).toHaveLength(1)
  })

  test('the completion is not there before the end', async () => {
    const stream = await open(requestOf({ messages: said('Hello') }))
    await stream.read()
    expect(() => stream.answer).toThrow()
  })

  test('stop when aborted, and say what was used', async () => {
    const controller = new AbortController()
    const stream = await open(requestOf({ messages: said('Hello there') }), controller.signal)
    const first = await stream.read()
    controller.abort()
    const error = await failureOf(stream.read())
    expect(error.failure).toBe('aborted')
    expect(error.usage).toEqual({
      inputTokens: 3,
      outputTokens: Math.ceil(saidBy(first ?? []).length / 4),
      cachedTokens: 0,
      cacheWriteTokens: 0,
      estimated: false,
    })
  })

  test('stop when cancelled; after the end that is harmless', async () => {
    const stopped = await open(requestOf({ messages: said('Hello') }))
    stopped.cancel()
    expect((await failureOf(stopped.read())).failure).toBe('aborted')

    const finished = await open(requestOf({ messages: said('Hello') }))
    await readAll(finished)
    finished.cancel()
    expect(await finished.read()).toBeNull()
    expect(finished.answer.finishReason).toBe('stop')
  })

  test('an aborted call does not begin', async () => {
    const request = requestOf({ messages: said('Hello') })
    for (const call of [
      demo.complete(request, AbortSignal.abort()),
      open(request, AbortSignal.abort()),
    ]) {
      expect(await failureOf(call)).toMatchObject({ failure: 'aborted', usage: null })
    }
  })
})

test('the provider is available and has the name of its configuration', () => {
  expect(demo).toMatchObject({ name: 'demo', available: true })
})

const CONFIG: ProviderConfig = {
  name: 'demo',
  type: 'demo',
  enabled: true,
  baseUrl: null,
  responses: false,
  apiKey: null,
  keyMissing: false,
  keyEnv: null,
  proxyUrl: null,
  connectTimeoutMs: 1,
  firstByteTimeoutMs: 1,
  idleTimeoutMs: 1,
  timeoutMs: 1,
  maxRetries: 0,
  maxResponseBytes: 1,
  http: 'fetch',
  maxInFlight: 100,
  allows: { fields: [], remoteMedia: false },
  models: [],
}
const MODEL: ModelConfig = {
  id: 'llama-3.3-70b',
  upstreamId: 'llama-3.3-70b',
  contextLength: 131072,
  supportsTools: true,
  inputUsdPerMtok: null,
  outputUsdPerMtok: null,
  cachedInputUsdPerMtok: null,
  cacheWriteUsdPerMtok: null,
}
const demo = demoProvider(CONFIG)
const never = new AbortController().signal

function said(content: string): Message[] {
  return [textMessage('user', content)]
}

function requestOf(parts: ModelRequest): ModelCall {
  return { model: MODEL, ...parts }
}

async function complete(parts: ModelRequest): Promise<FlatAnswer> {
  return flat(await demo.complete(requestOf(parts), never))
}

function ask(content: string): Promise<FlatAnswer> {
  return complete({ messages: said(content) })
}

function open(request: ModelCall, signal = never): Promise<AnswerStream> {
  return demo.stream(request, signal)
}

/** The model's tool calls and their results, as the server appends them. */
async function afterTools({ toolCalls }: FlatAnswer): Promise<Message[]> {
  const results = toolCalls.map(async ({ id, arguments: args }) =>
    toolResult(id, (await toolCatalog().find('calculator')?.run(args)) ?? ''),
  )
  return [assistantCalling('', toolCalls), ...(await Promise.all(results))]
}

async function failureOf(call: Promise<unknown>): Promise<ProviderError> {
  const error = await call.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (error instanceof ProviderError) return error
  throw new Error('expected a ProviderError', { cause: error })
}
