import { describe, expect, test } from 'bun:test'
import { AgentList } from '../../../src/agents/schema.ts'
import { RunItemList } from '../../../src/runs/list-schema.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { sameAnswer } from '../v1/common.ts'
import { allRuns } from '../totals.ts'
import { CHAT, newKey, RUN } from './support.ts'

describe('allowed_agents', () => {
  test('others look as if they were not there', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['fraud', 'risk', 'report'] })
    const { send } = await newKey(app, acme, { allowed_agents: ['risk', 'not-made-yet'] })
    expect((await send('GET', '/v1/agents/risk')).status).toBe(200)
    expect((await send('POST', '/v1/agents/risk/run', RUN)).status).toBe(200)
    await sameAnswer(send('GET', '/v1/agents/fraud'), send('GET', '/v1/agents/nobody'))
    await sameAnswer(send('GET', '/v1/agents/fraud/runs'), send('GET', '/v1/agents/nobody/runs'))
    await sameAnswer(
      send('POST', '/v1/agents/fraud/run', RUN),
      send('POST', '/v1/agents/nobody/run', RUN),
    )
    await expectRefusal(await send('GET', '/v1/agents/fraud'), 404, 'not_found')
    expect(await allRuns(app)).toHaveLength(1)
  })

  test('the list, its pages and its total are of those it may see', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['a', 'b', 'c', 'd'] })
    const { send } = await newKey(app, acme, { allowed_agents: ['d', 'b', 'z'] })
    const page = async (query: string) =>
      expectReply(await send('GET', `/v1/agents${query}`), 200, AgentList)
    const first = await page('?per_page=1')
    expect(first).toMatchObject({ total: 2, agents: [{ name: 'b' }] })
    expect(await page('?per_page=1&page=2')).toMatchObject({ total: 2, agents: [{ name: 'd' }] })
    const none = await newKey(app, acme, { allowed_agents: [] })
    const empty = await expectReply(await none.send('GET', '/v1/agents'), 200, AgentList)
    expect(empty).toEqual({ agents: [], total: 0, page: 1, per_page: 20 })
  })

  test('a chat finds no other agent, by name or type', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['fraud', 'risk'] })
    const { send } = await newKey(app, acme, { allowed_agents: ['risk'] })
    const ask = (agent_type: string, path = '/v1/chat') =>
      send('POST', path, { messages: CHAT.messages, agent_type })
    expect((await ask('risk')).status).toBe(200)
    await expectRefusal(await ask('fraud'), 404, 'not_found')
    await expectRefusal(await ask('fraud', '/v1/chat/stream'), 404, 'not_found')
    // The oldest of the type is another; the oldest that it may use answers.
    expect((await ask('custom')).status).toBe(200)
    const ids = (await allRuns(app)).map(({ agent_id }) => agent_id)
    expect(new Set(ids).size).toBe(1)
  })

  test('runs of others are not listed, and not there; chats without an agent are', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['fraud', 'risk'] })
    const all = await newKey(app, acme, {})
    const { send } = await newKey(app, acme, { allowed_agents: ['risk'] })
    for (const name of ['fraud', 'risk']) {
      expect((await all.send('POST', `/v1/agents/${name}/run`, RUN)).status).toBe(200)
    }
    expect((await all.send('POST', '/v1/chat', CHAT)).status).toBe(200)

    const listed = async (query = '') =>
      (await expectReply(await send('GET', `/v1/runs${query}`), 200, RunItemList)).runs
    expect((await listed()).map(({ agent }) => agent)).toEqual([null, 'risk'])
    expect(await listed('?agent=fraud')).toEqual([])
    expect(await listed('?status=completed&agent=risk')).toHaveLength(1)
    const { runs } = await expectReply(await all.send('GET', '/v1/runs'), 200, RunItemList)
    const hidden = runs.find(({ agent }) => agent === 'fraud')!
    expect((await send('GET', `/v1/runs/${runs[0]!.id}`)).status).toBe(200)
    await sameAnswer(
      send('GET', `/v1/runs/${hidden.id}`),
      send('GET', '/v1/runs/01a20000-0000-7000-8000-000000000000'),
    )
  })
})

const withModel = (model: string) => ({ ...CHAT, model })

describe('allowed_models', () => {
  test('another model is 403 by name, whoever names it, and nothing is spent', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    const { send } = await newKey(app, acme, { allowed_models: ['m-plain'] })
    expect((await send('POST', '/v1/chat', withModel('m-plain'))).status).toBe(200)
    for (const [path, body] of [
      ['/v1/chat', withModel('m-tools')],
      ['/v1/chat/stream', withModel('m-tools')],
      ['/v1/chat', { messages: CHAT.messages, agent_type: 'risk' }],
      ['/v1/agents/risk/run', RUN],
    ] as const) {
      const { error } = await expectRefusal(await send('POST', path, body), 403, 'forbidden')
      expect(error).toBe('This API key may not use the model m-tools.')
    }
    await expectRefusal(await send('POST', '/v1/chat', withModel('m-none')), 422, 'invalid')
    // An agent’s prompt, on a model that it may use.
    const mixed = { ...withModel('m-plain'), agent_type: 'risk' }
    expect((await send('POST', '/v1/chat', mixed)).status).toBe(200)
    expect(await allRuns(app)).toHaveLength(2)
  })
})

