import { expect, test } from 'bun:test'
import { AlertList } from '../../../src/alerts/schema.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp, type TestApp, type TestTenant } from '../../harness.ts'
import { status } from '../../scripted-faults.ts'
import { answer } from '../../scripted-replies.ts'
import {
  expectHeadMatches,
  expectIntegersRefused,
  expectMethodsRefused,
  expectStrangersRefused,
} from './refusals.ts'

const PATH = '/api/admin/alerts'
const QUOTAS = `
[tiers.free]
tokens_per_month = 1000
[tiers.dev]
runs_per_month = 10
[tiers.pro]
runs_per_month = 3
tokens_per_month = 300
`
const app = await startApp({ config: QUOTAS })

async function alerts(query = '', on: TestApp = app) {
  return (await expectReply(await on.admin.get(PATH + query), 200, AlertList)).alerts
}

/** The tenant's alerts, oldest first, as `severity: message`. */
async function alertsOf({ id }: TestTenant, on: TestApp = app): Promise<string[]> {
  const all = await alerts('?limit=1000', on)
  const own = all.filter(({ tenant_id }) => tenant_id === id)
  return own.map(({ severity, message }) => `${severity}: ${message}`).toReversed()
}

/** One run that uses so many tokens. */
async function spend(tenant: TestTenant, tokens: number, on: TestApp = app): Promise<void> {
  on.provider.enqueue(answer({ usage: { input: tokens, output: 0 } }))
  expect((await tenant.run('risk')).status).toBe(200)
}

test('an alert says who, what and when', async () => {
  const tenant = await app.tenant('acme-corp', { tier: 'free', agents: ['risk'] })
  await spend(tenant, 925)
  const [alert] = await alerts()
  expect(alert).toEqual({
    id: alert!.id,
    severity: 'critical',
    message: 'Tenant acme-corp approaching token quota (92%)',
    tenant_id: tenant.id,
    created_at: '2026-03-13T14:22:00Z',
    resolved: false,
    resolved_at: null,
  })
})

test('tokens: a warning at 80 %, critical at 90 % and at 100 %, each once', async () => {
  const tenant = await app.tenant('token-user', { tier: 'free', agents: ['risk'] })
  await spend(tenant, 799)
  expect(await alertsOf(tenant)).toEqual([])
  await spend(tenant, 1)
  const raised = ['warning: Tenant token-user approaching token quota (80%)']
  expect(await alertsOf(tenant)).toEqual(raised)
  await spend(tenant, 99)
  expect(await alertsOf(tenant)).toEqual(raised)
  await spend(tenant, 1)
  raised.push('critical: Tenant token-user approaching token quota (90%)')
  expect(await alertsOf(tenant)).toEqual(raised)
  await spend(tenant, 99)
  expect(await alertsOf(tenant)).toEqual(raised)
  await spend(tenant, 1)
  raised.push('critical: Tenant token-user reached its token quota (100%)')
  expect(await alertsOf(tenant)).toEqual(raised)
  expect((await tenant.run('risk')).status).toBe(429)
  expect(await alertsOf(tenant)).toEqual(raised)
})

test('runs: the same thresholds, failed runs included', async () => {
  const tenant = await app.tenant('run-user', { tier: 'dev', agents: ['risk'] })
  for (let run = 0; run < 7; run++) await spend(tenant, 1)
  expect(await alertsOf(tenant)).toEqual([])
  app.provider.enqueue(status(500))
  await tenant.run('risk')
  await spend(tenant, 1)
  await spend(tenant, 1)
  expect(await alertsOf(tenant)).toEqual([
    'warning: Tenant run-user approaching run quota (80%)',
    'critical: Tenant run-user approaching run quota (90%)',
    'critical: Tenant run-user reached its run quota (100%)',
  ])
})

test('a jump raises only the highest threshold; an overshoot is 100 %', async () => {
  const high = await app.tenant('jumper', { tier: 'free', agents: ['risk'] })
  await spend(high, 999)
  expect(await alertsOf(high)).toEqual(['critical: Tenant jumper approaching token quota (99%)'])
  const over = await app.tenant('overshooter', { tier: 'free', agents: ['risk'] })
  await spend(over, 5000)
  expect(await alertsOf(over)).toEqual([
    'critical: Tenant overshooter reached its token quota (100%)',
  ])
})

