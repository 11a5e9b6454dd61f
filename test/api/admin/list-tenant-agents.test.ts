import { expect, test } from 'bun:test'
import { AdminAgentList } from '../../../src/agents/schema.ts'
import { expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { status } from '../../scripted-faults.ts'
import { heldBack } from '../../scripted-replies.ts'
import {
  expectHeadMatches,
  expectMethodsRefused,
  expectStrangersRefused,
  expectTenantsNotThere,
} from './refusals.ts'

const app = await startApp()
const acme = await app.tenant('acme-corp', { agents: ['zulu', 'alpha', 'mike', 'mike-2'] })
const path = `/api/admin/tenants/${acme.id}/agents`

const list = async (at = path) =>
  (await expectReply(await app.admin.get(at), 200, AdminAgentList)).agents

test('agents are listed by name, with what they have done', async () => {
  await app.admin.put(`${path}/mike`, { status: 'paused', config: { model: 'm-plain' } })
  await acme.run('alpha')
  await acme.run('alpha')
  app.provider.enqueue(status(500))
  await acme.run('alpha')

  const agents = await list()
  expect(agents.map(({ name }) => name)).toEqual(['alpha', 'mike', 'mike-2', 'zulu'])
  expect(agents[0]).toEqual({
    id: agents[0]!.id,
    name: 'alpha',
    agent_type: 'custom',
    status: 'active',
    model: 'm-tools',
    total_runs: 3,
    success_rate: 0.667,
  })
  expect(agents[1]).toEqual({
    id: agents[1]!.id,
    name: 'mike',
    agent_type: 'custom',
    status: 'paused',
    model: 'm-plain',
    total_runs: 0,
    success_rate: null,
  })
})

test('runs under way and chats are not counted', async () => {
  const before = await list()
  const held = heldBack()
  app.provider.enqueue(held.reply)
  const asked = app.provider.requests.length
  const running = acme.run('zulu')
  await app.provider.received(asked + 1)
  const messages = [{ role: 'user', content: 'Hello' }]
  expect((await acme.post('/v1/chat', { agent_type: 'custom', messages })).status).toBe(200)
  expect(await list()).toEqual(before)
  held.letGo()
  await running
  expect((await list()).at(-1)).toMatchObject({ name: 'zulu', total_runs: 1, success_rate: 1 })
})

test('a tenant without agents has an empty list, and the list of one with many is complete', async () => {
  const other = await app.tenant('globex')
  const at = `/api/admin/tenants/${other.id}/agents`
  expect(await list(at)).toEqual([])
  for (let index = 0; index < 120; index++) {
    const body = { name: `agent-${index}`, agent_type: 'custom', config: { model: 'm-tools' } }
    await app.admin.post(at, body)
  }
  expect(await list(at)).toHaveLength(120)
})

test('strangers are refused', () => expectStrangersRefused(app, { method: 'GET', path }))

test('tenants that cannot exist, do not exist or are deleted are the same 404', () =>
  expectTenantsNotThere(app, (id) => ({ method: 'GET', path: `/api/admin/tenants/${id}/agents` })))

test('other methods are refused', () => expectMethodsRefused(app, path, 'GET, HEAD, POST'))

test('HEAD equals GET without body', () => expectHeadMatches(app, path))
