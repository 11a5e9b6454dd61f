import { expect, test } from 'bun:test'
import { hashKey, isWellFormedKey } from '../../../src/api-keys/key.ts'
import { AdminCreatedKey, KeyList } from '../../../src/api-keys/schema.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import {
  auditEntries,
  expectBodiesRefused,
  expectFieldRefused,
  expectMethodsRefused,
  expectStrangersRefused,
  expectTenantsNotThere,
  tableCounts,
} from './refusals.ts'

const app = await startApp()
const acme = await app.tenant('acme-corp')
const path = `/api/admin/tenants/${acme.id}/api-keys`
const endpoint = { method: 'POST', path, body: { name: 'staging-key' } }

const create = async (body: object, at = path) =>
  expectReply(await app.admin.post(at, body), 201, AdminCreatedKey)

test('a key is made that works, and the log says so without it', async () => {
  const key = await create({ name: 'staging-key' })
  expect(key).toEqual({
    id: key.id,
    name: 'staging-key',
    prefix: key.raw_key.slice(0, 9),
    raw_key: key.raw_key,
    created_at: '2026-03-13T14:22:00Z',
    expires_at: null,
  })
  const headers = { authorization: `Bearer ${key.raw_key}` }
  expect((await app.fetch('/v1/usage', { headers })).status).toBe(200)
  expect((await auditEntries(app)).at(-1)).toEqual({
    action: 'api_key.created',
    actor: 'admin',
    details: {
      tenant_id: acme.id,
      tenant_name: 'acme-corp',
      key_id: key.id,
      key_name: 'staging-key',
      prefix: key.prefix,
    },
    timestamp: '2026-03-13T14:22:00.250Z',
  })
})

test('a key is ares_, 30 random characters and their checksum', async () => {
  const keys = await Promise.all(Array.from({ length: 20 }, () => create({ name: 'shape' })))
  for (const { raw_key, prefix } of keys) {
    const [, random, checksum] = /^ares_([a-z0-9]{30})([a-z0-9]{7})$/.exec(raw_key)!
    // CRC-32 in base 36, computed here by other means than ours.
    expect(Bun.hash.crc32(Buffer.from(random!)).toString(36).padStart(7, '0')).toBe(checksum!)
    expect(isWellFormedKey(raw_key)).toBe(true)
    expect(prefix).toBe(`ares_${random!.slice(0, 4)}`)
  }
  expect(new Set(keys.map(({ raw_key }) => raw_key)).size).toBe(20)
})

test('a mistyped key is refused', async () => {
  const { raw_key } = await create({ name: 'typed' })
  const wrong = raw_key.endsWith('a') ? 'b' : 'a'
  for (const typo of [raw_key.slice(0, -1) + wrong, raw_key.slice(0, -1), raw_key.toUpperCase()]) {
    const reply = await app.fetch('/v1/usage', { headers: { authorization: `Bearer ${typo}` } })
    await expectRefusal(reply, 401, 'unauthorized')
  }
})

test('the key is shown once, and only its SHA-256 is kept', async () => {
  const { id, raw_key } = await create({ name: 'secret' })
  const row = await app.database.db
    .selectFrom('api_keys')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(row.hash).toBe(new Bun.CryptoHasher('sha256').update(raw_key).digest('hex'))
  expect(hashKey(raw_key)).toBe(row.hash)
  expect(JSON.stringify(row)).not.toContain(raw_key.slice(9))
  expect(await (await app.admin.get(path)).text()).not.toContain(raw_key.slice(9))
  expect(await (await app.admin.get('/api/admin/audit-log')).text()).not.toContain(raw_key.slice(9))
  expect(app.logged.join('')).not.toContain(raw_key.slice(9))
})

test.each([
  [1, '2026-03-14T14:22:00Z'],
  [30, '2026-04-12T14:22:00Z'],
  [3650, '2036-03-10T14:22:00Z'],
])('a key of %d days expires at %s', async (days, expires_at) => {
  const key = await create({ name: 'dated', expires_in_days: days })
  expect(key.expires_at).toBe(expires_at)
})

