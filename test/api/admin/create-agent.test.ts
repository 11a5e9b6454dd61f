import { expect, test } from 'bun:test'
import { AdminAgentDetail } from '../../../src/agents/schema.ts'
import type { AgentConfig } from '../../../src/config/config.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { BAD_SETTINGS, FULL_CONFIG } from './bad-configs.ts'
import {
  auditEntries,
  expectBodiesRefused,
  expectFieldRefused,
  expectStrangersRefused,
  expectTenantsNotThere,
  statusesOf,
  tableCounts,
} from './refusals.ts'

const app = await startApp()
const acme = await app.tenant('acme-corp')
const path = `/api/admin/tenants/${acme.id}/agents`
const BODY = { agent_type: 'analyzer', config: { model: 'm-tools' } }
const endpoint = { method: 'POST', path, body: { name: 'new-agent', ...BODY } }

const create = async (body: object) =>
  expectReply(await app.admin.post(path, body), 201, AdminAgentDetail)

test('an agent is created as asked, and the log says so', async () => {
  const before = await tableCounts(app)
  const agent = await create({
    name: 'custom-analyzer',
    agent_type: 'analyzer',
    config: FULL_CONFIG,
  })
  expect(agent).toEqual({
    id: agent.id,
    tenant_id: acme.id,
    name: 'custom-analyzer',
    agent_type: 'analyzer',
    status: 'active',
    config: FULL_CONFIG,
    created_at: '2026-03-13T14:22:00Z',
    last_run: null,
    total_runs: 0,
    success_rate: null,
  })
  expect((await auditEntries(app)).at(-1)).toEqual({
    action: 'agent.created',
    actor: 'admin',
    details: {
      tenant_id: acme.id,
      tenant_name: 'acme-corp',
      agent_id: agent.id,
      agent_name: 'custom-analyzer',
    },
    timestamp: '2026-03-13T14:22:00.250Z',
  })
  expect(await tableCounts(app)).toEqual({
    ...before,
    agents: before['agents']! + 1,
    agent_stats: before['agent_stats']! + 1,
    audit_log: before['audit_log']! + 1,
  })
})

test('what the configuration says is what the provider is asked', async () => {
  await create({ name: 'asked', ...BODY, config: FULL_CONFIG })
  expect((await acme.run('asked', 'Add it up.')).status).toBe(200)
  expect(app.provider.requests.at(-1)?.body).toMatchObject({
    model: 'upstream-tools',
    temperature: 1.7,
    top_p: 0.25,
    tools: [{ type: 'function', function: { name: 'calculator' } }],
    messages: [
      { role: 'system', content: FULL_CONFIG.system_prompt },
      { role: 'user', content: expect.stringContaining('Add it up.') as string },
    ],
  })
})

test('settings that are left out stay out', async () => {
  const agent = await create({ name: 'bare', ...BODY })
  expect(agent.config).toEqual({ model: 'm-tools' })
})

test('an agent may be created paused', async () => {
  expect((await create({ name: 'paused', ...BODY, status: 'paused' })).status).toBe('paused')
  await expectRefusal(await acme.run('paused'), 409, 'agent_paused')
})

test('settings may go to their limits, and need only what their model has', async () => {
  const settings: Partial<AgentConfig>[] = [
    { max_tokens: 1 },
    { max_tokens: 1_000_000 },
    { temperature: 0, top_p: 0 },
    { temperature: 2, top_p: 1 },
    { model: 'm-claude', temperature: 1, tools: ['calculator'] },
    { model: 'm-plain', tools: [] },
    { model: 'm-keyless' },
    { model: 'm-demo', tools: ['calculator'] },
    { metadata: {} },
    { system_prompt: '' },
    { system_prompt: 'x'.repeat(200_000) },
  ]
  for (const [index, setting] of settings.entries()) {
    const config: AgentConfig = { model: 'm-tools', ...setting }
    const agent = await create({ name: `limits-${index}`, agent_type: 'custom', config })
    expect(agent.config).toEqual(config)
  }
})

test.each(['risk.v2', 'A', 'custom_type', 'x'.repeat(63)])('%s is a type', async (agent_type) => {
  const agent = await create({ name: `of-${crypto.randomUUID()}`, ...BODY, agent_type })
  expect(agent.agent_type).toBe(agent_type)
})

test.each(BAD_SETTINGS)('a wrong %s is refused where it stands', async (setting, values) => {
  for (const value of [...values, null]) {
    const before = await tableCounts(app)
    const config = { ...BODY.config, [setting]: value }
    const reply = await app.admin.post(path, { name: 'wrong', ...BODY, config })
    const { details } = await expectRefusal(reply, 422, 'invalid')
    expect(details?.[0]?.path).toStartWith(`/config/${setting}`)
    expect(await tableCounts(app)).toEqual(before)
  }
})

