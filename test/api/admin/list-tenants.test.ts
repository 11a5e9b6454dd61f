import { expect, test } from 'bun:test'
import { TenantList } from '../../../src/tenants/schema.ts'
import { expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { expectHeadMatches, expectStrangersRefused } from './refusals.ts'

const PATH = '/api/admin/tenants'

test('all living tenants are listed by creation, each with the number of its agents', async () => {
  const app = await startApp()
  expect(await expectReply(await app.admin.get(PATH), 200, TenantList)).toEqual({ tenants: [] })

  const zeta = await app.tenant('zeta', { tier: 'free', agents: ['one', 'two', 'three'] })
  app.clock.advance(60_000)
  const gone = await app.tenant('gone', { agents: ['risk'] })
  const alpha = await app.tenant('alpha', { tier: 'pro' })
  await app.admin.delete(`${PATH}/${zeta.id}/agents/two`)
  await app.admin.delete(`${PATH}/${gone.id}`)
  await app.admin.patch(`${PATH}/${alpha.id}`, { status: 'suspended' })

  expect(await expectReply(await app.admin.get(PATH), 200, TenantList)).toEqual({
    tenants: [
      {
        id: zeta.id,
        name: 'zeta',
        tier: 'free',
        status: 'active',
        created_at: '2026-03-13T14:22:00Z',
        agent_count: 2,
      },
      {
        id: alpha.id,
        name: 'alpha',
        tier: 'pro',
        status: 'suspended',
        created_at: '2026-03-13T14:23:00Z',
        agent_count: 0,
      },
    ],
  })
})

test('the list is complete', async () => {
  const app = await startApp()
  const names = Array.from({ length: 150 }, (_, index) => `tenant-${index}`)
  for (const name of names) await app.admin.post(PATH, { name, tier: 'free' })
  const { tenants } = await expectReply(await app.admin.get(PATH), 200, TenantList)
  expect(tenants.map(({ name }) => name)).toEqual(names)
})

test('strangers are refused', async () => {
  await expectStrangersRefused(await startApp(), { method: 'GET', path: PATH })
})

test('HEAD equals GET without body, and a trailing slash is ignored', async () => {
  const app = await startApp()
  await expectHeadMatches(app, PATH)
  await expectReply(await app.admin.get(`${PATH}/`), 200, TenantList)
})
