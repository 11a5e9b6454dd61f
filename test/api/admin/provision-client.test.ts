import { expect, test } from 'bun:test'
import { AdminAgentDetail, AdminAgentList } from '../../../src/agents/schema.ts'
import { isWellFormedKey } from '../../../src/api-keys/key.ts'
import { KeyList } from '../../../src/api-keys/schema.ts'
import { TemplateList } from '../../../src/provisioning/admin-routes.ts'
import { ProvisionedClient } from '../../../src/provisioning/provision-client.ts'
import { TenantDetail } from '../../../src/tenants/schema.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import {
  auditEntries,
  expectBodiesRefused,
  expectFieldRefused,
  expectMethodsRefused,
  expectStrangersRefused,
  tableCounts,
} from './refusals.ts'

/** Out of alphabetical order, with every setting that a template can have. */
const OWN_TEMPLATES = `
[[agent_templates]]
product_type = "desk"
name = "zulu"
agent_type = "custom.type"
[agent_templates.config]
model = "m-claude"
system_prompt = "You are Zulu."
tools = ["calculator"]
max_tokens = 321
temperature = 0.5
top_p = 0.9
[agent_templates.config.metadata]
team = "north"
limits = { daily = 5, tags = ["a", "b"] }

[[agent_templates]]
product_type = "desk"
name = "alpha"
agent_type = "custom"
[agent_templates.config]
model = "m-plain"
`
const PATH = '/api/admin/provision-client'
const BODY = { name: 'acme-corp', tier: 'pro', product_type: 'kasino', api_key_name: 'production' }
const endpoint = { method: 'POST', path: PATH, body: { ...BODY, name: 'new-corp' } }

const app = await startApp({ config: OWN_TEMPLATES })

const provision = async (more: object) =>
  expectReply(await app.admin.post(PATH, { ...BODY, ...more }), 201, ProvisionedClient)

test('tenant, agents and key are made in one go, and the key works', async () => {
  const client = await provision({})
  expect(client).toEqual({
    tenant_id: client.tenant_id,
    tenant_name: 'acme-corp',
    tier: 'pro',
    product_type: 'kasino',
    api_key_id: client.api_key_id,
    api_key_prefix: client.raw_api_key.slice(0, 9),
    raw_api_key: client.raw_api_key,
    agents_created: ['kasino-classifier', 'kasino-risk', 'kasino-transaction', 'kasino-report'],
  })
  expect(client.raw_api_key).toMatch(/^ares_[a-z0-9]{37}$/)
  expect(isWellFormedKey(client.raw_api_key)).toBe(true)

  const tenant = await app.admin.get(`/api/admin/tenants/${client.tenant_id}`)
  expect(await expectReply(tenant, 200, TenantDetail)).toMatchObject({
    name: 'acme-corp',
    tier: 'pro',
    status: 'active',
    agent_count: 4,
    api_key_count: 1,
  })
  const keys = await app.admin.get(`/api/admin/tenants/${client.tenant_id}/api-keys`)
  expect(await expectReply(keys, 200, KeyList)).toEqual({
    keys: [
      {
        id: client.api_key_id,
        name: 'production',
        prefix: client.api_key_prefix,
        created_at: '2026-03-13T14:22:00Z',
        expires_at: null,
        last_used: null,
      },
    ],
  })
  const headers = { authorization: `Bearer ${client.raw_api_key}` }
  expect((await app.fetch('/v1/agents/kasino-risk', { headers })).status).toBe(200)
})

test('the log has an entry for the tenant, each agent and the key', async () => {
  const before = (await auditEntries(app)).length
  const client = await provision({ name: 'logged', product_type: 'desk' })
  const entries = (await auditEntries(app)).slice(before)
  const tenant = { tenant_id: client.tenant_id, tenant_name: 'logged' }
  const id = expect.any(String) as string
  expect(entries.map(({ action, actor, details }) => [action, actor, details])).toEqual([
    ['tenant.created', 'admin', { ...tenant, tier: 'pro' }],
    ['agent.created', 'admin', { ...tenant, agent_id: id, agent_name: 'zulu' }],
    ['agent.created', 'admin', { ...tenant, agent_id: id, agent_name: 'alpha' }],
    [
      'api_key.created',
      'admin',
      {
        ...tenant,
        key_id: client.api_key_id,
        key_name: 'production',
        prefix: client.api_key_prefix,
      },
    ],
  ])
})

