import { expect, test } from 'bun:test'
import type { ChatEvent } from '../../../src/chat/schema.ts'
import { expectRefusal } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { hangBeforeHeaders, status } from '../../scripted-faults.ts'
import { answer } from '../../scripted-replies.ts'
import { allRuns, expectTotalsMatch, settledRuns } from '../totals.ts'
import { GOOD_CHAT, INVALID_CHATS, lockDatabase } from '../v1/common.ts'
import { expectError } from '../v1/expect-error.ts'
import {
  ask,
  auditEntries,
  expectBodiesRefused,
  expectMethodsRefused,
  expectStrangersRefused,
  expectTenantsNotThere,
} from './refusals.ts'

const BY_AGENT = { agent_type: 'risk', messages: GOOD_CHAT.messages }

async function start(options: Parameters<typeof startApp>[0] = {}, tier = 'enterprise') {
  const app = await startApp(options)
  const acme = await app.tenant('acme-corp', { tier, agents: ['risk'] })
  const path = `/api/admin/tenants/${acme.id}/chat/stream`
  return { app, acme, path, play: (body: object = GOOD_CHAT) => app.admin.post(path, body) }
}

async function eventsOf(reply: Response): Promise<ChatEvent[]> {
  expect(reply.status).toBe(200)
  expect(reply.headers.get('content-type')).toStartWith('text/event-stream')
  const events = (await reply.text()).split('\n\n').filter((event) => event.startsWith('data: '))
  return events.map((event) => JSON.parse(event.slice(6)) as ChatEvent)
}

test('it streams like the tenant’s own chat', async () => {
  const { app, play } = await start()
  app.provider.enqueue(
    answer({ deltas: ['Good', ' day'], delayMs: 20, usage: { input: 30, output: 12 } }),
  )
  expect(await eventsOf(await play())).toEqual([
    { delta: 'Good', finish_reason: null },
    { delta: ' day', finish_reason: null },
    { delta: '', finish_reason: 'stop', tokens_used: 42 },
  ])
})

test('the tenant’s agent answers, with its model', async () => {
  const { app, play } = await start()
  await eventsOf(await play(BY_AGENT))
  expect(app.provider.requests[0]!.body).toMatchObject({ model: 'upstream-tools' })
})

test('another tenant’s agent does not', async () => {
  const { app, play } = await start()
  await app.tenant('globex', { agents: ['theirs'] })
  const reply = await play({ ...BY_AGENT, agent_type: 'theirs' })
  await expectRefusal(reply, 404, 'not_found')
})

test('it is the tenant’s chat, by the key id operator, and counts', async () => {
  const { app, acme, play } = await start()
  await eventsOf(await play(BY_AGENT))
  expect(await allRuns(app)).toMatchObject([
    { tenant_id: acme.id, kind: 'chat', key_id: 'operator', status: 'completed' },
  ])
  await expectTotalsMatch(app)
  const usage = await (await acme.get('/v1/usage')).json()
  expect(usage).toMatchObject({ total_runs: 1, total_tokens: 19, total_api_calls: 0 })
  const { runs } = (await (await app.admin.get('/api/admin/runs')).json()) as { runs: object[] }
  expect(runs).toMatchObject([{ key_prefix: null, agent: 'risk' }])
})

test('each use is in the audit log', async () => {
  const { app, acme, play } = await start()
  const before = (await auditEntries(app)).length
  await eventsOf(await play(BY_AGENT))
  expect((await auditEntries(app)).slice(before)).toEqual([
    {
      action: 'playground.used',
      actor: 'admin',
      details: { tenant_id: acme.id, tenant_name: 'acme-corp', agent_type: 'risk' },
      timestamp: '2026-03-13T14:22:00.250Z',
    },
  ])
})

test('the tenant’s quota holds, and is shared', async () => {
  const config = '[tiers.free]\nruns_per_month = 2\nrequests_per_minute = 1000'
  const { acme, play } = await start({ config }, 'free')
  await eventsOf(await play())
  expect((await acme.run('risk')).status).toBe(200)
  await expectRefusal(await play(), 429, 'quota_runs_exceeded')
  expect((await acme.run('risk')).status).toBe(429)
})

test('the tenant’s requests per minute are its own', async () => {
  const config = '[tiers.free]\nrequests_per_minute = 1'
  const { acme, play } = await start({ config }, 'free')
  for (let use = 0; use < 3; use++) await eventsOf(await play())
  expect((await acme.get('/v1/usage')).status).toBe(200)
})

