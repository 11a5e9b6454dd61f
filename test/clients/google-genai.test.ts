import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { SLOW_MS } from '../binary/ares.ts'
import { COUNTED } from '../scripted-replies.ts'
import { type Gateway, MODEL, startGateway } from './gateway.ts'
import { describeClient, installed } from './installed.ts'
import { ENDLESS, vectorOf } from './scripted-model.ts'

/* Google's own client, on what is not said in `libraries.test.ts`: counts, embeddings, models, errors, and leaving. */

const google = await installed(() => import('@google/genai'))

setDefaultTimeout(SLOW_MS)

describeClient('@google/genai', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway()
  }, SLOW_MS)
  afterAll(() => gateway.stop(), SLOW_MS)

  const clientWith = (apiKey = gateway.key, apiVersion?: string) =>
    new google.GoogleGenAI({
      apiKey,
      httpOptions: { baseUrl: gateway.url, ...(apiVersion && { apiVersion }) },
    })

  test.each([MODEL.gemini, MODEL.openai, MODEL.anthropic, MODEL.demo])(
    'tokens are counted for %s',
    async (model) => {
      const { totalTokens } = await clientWith().models.countTokens({ model, contents: 'Hello' })
      // The provider is asked where it can count itself.
      if (model === MODEL.gemini) expect(totalTokens).toBe(COUNTED)
      else expect(totalTokens).toBeGreaterThan(0)
    },
  )

  test.each([MODEL.gemini, MODEL.embedding])('texts are embedded by %s', async (model) => {
    const { models } = clientWith(gateway.key, 'v1beta')
    const { embeddings } = await models.embedContent({ model, contents: ['one', 'two and more'] })
    expect(embeddings?.map(({ values }) => values)).toEqual([
      vectorOf('one'),
      vectorOf('two and more'),
    ])
  })

  test.each(['v1', 'v1beta'])('models and agents are listed under /%s', async (version) => {
    const { models } = clientWith(gateway.key, version)
    const names = (await Array.fromAsync(await models.list())).map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining([`models/${MODEL.gemini}`, 'models/agent:on-demo']),
    )
    const one = await models.get({ model: MODEL.openai })
    expect(one).toMatchObject({ name: `models/${MODEL.openai}`, inputTokenLimit: 100_000 })
  })

  const refusalOf = (client: ReturnType<typeof clientWith>, request: object = {}) =>
    client.models.generateContent({ model: MODEL.openai, contents: 'Hello', ...request }).then(
      () => null,
      (error: unknown) => error,
    )

  test('a wrong key, an unknown model, what cannot be honoured and a spent quota are ApiErrors', async () => {
    const refusals: [unknown, number, RegExp][] = [
      [await refusalOf(clientWith('ares_wrong')), 401, /key/i],
      [await refusalOf(clientWith(), { model: 'gpt-0' }), 404, /no such model/],
      [await refusalOf(clientWith(), { config: { responseLogprobs: true } }), 400, /Logprobs/],
      [await refusalOf(clientWith(await gateway.spentKey())), 429, /quota/],
    ]
    for (const [error, status, words] of refusals) {
      expect(error).toBeInstanceOf(google.ApiError)
      expect(error).toMatchObject({ status, message: expect.stringMatching(words) })
    }
  })

  test('the provider is left alone at once when the client aborts', async () => {
    gateway.provider.enqueue(ENDLESS)
    const leaving = new AbortController()
    const config = { abortSignal: leaving.signal }
    const asked = { model: MODEL.anthropic, contents: 'Hello', config }
    for await (const _ of await clientWith().models.generateContentStream(asked)) break
    leaving.abort()
    await gateway.abandoned()
  })
})
