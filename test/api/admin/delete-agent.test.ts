import { expect, test } from 'bun:test'
import { expectEmpty, expectRefusal } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { answer, heldBack } from '../../scripted-replies.ts'
import { expectTotalsMatch } from '../totals.ts'
import {
  auditEntries,
  expectNotThere,
  expectStrangersRefused,
  expectTenantsNotThere,
  IMPOSSIBLE_NAMES,
  tableCounts,
} from './refusals.ts'

const app = await startApp()
const acme = await app.tenant('acme-corp', { agents: ['risk', 'busy', 'stays'] })
await app.tenant('globex', { agents: ['theirs'] })
const agents = `/api/admin/tenants/${acme.id}/agents`
app.provider.reply(answer({ usage: { input: 30, output: 12 } }))

test('a deleted agent is gone, its runs stay in the tenant’s totals', async () => {
  await acme.run('risk')
  await expectEmpty(await app.admin.delete(`${agents}/risk`), 204)
  for (const rest of ['', '/runs', '/stats']) {
    await expectRefusal(await app.admin.get(`${agents}/risk${rest}`), 404, 'not_found')
  }
  await expectRefusal(await acme.run('risk'), 404, 'not_found')
  const tenant = await app.admin.get(`/api/admin/tenants/${acme.id}`)
  expect(await tenant.json()).toMatchObject({ agent_count: 2, total_runs: 1, total_tokens: 42 })
  const usage = await app.admin.get(`/api/admin/tenants/${acme.id}/usage`)
  expect(await usage.json()).toMatchObject({ total_runs: 1, total_tokens: 42 })
})

test('the log says so', async () => {
  const name = 'logged'
  const body = { name, agent_type: 'custom', config: { model: 'm-tools' } }
  const { id } = (await (await app.admin.post(agents, body)).json()) as { id: string }
  await app.admin.delete(`${agents}/${name}`)
  expect((await auditEntries(app)).at(-1)).toEqual({
    action: 'agent.deleted',
    actor: 'admin',
    details: { tenant_id: acme.id, tenant_name: 'acme-corp', agent_id: id, agent_name: name },
    timestamp: '2026-03-13T14:22:00.250Z',
  })
})

test('what runs already finishes and is metered', async () => {
  const held = heldBack(answer({ usage: { input: 4, output: 3 } }))
  app.provider.enqueue(held.reply)
  const asked = app.provider.requests.length
  const running = acme.run('busy')
  await app.provider.received(asked + 1)
  await expectEmpty(await app.admin.delete(`${agents}/busy`), 204)
  held.letGo()
  expect(await (await running).json()).toMatchObject({ status: 'completed', tokens_used: 7 })
  const tenant = await app.admin.get(`/api/admin/tenants/${acme.id}`)
  expect(await tenant.json()).toMatchObject({ total_runs: 2, total_tokens: 49 })
  await expectTotalsMatch(app)
})

test('agents that cannot exist, do not exist, are deleted or another’s are the same 404', async () => {
  const before = await tableCounts(app)
  const names = ['nobody', 'risk', 'theirs', ...IMPOSSIBLE_NAMES]
  const endpoints = names.map((name) => ({ method: 'DELETE', path: `${agents}/${name}` }))
  await expectNotThere(app, endpoints, 'There is no such agent.')
  expect(await tableCounts(app)).toEqual(before)
})

test('tenants that cannot exist, do not exist or are deleted are the same 404', async () => {
  for (const name of ['risk', 'nobody', 'IMPOSSIBLE']) {
    await expectTenantsNotThere(app, (id) => ({
      method: 'DELETE',
      path: `/api/admin/tenants/${id}/agents/${name}`,
    }))
  }
})

test('strangers are refused', () =>
  expectStrangersRefused(app, { method: 'DELETE', path: `${agents}/stays` }))
