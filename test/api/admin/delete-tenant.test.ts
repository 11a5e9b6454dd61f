import { expect, test } from 'bun:test'
import { PlatformStats } from '../../../src/platform/admin-routes.ts'
import { expectEmpty, expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { answer, heldBack } from '../../scripted-replies.ts'
import { expectTotalsMatch } from '../totals.ts'
import {
  auditEntries,
  expectStrangersRefused,
  expectTenantsNotThere,
  UNKNOWN_ID,
} from './refusals.ts'

const app = await startApp()
app.provider.reply(answer({ usage: { input: 30, output: 12 } }))

async function stats() {
  return expectReply(await app.admin.get('/api/admin/stats'), 200, PlatformStats)
}

test('a deleted tenant is gone from everywhere but the platform’s statistics', async () => {
  const acme = await app.tenant('acme-corp', { agents: ['risk', 'other'] })
  await acme.run('risk')
  const before = await stats()
  expect(before).toMatchObject({ total_tenants: 1, total_agents: 2, total_runs_today: 1 })

  await expectEmpty(await app.admin.delete(`/api/admin/tenants/${acme.id}`), 204)

  expect(await stats()).toEqual({ ...before, total_tenants: 0, total_agents: 0 })
  expect(await (await app.admin.get('/api/admin/tenants')).json()).toEqual({ tenants: [] })
  expect(await (await app.admin.get('/api/admin/agents')).json()).toEqual({ agents: [] })
  for (const rest of ['', '/api-keys', '/agents', '/agents/risk', '/usage', '/usage/daily']) {
    const reply = await app.admin.get(`/api/admin/tenants/${acme.id}${rest}`)
    await expectRefusal(reply, 404, 'not_found')
  }
  expect(await expectTotalsMatch(app)).toBe(1)
})

test('its keys die at once, all of them', async () => {
  const tenant = await app.tenant('many-keys')
  const second = await tenant.post('/v1/api-keys', { name: 'second' })
  const { secret } = (await second.json()) as { secret: string }
  await app.admin.delete(`/api/admin/tenants/${tenant.id}`)
  for (const key of [tenant.secret, secret]) {
    const headers = { authorization: `Bearer ${key}` }
    const reply = await app.fetch('/v1/usage', { headers })
    expect(reply.headers.get('www-authenticate')).toBe('Bearer')
    await expectRefusal(reply, 401, 'unauthorized')
  }
})

test('what runs already finishes, and its usage stays', async () => {
  const tenant = await app.tenant('runner', { agents: ['risk'] })
  const before = await stats()
  const held = heldBack(answer({ usage: { input: 4, output: 3 } }))
  app.provider.enqueue(held.reply)
  const asked = app.provider.requests.length
  const running = tenant.run('risk')
  await app.provider.received(asked + 1)
  await expectEmpty(await app.admin.delete(`/api/admin/tenants/${tenant.id}`), 204)
  held.letGo()
  expect(await (await running).json()).toMatchObject({ status: 'completed', tokens_used: 7 })
  expect(await stats()).toMatchObject({
    total_runs_today: before.total_runs_today + 1,
    total_tokens_today: before.total_tokens_today + 7,
  })
  await expectTotalsMatch(app)
})

test('the log has one entry', async () => {
  const tenant = await app.tenant('logged', { agents: ['risk'] })
  const before = (await auditEntries(app)).length
  await app.admin.delete(`/api/admin/tenants/${tenant.id}`)
  expect((await auditEntries(app)).slice(before)).toEqual([
    {
      action: 'tenant.deleted',
      actor: 'admin',
      details: { tenant_id: tenant.id, tenant_name: 'logged' },
      timestamp: '2026-03-13T14:22:00.250Z',
    },
  ])
})

test('a suspended tenant can be deleted', async () => {
  const tenant = await app.tenant('asleep')
  await app.admin.patch(`/api/admin/tenants/${tenant.id}`, { status: 'suspended' })
  await expectEmpty(await app.admin.delete(`/api/admin/tenants/${tenant.id}`), 204)
  await expectRefusal(await tenant.get('/v1/usage'), 401, 'unauthorized')
})

test('strangers are refused', () =>
  expectStrangersRefused(app, { method: 'DELETE', path: `/api/admin/tenants/${UNKNOWN_ID}` }))

test('tenants that cannot exist, do not exist or are deleted are the same 404', () =>
  expectTenantsNotThere(app, (id) => ({ method: 'DELETE', path: `/api/admin/tenants/${id}` })))
