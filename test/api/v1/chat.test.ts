import { describe, expect, test } from 'bun:test'
import { ChatReply } from '../../../src/chat/schema.ts'
import { startApp, type TestApp } from '../../harness.ts'
import { hangBeforeHeaders, htmlPage, resetBeforeHeaders, status } from '../../scripted-faults.ts'
import { answer, toolCall } from '../../scripted-replies.ts'
import type { Reply } from '../../scripted-wire.ts'
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
import { expectReply } from '../../expect-reply.ts'
import { expectError } from './expect-error.ts'

const PATH = '/v1/chat'
const MESSAGES = GOOD.messages

function told(app: TestApp): { role: string; content: string }[] {
  return app.provider.requests.at(-1)!.body['messages'] as { role: string; content: string }[]
}

async function start(options: Parameters<typeof startApp>[0] = {}) {
  const app = await startApp(options)
  return { app, acme: await app.tenant('acme', { agents: ['risk'] }) }
}

describe('POST /v1/chat', () => {
  test('the documented request gives the documented answer, whose id is the recorded run', async () => {
    const { app, acme } = await start()
    await newAgent(app, acme, { name: 'ana', agent_type: 'analyst', config: { model: 'm-plain' } })
    app.provider.reply(answer({ text: 'Based on the data…', usage: { input: 300, output: 12 } }))
    const reply = await acme.post(PATH, { ...GOOD, agent_type: 'analyst' })
    const body = await expectReply(reply, 200, ChatReply)
    const [run] = await allRuns(app)
    expect(body).toEqual({
      id: run!.id,
      content: 'Based on the data…',
      model: 'm-tools',
      tokens_used: 312,
      tokens_estimated: false,
      finish_reason: 'stop',
    })
    expect(run).toMatchObject({ kind: 'chat', status: 'completed', tenant_id: acme.id })
    await expectTotalsMatch(app)
  })

  test('a model alone is asked without any prompt', async () => {
    const { app, acme } = await start()
    const messages = [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'One' },
      { role: 'assistant', content: 'Two' },
      { role: 'user', content: 'Three \u0000 \ud800 é 😀' },
    ]
    await expectReply(await acme.post(PATH, { model: 'm-plain', messages }), 200, ChatReply)
    expect(told(app)).toEqual(messages)
    expect((await allRuns(app))[0]).toMatchObject({ agent_id: null, model: 'm-plain' })
  })

  test('the agent’s prompt comes before the caller’s own system messages', async () => {
    const { app, acme } = await start()
    await newAgent(app, acme, {
      name: 'ana',
      agent_type: 'analyst',
      config: {
        model: 'm-tools',
        system_prompt: 'Of the agent.',
        max_tokens: 99,
        temperature: 0.3,
      },
    })
    const messages = [{ role: 'system', content: 'Of the caller.' }, ...MESSAGES]
    await acme.post(PATH, { agent_type: 'analyst', messages })
    expect(told(app).map(({ content }) => content)).toEqual([
      'Of the agent.',
      'Of the caller.',
      MESSAGES[0]!.content,
    ])
    expect(app.provider.requests.at(-1)!.body).toMatchObject({ temperature: 0.3 })
    expect(app.provider.requests.at(-1)!.text).toMatch(/tokens":99/)
    // What the caller says wins.
    await acme.post(PATH, { agent_type: 'analyst', messages, max_tokens: 7, temperature: 1.5 })
    expect(app.provider.requests.at(-1)!.body).toMatchObject({ temperature: 1.5 })
    expect(app.provider.requests.at(-1)!.text).toMatch(/tokens":7/)
  })

  test('agent_type picks the oldest active agent of the type, else the one of that name', async () => {
    const { app, acme } = await start()
    const make = async (name: string, agent_type: string, agentStatus = 'active') => {
      app.clock.advance(1000)
      await newAgent(app, acme, {
        name,
        agent_type,
        status: agentStatus,
        config: { model: 'm-tools', system_prompt: `I am ${name}` },
      })
    }
    const chosen = async (agent_type: string) => {
      const reply = await acme.post(PATH, { agent_type, messages: MESSAGES })
      return reply.status === 200 ? told(app)[0]!.content : reply.status
    }
    expect(await chosen('analyst')).toBe(404)
    await make('analyst', 'custom')
    expect(await chosen('analyst')).toBe('I am analyst')
    await make('z-oldest', 'analyst', 'paused')
    expect(await chosen('analyst')).toBe('I am analyst')
    await make('y-older', 'analyst')
    await make('a-newer', 'analyst')
    expect(await chosen('analyst')).toBe('I am y-older')
    const set = (name: string, changed: string) =>
      app.admin.put(`/api/admin/tenants/${acme.id}/agents/${name}`, { status: changed })
    await set('z-oldest', 'active')
    expect(await chosen('analyst')).toBe('I am z-oldest')
    for (const name of ['z-oldest', 'y-older', 'a-newer', 'analyst']) await set(name, 'paused')
    expect(await chosen('analyst')).toBe(409)
    await app.admin.delete(`/api/admin/tenants/${acme.id}/agents/z-oldest`)
    await set('a-newer', 'active')
    expect(await chosen('analyst')).toBe('I am a-newer')
  })

  test('agent_type reads the configuration of the chosen agent only', async () => {
    const { app, acme } = await start()
    await newAgent(app, acme, { name: 'b', agent_type: 'custom', config: { model: 'm-tools' } })
    // Whoever decodes it fails.
    await app.database.writer.transaction((trx) =>
      trx.updateTable('agents').set({ config: 'x' }).where('name', '=', 'b').execute(),
    )
    const reply = await acme.post(PATH, { agent_type: 'custom', messages: MESSAGES })
    await expectReply(reply, 200, ChatReply)
  })

  test('an agent_type of no agent is 404, of paused ones only 409', async () => {
    const { app, acme } = await start()
    await newAgent(app, acme, {
      name: 'p',
      agent_type: 'sleepy',
      status: 'paused',
      config: { model: 'm-tools' },
    })
    for (const agent_type of ['nothing', 'Risk', '%', "' or 1=1", '../x', '__proto__']) {
      const reply = await acme.post(PATH, { agent_type, messages: MESSAGES })
      await expectError(reply, 404, 'not_found')
    }
    for (const agent_type of ['sleepy', 'p']) {
      const reply = await acme.post(PATH, { agent_type, messages: MESSAGES })
      await expectError(reply, 409, 'agent_paused')
    }
    expect(await allRuns(app)).toHaveLength(0)
  })

  test('an explicit model wins over the agent’s', async () => {
    const { app, acme } = await start()
    const reply = await acme.post(PATH, {
      model: 'm-claude',
      agent_type: 'risk',
      messages: MESSAGES,
    })
    expect(await expectReply(reply, 200, ChatReply)).toMatchObject({ model: 'm-claude' })
    expect(app.provider.requests.at(-1)!.path).toEndWith('/messages')
  })

  test('models that do not fit are 422: unknown, without tools, of another temperature', async () => {
    const { app, acme } = await start()
    await newAgent(app, acme, {
      name: 'calc',
      agent_type: 'calc',
      config: { model: 'm-tools', tools: ['calculator'], temperature: 1.5 },
    })
    for (const [body, path] of [
      [{ model: 'm-unknown', messages: MESSAGES }, '/model'],
      [{ model: 'm-unknown', agent_type: 'nothing', messages: MESSAGES }, '/model'],
      [{ model: 'upstream-tools', messages: MESSAGES }, '/model'],
      [{ messages: MESSAGES }, '/model'],
      [{ model: 'm-plain', agent_type: 'calc', messages: MESSAGES }, '/model'],
      [{ model: 'm-claude', messages: MESSAGES, temperature: 1.1 }, '/temperature'],
      [{ model: 'm-claude', agent_type: 'calc', messages: MESSAGES }, '/temperature'],
      [
        { model: 'm-tools', messages: [...MESSAGES, { role: 'assistant', content: 'x' }] },
        '/messages',
      ],
    ] as const) {
      const { details } = await expectError(await acme.post(PATH, body), 422, 'invalid')
      expect(details![0]!.path).toBe(path)
    }
    expect(await allRuns(app)).toHaveLength(0)
    const fits = { model: 'm-claude', messages: MESSAGES, temperature: 1 }
    expect((await acme.post(PATH, fits)).status).toBe(200)
  })

  test('the tools of the agent are run, and the tokens of all steps are summed', async () => {
    const { app, acme } = await start()
    await newAgent(app, acme, {
      name: 'calc',
      agent_type: 'calc',
      config: { model: 'm-tools', tools: ['calculator'] },
    })
    app.provider.enqueue(toolCall('calculator', { expression: '2^10' }), answer({ text: '1024' }))
    const reply = await acme.post(PATH, { agent_type: 'calc', messages: MESSAGES })
    expect(await expectReply(reply, 200, ChatReply)).toMatchObject({
      content: '1024',
      tokens_used: 38,
    })
    expect(told(app).at(-1)!.content).toBe('1024')

    app.provider.reply(toolCall('calculator', { expression: '1' }))
    const endless = await acme.post(PATH, { agent_type: 'calc', messages: MESSAGES })
    await expectError(endless, 502, 'provider_failed')
    expect(app.provider.requests).toHaveLength(12)
    await expectTotalsMatch(app)
  })

  test.each(['stop', 'length', 'content_filter'] as const)('finish_reason %s', async (finish) => {
    const { app, acme } = await start()
    app.provider.reply(answer({ text: 'Hel', finish }))
    for (const model of ['m-tools', 'm-claude']) {
      const reply = await acme.post(PATH, { model, messages: MESSAGES })
      expect(await expectReply(reply, 200, ChatReply)).toMatchObject({ finish_reason: finish })
    }
  })

  test('without a usage report tokens are counted and flagged', async () => {
    const { app, acme } = await start()
    app.provider.reply(answer({ text: 'Some words.', usage: null }))
    const body = await expectReply(await acme.post(PATH, GOOD), 200, ChatReply)
    expect(body).toMatchObject({ tokens_estimated: true })
    expect(body.tokens_used).toBeGreaterThan(0)
    await expectTotalsMatch(app)
  })

  const FAILURES: [string, Reply, number, string][] = [
    ['an error status', status(500), 502, 'provider_failed'],
    ['a refused key', status(401), 502, 'provider_failed'],
    ['a rate limit', status(429, { retryAfter: '60' }), 502, 'provider_failed'],
    ['a page', htmlPage(), 502, 'provider_failed'],
    ['a torn connection', resetBeforeHeaders(), 502, 'provider_failed'],
    ['silence', hangBeforeHeaders(), 504, 'provider_timeout'],
  ]

  test.each(FAILURES)(
    '%s of the provider is an error, with the failed run recorded',
    async (_what, fault, code, name) => {
      const { app, acme } = await start({ patienceMs: 1000 })
      app.provider.reply(fault)
      const body = await expectError(await acme.post(PATH, GOOD), code, name)
      expect(body.error).not.toMatch(/127\.0\.0\.1|sk-|http:/)
      const runs = await allRuns(app)
      expect(runs).toHaveLength(1)
      expect(runs[0]).toMatchObject({ kind: 'chat', status: 'failed', output: null })
      expect(JSON.parse(runs[0]!.input!)).toEqual({ messages: MESSAGES })
      await expectTotalsMatch(app)
    },
  )

  test('a provider without its key is 503, and no run', async () => {
    const { app, acme } = await start()
    const body = await expectError(
      await acme.post(PATH, { model: 'm-keyless', messages: MESSAGES }),
      503,
      'provider_not_configured',
    )
    expect(body.error).not.toContain('NOT_SET_ANYWHERE')
    expect(await allRuns(app)).toHaveLength(0)
  })

  test('while the storage takes no writes it is 503, before the provider is asked', async () => {
    const { app, acme } = await start()
    const lock = await lockDatabase(app)
    await expectError(await acme.post(PATH, GOOD), 503, 'storage_unavailable')
    lock.release()
    expect(app.provider.requests).toHaveLength(0)
    expect((await acme.post(PATH, GOOD)).status).toBe(200)
  })

  test('over the quota is 429', async () => {
    const app = await startApp({ config: '[tiers.free]\ntokens_per_month = 1' })
    const acme = await app.tenant('acme', { tier: 'free' })
    expect((await acme.post(PATH, GOOD)).status).toBe(200)
    await expectError(await acme.post(PATH, GOOD), 429, 'quota_tokens_exceeded')
    expect(await allRuns(app)).toHaveLength(1)
  })

  test('chats count for the tenant and the platform, not for the agent', async () => {
    const { app, acme } = await start()
    await acme.post(PATH, { agent_type: 'risk', messages: MESSAGES })
    app.provider.reply(status(500))
    await acme.post(PATH, { agent_type: 'risk', messages: MESSAGES })
    expect(await (await acme.get('/v1/agents/risk')).json()).toMatchObject({
      total_runs: 0,
      last_run: null,
      success_rate: null,
    })
    expect(await (await acme.get('/v1/agents/risk/runs')).json()).toMatchObject({
      total: 0,
      runs: [],
    })
    const stats = await app.admin.get(`/api/admin/tenants/${acme.id}/agents/risk/stats`)
    expect(await stats.json()).toMatchObject({ total_runs: 0, failed_runs: 0, avg_tokens: null })
    expect(await (await acme.get('/v1/usage')).json()).toMatchObject({
      total_runs: 2,
      total_tokens: 19,
    })
    expect(await (await app.admin.get('/api/admin/stats')).json()).toMatchObject({
      total_runs_today: 2,
      total_tokens_today: 19,
    })
    expect(await (await app.admin.get(`/api/admin/tenants/${acme.id}`)).json()).toMatchObject({
      total_runs: 2,
      total_tokens: 19,
    })
    await expectTotalsMatch(app)
  })

  test('another tenant’s agent is 404, by type and by name, as one that never existed', async () => {
    const { app } = await start()
    const globex = await app.tenant('globex')
    const ask = (agent_type: string) => globex.post(PATH, { agent_type, messages: MESSAGES })
    for (const agent_type of ['risk', 'custom']) {
      expect((await ask(agent_type)).status).toBe(404)
      await sameAnswer(ask(agent_type), ask('never-existed'))
    }
    expect(app.provider.requests).toHaveLength(0)
  })

  test('equal agent names and types in two tenants never mix', async () => {
    const app = await startApp()
    for (const name of ['acme', 'globex']) {
      const tenant = await app.tenant(name)
      await newAgent(app, tenant, {
        name: 'ana',
        agent_type: 'analyst',
        config: { model: 'm-tools', system_prompt: `Prompt of ${name}` },
      })
      await tenant.post(PATH, { agent_type: 'analyst', messages: MESSAGES })
      expect(told(app)[0]!.content).toBe(`Prompt of ${name}`)
      expect(await (await tenant.get('/v1/usage')).json()).toMatchObject({ total_runs: 1 })
    }
  })

  testRefusals({ method: 'POST', path: PATH, body: GOOD })
  testBodyRefusals({ method: 'POST', path: PATH, body: GOOD }, INVALID_CHATS)
})
