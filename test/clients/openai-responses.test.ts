import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { SLOW_MS } from '../binary/ares.ts'
import { AGENTS, FAMILIES, type Gateway, MODEL, startGateway } from './gateway.ts'
import { describeClient, installed } from './installed.ts'
import { ENDLESS, FORECAST, GREETING, USAGE } from './scripted-model.ts'

/* OpenAI's own client, on `/v1/responses`. */

const openai = await installed(() => import('openai'))
const { zodTextFormat } = await installed(() => import('openai/helpers/zod'))
const { z } = await installed(() => import('zod'))

const WEATHER = {
  type: 'function' as const,
  name: 'weather',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
  strict: true,
}

setDefaultTimeout(SLOW_MS)

describeClient('openai, responses', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway()
  }, SLOW_MS)
  afterAll(() => gateway.stop(), SLOW_MS)

  const clientWith = (apiKey = gateway.key) =>
    new openai.OpenAI({ baseURL: `${gateway.url}/v1`, apiKey })

  describeClient.each(FAMILIES)('a model of $family', ({ model }) => {
    test('responds, with what it cost', async () => {
      const response = await clientWith().responses.create({ model, input: 'Hello' })

      expect(response).toMatchObject({
        status: 'completed',
        output_text: GREETING.join(''),
        usage: { input_tokens: USAGE.input, output_tokens: USAGE.output },
      })
    })

    test('streams its response', async () => {
      const stream = clientWith().responses.stream({ model, input: 'Hello' })
      const deltas: string[] = []
      stream.on('response.output_text.delta', ({ delta }) => deltas.push(delta))
      const response = await stream.finalResponse()

      expect(deltas).toEqual(GREETING)
      expect(response.output_text).toBe(GREETING.join(''))
    })

    test('has its tool called and hears the result', async () => {
      const { responses } = clientWith()
      const asked = await responses.create({ model, input: 'Hello', tools: [WEATHER] })
      const call = asked.output.find((item) => item.type === 'function_call')!
      expect(JSON.parse(call.arguments)).toEqual({ city: 'Oslo' })
      const answered = await responses.create({
        model,
        tools: [WEATHER],
        input: [
          { role: 'user', content: 'Hello' },
          call,
          { type: 'function_call_output', call_id: call.call_id, output: 'Oslo: 21 degrees' },
        ],
      })

      expect(answered.output_text).toBe('The tool says: Oslo: 21 degrees')
    })

    test('goes on from a response, reads it again and forgets it', async () => {
      const { responses } = clientWith()
      const first = await responses.create({ model, input: 'Hello' })
      const next = await responses.create({
        model,
        input: 'And?',
        previous_response_id: first.id,
      })
      expect(next).toMatchObject({ previous_response_id: first.id, store: true })
      expect(gateway.provider.requests.at(-1)!.text).toContain(JSON.stringify(GREETING.join('')))

      expect((await responses.retrieve(first.id)).output_text).toBe(first.output_text)
      await responses.delete(first.id)
      const gone = await responses.retrieve(first.id).catch((error: unknown) => error)
      expect(gone).toBeInstanceOf(openai.NotFoundError)
    })

    test('fills in a form', async () => {
      const Forecast = z.object({ city: z.string(), degrees: z.number() })
      const response = await clientWith().responses.parse({
        model,
        input: 'Hello',
        text: { format: zodTextFormat(Forecast, 'forecast') },
      })

      expect(response.output_parsed).toEqual(FORECAST)
    })

    test('is left alone at once when the client aborts', async () => {
      gateway.provider.enqueue(ENDLESS)
      const stream = await clientWith().responses.create({ model, input: 'Hello', stream: true })
      for await (const event of stream) {
        if (event.type === 'response.output_text.delta') break
      }

      await gateway.abandoned()
    })
  })

  test.each(AGENTS)('$agent responds with its own tools', async ({ agent, says }) => {
    const response = await clientWith().responses.create({ model: agent, input: 'What is 6 * 7?' })

    expect(response.output_text).toContain(says)
  })

  const refusalOf = (body: object, key?: string) =>
    clientWith(key)
      .responses.create({ model: MODEL.openai, input: 'Hello', ...body })
      .then(
        () => null,
        (error: unknown) => error,
      )

  test('a response that is not kept is an error of its own class', async () => {
    const error = await refusalOf({ previous_response_id: 'resp_1' })

    expect(error).toBeInstanceOf(openai.NotFoundError)
    expect(error).toMatchObject({ param: 'previous_response_id' })
  })

  test('a wrong key, an unknown model and a spent quota are errors of their own classes', async () => {
    expect(await refusalOf({}, 'ares_wrong')).toBeInstanceOf(openai.AuthenticationError)
    expect(await refusalOf({ model: 'no-such-model' })).toBeInstanceOf(openai.NotFoundError)
    expect(await refusalOf({}, await gateway.spentKey())).toBeInstanceOf(openai.RateLimitError)
  })
})
