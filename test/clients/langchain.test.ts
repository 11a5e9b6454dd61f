import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { SLOW_MS } from '../binary/ares.ts'
import { AGENTS, FAMILIES, type Gateway, MODEL, startGateway } from './gateway.ts'
import { describeClient, installed } from './installed.ts'
import { recordedFetch } from './recorded-fetch.ts'
import { ENDLESS, FORECAST, GREETING, USAGE, vectorOf } from './scripted-model.ts'

const { ChatOpenAI, OpenAIEmbeddings } = await installed(() => import('@langchain/openai'))
const { HumanMessage, ToolMessage } = await installed(() => import('@langchain/core/messages'))
const { tool } = await installed(() => import('@langchain/core/tools'))
const { z } = await installed(() => import('zod'))

setDefaultTimeout(SLOW_MS)

describeClient('@langchain/openai', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway()
  }, SLOW_MS)
  afterAll(() => gateway.stop(), SLOW_MS)

  const chatWith = (model: string, { key = gateway.key, maxRetries = 2, ...more }: Options = {}) =>
    new ChatOpenAI({
      model,
      apiKey: key,
      maxRetries,
      streamUsage: true,
      configuration: { baseURL: `${gateway.url}/v1`, ...more },
    })
  interface Options {
    key?: string
    maxRetries?: number
    fetch?: typeof fetch
  }

  describeClient.each(FAMILIES)('a model of $family', ({ model }) => {
    test('answers, with what it cost', async () => {
      const message = await chatWith(model).invoke('Hello')

      expect(message.text).toBe(GREETING.join(''))
      expect(message.usage_metadata).toMatchObject({
        input_tokens: USAGE.input,
        output_tokens: USAGE.output,
      })
    })

    test('streams', async () => {
      const chunks = await Array.fromAsync(await chatWith(model).stream('Hello'))

      expect(chunks.map(({ text }) => text).filter(Boolean)).toEqual(GREETING)
    })

    test('has its tool called and hears the result', async () => {
      const weather = tool(({ city }: { city: string }) => `${city}: 21 degrees`, {
        name: 'weather',
        description: 'The weather of a city',
        schema: z.object({ city: z.string() }),
      })
      const chat = chatWith(model).bindTools([weather])
      const asked = await chat.invoke('Hello')
      const call = asked.tool_calls![0]!
      expect(call).toMatchObject({ name: 'weather', args: { city: 'Oslo' } })
      const content = await weather.invoke(call.args as { city: string })
      const result = new ToolMessage({ content, tool_call_id: call.id! })
      const answered = await chat.invoke([new HumanMessage('Hello'), asked, result])

      expect(answered.text).toBe('The tool says: Oslo: 21 degrees')
    })

    test.each(['jsonSchema', 'functionCalling'] as const)(
      'fills in a form (%s)',
      async (method) => {
        const Forecast = z.object({ city: z.string(), degrees: z.number() })
        const chat = chatWith(model).withStructuredOutput(Forecast, { method, name: 'forecast' })

        expect(await chat.invoke('Hello')).toEqual(FORECAST)
      },
    )

    test('is left alone at once when the client aborts', async () => {
      gateway.provider.enqueue(ENDLESS)
      const controller = new AbortController()
      const { signal } = controller
      const reading = (async () => {
        for await (const _ of await chatWith(model).stream('Hello', { signal })) controller.abort()
      })()

      await reading.catch(() => undefined)
      await gateway.abandoned()
    })
  })

  test.each(AGENTS)('$agent answers with its own tools, and streams', async ({ agent, says }) => {
    const chat = chatWith(agent)
    const chunks = await Array.fromAsync(await chat.stream('What is 6 * 7?'))

    expect((await chat.invoke('What is 6 * 7?')).text).toContain(says)
    expect(chunks.map(({ text }) => text).join('')).toContain(says)
  })

  test('embeddings', async () => {
    const texts = ['One text', 'and another']
    const embeddings = new OpenAIEmbeddings({
      model: MODEL.embedding,
      apiKey: gateway.key,
      configuration: { baseURL: `${gateway.url}/v1` },
    })

    expect(await embeddings.embedDocuments(texts)).toEqual(texts.map(vectorOf))
  })

  const failureOf = (model: string, options: Options) =>
    chatWith(model, options)
      .invoke('Hello')
      .then(
        () => null,
        (error: unknown) => error,
      )

  test('a wrong key and an unknown model are its errors of these kinds', async () => {
    expect(await failureOf(MODEL.openai, { key: 'ares_wrong' })).toMatchObject({
      status: 401,
      lc_error_code: 'MODEL_AUTHENTICATION',
      message: expect.stringMatching(/key/i),
    })
    expect(await failureOf('no-such-model', {})).toMatchObject({
      status: 404,
      lc_error_code: 'MODEL_NOT_FOUND',
    })
  })

  test('what cannot be honoured is an error that names it', async () => {
    const chat = new ChatOpenAI({
      model: MODEL.anthropic,
      apiKey: gateway.key,
      frequencyPenalty: 1,
      maxRetries: 0,
      configuration: { baseURL: `${gateway.url}/v1` },
    })
    const error: unknown = await chat.invoke('Hello').catch((error: unknown) => error)

    expect(error).toMatchObject({ status: 400, param: 'frequency_penalty' })
  })

  test('a spent quota is an error at once, without a retry', async () => {
    const { fetch, statuses } = recordedFetch()
    const error = await failureOf(MODEL.openai, { key: await gateway.spentKey(), fetch })

    expect(error).toMatchObject({ status: 429, message: expect.stringMatching(/quota/i) })
    expect(statuses).toEqual([429])
  })

  test('a key in a hurry waits as long as it is told, and succeeds', async () => {
    const { fetch, statuses } = recordedFetch()
    const chat = chatWith(MODEL.openai, { key: await gateway.hurriedKey(), fetch })

    expect((await chat.invoke('Hello')).text).toBe(GREETING.join(''))
    expect(statuses).toEqual([429, 200])
  })
})
