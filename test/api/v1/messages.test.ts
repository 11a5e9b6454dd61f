import { describe, expect, test } from 'bun:test'
import { MessageReply } from '../../../src/gateway/messages/messages-reply-schema.ts'
import { CountTokensReply } from '../../../src/gateway/messages/messages-schema.ts'
import { errorMidStream, rawStream, status } from '../../scripted-faults.ts'
import { answer, COUNTED, plainBody, streamEvents } from '../../scripted-replies.ts'
import { allRuns, expectTotalsMatch, settledRuns } from '../totals.ts'
import { newAgent } from './common.ts'
import { eventsIn, expectAnthropicError, expectGood, MESSAGES, start } from './compatible.ts'
import { testBodyRefusals, testRefusals, testSpendingRefusals } from './compatible-refusals.ts'

const PATH = '/v1/messages'
const COUNT = '/v1/messages/count_tokens'
const ASKED = { model: 'm-claude', max_tokens: 100, messages: MESSAGES }
const TOOL = { name: 'weather', input_schema: { type: 'object', properties: {} } }

describe('a provider of Anthropic’s family', () => {
  test('gets the request as it was written, and its answer comes back byte for byte', async () => {
    const { app, acme } = await start()
    const body = {
      ...ASKED,
      thinking: { type: 'enabled', budget_tokens: 50 },
      top_k: 4,
      tomorrow: 1,
    }
    const reply = await app.fetch(PATH, {
      method: 'POST',
      headers: {
        'x-api-key': acme.secret,
        'content-type': 'application/json',
        'anthropic-version': '2023-06-01',
        'anthropic-beta': 'feature-2026-01-01,other',
      },
      body: JSON.stringify(body),
    })
    const [request] = app.provider.requests
    expect(request!.body).toEqual({ ...body, stream: false })
    expect(request!.headers).toMatchObject({
      'anthropic-beta': 'feature-2026-01-01,other',
      'x-api-key': 'sk-ant-sentinel',
    })
    expect(await reply.text()).toBe(JSON.stringify(plainBody(request!, {})))
    expect(reply.headers.get('request-id')).toBe(reply.headers.get('x-request-id'))
    const [run] = await allRuns(app)
    expect(run).toMatchObject({
      kind: 'message',
      status: 'completed',
      input_tokens: 12,
      output_tokens: 7,
    })
    await expectTotalsMatch(app)
  })

  test('streams byte for byte, the end once the run is recorded', async () => {
    const { app, acme } = await start()
    const given = { deltas: ['Hé', 'llo'], toolCalls: [{ name: 'weather', arguments: {} }] }
    app.provider.reply(answer(given))
    const text = await (await acme.post(PATH, { ...ASKED, stream: true })).text()
    expect(text).toBe(streamEvents(app.provider.requests[0]!, given).join(''))
    const [run] = await allRuns(app)
    expect(run).toMatchObject({ status: 'completed', input_tokens: 12, output_tokens: 7 })
    expect(JSON.parse(run!.output!)).toMatchObject({
      content: 'Héllo',
      tool_calls: [{ function: { name: 'weather', arguments: '{}' } }],
    })
  })

  test('keeps no bytes of images', async () => {
    const { app, acme } = await start()
    const source = { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' }
    const content = [{ type: 'image', source }]
    await acme.post(PATH, { ...ASKED, messages: [{ role: 'user', content }] })
    expect(app.provider.requests[0]!.text).toContain('iVBOR')
    const [run] = await allRuns(app)
    expect(run!.input).not.toContain('iVBOR')
    expect(run!.input).toContain('[image]')
  })
})

describe('a provider of OpenAI’s family', () => {
  test('is asked in its own format and answers in Anthropic’s', async () => {
    const { app, acme } = await start()
    app.provider.reply(answer({ toolCalls: [{ name: 'weather', arguments: { city: 'Oslo' } }] }))
    const body = { ...ASKED, model: 'm-tools', system: 'Be brief.', tools: [TOOL] }
    const reply = await expectGood(await acme.post(PATH, body), MessageReply)
    const [request] = app.provider.requests
    expect(request!.path).toBe('/v1/chat/completions')
    expect(request!.body).toMatchObject({
      model: 'upstream-tools',
      max_tokens: 100,
      messages: [{ role: 'system' }, { role: 'user' }],
      tools: [{ type: 'function', function: { name: 'weather' } }],
    })
    expect(reply).toMatchObject({
      type: 'message',
      model: 'm-tools',
      content: [{ type: 'tool_use', name: 'weather', input: { city: 'Oslo' } }],
      stop_reason: 'tool_use',
      usage: { input_tokens: 12, output_tokens: 7 },
    })
  })

  test('streams in Anthropic’s events', async () => {
    const { app, acme } = await start()
    const body = { ...ASKED, model: 'm-tools', stream: true }
    const events = eventsIn(await (await acme.post(PATH, body)).text())
    expect(events.map(({ type }) => type)).toEqual([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ])
    expect(events.at(-2)!.usage).toMatchObject({ input_tokens: 12, output_tokens: 7 })
    const [run] = await allRuns(app)
    expect(run).toMatchObject({ kind: 'message', input_tokens: 12, output_tokens: 7 })
  })

  test('what cannot be said there is refused by name', async () => {
    const { app, acme } = await start()
    const body = { ...ASKED, model: 'm-tools', top_k: 4 }
    const error = await expectAnthropicError(
      await acme.post(PATH, body),
      400,
      'invalid_request_error',
    )
    expect(error.message).toContain('/top_k')
    expect(await allRuns(app)).toHaveLength(0)
  })
})

test('an agent answers with its prompt, and hands the client’s calls back', async () => {
  const { app, acme } = await start()
  const config = { model: 'm-claude', system_prompt: 'You are Ana.' }
  await newAgent(app, acme, { name: 'ana', config })
  const body = { ...ASKED, model: 'agent:ana', system: 'Be brief.' }
  const reply = await expectGood(await acme.post(PATH, body), MessageReply)
  expect(reply).toMatchObject({ model: 'agent:ana', stop_reason: 'end_turn' })
  expect(app.provider.requests[0]!.text).toMatch(/You are Ana\..*Be brief\./)

  app.provider.reply(answer({ toolCalls: [{ id: 'toolu_1', name: TOOL.name, arguments: {} }] }))
  const called = await expectGood(await acme.post(PATH, { ...body, tools: [TOOL] }), MessageReply)
  expect(called).toMatchObject({ stop_reason: 'tool_use' })
  expect(called.content.at(-1)).toMatchObject({ type: 'tool_use', id: 'toolu_1', name: TOOL.name })
})

test('a stream that breaks off ends with an error event and a failed run', async () => {
  const { app, acme } = await start()
  app.provider.reply(errorMidStream(['Hello']))
  for (const model of ['m-claude', 'm-tools']) {
    const text = await (await acme.post(PATH, { ...ASKED, model, stream: true })).text()
    expect(text).toContain('Hello')
    expect(text).not.toContain('message_stop')
    expect(text).toContain('event: error\n')
    expect(eventsIn(text).at(-1)).toMatchObject({ type: 'error', error: { type: 'api_error' } })
  }
  const runs = await settledRuns(app, 2)
  expect(runs.map((run) => run.status)).toEqual(['failed', 'failed'])
})

test('faults before the first event are ordinary errors', async () => {
  const { app, acme } = await start()
  app.provider.reply(status(529))
  const ask = () => acme.post(PATH, { ...ASKED, stream: true })
  await expectAnthropicError(await ask(), 503, 'overloaded_error')
  app.provider.reply(status(500))
  await expectAnthropicError(await ask(), 502, 'api_error')
  app.provider.reply(status(400, { message: 'prompt is too long' }))
  const error = await expectAnthropicError(await ask(), 400, 'invalid_request_error')
  expect(error.message).toContain('prompt is too long')
  app.provider.reply(rawStream([]))
  await expectAnthropicError(await ask(), 502, 'api_error')
})

test('a key may stand in x-api-key; two that differ are none', async () => {
  const { app, acme } = await start()
  const ask = (path: string, headers: Record<string, string>) =>
    app.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(ASKED),
    })
  const authorization = `Bearer ${acme.secret}`
  expect((await ask(PATH, { authorization, 'x-api-key': acme.secret })).status).toBe(200)
  expect((await ask(PATH, { authorization, 'x-api-key': 'wrong' })).status).toBe(401)
  expect((await ask(PATH, { authorization: 'Bearer x', 'x-api-key': acme.secret })).status).toBe(
    401,
  )
  expect((await ask('/v1/chat', { 'x-api-key': acme.secret })).status).toBe(401)
  const once = { 'x-api-key': acme.secret, 'idempotency-key': 'once' }
  expect((await ask(PATH, once)).status).toBe(200)
  expect((await ask(PATH, once)).headers.get('idempotent-replayed')).toBe('true')
})

