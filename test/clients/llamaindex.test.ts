import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { SLOW_MS } from '../binary/ares.ts'
import { AGENTS, FAMILIES, type Gateway, MODEL, startGateway } from './gateway.ts'
import { describeClient, installed } from './installed.ts'
import { recordedFetch } from './recorded-fetch.ts'
import { ENDLESS, FORECAST, GREETING, vectorOf } from './scripted-model.ts'

const { OpenAI, OpenAIEmbedding } = await installed(() => import('@llamaindex/openai'))
const { tool } = await installed(() => import('@llamaindex/core/tools'))
const { z } = await installed(() => import('zod'))

const HELLO = { messages: [{ role: 'user' as const, content: 'Hello' }] }

setDefaultTimeout(SLOW_MS)

function fetchUntil(signal: AbortSignal): typeof fetch {
  const send = (input: Parameters<typeof fetch>[0], init: RequestInit = {}) =>
    fetch(input, { ...init, signal })
  return send as typeof fetch
}

describeClient('@llamaindex/openai', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway()
  }, SLOW_MS)
  afterAll(() => gateway.stop(), SLOW_MS)

  const llmWith = (model: string, { key = gateway.key, ...more }: Options = {}) =>
    new OpenAI({
      model,
      apiKey: key,
      baseURL: `${gateway.url}/v1`,
      maxRetries: 2,
      additionalSessionOptions: more,
    })
  interface Options {
    key?: string
    fetch?: typeof fetch
  }

  describeClient.each(FAMILIES)('a model of $family', ({ model }) => {
    test('answers', async () => {
      const { message } = await llmWith(model).chat(HELLO)

      expect(message.content).toBe(GREETING.join(''))
    })

    test('streams', async () => {
      const chunks = await Array.fromAsync(await llmWith(model).chat({ ...HELLO, stream: true }))

      expect(chunks.map(({ delta }) => delta).filter(Boolean)).toEqual(GREETING)
    })

    test('has its tool called and hears the result', async () => {
      const weather = tool({
        name: 'weather',
        description: 'The weather of a city',
        parameters: z.object({ city: z.string() }),
        execute: ({ city }: { city: string }) => `${city}: 21 degrees`,
      })
      const llm = llmWith(model)
      const { newMessages, toolCalls } = await llm.exec({ ...HELLO, tools: [weather] })
      expect(toolCalls).toMatchObject([{ name: 'weather', input: { city: 'Oslo' } }])
      const messages = [...HELLO.messages, ...newMessages]
      const answered = await llm.exec({ messages, tools: [weather] })

      expect(answered.newMessages.at(-1)!.content).toBe('The tool says: Oslo: 21 degrees')
    })

    test('fills in a form', async () => {
      const responseFormat = z.object({ city: z.string(), degrees: z.number() })

      expect((await llmWith(model).exec({ ...HELLO, responseFormat })).object).toEqual(FORECAST)
    })

    // It takes no signal, and leaves its request open when the loop is left: the way out is the session's fetch.
    test('is left alone at once when the fetch that it was given is aborted', async () => {
      gateway.provider.enqueue(ENDLESS)
      const controller = new AbortController()
      const llm = llmWith(model, { fetch: fetchUntil(controller.signal) })
      const reading = (async () => {
        const chunks = await llm.chat({ ...HELLO, stream: true })
        for await (const { delta } of chunks) if (delta) controller.abort()
      })()

      await reading.catch(() => undefined)
      await gateway.abandoned()
    })
  })

  test.each(AGENTS)('$agent answers with its own tools', async ({ agent, says }) => {
    const { message } = await llmWith(agent).chat({
      messages: [{ role: 'user', content: 'What is 6 * 7?' }],
    })

    expect(message.content).toContain(says)
  })

  test('embeddings', async () => {
    const texts = ['One text', 'and another']
    const embedding = new OpenAIEmbedding({
      model: MODEL.embedding,
      apiKey: gateway.key,
      baseURL: `${gateway.url}/v1`,
    })

    expect(await embedding.getTextEmbeddings(texts)).toEqual(texts.map(vectorOf))
  })

  const failureOf = (model: string, options: Options) =>
    llmWith(model, options)
      .chat(HELLO)
      .then(
        () => null,
        (error: unknown) => error,
      )

  test('a wrong key and an unknown model are errors with our sentence', async () => {
    expect(await failureOf(MODEL.openai, { key: 'ares_wrong' })).toMatchObject({
      status: 401,
      message: expect.stringMatching(/key/i),
    })
    expect(await failureOf('no-such-model', {})).toMatchObject({ status: 404 })
  })

  test('a spent quota is an error at once, without a retry', async () => {
    const { fetch, statuses } = recordedFetch()
    const error = await failureOf(MODEL.openai, { key: await gateway.spentKey(), fetch })

    expect(error).toMatchObject({ status: 429, message: expect.stringMatching(/quota/i) })
    expect(statuses).toEqual([429])
  })

  test('a key in a hurry waits as long as it is told, and succeeds', async () => {
    const { fetch, statuses } = recordedFetch()
    const llm = llmWith(MODEL.openai, { key: await gateway.hurriedKey(), fetch })

    expect((await llm.chat(HELLO)).message.content).toBe(GREETING.join(''))
    expect(statuses).toEqual([429, 200])
  })
})
