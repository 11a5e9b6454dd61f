import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { SLOW_MS } from '../binary/ares.ts'
import { type ModelOf, promisesOfTheAiSdk } from './ai-sdk.ts'
import { AGENTS, FAMILIES, type Gateway, MODEL, startGateway } from './gateway.ts'
import { describeClient, installed } from './installed.ts'
import { FORECAST } from './scripted-model.ts'

const ai = await installed(() => import('ai'))
const { createAnthropic } = await installed(() => import('@ai-sdk/anthropic'))
const { z } = await installed(() => import('zod'))

setDefaultTimeout(SLOW_MS)

describeClient('@ai-sdk/anthropic', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway()
  }, SLOW_MS)
  afterAll(() => gateway.stop(), SLOW_MS)

  const modelOf: ModelOf = (id, { key = gateway.key, ...options } = {}) =>
    createAnthropic({ baseURL: `${gateway.url}/v1`, apiKey: key, ...options })(id)

  promisesOfTheAiSdk(() => gateway, modelOf)

  test.each(AGENTS)('$agent answers with its own tools, and streams', async ({ agent, says }) => {
    const asked = { model: modelOf(agent), prompt: 'What is 6 * 7?' }

    expect((await ai.generateText(asked)).text).toContain(says)
    expect(await ai.streamText(asked).text).toContain(says)
  })

  test.each(FAMILIES)(
    'a model of $family fills in a form in the API’s own way',
    async ({ model }) => {
      const schema = z.object({ city: z.string(), degrees: z.number() })
      const { output } = await ai.generateText({
        model: modelOf(model),
        prompt: 'Hello',
        output: ai.Output.object({ schema }),
        providerOptions: { anthropic: { structuredOutputMode: 'outputFormat' } },
      })

      expect(output).toEqual(FORECAST)
      expect(gateway.provider.requests.at(-1)!.text).toContain('"degrees":{"type":"number"}')
    },
  )

  test('what cannot be honoured is an APICallError that names it', async () => {
    const failed = ai.generateText({
      model: modelOf(MODEL.openai),
      prompt: 'Hello',
      topK: 5,
      maxRetries: 0,
    })
    const error: unknown = await failed.catch((error: unknown) => error)

    expect(ai.APICallError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({ statusCode: 400, message: expect.stringContaining('top_k') })
  })
})