test('both quotas have alerts of their own', async () => {
  const tenant = await app.tenant('both', { tier: 'pro', agents: ['risk'] })
  await spend(tenant, 1)
  await spend(tenant, 1)
  await spend(tenant, 298)
  expect((await alertsOf(tenant)).toSorted()).toEqual([
    'critical: Tenant both reached its run quota (100%)',
    'critical: Tenant both reached its token quota (100%)',
  ])
})

test('of many runs at once, each threshold is raised once', async () => {
  const tenant = await app.tenant('crowd', { tier: 'dev', agents: ['risk'] })
  await Promise.all(Array.from({ length: 20 }, () => tenant.run('risk')))
  const raised = await alertsOf(tenant)
  expect(new Set(raised).size).toBe(raised.length)
  expect(raised.at(-1)).toBe('critical: Tenant crowd reached its run quota (100%)')
})

test('a resolved alert is not raised again in its month, but in the next', async () => {
  const own = await startApp({ config: QUOTAS })
  const tenant = await own.tenant('acme-corp', { tier: 'free', agents: ['risk'] })
  await spend(tenant, 850, own)
  const [alert] = await alerts('', own)
  await own.admin.post(`${PATH}/${alert!.id}/resolve`)
  await spend(tenant, 10, own)
  expect(await alerts('', own)).toHaveLength(1)
  own.clock.set('2026-04-01T00:00:00.000Z')
  await spend(tenant, 850, own)
  expect(await alertsOf(tenant, own)).toEqual([
    'warning: Tenant acme-corp approaching token quota (85%)',
    'warning: Tenant acme-corp approaching token quota (85%)',
  ])
  expect((await alerts('', own))[0]?.created_at).toBe('2026-04-01T00:00:00Z')
})

test('a tenant without limits has no alerts', async () => {
  const tenant = await app.tenant('unlimited', { agents: ['risk'] })
  await spend(tenant, 1_000_000_000)
  expect(await alertsOf(tenant)).toEqual([])
})

test('a provider that fails five calls in a row is critical, until a call succeeds', async () => {
  const own = await startApp({ now: '2026-03-13T14:22:00.250Z' })
  const tenant = await own.tenant('acme-corp', { agents: ['risk'] })
  own.provider.reply(status(500))
  for (let call = 0; call < 4; call++) await tenant.run('risk')
  own.provider.enqueue(answer())
  await tenant.run('risk')
  for (let call = 0; call < 4; call++) await tenant.run('risk')
  expect(await alerts('', own)).toEqual([])
  await tenant.run('risk')
  const [raised] = await alerts('', own)
  expect(raised).toEqual({
    id: raised!.id,
    severity: 'critical',
    message: 'Provider scripted failed 5 calls in a row',
    tenant_id: null,
    created_at: '2026-03-13T14:22:00Z',
    resolved: false,
    resolved_at: null,
  })
  await tenant.run('risk')
  expect(await alerts('', own)).toHaveLength(1)

  // Another provider that works says nothing about this one.
  const claude = { model: 'm-claude', messages: [{ role: 'user', content: 'Hello' }] }
  own.provider.enqueue(answer())
  expect((await tenant.post('/v1/chat', claude)).status).toBe(200)
  expect((await alerts('', own))[0]?.resolved).toBe(false)

  own.clock.advance(60_000)
  own.provider.reply(answer())
  await tenant.run('risk')
  expect(await alerts('', own)).toEqual([
    { ...raised!, resolved: true, resolved_at: '2026-03-13T14:23:00Z' },
  ])
  own.provider.reply(status(500))
  for (let call = 0; call < 5; call++) await tenant.run('risk')
  expect(await alerts('', own)).toHaveLength(2)
})

