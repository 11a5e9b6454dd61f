import { expect, test } from 'bun:test'
import { reviewProviderAlerts } from '../../src/alerts/provider-health.ts'
import { startApp, type TestApp } from '../harness.ts'
import { status } from '../scripted-faults.ts'
import { answer } from '../scripted-replies.ts'

interface Alert {
  id: string
  message: string
  resolved: boolean
}

async function alerts(app: TestApp): Promise<Alert[]> {
  const reply = await app.admin.get('/api/admin/alerts')
  return ((await reply.json()) as { alerts: Alert[] }).alerts
}

async function failures(app: TestApp, count: number): Promise<void> {
  const acme = await app.tenant(`t-${Bun.randomUUIDv7()}`, { agents: ['risk'] })
  app.provider.reply(status(500))
  for (let i = 0; i < count; i++) await acme.run('risk')
}

const MESSAGE = 'Provider scripted failed 5 calls in a row'

test('a provider that goes on failing is reported again after an operator resolved the alert', async () => {
  const app = await startApp()
  await failures(app, 6)
  const [first] = await alerts(app)
  expect(first).toMatchObject({ message: MESSAGE, resolved: false })
  await app.admin.post(`/api/admin/alerts/${first!.id}/resolve`)
  await failures(app, 5)
  expect(await alerts(app)).toMatchObject([
    { message: MESSAGE, resolved: false },
    { message: MESSAGE, resolved: true },
  ])
})

test('what the server resolves is in the audit log too', async () => {
  const app = await startApp()
  await failures(app, 5)
  const acme = await app.tenant('acme', { agents: ['risk'] })
  app.provider.reply(answer())
  await acme.run('risk')
  const log = await (await app.admin.get('/api/admin/audit-log?limit=1')).json()
  expect(log).toMatchObject({
    entries: [{ action: 'alert.resolved', actor: 'system', details: { message: MESSAGE } }],
  })
})

test('at the start, alerts of providers that are configured no more are resolved', async () => {
  const app = await startApp()
  await failures(app, 5)
  const { db, writer } = app.database
  const deps = { db, writer, clock: app.clock, newId: () => Bun.randomUUIDv7() }
  expect(await reviewProviderAlerts(deps, ['scripted'])).toEqual(['scripted'])
  expect(await alerts(app)).toMatchObject([{ resolved: false }])
  expect(await reviewProviderAlerts(deps, ['renamed'])).toEqual([])
  expect(await alerts(app)).toMatchObject([{ resolved: true }])
})

/** How the overview has a provider. */
async function conditionOf(app: TestApp, name: string) {
  const { providers } = (await (await app.admin.get('/api/admin/overview')).json()) as {
    providers: { name: string; state: string; recent_calls: number; recent_failures: number }[]
  }
  const { state, recent_calls, recent_failures } = providers.find((one) => one.name === name)!
  return [state, recent_calls, recent_failures]
}

test('a provider that was never called is not called healthy, and its last calls tell how it is', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme', { agents: ['risk'] })
  expect(await conditionOf(app, 'scripted')).toEqual(['never_called', 0, 0])
  await acme.run('risk')
  expect(await conditionOf(app, 'scripted')).toEqual(['healthy', 1, 0])
  app.provider.reply(status(500))
  for (let run = 0; run < 3; run++) await acme.run('risk')
  expect(await conditionOf(app, 'scripted')).toEqual(['failing', 4, 3])
  app.provider.reply(answer())
  for (let run = 0; run < 18; run++) await acme.run('risk')
  expect(await conditionOf(app, 'scripted')).toEqual(['healthy', 20, 2])
})

test('a refused key is an alert at once, and a provider that is away is unreachable', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme', { agents: ['risk'] })
  app.provider.reply(status(401))
  await acme.run('risk')
  expect(await conditionOf(app, 'scripted')).toEqual(['key_refused', 1, 1])
  expect(await alerts(app)).toMatchObject([
    { message: 'Provider scripted refuses its key', resolved: false },
  ])
  app.provider.stop()
  await acme.run('risk')
  expect(await conditionOf(app, 'scripted')).toEqual(['unreachable', 2, 2])
})
