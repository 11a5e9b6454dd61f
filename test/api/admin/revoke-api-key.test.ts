import { expect, test } from 'bun:test'
import { AdminCreatedKey } from '../../../src/api-keys/schema.ts'
import { expectEmpty, expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import {
  auditEntries,
  expectMethodsRefused,
  expectNotThere,
  expectStrangersRefused,
  expectTenantsNotThere,
  IMPOSSIBLE_IDS,
  tableCounts,
  UNKNOWN_ID,
} from './refusals.ts'

const app = await startApp()
const acme = await app.tenant('acme-corp')
const globex = await app.tenant('globex')
const path = `/api/admin/tenants/${acme.id}/api-keys`

const create = async (body: object) =>
  expectReply(await app.admin.post(path, body), 201, AdminCreatedKey)

test('a revoked key is refused at once, and the log says so', async () => {
  const key = await create({ name: 'lost laptop' })
  const headers = { authorization: `Bearer ${key.raw_key}` }
  expect((await app.fetch('/v1/usage', { headers })).status).toBe(200)
  await expectEmpty(await app.admin.delete(`${path}/${key.id}`), 204)
  await expectRefusal(await app.fetch('/v1/usage', { headers }), 401, 'unauthorized')
  expect((await acme.get('/v1/usage')).status).toBe(200)
  expect((await auditEntries(app)).at(-1)).toEqual({
    action: 'api_key.revoked',
    actor: 'admin',
    details: {
      tenant_id: acme.id,
      tenant_name: 'acme-corp',
      key_id: key.id,
      key_name: 'lost laptop',
      prefix: key.prefix,
    },
    timestamp: '2026-03-13T14:22:00.250Z',
  })
})

test('an expired key can be revoked, and is then listed no more', async () => {
  const { id } = await create({ name: 'expired', expires_in_days: 1 })
  app.clock.advance(3 * 86_400_000)
  expect(await (await app.admin.get(path)).text()).toContain(id)
  await expectEmpty(await app.admin.delete(`${path}/${id}`), 204)
  expect(await (await app.admin.get(path)).text()).not.toContain(id)
})

test('what cannot exist, does not exist, is revoked or is another tenant’s is the same 404', async () => {
  const { id: revoked } = await create({ name: 'revoked' })
  await app.admin.delete(`${path}/${revoked}`)
  const before = await tableCounts(app)
  const endpoints = [UNKNOWN_ID, revoked, globex.keyId, acme.id, ...IMPOSSIBLE_IDS].map((id) => ({
    method: 'DELETE',
    path: `${path}/${id}`,
  }))
  await expectNotThere(app, endpoints, 'There is no such API key.')
  expect(await tableCounts(app)).toEqual(before)
  expect((await globex.get('/v1/usage')).status).toBe(200)
})

test('tenants that cannot exist, do not exist or are deleted are the same 404', async () => {
  for (const key of [acme.keyId, UNKNOWN_ID, 'impossible']) {
    await expectTenantsNotThere(app, (id) => ({
      method: 'DELETE',
      path: `/api/admin/tenants/${id}/api-keys/${key}`,
    }))
  }
})

test('strangers are refused', () =>
  expectStrangersRefused(app, { method: 'DELETE', path: `${path}/${acme.keyId}` }))

test('other methods are refused', () =>
  expectMethodsRefused(app, `${path}/${acme.keyId}`, 'DELETE, PATCH'))