describe('allowed_networks', () => {
  const limits = { allowed_networks: ['10.0.0.0/8', '2001:db8::/32', '198.51.100.7'] }

  test('from elsewhere it is 403, whatever is asked', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const { send } = await newKey(app, acme, limits)
    const from = async (address: string, path = '/v1/agents') =>
      send('GET', path, undefined, { address })
    for (const address of ['10.9.9.9', '2001:db8:5::1', '198.51.100.7', '::ffff:10.0.0.1']) {
      expect((await from(address)).status, address).toBe(200)
    }
    for (const address of ['11.0.0.1', '2001:db9::1', '198.51.100.8', '192.0.2.7']) {
      for (const path of ['/v1/agents', '/v1/nothing', '/v1/api-keys']) {
        const { error } = await expectRefusal(await from(address, path), 403, 'forbidden')
        expect(error).toBe('This API key may not be used from this address.')
      }
    }
  })

  test('behind a trusted proxy it is the client’s address that counts, and nobody else may claim one', async () => {
    const app = await startApp({ server: '[server]\ntrusted_proxies = ["192.0.2.1"]' })
    const acme = await app.tenant('acme')
    const { send } = await newKey(app, acme, limits)
    const via = async (address: string, client: string) => {
      const headers = { 'x-forwarded-for': client }
      return (await send('GET', '/v1/agents', undefined, { address, headers })).status
    }
    expect(await via('192.0.2.1', '10.0.0.1')).toBe(200)
    expect(await via('192.0.2.1', '11.0.0.1')).toBe(403)
    expect(await via('192.0.2.1', '10.0.0.1, 11.0.0.1')).toBe(403)
    expect(await via('192.0.2.2', '10.0.0.1')).toBe(403)
  })

  test('whatever a proxy inside the network writes of its client, an outsider stays outside', async () => {
    const app = await startApp({ server: '[server]\ntrusted_proxies = ["10.0.0.1"]' })
    const acme = await app.tenant('acme')
    const { send } = await newKey(app, acme, limits)
    const status = async (headers: Record<string, string>) =>
      (await send('GET', '/v1/agents', undefined, { address: '10.0.0.1', headers })).status
    const asked = (client: string) =>
      Promise.all([
        status({ 'x-forwarded-for': client }),
        status({ forwarded: `for="${client}"` }),
        status({ 'x-forwarded-for': client, forwarded: `for="${client}"` }),
      ])
    for (const inside of ['10.9.9.9', '10.9.9.9:1234', '[2001:db8:5::1]', '[2001:db8:5::1]:443']) {
      expect(await asked(inside), inside).toEqual([200, 200, 200])
    }
    for (const outside of [
      '203.0.113.5',
      '203.0.113.5:1234',
      '[2001:db9::1]:443',
      'unknown',
      '_a',
    ]) {
      expect(await asked(outside), outside).toEqual([403, 403, 403])
    }
    // Only one of the headers is the proxy's.
    expect(await status({ 'x-forwarded-for': '203.0.113.5', forwarded: 'for=10.9.9.9' })).toBe(403)
    expect(await status({ 'x-forwarded-for': '10.9.9.9', forwarded: 'for=203.0.113.5' })).toBe(403)
  })
})

const asks = (model: string): [string, object][] => [
  ['/v1/chat/completions', withModel(model)],
  ['/v1/completions', { model, prompt: 'Hello' }],
  ['/v1/responses', { model, input: 'Hello' }],
  ['/v1/messages', { ...withModel(model), max_tokens: 10 }],
  ['/v1/messages/count_tokens', withModel(model)],
  [`/v1beta/models/${model}:generateContent`, { contents: [{ parts: [{ text: 'Hello' }] }] }],
  [`/v1beta/models/${model}:countTokens`, { contents: [{ parts: [{ text: 'Hello' }] }] }],
]

describe('the compatible APIs', () => {
  test('refuse another model by name, and an agent on it', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    const { send } = await newKey(app, acme, { allowed_models: ['m-plain'] })
    for (const [path, body] of [...asks('m-tools'), ...asks('agent:risk')]) {
      const reply = await send('POST', path, body)
      expect(reply.status, path).toBe(403)
      expect(await reply.text()).toContain('This API key may not use the model m-tools.')
    }
    const embedding = { model: 'm-tools', input: 'Hello' }
    expect((await send('POST', '/v1/embeddings', embedding)).status).toBe(403)
    expect(await allRuns(app)).toHaveLength(0)
    expect((await send('POST', '/v1/chat/completions', withModel('m-plain'))).status).toBe(200)
  })

  test('do not know another agent', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['fraud', 'risk'] })
    const { send } = await newKey(app, acme, { allowed_agents: ['risk'] })
    for (const [path, body] of asks('agent:fraud')) {
      expect((await send('POST', path, body)).status, path).toBe(404)
    }
    expect(await allRuns(app)).toHaveLength(0)
    const known = await send('POST', '/v1/chat/completions', withModel('agent:risk'))
    expect(known.status).toBe(200)
  })

  test('list what the key may use', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['fraud', 'risk'] })
    const limits = { allowed_models: ['m-tools'], allowed_agents: ['risk'] }
    const { send } = await newKey(app, acme, limits)
    const { data } = (await (await send('GET', '/v1/models')).json()) as { data: { id: string }[] }
    expect(data.map(({ id }) => id)).toEqual(['m-tools', 'agent:risk'])
    for (const id of ['m-plain', 'agent:fraud']) {
      expect((await send('GET', `/v1/models/${id}`)).status).toBe(404)
    }
  })

  test('count against the key’s own cap', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const { send } = await newKey(app, acme, { runs_per_month: 1 })
    const asked = () => send('POST', '/v1/chat/completions', withModel('m-tools'))
    const replies = await Promise.all(Array.from({ length: 16 }, asked))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(15)
  })
})
