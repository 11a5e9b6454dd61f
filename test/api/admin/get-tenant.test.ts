import { expect, test } from 'bun:test'
import { TenantDetail } from '../../../src/tenants/schema.ts'
import { expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { answer } from '../../scripted-replies.ts'
import { status } from '../../scripted-faults.ts'
import {
  expectHeadMatches,
  expectMethodsRefused,
  expectStrangersRefused,
  expectTenantsNotThere,
} from './refusals.ts'

const app = await startApp()
const acme = await app.tenant('acme-corp', { tier: 'pro', agents: ['risk', 'other'] })
const path = `/api/admin/tenants/${acme.id}`

const detail = async () => expectReply(await app.admin.get(path), 200, TenantDetail)

test('the details count what the lists show, and what was ever spent', async () => {
  expect(await detail()).toEqual({
    id: acme.id,
    name: 'acme-corp',
    tier: 'pro',
    status: 'active',
    created_at: '2026-03-13T14:22:00Z',
    agent_count: 2,
    api_key_count: 1,
    total_runs: 0,
    total_tokens: 0,
  })

  app.provider.reply(answer({ usage: { input: 30, output: 12 } }))
  await acme.run('risk')
  await acme.run('other')
  await acme.post('/v1/chat', { model: 'm-tools', messages: [{ role: 'user', content: 'Hello' }] })
  app.provider.reply(status(500))
  await acme.run('risk')
  expect(await detail()).toMatchObject({ total_runs: 4, total_tokens: 126 })
})

test('totals are of a lifetime: months go by, agents are deleted, and they stay', async () => {
  const { total_runs, total_tokens } = await detail()
  await app.admin.delete(`${path}/agents/other`)
  app.clock.set('2026-05-01T00:00:00.000Z')
  expect(await detail()).toMatchObject({ agent_count: 1, total_runs, total_tokens })

  app.provider.reply(answer({ usage: { input: 1, output: 1 } }))
  await acme.run('risk')
  expect(await detail()).toMatchObject({
    total_runs: total_runs + 1,
    total_tokens: total_tokens + 2,
  })
})

test('expired keys count, revoked ones do not, as in the list', async () => {
  await app.admin.post(`${path}/api-keys`, { name: 'short', expires_in_days: 1 })
  const made = await app.admin.post(`${path}/api-keys`, { name: 'revoked' })
  const { id } = (await made.json()) as { id: string }
  expect((await detail()).api_key_count).toBe(3)
  await app.admin.delete(`${path}/api-keys/${id}`)
  app.clock.advance(2 * 86_400_000)
  expect((await detail()).api_key_count).toBe(2)
})

test('strangers are refused', () => expectStrangersRefused(app, { method: 'GET', path }))

test('tenants that cannot exist, do not exist or are deleted are the same 404', () =>
  expectTenantsNotThere(app, (id) => ({ method: 'GET', path: `/api/admin/tenants/${id}` })))

test('other methods are refused', () => expectMethodsRefused(app, path, 'DELETE, GET, HEAD, PATCH'))

test('HEAD equals GET without body', () => expectHeadMatches(app, path))
