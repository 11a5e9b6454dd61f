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