test('an expired key is refused from the moment it expires', async () => {
  const own = await startApp()
  const tenant = await own.tenant('short-lived')
  const keys = `/api/admin/tenants/${tenant.id}/api-keys`
  const reply = await own.admin.post(keys, { name: 'a day', expires_in_days: 1 })
  const { raw_key } = await expectReply(reply, 201, AdminCreatedKey)
  const headers = { authorization: `Bearer ${raw_key}` }
  own.clock.set('2026-03-14T14:22:00.249Z')
  expect((await own.fetch('/v1/usage', { headers })).status).toBe(200)
  own.clock.set('2026-03-14T14:22:00.250Z')
  await expectRefusal(await own.fetch('/v1/usage', { headers }), 401, 'unauthorized')
})

test('labels may repeat, be long, and be in any script', async () => {
  for (const name of ['x'.repeat(100), '😀'.repeat(100), ' ', 'Ключ для «теста»', '"><script>']) {
    expect((await create({ name })).name).toBe(name)
    await create({ name })
  }
})

test('the hundred and first live key is a conflict; expired and revoked ones make room', async () => {
  const own = await startApp()
  const tenant = await own.tenant('collector')
  const keys = `/api/admin/tenants/${tenant.id}/api-keys`
  const tries = Array.from({ length: 110 }, (_, index) =>
    own.admin.post(keys, { name: `key ${index}`, ...(index < 5 && { expires_in_days: 1 }) }),
  )
  const statuses = (await Promise.all(tries)).map(({ status }) => status)
  // One was there already.
  expect(statuses.filter((status) => status === 201)).toHaveLength(99)
  expect(statuses.filter((status) => status === 409)).toHaveLength(11)

  const before = await tableCounts(own)
  const refused = await own.admin.post(keys, { name: 'one more' })
  const { error } = await expectRefusal(refused, 409, 'too_many_keys')
  expect(error).toBe('A tenant has at most 100 live API keys.')
  expect(await tableCounts(own)).toEqual(before)
  // Another tenant has its own hundred.
  expect((await (await own.tenant('other')).post('/v1/api-keys', { name: 'x' })).status).toBe(201)

  await own.admin.delete(`${keys}/${tenant.keyId}`)
  expect((await own.admin.post(keys, { name: 'instead of the revoked' })).status).toBe(201)
  expect((await own.admin.post(keys, { name: 'too many' })).status).toBe(409)

  own.clock.advance(86_400_000)
  for (let expired = 0; expired < 5; expired++) {
    expect((await own.admin.post(keys, { name: 'instead of an expired' })).status).toBe(201)
  }
  expect((await own.admin.post(keys, { name: 'too many' })).status).toBe(409)
  const listed = await expectReply(await own.admin.get(keys), 200, KeyList)
  expect(listed.keys).toHaveLength(105)
})

test('strangers are refused, whatever they send', () => expectStrangersRefused(app, endpoint))

test('a body that is no JSON object of this shape is refused', () =>
  expectBodiesRefused(app, endpoint))

test('a label that is none is refused where it stands', () =>
  expectFieldRefused(app, endpoint, 'name', [
    '',
    'x'.repeat(101),
    '😀'.repeat(101),
    'a\nb',
    'tab\t',
    '\u0000',
    '\u007f',
    '\u009f',
    5,
    null,
    true,
    ['x'],
    undefined,
  ]))

test('days are whole numbers from 1 to 3650', () =>
  expectFieldRefused(app, endpoint, 'expires_in_days', [
    0,
    -1,
    3651,
    1.5,
    '30',
    null,
    true,
    [30],
    {},
  ]))

test('tenants that cannot exist, do not exist or are deleted are the same 404', () =>
  expectTenantsNotThere(app, (id) => ({
    ...endpoint,
    path: `/api/admin/tenants/${id}/api-keys`,
  })))

test('other methods are refused', () => expectMethodsRefused(app, path, 'GET, HEAD, POST'))
