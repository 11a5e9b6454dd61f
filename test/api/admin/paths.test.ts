import { expect, test } from 'bun:test'
import { TenantDetail, TenantList } from '../../../src/tenants/schema.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { ADMIN_SECRET, startApp } from '../../harness.ts'
import { UNKNOWN_ID } from './refusals.ts'

const app = await startApp()
const acme = await app.tenant('acme-corp', { agents: ['risk'] })
const tenant = `/api/admin/tenants/${acme.id}`

const UNKNOWN_PATHS = [
  '/api/admin',
  '/api/admin/',
  '/api/admin/nothing',
  '/api/admin/tenants/x/nothing',
  `${tenant}/api-keys/${UNKNOWN_ID}/more`,
  `${tenant}/agents/risk/runs/${UNKNOWN_ID}`,
  '/api/admin/alerts/x',
  '/api/admin/Tenants',
  '/api/admin//tenants',
  '/api/admin/tenants//',
]

/** The request id that comes back. */
const requestIdFor = async (id: string) => {
  const headers = { 'x-admin-secret': ADMIN_SECRET, 'x-request-id': id }
  return (await app.fetch('/api/admin/tenants', { headers })).headers.get('x-request-id')
}

test('unknown paths are 401 to strangers and 404 to the operator', async () => {
  for (const path of UNKNOWN_PATHS) {
    await expectRefusal(await app.fetch(path), 401, 'unauthorized')
    const { error } = await expectRefusal(await app.admin.get(path), 404, 'not_found')
    expect(error).toBe('There is nothing at this path.')
  }
})

test('a tenant’s key opens nothing here, and the secret opens nothing of a tenant', async () => {
  await expectRefusal(await acme.get('/api/admin/tenants'), 401, 'unauthorized')
  await expectRefusal(await app.admin.get('/v1/agents'), 401, 'unauthorized')
  const bearer = { authorization: `Bearer ${ADMIN_SECRET}` }
  await expectRefusal(await app.fetch('/v1/agents', { headers: bearer }), 401, 'unauthorized')
})

test('one trailing slash is ignored, also before a query', async () => {
  await expectReply(await app.admin.get('/api/admin/tenants/'), 200, TenantList)
  await expectReply(await app.admin.get(`${tenant}/`), 200, TenantDetail)
  for (const path of ['/api/admin/alerts/?limit=5', `${tenant}/usage/daily/?days=3`]) {
    expect((await app.admin.get(path)).status).toBe(200)
  }
  expect((await app.admin.put(`${tenant}/quota/`, { tier: 'pro' })).status).toBe(200)
})

test('a path part may be percent-encoded, but only as valid UTF-8', async () => {
  expect((await app.admin.get(`${tenant}/agents/r%69sk`)).status).toBe(200)
  for (const part of ['%', '%zz', '%C3%28', '%FF', '%E2%82', '%ED%A0%80']) {
    const reply = await app.admin.get(`${tenant}/agents/${part}`)
    await expectRefusal(reply, 400, 'bad_request')
  }
})

test('queries that a route does not know are of no matter', async () => {
  await expectReply(await app.admin.get('/api/admin/tenants?page=2&limit=x'), 200, TenantList)
})

test('the caller’s request id comes back when it is a sane one', async () => {
  for (const id of ['a', 'Trace-1.2_3', 'x'.repeat(128)]) expect(await requestIdFor(id)).toBe(id)
  for (const id of ['', 'a b', 'a/b', 'é', 'x'.repeat(129), '<script>']) {
    expect(await requestIdFor(id)).toMatch(/^[0-9a-f-]{36}$/)
  }
})

test('no answer may be kept by a cache, and none is sniffed for its type', async () => {
  for (const reply of [
    await app.admin.get('/api/admin/tenants'),
    await app.admin.get('/api/admin/nothing'),
    await app.admin.post(`${tenant}/api-keys`, { name: 'shown once' }),
  ]) {
    expect(reply.headers.get('cache-control')).toBe('no-store')
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
  }
})
