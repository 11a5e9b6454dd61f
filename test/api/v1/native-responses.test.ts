import { describe, expect, test } from 'bun:test'
import { body, rawStream, status } from '../../scripted-faults.ts'
import { answer } from '../../scripted-replies.ts'
import {
  responseBody,
  responseEvents,
  type ResponseSaid,
  THEIR_RESPONSE,
} from '../../scripted-responses.ts'
import { allRuns } from '../totals.ts'
import { eventsIn, expectOpenAiError, start, type World } from './compatible.ts'

/* `/v1/responses` of a provider that has OpenAI's Responses API itself. */

const PATH = '/v1/responses'
const MODEL = 'm-responses'

const SAID: ResponseSaid = {
  thought: 'Where would it be?',
  seal: 'c2VhbGVk',
  texts: ['I will', ' look.'],
  calls: [{ id: 'call_a', name: 'find', args: '{"id":9223372036854775807}' }],
  usage: {
    input_tokens: 1000,
    input_tokens_details: { cached_tokens: 400 },
    output_tokens: 100,
    output_tokens_details: { reasoning_tokens: 60 },
  },
}
const WHOLE = JSON.stringify(responseBody(MODEL, SAID))
const STREAM = responseEvents(MODEL, SAID)

type Fields = Record<string, unknown>

const whole = () => body('application/json', WHOLE)
const streamed = () => rawStream(STREAM)

function respond({ acme }: World, fields: Fields) {
  return acme.post(PATH, { model: MODEL, input: 'Hello', ...fields })
}

const sentBy = ({ app }: World) => app.provider.requests.at(-1)!

interface Told {
  id: string
  output: { id: string; type: string }[]
  [field: string]: unknown
}

const thought = (encrypted_content?: string) => ({
  type: 'reasoning',
  summary: [],
  ...(encrypted_content && { encrypted_content }),
})

/** A response that is kept, as it was told. */
async function kept(world: World, fields: Fields = {}): Promise<Told> {
  world.app.provider.reply(fields['stream'] === true ? streamed() : whole())
  const response = await respond(world, fields)
  expect(response.status).toBe(200)
  if (fields['stream'] !== true) return (await response.json()) as Told
  const last = eventsIn(await response.text()).at(-1) as unknown as { response: Told }
  return last.response
}

describe('what is not kept is relayed byte for byte', () => {
  test('whole', async () => {
    const world = await start()
    world.app.provider.reply(whole())
    expect(await (await respond(world, { store: false })).text()).toBe(WHOLE)
  })

  test('streamed', async () => {
    const world = await start()
    world.app.provider.reply(streamed())
    const response = await respond(world, { store: false, stream: true })
    expect(await response.text()).toBe(STREAM.join(''))
  })
})

test('the provider is asked as the client asked, and keeps nothing', async () => {
  const world = await start()
  const input = [{ type: 'reasoning', id: 'rs_theirs', summary: [], encrypted_content: 'c2VhbA==' }]
  const asked = {
    input: [{ role: 'user', content: 'Hello' }, ...input],
    of_tomorrow: { yes: true },
    client_metadata: { session: 's' },
    max_output_tokens: 100,
    reasoning: { effort: 'high', context: 'all' },
    tools: [
      { type: 'namespace', name: 'files', tools: [{ type: 'function', name: 'read' }] },
      { type: 'custom', name: 'patch', format: { type: 'text' } },
    ],
    include: ['reasoning.encrypted_content'],
    temperature: null,
    store: false,
  }
  const response = await respond(world, asked)
  expect(response.headers.get('x-ares-left-out')).toBeNull()
  const { path, body: sent } = sentBy(world)
  const { temperature: _, ...said } = asked
  expect(path).toBe('/v1/responses')
  expect(sent).toEqual({ model: MODEL, ...said })
})

