import { expect, test } from 'bun:test'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { expectRefusal } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { answer } from '../../scripted-replies.ts'
import { ask, type Endpoint, tableCounts } from './refusals.ts'

/** A tenant with everything that can be changed, and every change. */
async function changes() {
  const app = await startApp({ config: '[tiers.free]\ntokens_per_month = 100' })
  const acme = await app.tenant('acme-corp', { tier: 'free', agents: ['risk'] })
  app.provider.enqueue(answer({ usage: { input: 85, output: 0 } }))
  await acme.run('risk')
  await app.flushActivity()
  const listed = await app.admin.get('/api/admin/alerts')
  const { alerts } = (await listed.json()) as { alerts: { id: string }[] }
  const tenant = `/api/admin/tenants/${acme.id}`
  const agent = { name: 'new', agent_type: 'custom', config: { model: 'm-tools' } }
  const client = { name: 'new', tier: 'pro', product_type: 'generic', api_key_name: 'first' }
  const endpoints: Endpoint[] = [
    { method: 'POST', path: '/api/admin/tenants', body: { name: 'new', tier: 'pro' } },
    { method: 'POST', path: '/api/admin/provision-client', body: client },
    { method: 'PUT', path: `${tenant}/quota`, body: { tier: 'pro' } },
    { method: 'PATCH', path: tenant, body: { status: 'suspended' } },
    { method: 'POST', path: `${tenant}/api-keys`, body: { name: 'new' } },
    { method: 'DELETE', path: `${tenant}/api-keys/${acme.keyId}` },
    { method: 'POST', path: `${tenant}/agents`, body: agent },
    { method: 'PUT', path: `${tenant}/agents/risk`, body: { status: 'paused' } },
    { method: 'DELETE', path: `${tenant}/agents/risk` },
    { method: 'POST', path: `/api/admin/alerts/${alerts[0]!.id}/resolve` },
    { method: 'POST', path: '/api/admin/models/m-tools/test' },
    { method: 'DELETE', path: tenant },
  ]
  return { app, endpoints, tenant }
}

test('while the database cannot be written, every change is 503 and none is made', async () => {
  const { app, endpoints, tenant } = await changes()
  const { rows } = await sql<{ file: string }>`pragma database_list`.execute(app.database.db)
  const before = await tableCounts(app)
  const details = await (await app.admin.get(tenant)).text()

  const other = new Database(rows[0]!.file)
  other.exec('begin immediate')
  for (const endpoint of endpoints) {
    const reply = await ask(app, endpoint)
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
    const { error } = await expectRefusal(reply, 503, 'storage_unavailable')
    expect(error).not.toMatch(/sqlite|busy|locked/i)
  }
  // Reading goes on.
  expect(await (await app.admin.get(tenant)).text()).toBe(details)
  other.exec('rollback')
  other.close()

  expect(await tableCounts(app)).toEqual(before)
  for (const endpoint of endpoints.filter(({ body }) => body !== undefined).slice(2)) {
    expect((await ask(app, endpoint)).status).toBeLessThan(300)
  }
})

test('while the server is shutting down, every request is 503', async () => {
  const { app, endpoints, tenant } = await changes()
  const before = await tableCounts(app)
  await app.server.shutDown(0)
  for (const endpoint of [...endpoints, { method: 'GET', path: tenant }]) {
    const reply = await ask(app, endpoint)
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
    await expectRefusal(reply, 503, 'shutting_down')
  }
  expect(await tableCounts(app)).toEqual(before)
})
