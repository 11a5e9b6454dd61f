import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { SLOW_MS } from '../binary/ares.ts'
import { type ModelOf, promisesOfTheAiSdk } from './ai-sdk.ts'
import { AGENTS, type Gateway, MODEL, startGateway } from './gateway.ts'
import { describeClient, installed } from './installed.ts'
import { vectorOf } from './scripted-model.ts'

const ai = await installed(() => import('ai'))
const { createOpenAICompatible } = await installed(() => import('@ai-sdk/openai-compatible'))

setDefaultTimeout(SLOW_MS)

describeClient('@ai-sdk/openai-compatible', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway()
  }, SLOW_MS)
  afterAll(() => gateway.stop(), SLOW_MS)

  const provider = (key = gateway.key, options: { fetch?: typeof fetch } = {}) =>
    createOpenAICompatible({
      name: 'ares',
      baseURL: `${gateway.url}/v1`,
      apiKey: key,
      includeUsage: true,
      supportsStructuredOutputs: true,
      ...options,
    })
  const modelOf: ModelOf = (id, { key, ...options } = {}) => provider(key, options)(id)

  promisesOfTheAiSdk(() => gateway, modelOf)

  test.each(AGENTS)('$agent answers with its own tools, and streams', async ({ agent, says }) => {
    const asked = { model: modelOf(agent), prompt: 'What is 6 * 7?' }

    expect((await ai.generateText(asked)).text).toContain(says)
    expect(await ai.streamText(asked).text).toContain(says)
  })

  test('embeddings', async () => {
    const values = ['One text', 'and another']
    const model = provider().embeddingModel(MODEL.embedding)
    const { embeddings, usage } = await ai.embedMany({ model, values })

    expect(embeddings).toEqual(values.map(vectorOf))
    expect(usage).toMatchObject({ tokens: 5 })
  })

  test('what cannot be honoured is an APICallError that names it', async () => {
    const failed = ai.generateText({
      model: modelOf(MODEL.anthropic),
      prompt: 'Hello',
      seed: 7,
      maxRetries: 0,
    })
    const error: unknown = await failed.catch((error: unknown) => error)

    expect(ai.APICallError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({ statusCode: 400, message: expect.stringContaining('seed') })
  })
})
