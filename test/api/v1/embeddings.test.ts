import { expect, test } from 'bun:test'
import { EmbeddingReply } from '../../../src/gateway/embeddings/embeddings-schema.ts'
import { body, htmlPage, status } from '../../scripted-faults.ts'
import { allRuns, expectTotalsMatch } from '../totals.ts'
import { expectGood, expectOpenAiError, start } from './compatible.ts'
import { testBodyRefusals, testRefusals, testSpendingRefusals } from './compatible-refusals.ts'

const PATH = '/v1/embeddings'
const GOOD = { model: 'm-tools', input: 'The food was delicious.' }

test.each([
  ['a text', 'Hello'],
  ['texts', ['Hello', 'world']],
  ['tokens', [1, 2, 3]],
  ['lists of tokens', [[1, 2], [3]]],
])('%s is relayed, with every field, and metered', async (_what, input) => {
  const { app, acme } = await start()
  const asked = { ...GOOD, input, encoding_format: 'base64', dimensions: 3, tomorrow: 1 }
  const reply = await acme.post(PATH, asked)
  const [request] = app.provider.requests
  expect(request!.path).toBe(PATH)
  expect(request!.body).toEqual({ ...asked, model: 'upstream-tools' })
  const embedded = await expectGood(reply, EmbeddingReply)
  expect(embedded).toMatchObject({ object: 'list', usage: { prompt_tokens: 5 } })
  expect(embedded.data[0]).toMatchObject({ embedding: expect.any(String) })
  const [run] = await allRuns(app)
  expect(run).toMatchObject({
    kind: 'embedding',
    status: 'completed',
    input_tokens: 5,
    output_tokens: 0,
    tokens_estimated: 0,
    output: null,
  })
  expect(JSON.parse(run!.input!)).toEqual({ input })
  await expectTotalsMatch(app)
})

test('the answer is the provider’s byte for byte', async () => {
  const { app, acme } = await start()
  const text = '{"data" :[{"embedding":[0.10]}],  "usage":{"total_tokens":3}}'
  app.provider.reply(body('application/json', text))
  expect(await (await acme.post(PATH, GOOD)).text()).toBe(text)
  expect((await allRuns(app))[0]).toMatchObject({ input_tokens: 3, tokens_estimated: 0 })
})

test.each([
  ['a text', 'Hello world', 2],
  ['lists of tokens', [[1, 2], [3]], 3],
])('without a report, %s is counted', async (_what, input, tokens) => {
  const { app, acme } = await start()
  app.provider.reply(body('application/json', '{"data":[]}'))
  await acme.post(PATH, { ...GOOD, input })
  expect((await allRuns(app))[0]).toMatchObject({ input_tokens: tokens, tokens_estimated: 1 })
})

test('a provider that fails is 502, one that finds the request wrong 400', async () => {
  const { app, acme } = await start()
  for (const fault of [status(500), htmlPage(), body('application/json', '{}')]) {
    app.provider.reply(fault)
    await expectOpenAiError(await acme.post(PATH, GOOD), 502, 'provider_failed')
  }
  app.provider.reply(status(400, { message: 'too long' }))
  const error = await expectOpenAiError(await acme.post(PATH, GOOD), 400, 'bad_request')
  expect(error.message).toContain('too long')
  const runs = await allRuns(app)
  expect(runs.map((run) => run.status)).toEqual(['failed', 'failed', 'failed', 'failed'])
  await expectTotalsMatch(app)
})

const SURFACE = { family: 'openai', method: 'POST', path: PATH, body: GOOD } as const
testRefusals(SURFACE)
testSpendingRefusals(SURFACE)
testBodyRefusals(SURFACE, [
  ['no input', { model: 'm-tools' }, 'input'],
  ['an empty list', { ...GOOD, input: [] }, 'input'],
  ['texts and tokens', { ...GOOD, input: ['x', 1] }, 'input[1]'],
  ['another encoding', { ...GOOD, encoding_format: 'int8' }, 'encoding_format'],
  ['no dimensions', { ...GOOD, dimensions: 0 }, 'dimensions'],
  ['a model of Anthropic’s', { ...GOOD, model: 'm-claude' }, 'model'],
  ['the demo', { ...GOOD, model: 'm-demo' }, 'model'],
  ['an agent', { ...GOOD, model: 'agent:risk' }, 'model'],
])
