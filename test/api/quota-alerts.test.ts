import { expect, test } from 'bun:test'
import { startApp, type TestApp } from '../harness.ts'
import { answer } from '../scripted-replies.ts'

const TIERS = `
[tiers.free]
tokens_per_month = 100
[tiers.dev]
tokens_per_month = 118
[tiers.pro]
tokens_per_month = 1000
`

interface Alert {
  message: string
  severity: string
  resolved: boolean
  tenant_id: string
}

async function alerts(app: TestApp): Promise<Alert[]> {
  const reply = await app.admin.get('/api/admin/alerts')
  return ((await reply.json()) as { alerts: Alert[] }).alerts
}

const using = (tokens: number) => answer({ text: 'ok', usage: { input: tokens, output: 0 } })

/** Holds a run at its provider while `meanwhile` happens. */
async function during(
  app: TestApp,
  run: () => Promise<Response>,
  meanwhile: () => Promise<unknown>,
) {
  const reached = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  app.provider.enqueue(async () => {
    reached.resolve()
    await goOn.promise
    return using(85)
  })
  const running = run()
  await reached.promise
  await meanwhile()
  goOn.resolve()
  return running
}

test('a run that settles after an upgrade is held against the new quota', async () => {
  const app = await startApp({ config: TIERS })
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  const upgrade = () => app.admin.put(`/api/admin/tenants/${acme.id}/quota`, { tier: 'pro' })
  expect((await during(app, () => acme.run('risk'), upgrade)).status).toBe(200)
  expect(await alerts(app)).toEqual([])
})

test('a run that settles after a downgrade is held against the new quota', async () => {
  const app = await startApp({ config: TIERS })
  const acme = await app.tenant('acme', { tier: 'pro', agents: ['risk'] })
  const downgrade = () => app.admin.put(`/api/admin/tenants/${acme.id}/quota`, { tier: 'free' })
  expect((await during(app, () => acme.run('risk'), downgrade)).status).toBe(200)
  expect(await alerts(app)).toMatchObject([
    { message: 'Tenant acme approaching token quota (85%)', severity: 'warning', resolved: false },
  ])
})

test('a deletion resolves the tenant’s alerts, and what settles afterwards raises none', async () => {
  const app = await startApp({ config: TIERS })
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  app.provider.enqueue(using(85))
  await acme.run('risk')
  const deletion = () => app.admin.delete(`/api/admin/tenants/${acme.id}`)
  await during(app, () => acme.run('risk'), deletion)
  expect(await alerts(app)).toMatchObject([{ severity: 'warning', resolved: true }])
})

test('after a jump, an upgrade leaves the highest threshold that is still true', async () => {
  const app = await startApp({ config: TIERS })
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  app.provider.enqueue(using(100))
  await acme.run('risk')
  await app.admin.put(`/api/admin/tenants/${acme.id}/quota`, { tier: 'dev' })
  expect(await alerts(app)).toMatchObject([
    { message: 'Tenant acme approaching token quota (84%)', resolved: false },
    { message: 'Tenant acme reached its token quota (100%)', resolved: true },
  ])
})

test('a threshold has one alert in a period, which opens again under a new quota', async () => {
  const app = await startApp({ config: TIERS })
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  app.provider.enqueue(using(80), using(730))
  await acme.run('risk')
  await app.admin.put(`/api/admin/tenants/${acme.id}/quota`, { tier: 'pro' })
  expect(await alerts(app)).toMatchObject([{ severity: 'warning', resolved: true }])
  await acme.run('risk')
  expect(await alerts(app)).toMatchObject([
    { message: 'Tenant acme approaching token quota (81%)', resolved: false },
  ])
})