test('tools need a model that supports them', async () => {
  const config = { model: 'm-plain', tools: ['calculator'] }
  const reply = await app.admin.post(path, { name: 'tooled', ...BODY, config })
  const { error } = await expectRefusal(reply, 422, 'invalid', '/config/tools')
  expect(error).toBe('The model m-plain does not support tools.')
})

test('an Anthropic model takes a temperature up to 1', async () => {
  for (const temperature of [1.01, 1.5, 2]) {
    const config = { model: 'm-claude', temperature }
    const reply = await app.admin.post(path, { name: 'hot', ...BODY, config })
    await expectRefusal(reply, 422, 'invalid', '/config/temperature')
  }
})

test('a setting that is not known is refused, also in nested places', async () => {
  for (const field of [
    'config/prompt',
    'config/maxTokens',
    'config/__proto__',
    'tenant_id',
    'id',
  ]) {
    const [outer, inner] = field.split('/') as [string, string?]
    const text = inner
      ? `{"name":"extra","agent_type":"custom","config":{"model":"m-tools","${inner}":1}}`
      : `{"name":"extra","agent_type":"custom","config":{"model":"m-tools"},"${outer}":1}`
    await expectRefusal(await app.admin.post(path, text), 422, 'invalid', `/${field}`)
  }
})

test('a name that the tenant has is a conflict, also when both ask at once', async () => {
  const body = { name: 'twice', ...BODY }
  const replies = await Promise.all(Array.from({ length: 4 }, () => app.admin.post(path, body)))
  expect(statusesOf(replies)).toEqual([201, 409, 409, 409])
  const before = await tableCounts(app)
  const { error } = await expectRefusal(await app.admin.post(path, body), 409, 'conflict')
  expect(error).toBe('An agent with this name exists.')
  expect(await tableCounts(app)).toEqual(before)
})

test('two tenants may have agents of one name', async () => {
  await create({ name: 'shared', ...BODY })
  const other = await app.tenant('globex')
  const reply = await app.admin.post(`/api/admin/tenants/${other.id}/agents`, {
    name: 'shared',
    ...BODY,
  })
  await expectReply(reply, 201, AdminAgentDetail)
})

test('the name of a deleted agent is free at once, for an agent that starts empty', async () => {
  const old = await create({ name: 'phoenix', ...BODY })
  await acme.run('phoenix')
  await app.admin.delete(`${path}/phoenix`)
  const agent = await create({ name: 'phoenix', ...BODY })
  expect(agent.id).not.toBe(old.id)
  expect(agent).toMatchObject({ total_runs: 0, success_rate: null, last_run: null })
  const runs = await app.admin.get(`${path}/phoenix/runs`)
  expect(await runs.json()).toEqual({ runs: [] })
})

test('an agent of a suspended tenant can be prepared', async () => {
  const tenant = await app.tenant('asleep')
  await app.admin.patch(`/api/admin/tenants/${tenant.id}`, { status: 'suspended' })
  const reply = await app.admin.post(`/api/admin/tenants/${tenant.id}/agents`, {
    name: 'ready',
    ...BODY,
  })
  await expectReply(reply, 201, AdminAgentDetail)
})

test('strangers are refused, whatever they send', () => expectStrangersRefused(app, endpoint))

test('a body that is no JSON object of this shape is refused', () =>
  expectBodiesRefused(app, endpoint))

test('name, type, status and config are held to their rules', async () => {
  const names = ['', 'Risk', 'risk_1', '-a', 'a-', 'a--b', 'a b', 'x'.repeat(64), 5, null, []]
  await expectFieldRefused(app, endpoint, 'name', names)
  const types = ['', ' a', 'a b', 'a/b', '.a', 'x'.repeat(64), 5, null, []]
  await expectFieldRefused(app, endpoint, 'agent_type', types)
  await expectFieldRefused(app, endpoint, 'status', ['', 'deleted', 'Active', true, null])
  await expectFieldRefused(app, endpoint, 'config', ['m-tools', 5, null, [], undefined])
})

test('each missing field is named', async () => {
  const { details } = await expectRefusal(await app.admin.post(path, {}), 422, 'invalid')
  expect(details?.map((detail) => detail.path)).toEqual(['/name', '/agent_type', '/config'])
  const empty = await app.admin.post(path, { name: 'x', agent_type: 'x', config: {} })
  await expectRefusal(empty, 422, 'invalid', '/config/model')
})

test('a model that is not there is told before a tenant that is not', async () => {
  const body = { name: 'x', agent_type: 'x', config: { model: 'm-unknown' } }
  const reply = await app.admin.post(`/api/admin/tenants/${crypto.randomUUID()}/agents`, body)
  await expectRefusal(reply, 422, 'invalid', '/config/model')
})

test('tenants that cannot exist, do not exist or are deleted are the same 404', () =>
  expectTenantsNotThere(app, (id) => ({ ...endpoint, path: `/api/admin/tenants/${id}/agents` })))
