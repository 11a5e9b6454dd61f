import { describe, expect, test } from 'bun:test'
import {
  DeletedResponse,
  Response as ResponseReply,
} from '../../../src/gateway/responses/reply-schema.ts'
import { errorMidStream } from '../../scripted-faults.ts'
import { answer } from '../../scripted-replies.ts'
import { newKey } from '../key-powers/support.ts'
import { DAY_MS } from '../stored-contents.ts'
import { allRuns } from '../totals.ts'
import { eventsIn, expectGood, expectOpenAiError, start, type World } from './compatible.ts'
import { testRefusals } from './compatible-refusals.ts'

const PATH = '/v1/responses'
const NEVER = 'resp_0123456789abcdef0123456789abcdef'
const WEATHER = { type: 'function', name: 'weather', parameters: { type: 'object' } }

type Fields = Record<string, unknown>

async function respond({ acme }: World, fields: Fields) {
  const reply = await acme.post(PATH, { model: 'm-tools', input: 'Hello', ...fields })
  return expectGood(reply, ResponseReply)
}

async function streamed({ acme }: World, fields: Fields) {
  const body = { model: 'm-tools', input: 'Hello', ...fields, stream: true }
  const events = eventsIn(await (await acme.post(PATH, body)).text())
  return (events.at(-1) as unknown as { response: typeof ResponseReply.static }).response
}

/** Roles and texts of what the provider was last told. */
function lastTold({ app }: World): string[] {
  const { messages } = app.provider.requests.at(-1)!.body as { messages: Message[] }
  return messages.map(({ role, content }) => `${role}: ${textOf(content)}`)
}

interface Message {
  role: string
  content: string | { text?: string }[] | null
}

function textOf(content: Message['content']): string {
  return typeof content === 'string'
    ? content
    : (content ?? []).map(({ text }) => text ?? '').join('')
}

describe.each(['m-tools', 'm-claude', 'agent:risk'])('of %s', (model) => {
  test('a response is kept as it was answered, whole or streamed', async () => {
    const world = await start()
    for (const ask of [respond, streamed]) {
      world.app.provider.reply(answer({ deltas: ['Hi', ' there.'] }))
      const response = await ask(world, { model })
      expect(response).toMatchObject({ store: true, previous_response_id: null })
      const kept = await world.acme.get(`${PATH}/${response.id}`)
      expect(await expectGood(kept, ResponseReply)).toEqual(response)
    }
  })

  test('a conversation goes on from a response, without its instructions', async () => {
    const world = await start()
    world.app.provider.reply(answer({ text: 'One.' }))
    const first = await respond(world, { model, input: 'First', instructions: 'Be brief.' })
    world.app.provider.reply(answer({ text: 'Two.' }))
    const second = await streamed(world, { model, input: 'Second', previous_response_id: first.id })
    expect(second.previous_response_id).toBe(first.id)
    world.app.provider.reply(answer({ text: 'Three.' }))
    await respond(world, { model, input: 'Third', previous_response_id: second.id })
    const said = lastTold(world).filter((line) => !line.startsWith('system'))
    expect(said).toEqual([
      'user: First',
      'assistant: One.',
      'user: Second',
      'assistant: Two.',
      'user: Third',
    ])
    expect(JSON.stringify(world.app.provider.requests.at(-1)!.body)).not.toContain('Be brief.')
  })

  test('an item stands for what was answered, its call included', async () => {
    const world = await start()
    world.app.provider.reply(
      answer({ toolCalls: [{ id: 'c1', name: 'weather', arguments: { city: 'Oslo' } }] }),
    )
    const asked = { model, tools: [WEATHER] }
    const first = await respond(world, asked)
    const input = [
      { role: 'user', content: 'Hello' },
      { type: 'item_reference', id: first.output.at(-1)!.id },
      { type: 'function_call_output', call_id: 'c1', output: 'Rain' },
    ]
    world.app.provider.reply(answer({ text: 'Rain.' }))
    const second = await respond(world, { ...asked, input })
    expect(world.app.provider.requests.at(-1)!.text).toContain('Oslo')
    // What is kept of it needs the first no longer.
    await expectGood(await world.acme.delete(`${PATH}/${first.id}`), DeletedResponse)
    await respond(world, { ...asked, input: 'And now?', previous_response_id: second.id })
    expect(world.app.provider.requests.at(-1)!.text).toContain('Oslo')
  })
})

test('store: false keeps nothing, and says so', async () => {
  const world = await start()
  const response = await respond(world, { store: false })
  expect(response.store).toBe(false)
  await expectOpenAiError(await world.acme.get(`${PATH}/${response.id}`), 404, 'not_found')
  expect(await world.app.database.db.selectFrom('kept_responses').selectAll().execute()).toEqual([])
})

test('a response that was cut off is kept as incomplete; one that failed is not kept', async () => {
  const world = await start()
  world.app.provider.reply(answer({ text: 'Hi', finish: 'length' }))
  const cut = await respond(world, {})
  const kept = await expectGood(await world.acme.get(`${PATH}/${cut.id}`), ResponseReply)
  expect(kept).toMatchObject({ status: 'incomplete', output: [{ status: 'incomplete' }] })
  world.app.provider.reply(errorMidStream(['Hello']))
  const failed = await streamed(world, {})
  expect(failed.status).toBe('failed')
  await expectOpenAiError(await world.acme.get(`${PATH}/${failed.id}`), 404, 'not_found')
})

