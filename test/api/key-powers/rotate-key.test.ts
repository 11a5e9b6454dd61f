import { describe, expect, test } from 'bun:test'
import { AdminRotatedKeyReply, KeyList, RotatedKeyReply } from '../../../src/api-keys/schema.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { ADMIN_SECRET, startApp, type TestApp, type TestTenant } from '../../harness.ts'
import {
  auditEntries,
  expectBodiesRefused,
  expectFieldRefused,
  expectNotThere,
  expectStrangersRefused,
  expectTenantsNotThere,
  IMPOSSIBLE_IDS,
  UNKNOWN_ID,
} from '../admin/refusals.ts'
import { lockDatabase, sameAnswer, testBodyRefusals, testRefusals } from '../v1/common.ts'
import { newKey, NEVER, type Send, sender } from './support.ts'

const DAY_MS = 86_400_000
const HOUR = { overlap_seconds: 3600 }

async function start() {
  const app = await startApp()
  return { app, acme: await app.tenant('acme') }
}

const statusOf = async (send: Send) => (await send('GET', '/v1/agents')).status

/** Rotates through either API; `id` and `secret` are the new key's. */
function rotator(app: TestApp, acme: TestTenant, api: string) {
  return async (id: string, body: object = {}) => {
    if (api === '/v1') {
      const reply = await acme.post(`/v1/api-keys/${id}/rotate`, body)
      const { key, secret, ...rest } = await expectReply(reply, 201, RotatedKeyReply)
      return { id: key, secret, ...rest, send: sender(app, secret) }
    }
    const path = `/api/admin/tenants/${acme.id}/api-keys/${id}/rotate`
    const reply = await app.admin.post(path, body)
    const { id: key, raw_key, ...rest } = await expectReply(reply, 201, AdminRotatedKeyReply)
    return { id: key, secret: raw_key, ...rest, send: sender(app, raw_key) }
  }
}

