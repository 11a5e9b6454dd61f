import { expect, test } from 'bun:test'
import { Overview } from '../../../src/platform/overview.ts'
import { expectReply } from '../../expect-reply.ts'
import { startApp, type TestApp } from '../../harness.ts'
import { status } from '../../scripted-faults.ts'
import { answer, heldBack } from '../../scripted-replies.ts'
import { storeRuns } from '../listed-runs.ts'
import { expectHeadMatches, expectMethodsRefused, expectStrangersRefused } from './refusals.ts'

const PATH = '/api/admin/overview'
const overview = async (app: TestApp) => expectReply(await app.admin.get(PATH), 200, Overview)
const NONE = { runs: 0, failed_runs: 0, tokens: 0, cost_micro_usd: 0 }

const SWITCHED_OFF = `
[[providers]]
name = "later"
type = "openai"
enabled = false
base_url = "http://192.0.2.1/v1"
api_key = "sk-later"
[[providers.models]]
id = "m-later"
context_length = 5
`

test('an empty platform has zeros, no latency, and its providers', async () => {
  const state = {
    available: true,
    enabled: true,
    healthy: true,
    state: 'never_called',
    recent_calls: 0,
    recent_failures: 0,
    models: 1,
    open_alert_id: null,
  } as const
  expect(await overview(await startApp({ config: SWITCHED_OFF }))).toEqual({
    today: NONE,
    month: NONE,
    latency: {
      runs: 0,
      p50_ms: null,
      p95_ms: null,
      overhead_p50_ms: null,
      overhead_p95_ms: null,
    },
    open_alerts: 0,
    running: 0,
    top_tenants: [],
    providers: [
      { ...state, name: 'scripted', type: 'openai', models: 2 },
      { ...state, name: 'scripted-claude', type: 'anthropic' },
      { ...state, name: 'scripted-gemini', type: 'gemini' },
      { ...state, name: 'scripted-responses', type: 'openai' },
      { ...state, name: 'keyless', type: 'openai', available: false, healthy: false },
      { ...state, name: 'demo', type: 'demo' },
      { ...state, name: 'later', type: 'openai', enabled: false, healthy: false },
    ],
  })
})

test('today and the last 30 days are added up, failures and money included', async () => {
  const app = await startApp({ now: '2026-03-01T12:00:00Z' })
  const acme = await app.tenant('acme-corp', { agents: ['risk'] })
  app.provider.reply(answer({ usage: { input: 1000, output: 100 } }))
  await acme.run('risk')
  app.clock.set('2026-03-30T12:00:00Z')
  app.provider.enqueue(status(500))
  await acme.run('risk')
  await acme.run('risk')
  const today = { runs: 2, failed_runs: 1, tokens: 1100, cost_micro_usd: 3000 }
  expect(await overview(app)).toMatchObject({
    today,
    month: { runs: 3, failed_runs: 1, tokens: 2200, cost_micro_usd: 6000 },
    top_tenants: [{ tenant_id: acme.id, tenant_name: 'acme-corp', runs: 3, tokens: 2200 }],
  })
  // What happens now is told at once, and the first of the month has left the 30 days a day later.
  await acme.run('risk')
  expect(await overview(app)).toMatchObject({ today: { runs: 3 }, month: { runs: 4 } })
  app.clock.set('2026-03-31T00:00:00Z')
  expect(await overview(app)).toMatchObject({ today: NONE, month: { runs: 3 } })
})

test('days that are over may be a minute old', async () => {
  const app = await startApp({ now: '2026-03-13T14:22:00Z' })
  const acme = await app.tenant('acme-corp')
  expect((await overview(app)).month.runs).toBe(0)
  await storeRuns(app, { tenantId: acme.id, count: 3, from: '2026-03-12' })
  app.clock.advance(60_000)
  expect((await overview(app)).month.runs).toBe(3)
})

test('the five tenants with most runs come first', async () => {
  const app = await startApp({ now: '2026-03-13T14:22:00Z' })
  for (const [index, count] of [3, 6, 1, 5, 2, 4].entries()) {
    const { id: tenantId } = await app.tenant(`tenant-${index}`)
    await storeRuns(app, { tenantId, count, from: `2026-03-0${index + 1}` })
  }
  const { top_tenants } = await overview(app)
  expect(top_tenants.map(({ tenant_name, runs }) => [tenant_name, runs])).toEqual([
    ['tenant-1', 6],
    ['tenant-3', 5],
    ['tenant-5', 4],
    ['tenant-0', 3],
    ['tenant-4', 2],
  ])
})

test('latency is that of the completed among the newest thousand', async () => {
  const app = await startApp({ now: '2026-03-13T14:22:00Z' })
  const { id: tenantId } = await app.tenant('acme-corp')
  const stored = { tenantId, from: '2026-03-12' }
  await storeRuns(app, { ...stored, count: 50, columns: { duration_ms: 90_000 } })
  const slow = { duration_ms: 900, overhead_ms: 9 }
  await storeRuns(app, { ...stored, from: '2026-03-13T00:00:00Z', count: 100, columns: slow })
  await storeRuns(app, { ...stored, from: '2026-03-13T01:00:00Z', count: 890 })
  const failed = { status: 'failed', duration_ms: 50_000 }
  await storeRuns(app, { ...stored, from: '2026-03-13T02:00:00Z', count: 10, columns: failed })
  expect((await overview(app)).latency).toEqual({
    runs: 990,
    p50_ms: 100,
    p95_ms: 900,
    overhead_p50_ms: 1,
    overhead_p95_ms: 9,
  })
})

test('a provider with an open alert is not healthy, and running runs are counted', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme-corp', { agents: ['risk'] })
  app.provider.reply(status(500))
  for (let call = 0; call < 5; call++) await acme.run('risk')
  const { alerts } = (await (await app.admin.get('/api/admin/alerts')).json()) as {
    alerts: { id: string }[]
  }
  const told = await overview(app)
  expect(told).toMatchObject({ open_alerts: 1, running: 0 })
  expect(told.providers[0]).toMatchObject({ healthy: false, open_alert_id: alerts[0]!.id })

  const held = heldBack()
  app.provider.reply(held.reply)
  const asked = app.provider.requests.length
  const running = acme.run('risk')
  await app.provider.received(asked + 1)
  expect((await overview(app)).running).toBe(1)
  held.letGo()
  await running
  const after = await overview(app)
  expect(after).toMatchObject({ open_alerts: 0, running: 0 })
  expect(after.providers[0]).toMatchObject({ healthy: true, open_alert_id: null })
})

test('strangers are refused', async () =>
  expectStrangersRefused(await startApp(), { method: 'GET', path: PATH }))

test('other methods are refused', async () =>
  expectMethodsRefused(await startApp(), PATH, 'GET, HEAD'))

test('HEAD equals GET without body', async () => expectHeadMatches(await startApp(), PATH))
