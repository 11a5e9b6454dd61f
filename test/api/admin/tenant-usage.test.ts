import { expect, test } from 'bun:test'
import { TenantUsage } from '../../../src/usage/schema.ts'
import { expectReply } from '../../expect-reply.ts'
import { startApp, type TestTenant } from '../../harness.ts'
import { status } from '../../scripted-faults.ts'
import { answer } from '../../scripted-replies.ts'
import {
  expectHeadMatches,
  expectMethodsRefused,
  expectStrangersRefused,
  expectTenantsNotThere,
} from './refusals.ts'

const LIMITS = `
[tiers.dev]
runs_per_month = 50
`
const app = await startApp({ config: LIMITS })
const acme = await app.tenant('acme-corp', { tier: 'pro', agents: ['risk', 'gone'] })
const path = `/api/admin/tenants/${acme.id}/usage`
const CHAT = { model: 'm-tools', messages: [{ role: 'user', content: 'Hello' }] }

const usageOf = async ({ id }: Pick<TestTenant, 'id'> = acme) =>
  expectReply(await app.admin.get(`/api/admin/tenants/${id}/usage`), 200, TenantUsage)

test('the month’s runs and tokens stand beside their quotas', async () => {
  const fresh = await usageOf()
  expect(fresh).toEqual({
    tenant_id: acme.id,
    tenant_name: 'acme-corp',
    tier: 'pro',
    period_start: '2026-03-01T00:00:00Z',
    period_end: '2026-03-31T23:59:59Z',
    total_runs: 0,
    total_tokens: 0,
    quota_runs: 100_000,
    quota_tokens: 10_000_000,
  })

  app.provider.reply(answer({ usage: { input: 30, output: 12 } }))
  await acme.run('risk')
  await acme.run('gone')
  await acme.post('/v1/chat', CHAT)
  await (await acme.post('/v1/chat/stream', CHAT)).text()
  app.provider.enqueue(status(500))
  await acme.run('risk')
  await app.admin.delete(`/api/admin/tenants/${acme.id}/agents/gone`)
  expect(await usageOf()).toEqual({ ...fresh, total_runs: 5, total_tokens: 168 })
})

test('what is refused before it starts is no run', async () => {
  const before = await usageOf()
  await acme.run('nobody')
  await acme.post('/v1/agents/risk/run', '{')
  await acme.post('/v1/chat', { ...CHAT, model: 'm-keyless' })
  expect(await usageOf()).toEqual(before)
})

test('a quota without limit is null', async () => {
  const free = await app.tenant('unlimited', { tier: 'enterprise' })
  expect(await usageOf(free)).toMatchObject({ quota_runs: null, quota_tokens: null })
  const dev = await app.tenant('half-limited', { tier: 'dev' })
  expect(await usageOf(dev)).toMatchObject({ tier: 'dev', quota_runs: 50, quota_tokens: null })
  const { id } = await app.tenant('small', { tier: 'free' })
  expect(await usageOf({ id })).toMatchObject({ quota_runs: 1000, quota_tokens: 100_000 })
})

test('the quotas are those of the tier the tenant has now', async () => {
  const tenant = await app.tenant('changer', { tier: 'free' })
  await app.admin.put(`/api/admin/tenants/${tenant.id}/quota`, { tier: 'pro' })
  expect(await usageOf(tenant)).toMatchObject({ tier: 'pro', quota_runs: 100_000 })
})

test.each([
  ['2026-02-28T23:59:59.999Z', '2026-02-01T00:00:00Z', '2026-02-28T23:59:59Z'],
  ['2026-03-01T00:00:00.000Z', '2026-03-01T00:00:00Z', '2026-03-31T23:59:59Z'],
  ['2028-02-29T12:00:00.000Z', '2028-02-01T00:00:00Z', '2028-02-29T23:59:59Z'],
  ['2026-12-31T23:59:59.999Z', '2026-12-01T00:00:00Z', '2026-12-31T23:59:59Z'],
  ['2027-01-01T00:00:00.000Z', '2027-01-01T00:00:00Z', '2027-01-31T23:59:59Z'],
  ['2100-02-28T12:00:00.000Z', '2100-02-01T00:00:00Z', '2100-02-28T23:59:59Z'],
])('at %s the period is %s to %s', async (now, period_start, period_end) => {
  const own = await startApp({ now })
  const tenant = await own.tenant('acme-corp', { agents: ['risk'] })
  await tenant.run('risk')
  const reply = await own.admin.get(`/api/admin/tenants/${tenant.id}/usage`)
  expect(await expectReply(reply, 200, TenantUsage)).toMatchObject({
    period_start,
    period_end,
    total_runs: 1,
  })
})

test('a new month starts from zero, and a run counts where it started', async () => {
  const own = await startApp({ now: '2026-03-31T23:59:59.900Z' })
  const tenant = await own.tenant('acme-corp', { agents: ['risk'] })
  own.provider.enqueue(() => {
    own.clock.advance(200)
    return answer({ usage: { input: 3, output: 4 } })
  })
  await tenant.run('risk')
  const ask = async () =>
    expectReply(await own.admin.get(`/api/admin/tenants/${tenant.id}/usage`), 200, TenantUsage)
  expect(await ask()).toMatchObject({
    period_start: '2026-04-01T00:00:00Z',
    total_runs: 0,
    total_tokens: 0,
  })
  own.clock.set('2026-03-31T23:59:59.999Z')
  expect(await ask()).toMatchObject({ total_runs: 1, total_tokens: 7 })
})

test('strangers are refused', () => expectStrangersRefused(app, { method: 'GET', path }))

test('tenants that cannot exist, do not exist or are deleted are the same 404', () =>
  expectTenantsNotThere(app, (id) => ({ method: 'GET', path: `/api/admin/tenants/${id}/usage` })))

test('other methods are refused', () => expectMethodsRefused(app, path, 'GET, HEAD'))

test('HEAD equals GET without body', () => expectHeadMatches(app, path))
