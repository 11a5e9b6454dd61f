import { expect, test } from 'bun:test'
import { AdminAgentDetail } from '../../../src/agents/schema.ts'
import { expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { status } from '../../scripted-faults.ts'
import { FULL_CONFIG } from './bad-configs.ts'
import {
  expectHeadMatches,
  expectMethodsRefused,
  expectNotThere,
  expectStrangersRefused,
  expectTenantsNotThere,
  IMPOSSIBLE_NAMES,
} from './refusals.ts'

const app = await startApp()
const acme = await app.tenant('acme-corp', { agents: ['gone'] })
const agents = `/api/admin/tenants/${acme.id}/agents`
const path = `${agents}/risk`
await app.admin.post(agents, { name: 'risk', agent_type: 'risk.v2', config: FULL_CONFIG })
await app.tenant('globex', { agents: ['theirs'] })
await app.admin.delete(`${agents}/gone`)

test('the whole agent is answered, with its configuration and what it has done', async () => {
  const fresh = await expectReply(await app.admin.get(path), 200, AdminAgentDetail)
  expect(fresh).toEqual({
    id: fresh.id,
    tenant_id: acme.id,
    name: 'risk',
    agent_type: 'risk.v2',
    status: 'active',
    config: FULL_CONFIG,
    created_at: '2026-03-13T14:22:00Z',
    last_run: null,
    total_runs: 0,
    success_rate: null,
  })

  await acme.run('risk')
  app.clock.advance(10_000)
  app.provider.enqueue(status(500))
  await acme.run('risk')
  expect(await expectReply(await app.admin.get(path), 200, AdminAgentDetail)).toEqual({
    ...fresh,
    last_run: '2026-03-13T14:22:10Z',
    total_runs: 2,
    success_rate: 0.5,
  })
})

test('what the tenant itself sees is the same but for tenant_id', async () => {
  const { tenant_id, ...shared } = await expectReply(
    await app.admin.get(path),
    200,
    AdminAgentDetail,
  )
  expect(tenant_id).toBe(acme.id)
  expect(await (await acme.get('/v1/agents/risk')).json()).toEqual(shared)
})

test('agents that cannot exist, do not exist, are deleted or another’s are the same 404', () =>
  expectNotThere(
    app,
    ['nobody', 'gone', 'theirs', ...IMPOSSIBLE_NAMES].map((name) => ({
      method: 'GET',
      path: `${agents}/${name}`,
    })),
    'There is no such agent.',
  ))

test('tenants that cannot exist, do not exist or are deleted are the same 404', async () => {
  for (const name of ['risk', 'nobody', 'IMPOSSIBLE']) {
    await expectTenantsNotThere(app, (id) => ({
      method: 'GET',
      path: `/api/admin/tenants/${id}/agents/${name}`,
    }))
  }
})

test('strangers are refused', () => expectStrangersRefused(app, { method: 'GET', path }))

test('other methods are refused', () => expectMethodsRefused(app, path, 'DELETE, GET, HEAD, PUT'))

test('HEAD equals GET without body', () => expectHeadMatches(app, path))
