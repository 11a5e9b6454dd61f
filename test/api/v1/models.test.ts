import { expect, test } from 'bun:test'
import { Model, ModelList } from '../../../src/gateway/models/models-schema.ts'
import { newAgent, sameAnswer } from './common.ts'
import { expectAnthropicError, expectGood, expectOpenAiError, start } from './compatible.ts'
import { testRefusals } from './compatible-refusals.ts'

const MODELS = ['m-tools', 'm-plain', 'm-claude', 'm-gemini', 'm-responses', 'm-demo']
const VERSION = { 'anthropic-version': '2023-06-01' }

test('the models that are set up, then one’s own active agents', async () => {
  const { app, acme } = await start()
  await newAgent(app, acme, { name: 'paused', status: 'paused', config: { model: 'm-tools' } })
  await newAgent(app, acme, { name: 'keyless', config: { model: 'm-keyless' } })
  await app.tenant('globex', { agents: ['secret'] })

  const list = await expectGood(await acme.get('/v1/models'), ModelList)
  expect(list).toMatchObject({ object: 'list' })
  expect(list.data.map(({ id }) => id)).toEqual([...MODELS, 'agent:risk'])
  expect(list.data[2]).toEqual({
    id: 'm-claude',
    object: 'model',
    created: 1_773_411_720,
    owned_by: 'scripted-claude',
    context_length: 1000,
    supports_tools: true,
  })
  expect(list.data.at(-1)).toMatchObject({ owned_by: 'agent' })
})

test('Anthropic’s clients get their own form, with their own header', async () => {
  const { app, acme } = await start()
  const headers = { 'x-api-key': acme.secret, ...VERSION }
  const reply = await app.fetch('/v1/models', { headers })
  expect(reply.headers.get('request-id')).toBe(reply.headers.get('x-request-id'))
  const list = await expectGood(reply, ModelList)
  expect(list).toMatchObject({ has_more: false, first_id: 'm-tools', last_id: 'agent:risk' })
  const one = await expectGood(await app.fetch('/v1/models/m-claude', { headers }), Model)
  expect(one).toEqual({
    type: 'model',
    id: 'm-claude',
    display_name: 'm-claude',
    created_at: '2026-03-13T14:22:00Z',
    context_length: 1000,
    supports_tools: true,
  })
  const missing = await app.fetch('/v1/models/nope', { headers })
  await expectAnthropicError(missing, 404, 'not_found_error')
})

const RICH = `
[[providers]]
name = "rich"
type = "anthropic"
base_url = "http://127.0.0.1:1"
models = [
  { id = "m-rich", upstream_id = "claude-3-5-haiku", context_length = 200, supports_thinking = false, supports_images = true, cached_input_usd_per_mtok = 0.3 },
  { id = "m-short", context_length = 200, max_output_tokens = 50 },
]`

test('each tells what the configuration says of it, an agent what its model has', async () => {
  const { acme } = await start({ config: RICH })
  const facts = async (id: string) => {
    const model = await (await acme.get(`/v1/models/${id}`)).json()
    const names = new Set(['id', 'object', 'created', 'owned_by'])
    return Object.fromEntries(Object.entries(model as object).filter(([name]) => !names.has(name)))
  }
  const priced = {
    context_length: 1000,
    supports_tools: true,
    input_usd_per_mtok: 2,
    output_usd_per_mtok: 10,
  }
  expect(await facts('m-tools')).toEqual(priced)
  expect(await facts('agent:risk')).toEqual(priced)
  expect(await facts('m-rich')).toEqual({
    context_length: 200,
    max_output_tokens: 8192,
    supports_tools: false,
    supports_thinking: false,
    supports_images: true,
    cached_input_usd_per_mtok: 0.3,
  })
  expect(await facts('m-short')).toEqual({
    context_length: 200,
    max_output_tokens: 50,
    supports_tools: false,
  })
})

const SLASHED = `
[[providers]]
name = "slashed"
type = "demo"
models = [{ id = "org/m:free", context_length = 100 }]`

test('one model or agent, also with its name encoded', async () => {
  const { acme } = await start({ config: SLASHED })
  for (const id of ['org/m:free', 'org%2Fm%3Afree', 'm-tools', 'agent:risk', 'agent%3Arisk']) {
    const model = await expectGood(await acme.get(`/v1/models/${id}`), Model)
    expect(model.id).toBe(decodeURIComponent(id))
  }
})

test('what is another tenant’s, paused, not set up or not there is the same 404', async () => {
  const { app, acme } = await start()
  const globex = await app.tenant('globex')
  await newAgent(app, globex, { name: 'paused', status: 'paused', config: { model: 'm-tools' } })
  for (const id of ['agent:risk', 'agent:paused', 'm-keyless', 'nope', 'agent:']) {
    await expectOpenAiError(await globex.get(`/v1/models/${id}`), 404, 'model_not_found', 'model')
  }
  await sameAnswer(globex.get('/v1/models/agent:risk'), globex.get('/v1/models/agent:never'))
  expect((await acme.get('/v1/models/agent:risk')).status).toBe(200)
})

testRefusals({ family: 'openai', method: 'GET', path: '/v1/models' })
testRefusals({ family: 'openai', method: 'GET', path: '/v1/models/m-tools' })
