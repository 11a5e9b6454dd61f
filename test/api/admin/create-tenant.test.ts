import { expect, test } from 'bun:test'
import { Tenant } from '../../../src/tenants/schema.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import {
  auditEntries,
  expectBodiesRefused,
  expectFieldRefused,
  expectMethodsRefused,
  expectStrangersRefused,
  statusesOf,
  tableCounts,
} from './refusals.ts'

const app = await startApp()
const PATH = '/api/admin/tenants'
const endpoint = { method: 'POST', path: PATH, body: { name: 'new-corp', tier: 'pro' } }

test('a tenant is created as asked, and the log says so', async () => {
  const before = await tableCounts(app)
  const reply = await app.admin.post(PATH, { name: 'acme-corp', tier: 'pro' })
  const tenant = await expectReply(reply, 201, Tenant)
  expect(tenant).toEqual({
    id: tenant.id,
    name: 'acme-corp',
    tier: 'pro',
    status: 'active',
    created_at: '2026-03-13T14:22:00Z',
  })
  expect((await auditEntries(app)).at(-1)).toEqual({
    action: 'tenant.created',
    actor: 'admin',
    details: { tenant_id: tenant.id, tenant_name: 'acme-corp', tier: 'pro' },
    timestamp: '2026-03-13T14:22:00.250Z',
  })
  const after = await tableCounts(app)
  expect(after).toEqual({
    ...before,
    tenants: before['tenants']! + 1,
    audit_log: before['audit_log']! + 1,
  })
})

test.each(['free', 'dev', 'pro', 'enterprise'])('%s is a tier', async (tier) => {
  const tenant = await expectReply(
    await app.admin.post(PATH, { name: `on-${tier}`, tier }),
    201,
    Tenant,
  )
  expect(tenant.tier).toBe(tier)
})

test.each(['a', '0', '2026', 'a-b-c', 'x'.repeat(63)])('%s is a name', async (name) => {
  const tenant = await expectReply(await app.admin.post(PATH, { name, tier: 'free' }), 201, Tenant)
  expect(tenant.name).toBe(name)
})

test('a name that a living tenant has is a conflict, also when both ask at once', async () => {
  const body = { name: 'twice', tier: 'free' }
  const replies = await Promise.all(Array.from({ length: 5 }, () => app.admin.post(PATH, body)))
  expect(statusesOf(replies)).toEqual([201, 409, 409, 409, 409])

  const before = await tableCounts(app)
  const reply = await app.admin.post(PATH, { ...body, tier: 'pro' })
  const { error } = await expectRefusal(reply, 409, 'conflict')
  expect(error).toBe('A tenant with this name exists.')
  expect(await tableCounts(app)).toEqual(before)
})

test('the name of a deleted tenant is free at once, for a new tenant without a past', async () => {
  const old = await app.tenant('phoenix', { agents: ['risk'] })
  await old.run('risk')
  expect((await app.admin.delete(`${PATH}/${old.id}`)).status).toBe(204)

  const reply = await app.admin.post(PATH, { name: 'phoenix', tier: 'free' })
  const { id } = await expectReply(reply, 201, Tenant)
  expect(id).not.toBe(old.id)
  expect(await (await app.admin.get(`${PATH}/${id}`)).json()).toMatchObject({
    agent_count: 0,
    api_key_count: 0,
    total_runs: 0,
    total_tokens: 0,
  })
  expect((await old.get('/v1/usage')).status).toBe(401)
})

test('strangers are refused, whatever they send', () => expectStrangersRefused(app, endpoint))

test('a body that is no JSON object of this shape is refused', () =>
  expectBodiesRefused(app, endpoint))

test('a body of exactly the largest size is taken', async () => {
  const padded = JSON.stringify({ name: 'padded', tier: 'free' }).padEnd(1_048_576)
  await expectReply(await app.admin.post(PATH, padded), 201, Tenant)
})

test('a name that is none is refused where it stands', async () => {
  const words = ['', 'Acme', 'acme_corp', 'acme corp', '-acme', 'acme-', 'a--b', 'acmé', 'acme\n']
  const values = [...words, 'x'.repeat(64), 5, null, true, [], {}, ['acme']]
  await expectFieldRefused(app, endpoint, 'name', values)
})

test('a tier that is none is refused where it stands', async () => {
  await expectFieldRefused(app, endpoint, 'tier', ['', 'gold', 'Pro', 'pro ', 0, null, ['pro'], {}])
})

test('each missing field is named', async () => {
  const { details } = await expectRefusal(await app.admin.post(PATH, {}), 422, 'invalid')
  expect(details).toEqual([
    { path: '/name', message: 'this field is required' },
    { path: '/tier', message: 'this field is required' },
  ])
})

test('fields that only the server sets are not taken', async () => {
  for (const field of ['id', 'status', 'created_at', '__proto__', 'constructor']) {
    const body = `{"name":"setter","tier":"free","${field}":"x"}`
    await expectRefusal(await app.admin.post(PATH, body), 422, 'invalid', `/${field}`)
  }
})

test('other methods are refused', () => expectMethodsRefused(app, PATH, 'GET, HEAD, POST'))