test('alerts are filtered by severity and resolution, newest first, a hundred without a wish', async () => {
  const own = await startApp({ config: QUOTAS })
  const tenant = await own.tenant('acme-corp', { tier: 'free', agents: ['risk'] })
  for (let month = 0; month < 101; month++) {
    own.clock.set(new Date(Date.UTC(2026, month, 5)).toISOString())
    await spend(tenant, month % 2 === 0 ? 850 : 950, own)
  }
  const all = await alerts('?limit=1000', own)
  expect(all).toHaveLength(101)
  expect(all.map(({ created_at }) => created_at)).toEqual(
    all.map(({ created_at }) => created_at).toSorted((a, b) => (a < b ? 1 : -1)),
  )
  expect(await alerts('', own)).toEqual(all.slice(0, 100))
  expect(await alerts('?limit=2', own)).toEqual(all.slice(0, 2))

  for (const { id } of all.slice(0, 10)) await own.admin.post(`${PATH}/${id}/resolve`)
  expect(await alerts('?severity=warning', own)).toHaveLength(51)
  expect(await alerts('?severity=critical', own)).toHaveLength(50)
  expect(await alerts('?severity=info', own)).toEqual([])
  expect(await alerts('?resolved=true', own)).toHaveLength(10)
  expect(await alerts('?resolved=false', own)).toHaveLength(91)
  const filtered = await alerts('?severity=critical&resolved=false&limit=3', own)
  expect(filtered.map(({ created_at }) => created_at)).toEqual([
    '2033-06-05T00:00:00Z',
    '2033-04-05T00:00:00Z',
    '2033-02-05T00:00:00Z',
  ])
})

test('alerts of one tenant, page by page, resolved ones included', async () => {
  const own = await startApp({ config: QUOTAS })
  const acme = await own.tenant('acme-corp', { tier: 'free', agents: ['risk'] })
  const globex = await own.tenant('globex', { tier: 'free', agents: ['risk'] })
  for (let month = 0; month < 5; month++) {
    own.clock.set(new Date(Date.UTC(2026, month, 5)).toISOString())
    // At the same moment, so that the ids have to decide.
    await spend(acme, 850, own)
    await spend(globex, 850, own)
  }
  const all = await alerts('', own)
  const ofAcme = all.filter(({ tenant_id }) => tenant_id === acme.id)
  await own.admin.post(`${PATH}/${ofAcme[2]!.id}/resolve`)
  expect(await alerts(`?tenant_id=${acme.id}&limit=2`, own)).toEqual(ofAcme.slice(0, 2))
  expect(await alerts(`?tenant_id=${acme.id}&resolved=true`, own)).toMatchObject([
    { id: ofAcme[2]!.id, resolved: true },
  ])

  const seen: string[] = []
  let [cursor, pages] = ['', 0]
  do {
    const reply = await own.admin.get(`${PATH}?limit=5${cursor}`)
    const page = await expectReply(reply, 200, AlertList)
    seen.push(...page.alerts.map(({ id }) => id))
    cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`
    pages++
  } while (cursor !== '')
  expect(seen).toEqual(all.map(({ id }) => id))
  expect(pages).toBe(2)
})

test.each([
  ['tenant_id=acme-corp', '/tenant_id'],
  ['cursor=', '/cursor'],
  ['cursor=2026-03-13', '/cursor'],
])('%s is refused', async (query, path) => {
  await expectRefusal(await app.admin.get(`${PATH}?${query}`), 422, 'invalid', path)
})

test.each([
  'severity=',
  'severity=Critical',
  'severity=fatal',
  'severity=critical,warning',
  'severity=critical&severity=warning',
])('%s is no severity', async (query) => {
  await expectRefusal(await app.admin.get(`${PATH}?${query}`), 422, 'invalid', '/severity')
})

test.each([
  'resolved=',
  'resolved=1',
  'resolved=0',
  'resolved=yes',
  'resolved=TRUE',
  'resolved=false%20',
  'resolved=true&resolved=true',
])('%s is neither true nor false', async (query) => {
  await expectRefusal(await app.admin.get(`${PATH}?${query}`), 422, 'invalid', '/resolved')
})

test('limit is a whole number from 1 to 1000', () =>
  expectIntegersRefused(app, PATH, 'limit', 1000))

test('strangers are refused', () => expectStrangersRefused(app, { method: 'GET', path: PATH }))

test('other methods are refused', () => expectMethodsRefused(app, PATH, 'GET, HEAD'))

test('HEAD equals GET without body', () => expectHeadMatches(app, PATH))
