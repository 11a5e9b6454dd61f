import { expect, test } from 'bun:test'
import { Tenant } from '../../../src/tenants/schema.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { answer, heldBack } from '../../scripted-replies.ts'
import {
  auditEntries,
  expectBodiesRefused,
  expectFieldRefused,
  expectStrangersRefused,
  expectTenantsNotThere,
} from './refusals.ts'

const app = await startApp()
const acme = await app.tenant('acme-corp', { tier: 'pro', agents: ['risk'] })
const path = `/api/admin/tenants/${acme.id}`
const endpoint = { method: 'PATCH', path, body: { status: 'suspended' } }

test('a suspended tenant is refused at once, until it is active again', async () => {
  const suspended = await expectReply(
    await app.admin.patch(path, { status: 'suspended' }),
    200,
    Tenant,
  )
  expect(suspended).toEqual({
    id: acme.id,
    name: 'acme-corp',
    tier: 'pro',
    status: 'suspended',
    created_at: '2026-03-13T14:22:00Z',
  })
  for (const reply of [
    await acme.get('/v1/agents'),
    await acme.get('/v1/usage'),
    await acme.get('/v1/nothing-here'),
    await acme.run('risk'),
    await acme.post('/v1/chat', '{'),
  ]) {
    await expectRefusal(reply, 403, 'tenant_suspended')
  }
  expect(app.provider.requests).toHaveLength(0)

  const active = await expectReply(await app.admin.patch(path, { status: 'active' }), 200, Tenant)
  expect(active).toEqual({ ...suspended, status: 'active' })
  expect((await acme.run('risk')).status).toBe(200)
})

test('the log has each change', async () => {
  await app.admin.patch(path, { status: 'suspended' })
  await app.admin.patch(path, { status: 'active' })
  const entry = {
    action: 'tenant.updated',
    actor: 'admin',
    timestamp: '2026-03-13T14:22:00.250Z',
  }
  const details = { tenant_id: acme.id, tenant_name: 'acme-corp' }
  expect((await auditEntries(app)).slice(-2)).toEqual([
    { ...entry, details: { ...details, status: 'suspended' } },
    { ...entry, details: { ...details, status: 'active' } },
  ])
})

test('what runs already finishes and is metered', async () => {
  const held = heldBack(answer({ usage: { input: 5, output: 5 } }))
  app.provider.enqueue(held.reply)
  const asked = app.provider.requests.length
  const running = acme.run('risk')
  await app.provider.received(asked + 1)
  await app.admin.patch(path, { status: 'suspended' })
  held.letGo()
  const reply = await running
  expect(reply.status).toBe(200)
  expect(await reply.json()).toMatchObject({ status: 'completed', tokens_used: 10 })
  expect((await acme.run('risk')).status).toBe(403)
  await app.admin.patch(path, { status: 'active' })
})

test('other tenants work on', async () => {
  const other = await app.tenant('globex', { agents: ['risk'] })
  await app.admin.patch(path, { status: 'suspended' })
  expect((await other.run('risk')).status).toBe(200)
  await app.admin.patch(path, { status: 'active' })
})

test('strangers are refused, whatever they send', () => expectStrangersRefused(app, endpoint))

test('a body that is no JSON object of this shape is refused', () =>
  expectBodiesRefused(app, endpoint))

test('a status that is none is refused where it stands', () =>
  expectFieldRefused(app, endpoint, 'status', [
    '',
    'deleted',
    'paused',
    'Active',
    true,
    null,
    ['active'],
    undefined,
  ]))

test('only the status can be changed here', async () => {
  for (const field of ['name', 'tier', 'id', 'created_at']) {
    const body = { status: 'active', [field]: 'free' }
    await expectRefusal(await app.admin.patch(path, body), 422, 'invalid', `/${field}`)
  }
})

test('tenants that cannot exist, do not exist or are deleted are the same 404', () =>
  expectTenantsNotThere(app, (id) => ({ ...endpoint, path: `/api/admin/tenants/${id}` })))