test('it is metered, recorded and charged, what came from the cache at its own price', async () => {
  const world = await start()
  for (const stream of [false, true]) {
    world.app.provider.reply(stream ? streamed() : whole())
    await (await respond(world, { store: false, stream, instructions: 'Be brief.' })).text()
  }
  for (const run of await allRuns(world.app)) {
    expect(run).toMatchObject({
      kind: 'response',
      model: MODEL,
      status: 'completed',
      input_tokens: 1000,
      cached_tokens: 400,
      output_tokens: 100,
      tokens_estimated: 0,
      cost_micro_usd: 600 * 2 + 400 * 0.5 + 100 * 10,
    })
    expect(JSON.parse(run.input!)).toEqual({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
      ],
    })
    expect(JSON.parse(run.output!)).toMatchObject({
      content: 'I will look.',
      tool_calls: [{ function: { name: 'find', arguments: SAID.calls[0]!.args } }],
    })
  }
})

test('what a provider does not count is counted', async () => {
  const world = await start()
  const { usage: _, ...silent } = SAID
  for (const stream of [false, true]) {
    world.app.provider.reply(
      stream
        ? rawStream(responseEvents(MODEL, silent))
        : body('application/json', JSON.stringify(responseBody(MODEL, silent))),
    )
    await (await respond(world, { store: false, stream })).text()
  }
  const [one, other] = await allRuns(world.app)
  expect(one).toMatchObject({ tokens_estimated: 1 })
  expect(one!.input_tokens).toBeGreaterThan(0)
  expect(one!.output_tokens).toBeGreaterThan(10)
  expect(Math.abs(one!.output_tokens - other!.output_tokens)).toBeLessThan(4)
})

describe.each([false, true])('what is kept, streamed: %p', (stream) => {
  test('has ids of ours, and is else as its provider wrote it', async () => {
    const world = await start()
    const told = await kept(world, { stream })
    expect(told.id).toMatch(/^resp_[0-9a-f]{32}$/)
    const run = told.id.slice('resp_'.length)
    expect(told.output.map(({ id }) => id)).toEqual([`rs_${run}0`, `msg_${run}1`, `fc_${run}2`])
    expect(told).toMatchObject({ store: true, of_tomorrow: { yes: true }, usage: SAID.usage! })
    const again = await world.acme.get(`${PATH}/${told.id}`)
    expect(await again.json()).toEqual(told)
    expect(sentBy(world).body).toMatchObject({ store: false })
  })

  test('is gone on from: the provider is told all of it, and no id of ours', async () => {
    const world = await start()
    const { id } = await kept(world, { stream, reasoning: { effort: 'low' } })
    expect(sentBy(world).body['include']).toEqual(['reasoning.encrypted_content'])
    const output = { type: 'function_call_output', call_id: 'call_a', output: 'Here.' }
    const next = await kept(world, { stream, input: [output], previous_response_id: id })
    expect(next['previous_response_id']).toBe(id)
    const { text, body: sent } = sentBy(world)
    expect((sent['input'] as { type: string }[]).map(({ type }) => type)).toEqual([
      'message',
      'reasoning',
      'message',
      'function_call',
      'function_call_output',
    ])
    expect(text).toContain('9223372036854775807')
    expect(text).not.toContain(id.slice('resp_'.length))
    expect(sent).not.toHaveProperty('previous_response_id')
  })

  test('an item stands for what was answered', async () => {
    const world = await start()
    const { output } = await kept(world, { stream })
    const input = [
      { type: 'item_reference', id: output[1]!.id },
      { role: 'user', content: 'On' },
    ]
    await kept(world, { stream, input })
    expect(sentBy(world).text).toContain('I will look.')
  })
})

test('no event of a kept stream tells an id that nobody could ask for', async () => {
  const world = await start()
  world.app.provider.reply(streamed())
  const text = await (await respond(world, { stream: true })).text()
  expect(text).not.toContain('68'.repeat(24))
  expect(THEIR_RESPONSE).toContain('68'.repeat(24))
  expect(eventsIn(text)).toHaveLength(STREAM.length)
})

test('thoughts that others have sealed, or nobody, are left out and told', async () => {
  const world = await start()
  const input = [
    { role: 'user', content: 'Hi' },
    thought('ares:anthropic:x'),
    thought(),
    thought('x'),
  ]
  const response = await respond(world, { input })
  expect(response.headers.get('x-ares-left-out')).toBe('/input/1, /input/2')
  expect(sentBy(world).body['input']).toEqual([input[0], input[3]])
})

