import { expect, test } from 'bun:test'
import { AdminAgentList, PlatformAgentList } from '../../../src/agents/schema.ts'
import { expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { expectHeadMatches, expectMethodsRefused, expectStrangersRefused } from './refusals.ts'

const PATH = '/api/admin/agents'
const app = await startApp()

const list = async () =>
  (await expectReply(await app.admin.get(PATH), 200, PlatformAgentList)).agents

test('the agents of all living tenants are listed, each with its tenant', async () => {
  expect(await list()).toEqual([])
  const zeta = await app.tenant('zeta', { agents: ['risk'] })
  const alpha = await app.tenant('alpha', { agents: ['risk', 'analyst'] })
  const gone = await app.tenant('gone', { agents: ['risk'] })
  await app.tenant('empty')
  await alpha.run('risk')
  await app.admin.patch(`/api/admin/tenants/${zeta.id}`, { status: 'suspended' })
  await app.admin.delete(`/api/admin/tenants/${gone.id}`)

  const agents = await list()
  expect(agents.map(({ tenant_name, name }) => `${tenant_name}/${name}`)).toEqual([
    'alpha/analyst',
    'alpha/risk',
    'zeta/risk',
  ])
  expect(agents[1]).toEqual({
    id: agents[1]!.id,
    name: 'risk',
    agent_type: 'custom',
    status: 'active',
    model: 'm-tools',
    total_runs: 1,
    success_rate: 1,
    tenant_id: alpha.id,
    tenant_name: 'alpha',
  })
})

test('each is what the tenant’s own list says of it', async () => {
  for (const { tenant_id, tenant_name, ...item } of await list()) {
    expect(tenant_name).toBeString()
    const reply = await app.admin.get(`/api/admin/tenants/${tenant_id}/agents`)
    expect((await expectReply(reply, 200, AdminAgentList)).agents).toContainEqual(item)
  }
})

test('the list is complete', async () => {
  const big = await app.tenant('big')
  for (let index = 0; index < 130; index++) {
    const body = { name: `agent-${index}`, agent_type: 'custom', config: { model: 'm-tools' } }
    await app.admin.post(`/api/admin/tenants/${big.id}/agents`, body)
  }
  expect(await list()).toHaveLength(133)
})

test('strangers are refused', () => expectStrangersRefused(app, { method: 'GET', path: PATH }))

test('other methods are refused', () => expectMethodsRefused(app, PATH, 'GET, HEAD'))

test('HEAD equals GET without body', () => expectHeadMatches(app, PATH))
