import { describe, expect, test } from 'bun:test'
import { Completion } from '../../../src/gateway/completions/completions-schema.ts'
import { body, eofMidStream } from '../../scripted-faults.ts'
import { answer } from '../../scripted-replies.ts'
import { allRuns, expectTotalsMatch } from '../totals.ts'
import { dataIn, expectGood, expectOpenAiError, start } from './compatible.ts'
import { testBodyRefusals, testRefusals, testSpendingRefusals } from './compatible-refusals.ts'

/* OpenAI's legacy completions: a text that is gone on with. */

const PATH = '/v1/completions'
const GOOD = { model: 'm-tools', prompt: 'Once upon a time' }

interface Chunk {
  choices: { text: string; finish_reason: string | null }[]
  usage?: { completion_tokens: number } | null
}

const chunksIn = (text: string) =>
  dataIn(text)
    .filter((data) => data !== '[DONE]')
    .map((data) => JSON.parse(data) as Chunk)
const textIn = (chunks: Chunk[]) =>
  chunks.flatMap(({ choices }) => choices.map(({ text }) => text)).join('')

describe.each(['m-tools', 'm-claude', 'm-gemini', 'm-demo', 'agent:risk'])('%s', (model) => {
  test('goes on with a text, whole and streamed, and is recorded', async () => {
    const { app, acme } = await start()
    const whole = await expectGood(await acme.post(PATH, { ...GOOD, model }), Completion)
    expect(whole).toMatchObject({ object: 'text_completion', choices: [{ index: 0 }] })
    const { text } = whole.choices[0]!
    expect(text).toMatch(/\S/)
    const asked = { ...GOOD, model, prompt: ['Once upon a time'], stream: true }
    for (const include_usage of [true, false]) {
      const stream = { ...asked, stream_options: { include_usage } }
      const told = await (await acme.post(`/openai${PATH}`, stream)).text()
      expect(told).toEndWith('data: [DONE]\n\n')
      const chunks = chunksIn(told)
      expect(textIn(chunks)).toBe(text)
      expect(chunks.flatMap(({ choices }) => choices).at(-1)!.finish_reason).toBe('stop')
      const used = chunks.some(({ usage }) => usage && usage.completion_tokens > 0)
      expect(used).toBe(include_usage)
    }
    const runs = await allRuns(app)
    expect(runs.map(({ kind, status }) => `${kind} ${status}`)).toEqual(
      Array<string>(3).fill('text_completion completed'),
    )
    for (const run of runs) {
      expect(JSON.parse(run.input!)).toEqual({
        messages: [{ role: 'user', content: 'Once upon a time' }],
      })
      expect(JSON.parse(run.output!)).toEqual({ content: text })
    }
    await expectTotalsMatch(app)
  })
})

test('an OpenAI-type provider is asked as the client asked, several texts included', async () => {
  const { app, acme } = await start()
  const asked = { ...GOOD, prompt: ['a', 'b'], suffix: 'end', echo: true, logprobs: 2, seed: 7 }
  const reply = await expectGood(await acme.post(PATH, { ...asked, tomorrow: 1 }), Completion)
  expect(reply.choices).toHaveLength(2)
  const [request] = app.provider.requests
  expect(request!.path).toBe(PATH)
  expect(request!.body).toEqual({ ...asked, tomorrow: 1, model: 'upstream-tools' })
  const text = '{"choices" :[{"text":"x","finish_reason":"length"}], "usage":{"prompt_tokens":3}}'
  app.provider.reply(body('application/json', text))
  expect(await (await acme.post(PATH, GOOD)).text()).toBe(text)
})

test('what is known elsewhere is told there, what is not is refused by name', async () => {
  const { app, acme } = await start()
  await acme.post(PATH, {
    ...GOOD,
    model: 'agent:risk',
    max_tokens: 9,
    stop: 'END',
    seed: 7,
    presence_penalty: 0.5,
    echo: false,
    best_of: 1,
    suffix: null,
  })
  expect(app.provider.requests[0]!.body).toMatchObject({
    max_tokens: 9,
    stop: ['END'],
    seed: 7,
    presence_penalty: 0.5,
  })
  expect(app.provider.requests[0]!.text).not.toMatch(/echo|best_of|suffix/)

  const refused: [object, string][] = [
    [{ suffix: 'end' }, 'suffix'],
    [{ echo: true }, 'echo'],
    [{ logprobs: 1 }, 'logprobs'],
    [{ prompt: ['a', 'b'] }, 'prompt[1]'],
    [{ max_tokens: 0 }, 'max_tokens'],
    [{ tomorrow: 1 }, 'tomorrow'],
  ]
  for (const model of ['m-claude', 'm-gemini', 'm-demo', 'agent:risk']) {
    for (const [more, param] of refused) {
      const reply = await acme.post(PATH, { ...GOOD, model, ...more })
      await expectOpenAiError(reply, 400, 'invalid', param)
    }
  }
  await expectOpenAiError(await acme.post(PATH, { ...GOOD, best_of: 3 }), 400, 'invalid', 'best_of')
  expect(app.provider.requests).toHaveLength(1)
})

test('a stream that breaks off ends with an error, and its usage is counted', async () => {
  const { app, acme } = await start()
  for (const model of ['m-tools', 'm-claude']) {
    app.provider.reply(eofMidStream())
    const text = await (await acme.post(PATH, { ...GOOD, model, stream: true })).text()
    expect(dataIn(text).at(-1)).toContain('"error"')
    expect(text).not.toContain('[DONE]')
  }
  app.provider.reply(answer({ deltas: ['one ', 'two'], usage: null }))
  await (await acme.post(PATH, { ...GOOD, stream: true })).text()
  const runs = await allRuns(app)
  expect(runs.map(({ status }) => status)).toEqual(['failed', 'failed', 'completed'])
  expect(runs[2]).toMatchObject({ output_tokens: 2, tokens_estimated: 1 })
  await expectTotalsMatch(app)
})

test('an Idempotency-Key makes it happen once, and is refused on streams', async () => {
  const { app, acme } = await start()
  const ask = (stream: boolean) =>
    app.fetch(PATH, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${acme.secret}`,
        'content-type': 'application/json',
        'idempotency-key': 'once',
      },
      body: JSON.stringify({ ...GOOD, stream }),
    })
  await expectOpenAiError(await ask(true), 400, 'invalid', 'Idempotency-Key')
  const first = await ask(false)
  const second = await ask(false)
  expect(second.headers.get('idempotent-replayed')).toBe('true')
  expect(await second.text()).toBe(await first.text())
  expect(await allRuns(app)).toHaveLength(1)
})

const SURFACE = { family: 'openai', method: 'POST', path: PATH, body: GOOD } as const
testRefusals(SURFACE)
testSpendingRefusals(SURFACE)
testBodyRefusals(SURFACE, [
  ['no prompt', { model: 'm-tools' }, 'prompt'],
  ['an empty list', { ...GOOD, prompt: [] }, 'prompt'],
  ['tokens', { ...GOOD, prompt: [1, 2, 3] }, 'prompt'],
  ['lists of tokens', { ...GOOD, prompt: [[1, 2], [3]] }, 'prompt'],
  ['a kept prompt', { ...GOOD, prompt: { id: 'pmpt_1' } }, 'prompt'],
  ['several texts to stream', { ...GOOD, prompt: ['a', 'b'], stream: true }, 'prompt[1]'],
  ['two answers', { ...GOOD, n: 2 }, 'n'],
])
