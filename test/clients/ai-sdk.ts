import { describe, expect, test } from 'bun:test'
import type { LanguageModel } from 'ai'
import { FAMILIES, type Gateway, MODEL } from './gateway.ts'
import { installed } from './installed.ts'
import { recordedFetch } from './recorded-fetch.ts'
import { ENDLESS, FORECAST, GREETING, USAGE } from './scripted-model.ts'

const ai = await installed(() => import('ai'))
const { z } = await installed(() => import('zod'))

/** Gives the model of that id, asked for with that key. */
export type ModelOf = (
  id: string,
  options?: { key?: string; fetch?: typeof fetch },
) => LanguageModel

/** What Vercel's AI SDK promises its users, whichever of its providers stands between; within a `describe`. */
export function promisesOfTheAiSdk(gateway: () => Gateway, modelOf: ModelOf): void {
  const HELLO = { prompt: 'Hello' }

  describe.each(FAMILIES)('a model of $family', ({ model }) => {
    test('generates text, with what it cost', async () => {
      const { text, finishReason, usage } = await ai.generateText({
        model: modelOf(model),
        ...HELLO,
      })

      expect(text).toBe(GREETING.join(''))
      expect(finishReason).toBe('stop')
      expect(usage).toMatchObject({ inputTokens: USAGE.input, outputTokens: USAGE.output })
    })

    test('streams text', async () => {
      const { textStream, finishReason } = ai.streamText({ model: modelOf(model), ...HELLO })

      expect(await Array.fromAsync(textStream)).toEqual(GREETING)
      expect(await finishReason).toBe('stop')
    })

    test.each(['generateText', 'streamText'] as const)(
      'has its tool called and hears the result (%s)',
      async (way) => {
        const asked: unknown[] = []
        const weather = ai.tool({
          description: 'The weather of a city',
          inputSchema: z.object({ city: z.string() }),
          execute: (given: { city: string }) => {
            asked.push(given)
            return `${given.city}: 21 degrees`
          },
        })
        const answered = await ai[way]({
          model: modelOf(model),
          ...HELLO,
          tools: { weather },
          stopWhen: ai.isStepCount(3),
        })

        expect(await answered.text).toBe('The tool says: Oslo: 21 degrees')
        expect(asked).toEqual([{ city: 'Oslo' }])
      },
    )

    test('fills in a form', async () => {
      const schema = z.object({ city: z.string(), degrees: z.number() })
      const { output } = await ai.generateText({
        model: modelOf(model),
        ...HELLO,
        output: ai.Output.object({ schema }),
      })

      expect(output).toEqual(FORECAST)
    })

    test('is left alone at once when the client aborts', async () => {
      gateway().provider.enqueue(ENDLESS)
      const controller = new AbortController()
      const { textStream } = ai.streamText({
        model: modelOf(model),
        ...HELLO,
        abortSignal: controller.signal,
      })
      for await (const _ of textStream) controller.abort()

      await gateway().abandoned()
    })
  })

  const failureOf = (model: LanguageModel) =>
    ai.generateText({ model, ...HELLO, maxRetries: 0 }).then(
      () => null,
      (error: unknown) => error,
    )

  test.each([
    ['a wrong key', 401, /key/i, () => modelOf(MODEL.openai, { key: 'ares_wrong' })],
    ['an unknown model', 404, /model/i, () => modelOf('no-such-model')],
  ] as const)('%s is an APICallError with our sentence', async (_, statusCode, sentence, model) => {
    const error = await failureOf(model())

    expect(ai.APICallError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({ statusCode, message: expect.stringMatching(sentence) })
  })

  test('a spent quota is an APICallError with our sentence', async () => {
    const error = await failureOf(modelOf(MODEL.openai, { key: await gateway().spentKey() }))

    expect(ai.APICallError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({ statusCode: 429, message: expect.stringMatching(/quota/i) })
  })

  test('a key in a hurry waits as long as it is told, and succeeds', async () => {
    const { fetch, statuses } = recordedFetch()
    const model = modelOf(MODEL.openai, { key: await gateway().hurriedKey(), fetch })

    expect((await ai.generateText({ model, ...HELLO })).text).toBe(GREETING.join(''))
    expect(statuses).toEqual([429, 200])
  })
}