test('faults before the first text are 502 and 504, a missing key is 503', async () => {
  const { app, play } = await start({ patienceMs: 1000 })
  app.provider.enqueue(status(500), hangBeforeHeaders())
  await expectError(await play(), 502, 'provider_failed')
  await expectError(await play(), 504, 'provider_timeout')
  const keyless = await play({ ...GOOD_CHAT, model: 'm-keyless' })
  await expectRefusal(keyless, 503, 'provider_not_configured')
  await expectTotalsMatch(app)
})

test('an operator who goes away stops the provider', async () => {
  const { app, play } = await start()
  app.provider.enqueue(answer({ deltas: ['a', 'b', 'c', 'd'], delayMs: 500 }))
  const reply = await play()
  await reply.body!.cancel()
  expect(await settledRuns(app)).toMatchObject([{ status: 'failed', error_code: 'client_gone' }])
})

test('a suspended tenant’s is 403, a paused agent 409', async () => {
  const { app, acme, play } = await start()
  const agent = `/api/admin/tenants/${acme.id}/agents/risk`
  await app.admin.put(agent, { status: 'paused' })
  await expectRefusal(await play(BY_AGENT), 409, 'agent_paused')
  await app.admin.patch(`/api/admin/tenants/${acme.id}`, { status: 'suspended' })
  await expectRefusal(await play(), 403, 'tenant_suspended')
  expect(await allRuns(app)).toEqual([])
})

test('nothing begins while the database cannot be written', async () => {
  const { app, play } = await start()
  const lock = await lockDatabase(app)
  await expectRefusal(await play(), 503, 'storage_unavailable')
  lock.release()
  expect(app.provider.requests).toEqual([])
})

test.each(INVALID_CHATS)('%s is 422 and says where', async (_what: string, body: unknown) => {
  const { app, path } = await start()
  const reply = await ask(app, { method: 'POST', path, body: body as object })
  const { details } = await expectRefusal(reply, 422, 'invalid')
  expect(details!.length).toBeGreaterThan(0)
})

test('a stream cannot be asked for again', async () => {
  const { app, path } = await start()
  const headers = { 'idempotency-key': 'again' }
  const reply = await ask(app, { method: 'POST', path, body: GOOD_CHAT }, { headers })
  await expectRefusal(reply, 422, 'invalid', '/Idempotency-Key')
})

test('bodies that cannot be read are refused', async () => {
  const { app, path } = await start()
  await expectBodiesRefused(app, { method: 'POST', path, body: GOOD_CHAT })
})

test('tenants that cannot exist, do not exist or are deleted are the same 404', async () => {
  const { app } = await start()
  await expectTenantsNotThere(app, (id) => ({
    method: 'POST',
    path: `/api/admin/tenants/${id}/chat/stream`,
    body: GOOD_CHAT,
  }))
})

test('strangers are refused', async () => {
  const { app, path } = await start()
  await expectStrangersRefused(app, { method: 'POST', path, body: GOOD_CHAT })
})

test('other methods are refused', async () => {
  const { app, path } = await start()
  await expectMethodsRefused(app, path, 'POST')
})

test('an agent is asked by its very name, whatever type of that name there is', async () => {
  const { app, acme, play } = await start()
  const agents = `/api/admin/tenants/${acme.id}/agents`
  const config = { model: 'm-tools', system_prompt: 'I am of the type.' }
  await app.admin.post(agents, { name: 'other', agent_type: 'risk', config })
  await app.admin.put(`${agents}/risk`, { config: { system_prompt: 'I have the name.' } })

  await eventsOf(await play({ agent: 'risk', messages: GOOD_CHAT.messages }))
  expect(app.provider.requests[0]!.body).toMatchObject({
    messages: [{ role: 'system', content: 'I have the name.' }, {}],
  })
  expect((await auditEntries(app)).at(-1)).toMatchObject({ details: { agent_name: 'risk' } })

  await expectRefusal(
    await play({ agent: 'nobody', messages: GOOD_CHAT.messages }),
    404,
    'not_found',
  )
  await app.admin.put(`${agents}/risk`, { status: 'paused' })
  await expectRefusal(
    await play({ agent: 'risk', messages: GOOD_CHAT.messages }),
    409,
    'agent_paused',
  )
  await expectRefusal(
    await acme.post('/v1/chat/stream', { ...GOOD_CHAT, agent: 'risk' }),
    422,
    'invalid',
  )
})