describe.each(['/v1', '/api/admin'])('rotation of a key under %s', (api) => {
  test('answers a key of the same name, powers and end, and the old one ends at once', async () => {
    const { app, acme } = await start()
    const rotate = rotator(app, acme, api)
    const limits = { scopes: ['read'], allowed_agents: ['risk'], runs_per_month: 5 }
    const old = await newKey(app, acme, { ...limits, expires_in_days: 10 })
    app.clock.advance(DAY_MS)
    const { send, secret, ...told } = await rotate(old.id)
    expect(told).toEqual({
      id: told.id,
      name: 'limited',
      prefix: secret.slice(0, 9),
      created_at: '2026-03-14T14:22:00Z',
      expires_at: '2026-03-23T14:22:00Z',
      powers: { ...limits, allowed_models: null, allowed_networks: null, tokens_per_month: null },
      replaces: old.id,
      old_key_expires_at: '2026-03-14T14:22:00Z',
    } as never)
    expect(secret).toMatch(/^ares_[a-z0-9]{37}$/)
    expect(await statusOf(send)).toBe(200)
    expect((await send('POST', '/v1/chat', {})).status).toBe(403)
    expect(await statusOf(old.send)).toBe(401)
    const { keys } = await expectReply(await acme.get('/v1/api-keys'), 200, KeyList)
    expect(keys.map(({ id }) => id)).toEqual([acme.keyId, told.id])
  })

  test('with an overlap both work, to the second', async () => {
    const { app, acme } = await start()
    const rotate = rotator(app, acme, api)
    const old = await newKey(app, acme)
    const { send, old_key_expires_at, ...told } = await rotate(old.id, HOUR)
    expect(told).not.toHaveProperty('powers')
    expect(told.expires_at).toBeNull()
    expect(old_key_expires_at).toBe('2026-03-13T15:22:00Z')
    expect(await statusOf(old.send)).toBe(200)
    app.clock.advance(3_600_000 - 1)
    expect(await statusOf(old.send)).toBe(200)
    app.clock.advance(1)
    expect(await statusOf(old.send)).toBe(401)
    expect(await statusOf(send)).toBe(200)
  })

  test('the overlap ends no later than the old key would have', async () => {
    const { app, acme } = await start()
    const rotate = rotator(app, acme, api)
    const { id } = await newKey(app, acme, { expires_in_days: 1 })
    const told = await rotate(id, { overlap_seconds: 2_592_000, expires_in_days: 90 })
    expect(told.old_key_expires_at).toBe('2026-03-14T14:22:00Z')
    expect(told.expires_at).toBe('2026-06-11T14:22:00Z')
  })

  test('is audited without secrets', async () => {
    const { app, acme } = await start()
    const rotate = rotator(app, acme, api)
    const old = await newKey(app, acme)
    const { id, secret, prefix } = await rotate(old.id, HOUR)
    const entry = (await auditEntries(app)).at(-1)!
    expect(entry).toEqual({
      action: 'api_key.rotated',
      actor: api === '/v1' ? 'tenant:acme' : 'admin',
      details: {
        tenant_id: acme.id,
        tenant_name: 'acme',
        key_id: old.id,
        key_name: 'limited',
        prefix: old.secret.slice(0, 9),
        replaced_by: id,
        new_prefix: prefix,
        old_key_expires_at: '2026-03-13T15:22:00Z',
      },
      timestamp: '2026-03-13T14:22:00.250Z',
    })
    expect(JSON.stringify(entry)).not.toContain(secret)
  })

  test('a key that was rotated, revoked or has expired is not rotated', async () => {
    const { app, acme } = await start()
    const rotate = rotator(app, acme, api)
    const ask = (id: string) =>
      api === '/v1'
        ? acme.post(`/v1/api-keys/${id}/rotate`, {})
        : app.admin.post(`/api/admin/tenants/${acme.id}/api-keys/${id}/rotate`, {})
    const old = await newKey(app, acme)
    const next = await rotate(old.id, HOUR)
    await expectRefusal(await ask(old.id), 409, 'conflict')
    await rotate(next.id)
    await expectRefusal(await ask(next.id), 404, 'not_found')
    const short = await newKey(app, acme, { expires_in_days: 1 })
    app.clock.advance(DAY_MS)
    await expectRefusal(await ask(short.id), 409, 'conflict')
  })

  test('of many at once one succeeds', async () => {
    const { app, acme } = await start()
    const { id } = await newKey(app, acme)
    const replies = await Promise.all(
      Array.from({ length: 20 }, () =>
        api === '/v1'
          ? acme.post(`/v1/api-keys/${id}/rotate`, HOUR)
          : app.admin.post(`/api/admin/tenants/${acme.id}/api-keys/${id}/rotate`, HOUR),
      ),
    )
    const statuses = replies.map(({ status }) => status).toSorted((a, b) => a - b)
    expect(statuses).toEqual([201, ...Array<number>(19).fill(409)])
    const { keys } = await expectReply(await acme.get('/v1/api-keys'), 200, KeyList)
    expect(keys).toHaveLength(3)
  })

  test('it needs no free place among the hundred, and a hundred replaced ones may still work', async () => {
    const { app, acme } = await start()
    const rotate = rotator(app, acme, api)
    await Promise.all(Array.from({ length: 99 }, () => acme.post('/v1/api-keys', { name: 'x' })))
    expect((await acme.post('/v1/api-keys', { name: 'x' })).status).toBe(409)
    const { keys } = await expectReply(await acme.get('/v1/api-keys'), 200, KeyList)
    const [last, ...others] = keys.slice(1).map(({ id }) => id)
    await Promise.all(others.map((id) => rotate(id, HOUR)))
    const { id } = await rotate(last!, HOUR)
    const again = await rotate(id, HOUR)
    const path = `/v1/api-keys/${again.id}/rotate`
    await expectRefusal(await acme.post(path, HOUR), 409, 'too_many_keys')
    expect((await acme.post('/v1/api-keys', { name: 'x' })).status).toBe(409)
    // At once there is always room.
    await rotate(again.id)
    app.clock.advance(3_600_000)
    expect((await acme.post('/v1/api-keys', { name: 'x' })).status).toBe(409)
  })

  test('nothing changes while the storage takes no writes', async () => {
    const { app, acme } = await start()
    const old = await newKey(app, acme)
    const lock = await lockDatabase(app)
    const reply = await (api === '/v1'
      ? acme.post(`/v1/api-keys/${old.id}/rotate`, {})
      : app.admin.post(`/api/admin/tenants/${acme.id}/api-keys/${old.id}/rotate`, {}))
    await expectRefusal(reply, 503, 'storage_unavailable')
    lock.release()
    expect(await statusOf(old.send)).toBe(200)
    await rotator(app, acme, api)(old.id)
  })

  test('with an Idempotency-Key it happens once, and is answered the same', async () => {
    const { app, acme } = await start()
    const old = await newKey(app, acme)
    const path =
      api === '/v1'
        ? `/v1/api-keys/${old.id}/rotate`
        : `/api/admin/tenants/${acme.id}/api-keys/${old.id}/rotate`
    const credential: Record<string, string> =
      api === '/v1'
        ? { authorization: `Bearer ${acme.secret}` }
        : { 'x-admin-secret': ADMIN_SECRET }
    const ask = (body: object) =>
      app.fetch(path, {
        method: 'POST',
        headers: { ...credential, 'content-type': 'application/json', 'idempotency-key': 'once' },
        body: JSON.stringify(body),
      })
    const first = await ask(HOUR)
    expect(first.status).toBe(201)
    const second = await ask(HOUR)
    expect(second.status).toBe(201)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(await second.text()).toBe(await first.text())
    await expectRefusal(await ask({}), 422, 'invalid', '/Idempotency-Key')
    const { keys } = await expectReply(await acme.get('/v1/api-keys'), 200, KeyList)
    expect(keys).toHaveLength(3)
  })
})