test('tokens are counted by the provider that can, and estimated elsewhere, without a run', async () => {
  const { app, acme } = await start()
  const count = async (model: string) =>
    expectGood(await acme.post(COUNT, { model, messages: MESSAGES }), CountTokensReply)
  expect(await count('m-claude')).toEqual({ input_tokens: COUNTED })
  expect(app.provider.requests[0]).toMatchObject({ path: COUNT, body: { model: 'm-claude' } })
  app.provider.reply(status(404))
  for (const model of ['m-claude', 'm-tools', 'm-demo', 'agent:risk']) {
    expect(await count(model)).toEqual({ input_tokens: 5 })
  }
  app.provider.reply(status(500))
  const failed = await acme.post(COUNT, { model: 'm-claude', messages: MESSAGES })
  await expectAnthropicError(failed, 502, 'api_error')
  expect(await allRuns(app)).toHaveLength(0)
})

const FORMAT = { type: 'json_schema', schema: { type: 'object' } }
const PICTURE = [{ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }]
const OF_ANOTHER = [{ type: 'document', source: { type: 'file', file_id: 'file_1' } }]
const saying = (content: unknown) => ({ messages: [{ role: 'user', content }] })

test('the offline demo answers in a promised form, and calls a tool that has to be called', async () => {
  const { acme } = await start()
  const formed = await acme.post(PATH, {
    ...ASKED,
    model: 'm-demo',
    output_config: { format: FORMAT },
  })
  const { content } = (await formed.json()) as { content: { text: string }[] }
  expect(JSON.parse(content[0]!.text)).toBeObject()
  const forced = { tools: [TOOL], tool_choice: { type: 'any' } }
  const called = await acme.post(PATH, { ...ASKED, model: 'm-demo', ...forced })
  expect(await called.json()).toMatchObject({
    stop_reason: 'tool_use',
    content: [{ type: 'tool_use', name: TOOL.name, input: expect.any(Object) }],
  })
})