test.each(['generic', 'kasino', 'ehb', 'desk'])(
  'the templates of %s are cloned in their order, with their whole configuration',
  async (type) => {
    const listed = await app.admin.get(`/api/admin/agent-templates?product_type=${type}`)
    const { templates } = await expectReply(listed, 200, TemplateList)
    expect(templates.length).toBeGreaterThan(0)
    const client = await provision({ name: `clone-${type}`, product_type: type })
    expect(client.agents_created).toEqual(templates.map(({ name }) => name))

    const path = `/api/admin/tenants/${client.tenant_id}/agents`
    const { agents } = await expectReply(await app.admin.get(path), 200, AdminAgentList)
    expect(agents.map(({ name }) => name)).toEqual(client.agents_created.toSorted())
    for (const template of templates) {
      const reply = await app.admin.get(`${path}/${template.name}`)
      const agent = await expectReply(reply, 200, AdminAgentDetail)
      expect(agent).toMatchObject({ agent_type: template.agent_type, status: 'active' })
      expect(agent.config).toEqual(template.config)
    }
  },
)

test('two clients of a product type have agents of their own', async () => {
  const one = await provision({ name: 'client-one', product_type: 'desk' })
  const two = await provision({ name: 'client-two', product_type: 'desk' })
  const agentOf = (client: typeof one) => `/api/admin/tenants/${client.tenant_id}/agents/zulu`
  await app.admin.put(agentOf(one), { config: { system_prompt: 'Changed.' } })
  const other = await expectReply(await app.admin.get(agentOf(two)), 200, AdminAgentDetail)
  expect(other.config.system_prompt).toBe('You are Zulu.')
})

test('with an existing name it is a conflict and nothing at all was created', async () => {
  await app.tenant('taken')
  const before = await tableCounts(app)
  const reply = await app.admin.post(PATH, { ...BODY, name: 'taken' })
  const { error } = await expectRefusal(reply, 409, 'conflict')
  expect(error).toBe('A tenant with this name exists.')
  expect(await tableCounts(app)).toEqual(before)
})

test('with an unknown product type it is invalid and nothing at all was created', async () => {
  const values = ['casino', 'Kasino', '', ' kasino', 'x'.repeat(200), 5, null, ['kasino'], {}]
  await expectFieldRefused(app, endpoint, 'product_type', values)
  const reply = await app.admin.post(PATH, { ...endpoint.body, product_type: 'casino' })
  expect((await expectRefusal(reply, 422, 'invalid')).error).toContain('generic, kasino, ehb, desk')
})

test('of many at once with one name, one passes and the others leave nothing behind', async () => {
  const before = await tableCounts(app)
  const body = { ...BODY, name: 'raced', product_type: 'desk' }
  const replies = await Promise.all(Array.from({ length: 8 }, () => app.admin.post(PATH, body)))
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(replies.filter(({ status }) => status === 409)).toHaveLength(7)
  const after = await tableCounts(app)
  expect(after).toEqual({
    ...before,
    tenants: before['tenants']! + 1,
    agents: before['agents']! + 2,
    agent_stats: before['agent_stats']! + 2,
    api_keys: before['api_keys']! + 1,
    audit_log: before['audit_log']! + 4,
  })
})

test('the name of a deleted client is free', async () => {
  const client = await provision({ name: 'again' })
  await app.admin.delete(`/api/admin/tenants/${client.tenant_id}`)
  expect((await provision({ name: 'again' })).tenant_id).not.toBe(client.tenant_id)
})

test('strangers are refused, whatever they send', () => expectStrangersRefused(app, endpoint))

test('a body that is no JSON object of this shape is refused', () =>
  expectBodiesRefused(app, endpoint))

test('name, tier and label are held to their rules', async () => {
  await expectFieldRefused(app, endpoint, 'name', ['', 'Acme', 'a_b', 'x'.repeat(64), 5, null, []])
  await expectFieldRefused(app, endpoint, 'tier', ['gold', 'PRO', 1, null, {}])
  const labels = ['', 'x'.repeat(101), 'a\nb', '\u0000', '\u0085', 5, null, ['production']]
  await expectFieldRefused(app, endpoint, 'api_key_name', labels)
})

test('each missing field is named', async () => {
  const { details } = await expectRefusal(await app.admin.post(PATH, {}), 422, 'invalid')
  expect(details?.map(({ path }) => path)).toEqual([
    '/name',
    '/tier',
    '/product_type',
    '/api_key_name',
  ])
})

test('other methods are refused', () => expectMethodsRefused(app, PATH, 'POST'))