test('a key rotates itself; with an overlap it gets its answer again', async () => {
  const { app, acme } = await start()
  const send = sender(app, acme.secret)
  const path = `/v1/api-keys/${acme.keyId}/rotate`
  const ask = () => send('POST', path, HOUR, { headers: { 'idempotency-key': 'k' } })
  const first = await expectReply(await ask(), 201, RotatedKeyReply)
  expect(await expectReply(await ask(), 201, RotatedKeyReply)).toEqual(first)
  const next = sender(app, first.secret)
  const last = await next('POST', `/v1/api-keys/${first.key}/rotate`, {})
  expect(last.status).toBe(201)
  expect(await statusOf(next)).toBe(401)
})

test('another tenant’s key is 404, as one that never existed, and goes on working', async () => {
  const { app, acme } = await start()
  const globex = await app.tenant('globex')
  const ask = (id: string) => acme.post(`/v1/api-keys/${id}/rotate`, {})
  await expectRefusal(await ask(globex.keyId), 404, 'not_found')
  await sameAnswer(ask(globex.keyId), ask(NEVER))
  expect((await globex.get('/v1/agents')).status).toBe(200)
  const crossed = `/api/admin/tenants/${acme.id}/api-keys/${globex.keyId}/rotate`
  await expectRefusal(await app.admin.post(crossed, {}), 404, 'not_found')
})

describe('the Admin API', () => {
  test('refuses strangers, bodies, fields, tenants and keys that are not there', async () => {
    const { app, acme } = await start()
    const of = (tenantId: string, keyId = acme.keyId) => ({
      method: 'POST',
      path: `/api/admin/tenants/${tenantId}/api-keys/${keyId}/rotate`,
      body: { overlap_seconds: 0 },
    })
    await expectStrangersRefused(app, of(acme.id))
    await expectBodiesRefused(app, of(acme.id))
    const wrong = [-1, 2_592_001, 0.5, '60', null, []]
    await expectFieldRefused(app, of(acme.id), 'overlap_seconds', wrong)
    await expectFieldRefused(app, of(acme.id), 'expires_in_days', [0, 3651, '1', null])
    await expectTenantsNotThere(app, (tenantId) => of(tenantId))
    const missing = [UNKNOWN_ID, ...IMPOSSIBLE_IDS].map((id) => of(acme.id, id))
    await expectNotThere(app, missing, 'There is no such API key.')
  })
})

testRefusals({ method: 'POST', path: `/v1/api-keys/${NEVER}/rotate`, body: {} })
testBodyRefusals({ method: 'POST', path: `/v1/api-keys/${NEVER}/rotate`, body: {} }, [
  ['an overlap below 0', { overlap_seconds: -1 }],
  ['an overlap above 30 days', { overlap_seconds: 2_592_001 }],
  ['an unknown field', { overlap: 5 }],
])