test('the offline demo cannot honour fields, named as they were written', async () => {
  const { app, acme } = await start()
  const cases: [object, string][] = [
    [
      { stop_sequences: ['END'] },
      '/stop_sequences: this cannot be honoured by the model asked for.',
    ],
    [{ top_k: 5 }, '/top_k: '],
    [{ system: 'Be brief.', ...saying(PICTURE) }, '/messages/0/content/0/source: '],
  ]
  for (const [fields, sentence] of cases) {
    const reply = await acme.post(PATH, { ...ASKED, model: 'm-demo', ...fields })
    const error = await expectAnthropicError(reply, 400, 'invalid_request_error')
    expect(error.message).toContain(sentence)
  }
  const counted = await acme.post(COUNT, { model: 'm-demo', ...saying(PICTURE) })
  const { message } = await expectAnthropicError(counted, 400, 'invalid_request_error')
  expect(message).toStartWith('/messages/0/content/0/source: ')
  expect(await allRuns(app)).toHaveLength(0)
})

const SURFACE = { family: 'anthropic', method: 'POST', path: PATH, body: ASKED } as const
const COUNTING = { ...SURFACE, path: COUNT, body: { model: 'm-claude', messages: MESSAGES } }
const NO_MESSAGES = { ...ASKED, messages: [] }
testRefusals(SURFACE)
testSpendingRefusals(SURFACE)
testBodyRefusals(SURFACE, [
  ['no limit', { model: 'm-claude', messages: MESSAGES }, '/max_tokens'],
  ['an empty conversation', NO_MESSAGES, '/messages'],
  [
    'content that is neither text nor blocks',
    { ...ASKED, ...saying(5) },
    '/messages/0/content: expected string, or array.',
  ],
  [
    'a block without its type',
    { ...ASKED, ...saying([{ text: 'x' }]) },
    '/messages/0/content/0/type: this field is required.',
  ],
  ['tools on a model without', { ...ASKED, model: 'm-plain', tools: [TOOL] }, '/tools'],
  ['a container of anybody’s', { ...ASKED, container: 'container_1' }, '/container'],
  [
    'a file of anybody’s',
    { ...ASKED, ...saying(OF_ANOTHER) },
    '/messages/0/content/0/source/file_id',
  ],
])
testRefusals(COUNTING)
testBodyRefusals(COUNTING, [
  ['an empty conversation', NO_MESSAGES, '/messages'],
  [
    'a file of anybody’s',
    { model: 'm-claude', ...saying(OF_ANOTHER) },
    '/messages/0/content/0/source/file_id',
  ],
])
