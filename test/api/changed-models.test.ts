import { expect, test } from 'bun:test'
import { startApp } from '../harness.ts'

test('a run whose model lost its tools since fails with a sentence, and the provider is not asked', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme', { agents: ['risk'] })
  // As after a restart with `supports_tools = false`: the stored agent asks for more than its model can do.
  await app.database.writer.transaction((trx) =>
    trx
      .updateTable('agents')
      .set({ config: JSON.stringify({ model: 'm-plain', tools: ['calculator'] }) })
      .execute(),
  )
  const reply = await acme.run('risk')
  expect(reply.status).toBe(200)
  expect(await reply.json()).toMatchObject({
    status: 'failed',
    error: 'The model m-plain does not support tools.',
    tokens_used: 0,
  })
  expect(app.provider.requests).toEqual([])
})

test('a change that changes nothing is no new version and no audit entry', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme', { agents: ['risk'] })
  const audit = async () => (await app.admin.get('/api/admin/audit-log')).text()
  const before = await audit()
  for (const body of [{}, { config: {} }, { status: 'active', config: { model: 'm-tools' } }]) {
    const reply = await app.admin.put(`/api/admin/tenants/${acme.id}/agents/risk`, body)
    expect(reply.status).toBe(200)
  }
  expect(await audit()).toBe(before)
})

test('a null that may be, and a wrong type, are told apart from what is allowed', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme', { agents: ['risk'] })
  const body = { config: { temperature: '1' } }
  const reply = await app.admin.put(`/api/admin/tenants/${acme.id}/agents/risk`, body)
  expect(reply.status).toBe(422)
  expect(await reply.json()).toMatchObject({
    details: [{ path: '/config/temperature', message: 'expected number, or null' }],
  })
})

test('an empty last message is refused where it stands', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme')
  const messages = [{ role: 'user', content: '' }]
  const reply = await acme.post('/v1/chat', { model: 'm-tools', messages })
  expect(reply.status).toBe(422)
  expect(await reply.json()).toMatchObject({ details: [{ path: '/messages/0/content' }] })
})
