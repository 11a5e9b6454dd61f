import { expect, test } from 'bun:test'
import { Tenant } from '../../../src/tenants/schema.ts'
import { expectReply } from '../../expect-reply.ts'
import { startApp, type TestApp, type TestTenant } from '../../harness.ts'
import { answer } from '../../scripted-replies.ts'
import {
  auditEntries,
  expectBodiesRefused,
  expectFieldRefused,
  expectMethodsRefused,
  expectStrangersRefused,
  expectTenantsNotThere,
} from './refusals.ts'

const LIMITS = `
[tiers.free]
runs_per_month = 10
tokens_per_month = 1000
requests_per_minute = 100
[tiers.dev]
runs_per_month = 20
tokens_per_month = 2000
requests_per_minute = 70
`
const app = await startApp({ config: LIMITS })
const acme = await app.tenant('acme-corp', { tier: 'free' })
const path = `/api/admin/tenants/${acme.id}/quota`

function changeTier(to: TestTenant, tier: string, on = app): Promise<Response> {
  return on.admin.put(`/api/admin/tenants/${to.id}/quota`, { tier })
}

/** The alerts of a tenant, oldest first, as `message` or `(message)` once resolved. */
async function alertsOf(on: TestApp, { id }: TestTenant): Promise<string[]> {
  const rows = await on.database.db
    .selectFrom('alerts')
    .select(['message', 'resolved_at'])
    .where('tenant_id', '=', id)
    .orderBy('id')
    .execute()
  return rows.map(({ message, resolved_at }) => (resolved_at === null ? message : `(${message})`))
}

test('the updated tenant comes back, and the log says so', async () => {
  app.clock.advance(3_600_000)
  const tenant = await expectReply(await changeTier(acme, 'enterprise'), 200, Tenant)
  expect(tenant).toEqual({
    id: acme.id,
    name: 'acme-corp',
    tier: 'enterprise',
    status: 'active',
    created_at: '2026-03-13T14:22:00Z',
  })
  expect((await auditEntries(app)).at(-1)).toEqual({
    action: 'tenant.quota_updated',
    actor: 'admin',
    details: { tenant_id: acme.id, tenant_name: 'acme-corp', tier: 'enterprise' },
    timestamp: '2026-03-13T15:22:00.250Z',
  })
})

test('a suspended tenant stays suspended on its new tier', async () => {
  const tenant = await app.tenant('sleeper', { tier: 'free' })
  await app.admin.patch(`/api/admin/tenants/${tenant.id}`, { status: 'suspended' })
  expect(await expectReply(await changeTier(tenant, 'dev'), 200, Tenant)).toMatchObject({
    tier: 'dev',
    status: 'suspended',
  })
})

test('the next request has the new quota', async () => {
  const tenant = await app.tenant('grower', { tier: 'free', agents: ['risk'] })
  app.provider.reply(answer({ usage: { input: 1, output: 0 } }))
  for (let run = 0; run < 10; run++) expect((await tenant.run('risk')).status).toBe(200)
  expect((await tenant.run('risk')).status).toBe(429)

  await changeTier(tenant, 'dev')
  const passed = await tenant.run('risk')
  expect(passed.status).toBe(200)
  expect(passed.headers.get('x-quota-runs-remaining')).toBe('9')

  await changeTier(tenant, 'free')
  const refused = await tenant.run('risk')
  expect(refused.status).toBe(429)
  expect(refused.headers.get('x-quota-runs-remaining')).toBe('0')
  expect(await refused.json()).toMatchObject({ code: 'quota_runs_exceeded' })
})

test('the next request has the new rate limit', async () => {
  const tenant = await app.tenant('hasty', { tier: 'free' })
  expect((await tenant.get('/v1/usage')).headers.get('x-ratelimit-limit')).toBe('100')
  await changeTier(tenant, 'dev')
  expect((await tenant.get('/v1/usage')).headers.get('x-ratelimit-limit')).toBe('70')
  await changeTier(tenant, 'enterprise')
  expect((await tenant.get('/v1/usage')).headers.has('x-ratelimit-limit')).toBe(false)
})

test('alerts that a larger tier makes untrue are resolved', async () => {
  const tenant = await app.tenant('upgrader', { tier: 'free', agents: ['risk'] })
  app.provider.reply(answer({ usage: { input: 600, output: 250 } }))
  await tenant.run('risk')
  expect(await alertsOf(app, tenant)).toEqual(['Tenant upgrader approaching token quota (85%)'])
  await changeTier(tenant, 'dev')
  expect(await alertsOf(app, tenant)).toEqual(['(Tenant upgrader approaching token quota (85%))'])
})

test('alerts that the new tier leaves true stay as they are', async () => {
  const tenant = await app.tenant('keeper', { tier: 'dev', agents: ['risk'] })
  app.provider.reply(answer({ usage: { input: 1700, output: 0 } }))
  await tenant.run('risk')
  app.provider.reply(answer({ usage: { input: 120, output: 0 } }))
  await tenant.run('risk')
  const raised = [
    'Tenant keeper approaching token quota (85%)',
    'Tenant keeper approaching token quota (91%)',
  ]
  expect(await alertsOf(app, tenant)).toEqual(raised)
  await changeTier(tenant, 'dev')
  expect(await alertsOf(app, tenant)).toEqual(raised)
})

test('a smaller tier raises what it makes true, only the highest threshold', async () => {
  const tenant = await app.tenant('downgrader', { tier: 'enterprise', agents: ['risk'] })
  app.provider.reply(answer({ usage: { input: 950, output: 0 } }))
  await tenant.run('risk')
  expect(await alertsOf(app, tenant)).toEqual([])
  await changeTier(tenant, 'free')
  expect(await alertsOf(app, tenant)).toEqual(['Tenant downgrader approaching token quota (95%)'])
})

test('strangers are refused, whatever they send', () =>
  expectStrangersRefused(app, { method: 'PUT', path, body: { tier: 'pro' } }))

test('a body that is no JSON object of this shape is refused', () =>
  expectBodiesRefused(app, { method: 'PUT', path, body: { tier: 'pro' } }))

test('a tier that is none is refused where it stands', () =>
  expectFieldRefused(app, { method: 'PUT', path, body: { tier: 'pro' } }, 'tier', [
    'gold',
    '',
    'PRO',
    1,
    null,
    ['pro'],
    undefined,
  ]))

test('tenants that cannot exist, do not exist or are deleted are the same 404', () =>
  expectTenantsNotThere(app, (id) => ({
    method: 'PUT',
    path: `/api/admin/tenants/${id}/quota`,
    body: { tier: 'pro' },
  })))

test('other methods are refused', () => expectMethodsRefused(app, path, 'PUT'))
