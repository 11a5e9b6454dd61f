import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { SLOW_MS } from '../binary/ares.ts'
import { COUNTED } from '../scripted-replies.ts'
import { AGENTS, FAMILIES, type Gateway, MODEL, startGateway } from './gateway.ts'
import { describeClient, installed } from './installed.ts'
import { recordedFetch } from './recorded-fetch.ts'
import { ENDLESS, FORECAST, GREETING, USAGE } from './scripted-model.ts'

/* Anthropic's own client, on `/v1/messages`. */

const anthropic = await installed(() => import('@anthropic-ai/sdk'))
const { zodOutputFormat } = await installed(() => import('@anthropic-ai/sdk/helpers/zod'))
const { betaZodTool } = await installed(() => import('@anthropic-ai/sdk/helpers/beta/zod'))
const { z } = await installed(() => import('zod'))

const HELLO = { max_tokens: 100, messages: [{ role: 'user' as const, content: 'Hello' }] }
const SIX_TIMES_SEVEN = {
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'What is 6 * 7?' }],
}

setDefaultTimeout(SLOW_MS)

describeClient('@anthropic-ai/sdk', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway()
  }, SLOW_MS)
  afterAll(() => gateway.stop(), SLOW_MS)

  const clientWith = (apiKey = gateway.key, options: object = {}) =>
    new anthropic.Anthropic({ baseURL: gateway.url, apiKey, ...options })

  describeClient.each(FAMILIES)('a model of $family', ({ model, path }) => {
    test('answers a message, with what it cost', async () => {
      const message = await clientWith().messages.create({ model, ...HELLO })

      expect(message).toMatchObject({
        type: 'message',
        role: 'assistant',
        content: [{ type: 'text', text: GREETING.join('') }],
        stop_reason: 'end_turn',
        usage: { input_tokens: USAGE.input, output_tokens: USAGE.output },
      })
      expect(gateway.provider.requests.at(-1)).toMatchObject({
        path,
        body: { model: `upstream-${model}` },
      })
    })

    test('streams', async () => {
      const stream = clientWith().messages.stream({ model, ...HELLO })
      const deltas: string[] = []
      stream.on('text', (delta) => deltas.push(delta))
      const message = await stream.finalMessage()

      expect(deltas).toEqual(GREETING)
      expect(message).toMatchObject({
        content: [{ type: 'text', text: GREETING.join('') }],
        stop_reason: 'end_turn',
        usage: { output_tokens: USAGE.output },
      })
    })

    test.each([false, true])(
      'has its tool called and hears the result (stream: %p)',
      async (stream) => {
        const asked: unknown[] = []
        const runner = clientWith().beta.messages.toolRunner({
          model,
          ...HELLO,
          stream: stream as false,
          tools: [
            betaZodTool({
              name: 'weather',
              description: 'The weather of a city',
              inputSchema: z.object({ city: z.string() }),
              run: (given) => {
                asked.push(given)
                return `${given.city}: 21 degrees`
              },
            }),
          ],
        })
        const message = await runner.runUntilDone()

        expect(message.content).toMatchObject([
          { type: 'text', text: 'The tool says: Oslo: 21 degrees' },
        ])
        expect(asked).toEqual([{ city: 'Oslo' }])
      },
    )

    test('fills in a form', async () => {
      const Forecast = z.object({ city: z.string(), degrees: z.number() })
      const message = await clientWith().messages.parse({
        model,
        ...HELLO,
        output_config: { format: zodOutputFormat(Forecast) },
      })

      expect(message.parsed_output).toEqual(FORECAST)
    })

    test('is left alone at once when the client aborts', async () => {
      gateway.provider.enqueue(ENDLESS)
      const stream = clientWith().messages.stream({ model, ...HELLO })
      stream.once('text', () => stream.abort())

      expect(await stream.done().catch((error: unknown) => error)).toBeInstanceOf(
        anthropic.APIUserAbortError,
      )
      await gateway.abandoned()
    })
  })

  test.each(AGENTS)('$agent answers with its own tools, and streams', async ({ agent, says }) => {
    const { messages } = clientWith()
    const message = await messages.create({ model: agent, ...SIX_TIMES_SEVEN })
    const streamed = await messages.stream({ model: agent, ...SIX_TIMES_SEVEN }).finalText()

    expect(message.content).toMatchObject([{ text: expect.stringContaining(says) }])
    expect(streamed).toContain(says)
  })

  test('the demo model answers', async () => {
    const message = await clientWith().messages.create({ model: MODEL.demo, ...HELLO })

    expect(message.content).toMatchObject([{ text: expect.stringMatching(/demo/i) }])
  })

  test.each([MODEL.anthropic, MODEL.openai, MODEL.demo])(
    'tokens are counted for %s, which is no run',
    async (model) => {
      const before = await gateway.usage()
      const { input_tokens: counted } = await clientWith().messages.countTokens({
        model,
        messages: HELLO.messages,
      })

      // The provider is asked where it can count itself.
      if (model === MODEL.anthropic) expect(counted).toBe(COUNTED)
      else expect(counted).toBeGreaterThan(0)
      expect((await gateway.usage()).total_runs).toBe(before.total_runs)
    },
  )

  test('models and agents are listed', async () => {
    const ids = (await Array.fromAsync(clientWith().models.list())).map(({ id }) => id)

    expect(ids).toEqual(expect.arrayContaining([MODEL.anthropic, MODEL.openai, 'agent:on-demo']))
  })

  const refusalOf = (client: ReturnType<typeof clientWith>, body: object = {}) =>
    client.messages.create({ model: MODEL.anthropic, ...HELLO, ...body }).then(
      () => null,
      (error: unknown) => error,
    )

  test('a wrong key is an AuthenticationError', async () => {
    const error = await refusalOf(clientWith('ares_wrong'))

    expect(error).toBeInstanceOf(anthropic.AuthenticationError)
    expect(error).toMatchObject({
      status: 401,
      requestID: expect.any(String),
      error: {
        type: 'error',
        error: { type: 'authentication_error', message: expect.stringMatching(/key/i) },
      },
    })
  })

  test('the key may come as a bearer token', async () => {
    const client = new anthropic.Anthropic({
      baseURL: gateway.url,
      apiKey: null,
      authToken: gateway.key,
    })

    expect((await client.messages.create({ model: MODEL.anthropic, ...HELLO })).stop_reason).toBe(
      'end_turn',
    )
  })

  test('an unknown model is a NotFoundError', async () => {
    const error = await refusalOf(clientWith(), { model: 'no-such-model' })

    expect(error).toBeInstanceOf(anthropic.NotFoundError)
    expect(error).toMatchObject({ error: { error: { type: 'not_found_error' } } })
  })

  test('what cannot be honoured is a BadRequestError that names it', async () => {
    const error = await refusalOf(clientWith(), { model: MODEL.openai, top_k: 5 })

    expect(error).toBeInstanceOf(anthropic.BadRequestError)
    expect((error as Error).message).toContain('top_k')
  })

  test('a spent quota is a RateLimitError at once, without a retry', async () => {
    const { fetch, statuses } = recordedFetch()
    const error = await refusalOf(clientWith(await gateway.spentKey(), { fetch }))

    expect(error).toBeInstanceOf(anthropic.RateLimitError)
    expect((error as Error).message).toMatch(/quota/i)
    expect(statuses).toEqual([429])
  })

  test('a key in a hurry waits as long as it is told, and succeeds', async () => {
    const { fetch, statuses } = recordedFetch()
    const client = clientWith(await gateway.hurriedKey(), { fetch })

    expect((await client.messages.create({ model: MODEL.anthropic, ...HELLO })).stop_reason).toBe(
      'end_turn',
    )
    expect(statuses).toEqual([429, 200])
  })
})
