import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { SLOW_MS } from '../binary/ares.ts'
import { FAMILIES, type Gateway, MODEL, startGateway } from './gateway.ts'
import { describeClient, installed } from './installed.ts'
import { FORECAST } from './scripted-model.ts'

const { default: createInstructor } = await installed(() => import('@instructor-ai/instructor'))
const { OpenAI } = await installed(() => import('openai'))
// The schemas of its time: of newer ones it sends none.
const { z } = await installed(() => import('zod/v3'))

setDefaultTimeout(SLOW_MS)

describeClient('@instructor-ai/instructor', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway()
  }, SLOW_MS)
  afterAll(() => gateway.stop(), SLOW_MS)

  const fill = (model: string, mode: 'TOOLS' | 'JSON_SCHEMA' | 'JSON') => {
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 })
    return createInstructor({ client, mode }).chat.completions.create({
      model,
      messages: [{ role: 'user', content: 'What will the weather be?' }],
      response_model: {
        schema: z.object({ city: z.string(), degrees: z.number() }),
        name: 'Forecast',
      },
    })
  }
  describeClient.each(FAMILIES)('a model of $family', ({ model }) => {
    test.each(['TOOLS', 'JSON_SCHEMA', 'JSON'] as const)('fills in a form (%s)', async (mode) => {
      expect(await fill(model, mode)).toMatchObject(FORECAST)
    })
  })

  test('fills in a form on the demo, as a tool', async () => {
    const filled = await fill(MODEL.demo, 'TOOLS')
    expect(filled).toMatchObject({ city: expect.any(String), degrees: expect.any(Number) })
  })
})