test('a conversation goes on from one model to another', async () => {
  const world = await start()
  const first = await kept(world, {})
  world.app.provider.reply(answer({ text: 'Found.' }))
  const output = { type: 'function_call_output', call_id: 'call_a', output: 'Here.' }
  const goOn = { input: [output], previous_response_id: first.id }
  const second = (await (await respond(world, { model: 'm-claude', ...goOn })).json()) as Told
  expect(sentBy(world).text).toContain('I will look.')
  await kept(world, { input: 'On', previous_response_id: second.id })
  expect(sentBy(world).text).toContain('Found.')
})

test.each<[Fields, string]>([
  [{ background: true }, 'background'],
  [{ conversation: 'conv_1' }, 'conversation'],
  [{ prompt: { id: 'pmpt_1' } }, 'prompt'],
  [{ service_tier: 'priority' }, 'service_tier'],
  [{ tools: [{ type: 'web_search' }], tool_choice: 'required' }, 'tools[0].type'],
  [
    { input: [{ role: 'user', content: [{ type: 'input_file', file_id: 'f' }] }] },
    'input[0].content[0].file_id',
  ],
  [{ models: ['other'] }, 'models'],
])('%j is refused by name, and costs nothing', async (fields, param) => {
  const world = await start()
  await expectOpenAiError(await respond(world, fields), 400, 'invalid', param)
  expect(await allRuns(world.app)).toEqual([])
})

test('a hosted tool is left out where the model may do without', async () => {
  const world = await start()
  const tools = [{ type: 'function', name: 'find' }, { type: 'web_search' }]
  const response = await respond(world, { tools })
  expect(response.headers.get('x-ares-left-out')).toBe('/tools/1')
  expect(sentBy(world).body['tools']).toEqual([tools[0]])
})

test('what the provider finds wrong keeps its code and its field', async () => {
  const world = await start()
  const error = { message: 'Too long.', code: 'context_length_exceeded', param: 'input' }
  world.app.provider.reply({ play: (wire) => wire.json(400, { error }) })
  await expectOpenAiError(await respond(world, {}), 400, 'context_length_exceeded', 'input')
  world.app.provider.reply(status(429, { retryAfter: '7' }))
  const busy = await respond(world, { stream: true })
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '7'])
})

test.each([false, true])(
  'a stream that breaks off ends with its failure, kept: %p',
  async (store) => {
    const failed = {
      response: { status: 'failed', error: { code: 'server_error', message: 'Oh.' } },
    }
    const failure = `data: ${JSON.stringify({ type: 'response.failed', ...failed })}\n\n`
    for (const events of [[...STREAM.slice(0, 5), failure], STREAM.slice(0, 5)]) {
      const world = await start()
      world.app.provider.reply(rawStream(events))
      const told = eventsIn(await (await respond(world, { store, stream: true })).text())
      const types = told.map(({ type }) => type)
      expect(types.filter((type) => type === 'response.created')).toHaveLength(1)
      expect(types.slice(-2)).toEqual(['error', 'response.failed'])
      expect(await allRuns(world.app)).toMatchObject([{ status: 'failed' }])
    }
  },
)

test('a failed answer is a failure, although its status is 200', async () => {
  const world = await start()
  const error = { code: 'server_error', message: 'Oh.' }
  const failed = JSON.stringify({ object: 'response', status: 'failed', error, output: [] })
  world.app.provider.reply(body('application/json', failed))
  await expectOpenAiError(await respond(world, {}), 502, 'provider_failed')
  world.app.provider.reply(rawStream([`data: ${JSON.stringify({ type: 'error', ...error })}\n\n`]))
  expect((await respond(world, { stream: true })).status).toBe(502)
})

test('agents, and clients of other formats, are answered by chat completions', async () => {
  const world = await start()
  const { id } = world.acme
  const agent = { name: 'writer', agent_type: 'custom', config: { model: MODEL } }
  expect((await world.app.admin.post(`/api/admin/tenants/${id}/agents`, agent)).status).toBe(201)
  await respond(world, { model: 'agent:writer' })
  expect(sentBy(world).path).toBe('/v1/chat/completions')
  await world.acme.post('/v1/messages', {
    model: MODEL,
    max_tokens: 9,
    messages: [{ role: 'user', content: 'Hi' }],
  })
  expect(sentBy(world).path).toBe('/v1/chat/completions')
})
