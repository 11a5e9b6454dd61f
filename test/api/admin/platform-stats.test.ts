import { expect, test } from 'bun:test'
import { PlatformStats } from '../../../src/platform/admin-routes.ts'
import { expectReply } from '../../expect-reply.ts'
import { startApp, type TestApp } from '../../harness.ts'
import { status } from '../../scripted-faults.ts'
import { answer } from '../../scripted-replies.ts'
import { expectHeadMatches, expectMethodsRefused, expectStrangersRefused } from './refusals.ts'

const PATH = '/api/admin/stats'
const QUOTA = `
[tiers.free]
runs_per_month = 10
`

const stats = async (app: TestApp) => expectReply(await app.admin.get(PATH), 200, PlatformStats)

test('an empty platform has zeros', async () => {
  expect(await stats(await startApp())).toEqual({
    total_tenants: 0,
    total_agents: 0,
    total_runs_today: 0,
    total_tokens_today: 0,
    active_alerts: 0,
  })
})

test('living tenants and agents and what all have spent today are counted', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme', { agents: ['risk', 'gone'] })
  const globex = await app.tenant('globex', { agents: ['risk'] })
  app.provider.reply(answer({ usage: { input: 30, output: 12 } }))
  await acme.run('risk')
  await acme.run('gone')
  await globex.run('risk')
  const messages = [{ role: 'user', content: 'Hello' }]
  await globex.post('/v1/chat', { model: 'm-plain', messages })
  app.provider.enqueue(status(500))
  await globex.run('risk')
  await app.admin.delete(`/api/admin/tenants/${acme.id}/agents/gone`)
  await app.admin.patch(`/api/admin/tenants/${globex.id}`, { status: 'suspended' })
  expect(await stats(app)).toEqual({
    total_tenants: 2,
    total_agents: 2,
    total_runs_today: 5,
    total_tokens_today: 168,
    active_alerts: 0,
  })
  await app.admin.delete(`/api/admin/tenants/${globex.id}`)
  expect(await stats(app)).toMatchObject({
    total_tenants: 1,
    total_agents: 1,
    total_runs_today: 5,
    total_tokens_today: 168,
  })
})

test('today is the UTC day', async () => {
  const app = await startApp({ now: '2028-02-28T23:59:59.999Z' })
  const acme = await app.tenant('acme', { agents: ['risk'] })
  await acme.run('risk')
  expect(await stats(app)).toMatchObject({ total_runs_today: 1, total_tokens_today: 19 })
  app.clock.advance(1)
  expect(await stats(app)).toMatchObject({ total_runs_today: 0, total_tokens_today: 0 })
  await acme.run('risk')
  await acme.run('risk')
  expect(await stats(app)).toMatchObject({ total_runs_today: 2, total_tokens_today: 38 })
  app.clock.set('2028-02-28T12:00:00.000Z')
  expect(await stats(app)).toMatchObject({ total_runs_today: 1, total_tokens_today: 19 })
})

test('active_alerts are the unresolved ones', async () => {
  const app = await startApp({ config: QUOTA })
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  for (let run = 0; run < 9; run++) await acme.run('risk')
  expect((await stats(app)).active_alerts).toBe(2)
  const { alerts } = (await (await app.admin.get('/api/admin/alerts')).json()) as {
    alerts: { id: string }[]
  }
  await app.admin.post(`/api/admin/alerts/${alerts[0]!.id}/resolve`)
  expect((await stats(app)).active_alerts).toBe(1)
  await app.admin.post(`/api/admin/alerts/${alerts[0]!.id}/resolve`)
  expect((await stats(app)).active_alerts).toBe(1)
})

test('strangers are refused', async () =>
  expectStrangersRefused(await startApp(), { method: 'GET', path: PATH }))

test('other methods are refused', async () =>
  expectMethodsRefused(await startApp(), PATH, 'GET, HEAD'))

test('HEAD equals GET without body', async () => expectHeadMatches(await startApp(), PATH))
