import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { SLOW_MS } from '../binary/ares.ts'
import { AGENTS, FAMILIES, type Gateway, MODEL, startGateway } from './gateway.ts'
import { describeClient, installed } from './installed.ts'
import { recordedFetch } from './recorded-fetch.ts'
import { ENDLESS, FORECAST, GREETING, USAGE, vectorOf } from './scripted-model.ts'

/* OpenAI's own client, on `/v1/chat/completions`, `/v1/embeddings` and `/v1/models`. */

const openai = await installed(() => import('openai'))
const { zodResponseFormat } = await installed(() => import('openai/helpers/zod'))
const { z } = await installed(() => import('zod'))

const HELLO = { messages: [{ role: 'user' as const, content: 'Hello' }] }

setDefaultTimeout(SLOW_MS)

describeClient('openai', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway()
  }, SLOW_MS)
  afterAll(() => gateway.stop(), SLOW_MS)

  const clientWith = (apiKey = gateway.key, options: object = {}) =>
    new openai.OpenAI({ baseURL: `${gateway.url}/v1`, apiKey, ...options })

  describeClient.each(FAMILIES)('a model of $family', ({ model, path }) => {
    test('answers a chat, with what it cost', async () => {
      const reply = await clientWith().chat.completions.create({ model, ...HELLO })

      expect(reply.choices[0]).toMatchObject({
        message: { role: 'assistant', content: GREETING.join('') },
        finish_reason: 'stop',
      })
      expect(reply.usage).toMatchObject({
        prompt_tokens: USAGE.input,
        completion_tokens: USAGE.output,
      })
      expect(gateway.provider.requests.at(-1)).toMatchObject({
        path,
        body: { model: `upstream-${model}` },
      })
    })

    test('streams, and reports usage when asked to', async () => {
      const stream = await clientWith().chat.completions.create({
        model,
        ...HELLO,
        stream: true,
        stream_options: { include_usage: true },
      })
      const chunks = await Array.fromAsync(stream)

      const deltas = chunks.map((chunk) => chunk.choices[0]?.delta.content).filter(Boolean)
      expect(deltas).toEqual(GREETING)
      expect(chunks.at(-1)).toMatchObject({
        choices: [],
        usage: { prompt_tokens: USAGE.input, completion_tokens: USAGE.output },
      })
    })

    test('streams without usage when not asked to', async () => {
      const stream = await clientWith().chat.completions.create({ model, ...HELLO, stream: true })
      const chunks = await Array.fromAsync(stream)

      expect(chunks.at(-1)!.choices[0]!.finish_reason).toBe('stop')
      expect(chunks.filter(({ usage }) => usage)).toEqual([])
    })

    test.each([false, true])(
      'has its tool called and hears the result (stream: %p)',
      async (stream) => {
        const asked: unknown[] = []
        const runner = clientWith().chat.completions.runTools({
          model,
          ...HELLO,
          stream: stream as false,
          tools: [
            {
              type: 'function',
              function: {
                name: 'weather',
                description: 'The weather of a city',
                parameters: { type: 'object', properties: { city: { type: 'string' } } },
                parse: JSON.parse as (text: string) => { city: string },
                function: (given: { city: string }) => {
                  asked.push(given)
                  return `${given.city}: 21 degrees`
                },
              },
            },
          ],
        })

        expect(await runner.finalContent()).toBe('The tool says: Oslo: 21 degrees')
        expect(asked).toEqual([{ city: 'Oslo' }])
      },
    )

    test('fills in a form', async () => {
      const Forecast = z.object({ city: z.string(), degrees: z.number() })
      const reply = await clientWith().chat.completions.parse({
        model,
        ...HELLO,
        response_format: zodResponseFormat(Forecast, 'forecast'),
      })

      expect(reply.choices[0]!.message.parsed).toEqual(FORECAST)
      expect(gateway.provider.requests.at(-1)!.text).toContain('"degrees":{"type":"number"}')
    })

    test('is left alone at once when the client aborts', async () => {
      gateway.provider.enqueue(ENDLESS)
      const stream = await clientWith().chat.completions.create({ model, ...HELLO, stream: true })
      for await (const chunk of stream) {
        if (chunk.choices[0]?.delta.content) break
      }

      expect(stream.controller.signal.aborted).toBe(true)
      await gateway.abandoned()
    })
  })

  test.each(AGENTS)('$agent answers with its own tools', async ({ agent, says }) => {
    const reply = await clientWith().chat.completions.create({
      model: agent,
      messages: [{ role: 'user', content: 'What is 6 * 7?' }],
    })

    expect(reply.choices[0]!.message.content).toContain(says)
  })

  test.each(AGENTS)('$agent streams', async ({ agent, says }) => {
    const stream = clientWith().chat.completions.stream({
      model: agent,
      messages: [{ role: 'user', content: 'What is 6 * 7?' }],
    })

    expect(await stream.finalContent()).toContain(says)
  })

  test('the demo model answers and streams', async () => {
    const reply = await clientWith().chat.completions.create({ model: MODEL.demo, ...HELLO })
    const stream = clientWith().chat.completions.stream({ model: MODEL.demo, ...HELLO })

    expect(reply.choices[0]!.message.content).toMatch(/demo/i)
    expect(await stream.finalContent()).toBe(reply.choices[0]!.message.content)
  })

  test('embeddings come as numbers, whether they travel as base64 or not', async () => {
    const input = ['One text', 'and another']
    const { embeddings } = clientWith()
    const packed = await embeddings.create({ model: MODEL.embedding, input })
    const plain = await embeddings.create({
      model: MODEL.embedding,
      input,
      encoding_format: 'float',
    })

    expect(packed.data.map(({ embedding }) => embedding)).toEqual(input.map(vectorOf))
    expect(plain.data).toEqual(packed.data)
    expect(plain.usage.prompt_tokens).toBe(5)
  })

  test('models and agents are listed and found', async () => {
    const { models } = clientWith()
    const ids = (await Array.fromAsync(models.list())).map(({ id }) => id)

    expect(ids).toEqual(expect.arrayContaining([...Object.values(MODEL), 'agent:on-demo']))
    expect(await models.retrieve(MODEL.openai)).toMatchObject({ id: MODEL.openai, object: 'model' })
  })

  const create = (client: ReturnType<typeof clientWith>, body: object = {}) =>
    client.chat.completions.create({ model: MODEL.openai, ...HELLO, ...body }).then(
      () => null,
      (error: unknown) => error,
    )

  test('a wrong key is an AuthenticationError', async () => {
    const error = await create(clientWith('ares_wrong'))

    expect(error).toBeInstanceOf(openai.AuthenticationError)
    expect(error).toMatchObject({
      status: 401,
      code: 'invalid_api_key',
      message: expect.stringMatching(/key/i),
      requestID: expect.any(String),
    })
  })

  test('an unknown model is a NotFoundError', async () => {
    const error = await create(clientWith(), { model: 'no-such-model' })

    expect(error).toBeInstanceOf(openai.NotFoundError)
    expect(error).toMatchObject({
      code: 'model_not_found',
      message: expect.stringContaining('model'),
    })
  })

  test('what cannot be honoured is a BadRequestError that names it', async () => {
    const error = await create(clientWith(), {
      model: MODEL.anthropic,
      logit_bias: { 50256: -100 },
    })

    expect(error).toBeInstanceOf(openai.BadRequestError)
    expect(error).toMatchObject({ param: 'logit_bias', type: 'invalid_request_error' })
  })

  test('a spent quota is a RateLimitError at once, without a retry', async () => {
    const { fetch, statuses } = recordedFetch()
    const error = await create(clientWith(await gateway.spentKey(), { fetch }))

    expect(error).toBeInstanceOf(openai.RateLimitError)
    expect(error).toMatchObject({
      code: 'insufficient_quota',
      message: expect.stringMatching(/quota/i),
    })
    expect(statuses).toEqual([429])
  })

  test('a key in a hurry waits as long as it is told, and succeeds', async () => {
    const { fetch, statuses } = recordedFetch()
    const client = clientWith(await gateway.hurriedKey(), { fetch })
    const reply = await client.chat.completions.create({ model: MODEL.openai, ...HELLO })

    expect(reply.choices[0]!.message.content).toBe(GREETING.join(''))
    expect(statuses).toEqual([429, 200])
  })

  test('every request is one run of what it cost', async () => {
    const before = await gateway.usage()
    await clientWith().chat.completions.create({ model: MODEL.openai, ...HELLO })
    await clientWith()
      .chat.completions.stream({ model: MODEL.anthropic, ...HELLO })
      .finalContent()
    const after = await gateway.usage()

    expect(after.total_runs - before.total_runs).toBe(2)
    expect(after.total_tokens - before.total_tokens).toBe(2 * (USAGE.input + USAGE.output))
  })
})