test('a mistake before and behind what was recalled is told where its client wrote it', async () => {
  const world = await start()
  world.app.provider.reply(answer({ toolCalls: [{ id: 'c1', name: 'weather', arguments: {} }] }))
  const { id } = await respond(world, { tools: [WEATHER] })
  const goOn = (fields: Fields) =>
    world.acme.post(PATH, { model: 'm-tools', previous_response_id: id, input: 'On', ...fields })
  await expectOpenAiError(await goOn({}), 400, 'invalid', 'previous_response_id')
  const output = { type: 'function_call_output', call_id: 'c1', output: 'Rain' }
  const input = [output, { role: 'nobody', content: 'x' }]
  await expectOpenAiError(await goOn({ input }), 400, 'invalid', 'input[1].role')
  expect(await allRuns(world.app)).toHaveLength(1)
})

test('what is not kept, never was, or is another tenant’s, is told in the same words', async () => {
  const world = await start()
  const { id, output } = await respond(world, {})
  const globex = await world.app.tenant('globex')
  const words = new Set<string>()
  for (const [tenant, known] of [
    [globex, id],
    [globex, NEVER],
    [world.acme, 'resp_1'],
  ] as const) {
    const goOn = { model: 'm-tools', input: 'On', previous_response_id: known }
    const at = ['previous_response_not_found', 'previous_response_id'] as const
    words.add((await expectOpenAiError(await tenant.post(PATH, goOn), 404, ...at)).message)
    for (const method of ['get', 'delete'] as const) {
      const { message } = await expectOpenAiError(
        await tenant[method](`${PATH}/${known}`),
        404,
        'not_found',
      )
      expect(message).toBe('There is no such response.')
    }
  }
  const reference = { type: 'item_reference', id: output[0]!.id }
  const asked = { model: 'm-tools', input: [reference] }
  const reply = await globex.post(PATH, asked)
  words.add((await expectOpenAiError(reply, 404, 'not_found', 'input[0].id')).message)
  expect([...words]).toHaveLength(1)
  await respond(world, { previous_response_id: id })
})

test('a deleted response is gone, and what goes on from it with it', async () => {
  const world = await start()
  const { id } = await respond(world, {})
  const next = await respond(world, { previous_response_id: id })
  const deleted = await expectGood(await world.acme.delete(`${PATH}/${id}`), DeletedResponse)
  expect(deleted).toEqual({ id, object: 'response', deleted: true })
  await expectOpenAiError(await world.acme.get(`${PATH}/${id}`), 404, 'not_found')
  await expectOpenAiError(await world.acme.delete(`${PATH}/${id}`), 404, 'not_found')
  await expectGood(await world.acme.get(`${PATH}/${next.id}`), ResponseReply)
  const body = { model: 'm-tools', input: 'On', previous_response_id: next.id }
  await expectOpenAiError(
    await world.acme.post(PATH, body),
    404,
    'previous_response_not_found',
    'previous_response_id',
  )
  expect(await allRuns(world.app)).toHaveLength(2)
})

test('a key goes on only from what it may use', async () => {
  const world = await start()
  const ofAgent = await respond(world, { model: 'agent:risk' })
  const ofModel = await respond(world, { model: 'm-claude' })
  const { send } = await newKey(world.app, world.acme, {
    allowed_agents: [],
    allowed_models: ['m-tools'],
  })
  for (const { id } of [ofAgent, ofModel]) {
    const body = { model: 'm-tools', input: 'On', previous_response_id: id }
    const refused = ['previous_response_not_found', 'previous_response_id'] as const
    await expectOpenAiError(await send('POST', PATH, body), 404, ...refused)
    await expectOpenAiError(await send('GET', `${PATH}/${id}`), 404, 'not_found')
    await expectOpenAiError(await send('DELETE', `${PATH}/${id}`), 404, 'not_found')
  }
})

describe('retention', () => {
  test('responses are dropped with the contents of their runs', async () => {
    const world = await start()
    const { id } = await respond(world, {})
    world.app.clock.advance(31 * DAY_MS)
    await world.app.server.upkeep.round()
    await expectOpenAiError(await world.acme.get(`${PATH}/${id}`), 404, 'not_found')
    expect(await world.app.database.db.selectFrom('kept_responses').selectAll().execute()).toEqual(
      [],
    )
  })

  test('where no contents are kept, no responses are, and they say so', async () => {
    const world = await start({ config: '[retention]\ncontent_days = 0' })
    const response = await respond(world, { store: true })
    expect(response.store).toBe(false)
    await expectOpenAiError(await world.acme.get(`${PATH}/${response.id}`), 404, 'not_found')
  })

  test('what was kept outlives a restart', async () => {
    const world = await start()
    const response = await respond(world, {})
    const restarted = await world.app.restart()
    const headers = { authorization: `Bearer ${world.acme.secret}` }
    const kept = await restarted.fetch(`${PATH}/${response.id}`, { headers })
    expect(await expectGood(kept, ResponseReply)).toEqual(response)
  })
})

testRefusals({ family: 'openai', method: 'GET', path: `${PATH}/${NEVER}` })
testRefusals({ family: 'openai', method: 'DELETE', path: `${PATH}/${NEVER}` })
