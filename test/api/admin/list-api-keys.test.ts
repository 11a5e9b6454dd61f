import { expect, test } from 'bun:test'
import { AdminCreatedKey, KeyList } from '../../../src/api-keys/schema.ts'
import { expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { expectHeadMatches, expectStrangersRefused, expectTenantsNotThere } from './refusals.ts'

const app = await startApp()
const acme = await app.tenant('acme-corp')
const path = `/api/admin/tenants/${acme.id}/api-keys`

const list = async () => (await expectReply(await app.admin.get(path), 200, KeyList)).keys

test('keys are listed by creation, with expired ones, without revoked ones', async () => {
  app.clock.advance(1000)
  const short = await expectReply(
    await app.admin.post(path, { name: 'zeta', expires_in_days: 1 }),
    201,
    AdminCreatedKey,
  )
  app.clock.advance(1000)
  const revoked = await expectReply(
    await app.admin.post(path, { name: 'revoked' }),
    201,
    AdminCreatedKey,
  )
  const own = await acme.post('/v1/api-keys', { name: 'alpha' })
  const { key } = (await own.json()) as { key: string }
  await app.admin.delete(`${path}/${revoked.id}`)
  app.clock.advance(2 * 86_400_000)
  await app.flushActivity()

  const keys = await list()
  expect(keys.map(({ name }) => name)).toEqual(['test', 'zeta', 'alpha'])
  expect(keys[1]).toEqual({
    id: short.id,
    name: 'zeta',
    prefix: short.prefix,
    created_at: '2026-03-13T14:22:01Z',
    expires_at: '2026-03-14T14:22:01Z',
    last_used: null,
  })
  expect(keys[2]?.id).toBe(key)
})

test('last_used is the latest use, refused requests included', async () => {
  app.clock.set('2026-03-20T08:00:00.999Z')
  await acme.get('/v1/usage')
  app.clock.set('2026-03-20T09:30:15.999Z')
  expect((await acme.get('/v1/no-such-thing')).status).toBe(404)
  await app.flushActivity()
  expect((await list())[0]).toMatchObject({ id: acme.keyId, last_used: '2026-03-20T09:30:15Z' })
})

test('another tenant’s keys are not among them', async () => {
  const other = await app.tenant('globex')
  expect((await list()).map(({ id }) => id)).not.toContain(other.keyId)
})

test('strangers are refused', () => expectStrangersRefused(app, { method: 'GET', path }))

test('tenants that cannot exist, do not exist or are deleted are the same 404', () =>
  expectTenantsNotThere(app, (id) => ({
    method: 'GET',
    path: `/api/admin/tenants/${id}/api-keys`,
  })))

test('HEAD equals GET without body', () => expectHeadMatches(app, path))
