import { describe, expect, test } from 'bun:test'
import { Value } from '@sinclair/typebox/value'
import { ChatEvent } from '../../../src/chat/schema.ts'
import { startApp } from '../../harness.ts'
import { hangBeforeHeaders, status } from '../../scripted-faults.ts'
import { answer } from '../../scripted-replies.ts'
import { allRuns, expectTotalsMatch } from '../totals.ts'
import {
  GOOD_CHAT as GOOD,
  INVALID_CHATS,
  lockDatabase,
  newAgent,
  sameAnswer,
  testBodyRefusals,
  testRefusals,
} from './common.ts'
import { until } from '../../waiting.ts'
import { expectError } from './expect-error.ts'

const PATH = '/v1/chat/stream'

async function start(options: Parameters<typeof startApp>[0] = {}) {
  const app = await startApp(options)
  return { app, acme: await app.tenant('acme', { agents: ['risk'] }) }
}

/** The events of a stream, each held against its schema. How they travel is in `stream.test.ts`. */
async function eventsOf(reply: Response): Promise<ChatEvent[]> {
  expect(reply.status).toBe(200)
  expect(reply.headers.get('content-type')).toStartWith('text/event-stream')
  const text = await reply.text()
  expect(text).not.toContain('[DONE]')
  const events = text
    .split('\n\n')
    .filter((event) => event.startsWith('data: '))
    .map((event) => JSON.parse(event.slice(6)) as ChatEvent)
  for (const event of events) expect([...Value.Errors(ChatEvent, event)]).toEqual([])
  return events
}

describe('POST /v1/chat/stream', () => {
  test('deltas, then a last event with the reason and the tokens', async () => {
    const { app, acme } = await start()
    app.provider.reply(
      answer({
        deltas: ['Based on', ' the data,'],
        delayMs: 20,
        usage: { input: 300, output: 12 },
      }),
    )
    expect(await eventsOf(await acme.post(PATH, GOOD))).toEqual([
      { delta: 'Based on', finish_reason: null },
      { delta: ' the data,', finish_reason: null },
      { delta: '', finish_reason: 'stop', tokens_used: 312 },
    ])
    const [run] = await allRuns(app)
    expect(run).toMatchObject({ kind: 'chat', status: 'completed', model: 'm-tools' })
    expect(JSON.parse(run!.output!)).toEqual({ content: 'Based on the data,' })
    await expectTotalsMatch(app)
  })

  test('the examples’ way of reading works: lines that start with "data: "', async () => {
    const { app, acme } = await start()
    app.provider.reply(answer({ deltas: ['Quan', 'tum\n\ndata: ', 'x'] }))
    const text = await (await acme.post(PATH, GOOD)).text()
    const said = text
      .split('\n')
      .filter((line) => line.startsWith('data: '))
      .map((line) => (JSON.parse(line.slice(6)) as { delta?: string }).delta ?? '')
    expect(said.join('')).toBe('Quantum\n\ndata: x')
  })

  test('agent_type gives prompt, tools and model', async () => {
    const { app, acme } = await start()
    await newAgent(app, acme, {
      name: 'ana',
      agent_type: 'analyst',
      config: { model: 'm-claude', system_prompt: 'Of the agent.', tools: ['calculator'] },
    })
    app.provider.reply(answer({ text: 'ok' }))
    await eventsOf(await acme.post(PATH, { agent_type: 'analyst', messages: GOOD.messages }))
    const { body, path } = app.provider.requests[0]!
    expect(path).toEndWith('/messages')
    expect(JSON.stringify(body['system'])).toContain('Of the agent.')
    expect(JSON.stringify(body['tools'])).toContain('calculator')
  })

  test('the demo model streams', async () => {
    const { app, acme } = await start()
    const events = await eventsOf(await acme.post(PATH, { ...GOOD, model: 'm-demo' }))
    expect(events.length).toBeGreaterThan(2)
    expect(events.at(-1)).toMatchObject({ finish_reason: 'stop' })
    await expectTotalsMatch(app)
  })

  test('faults before the first delta are 502 and 504, with the failed run recorded', async () => {
    const { app, acme } = await start({ patienceMs: 1000 })
    app.provider.enqueue(status(500), hangBeforeHeaders())
    await expectError(await acme.post(PATH, GOOD), 502, 'provider_failed')
    await expectError(await acme.post(PATH, GOOD), 504, 'provider_timeout')
    expect((await allRuns(app)).map((run) => run.status)).toEqual(['failed', 'failed'])
    await expectTotalsMatch(app)
  })

  test('a provider without its key is 503 and no run; so is a storage that takes no writes', async () => {
    const { app, acme } = await start()
    const keyless = await acme.post(PATH, { ...GOOD, model: 'm-keyless' })
    await expectError(keyless, 503, 'provider_not_configured')
    const lock = await lockDatabase(app)
    await expectError(await acme.post(PATH, GOOD), 503, 'storage_unavailable')
    lock.release()
    expect(await allRuns(app)).toHaveLength(0)
    expect(app.provider.requests).toHaveLength(0)
  })

  test('a run that cannot be recorded ends with an error event, and is recorded once it can', async () => {
    const { app, acme } = await start()
    app.provider.reply(answer({ deltas: ['a', 'b'], delayMs: 100, usage: { input: 4, output: 5 } }))
    const reply = await acme.post(PATH, GOOD)
    const lock = await lockDatabase(app)
    const events = await eventsOf(reply)
    lock.release()
    expect(events.at(-1)).toMatchObject({ finish_reason: 'error', tokens_used: 9 })
    await until(async () => (await allRuns(app))[0]!.status === 'completed')
    expect(await expectTotalsMatch(app)).toBe(1)
  })

  test('paused agents are 409, over the quota is 429', async () => {
    const app = await startApp({ config: '[tiers.free]\nruns_per_month = 0' })
    const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
    await expectError(await acme.post(PATH, GOOD), 429, 'quota_runs_exceeded')
    await app.admin.put(`/api/admin/tenants/${acme.id}/agents/risk`, { status: 'paused' })
    const paused = await acme.post(PATH, { agent_type: 'risk', messages: GOOD.messages })
    await expectError(paused, 409, 'agent_paused')
  })

  test('streams count for the tenant, not for the agent', async () => {
    const { acme } = await start()
    await eventsOf(await acme.post(PATH, { agent_type: 'risk', messages: GOOD.messages }))
    expect(await (await acme.get('/v1/agents/risk')).json()).toMatchObject({
      total_runs: 0,
      last_run: null,
    })
    expect(await (await acme.get('/v1/usage')).json()).toMatchObject({ total_runs: 1 })
  })

  test('another tenant’s agent is 404, as one that never existed', async () => {
    const { app } = await start()
    const globex = await app.tenant('globex')
    const ask = (agent_type: string) => globex.post(PATH, { agent_type, messages: GOOD.messages })
    expect((await ask('risk')).status).toBe(404)
    await sameAnswer(ask('risk'), ask('never-existed'))
    expect(app.provider.requests).toHaveLength(0)
  })

  testRefusals({ method: 'POST', path: PATH, body: GOOD })
  testBodyRefusals({ method: 'POST', path: PATH, body: GOOD }, INVALID_CHATS)
})
