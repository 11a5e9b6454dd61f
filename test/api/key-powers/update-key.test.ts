import { describe, expect, test } from 'bun:test'
import { AdminCreatedKey, CreatedKey, KeyItem, KeyList } from '../../../src/api-keys/schema.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp, type TestApp, type TestTenant } from '../../harness.ts'
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
import { newKey, NEVER, sender } from './support.ts'

const DAY_MS = 86_400_000
const NONE = {
  scopes: null,
  allowed_agents: null,
  allowed_models: null,
  allowed_networks: null,
  runs_per_month: null,
  tokens_per_month: null,
}
const LIMITS = {
  scopes: ['run', 'read'],
  allowed_agents: ['risk'],
  allowed_models: ['m-tools', 'm-plain'],
  allowed_networks: ['192.0.2.0/24', '2001:db8::1'],
  runs_per_month: 10,
  tokens_per_month: 0,
}

async function start() {
  const app = await startApp()
  return { app, acme: await app.tenant('acme', { agents: ['risk'] }) }
}

/** Both APIs change the same key in the same way. */
const APIS = ['/v1', '/api/admin'] as const

function changer(app: TestApp, acme: TestTenant, api: (typeof APIS)[number]) {
  const send = sender(app, acme.secret)
  return (id: string, body: unknown) =>
    api === '/v1'
      ? send('PATCH', `/v1/api-keys/${id}`, body)
      : app.admin.patch(`/api/admin/tenants/${acme.id}/api-keys/${id}`, body)
}

describe('powers at creation', () => {
  test('are answered and listed, and nothing of them where there are none', async () => {
    const { app, acme } = await start()
    const own = await acme.post('/v1/api-keys', { name: 'a', ...LIMITS })
    expect((await expectReply(own, 201, CreatedKey)).powers).toEqual(LIMITS as never)
    const path = `/api/admin/tenants/${acme.id}/api-keys`
    const partly = await app.admin.post(path, { name: 'b', runs_per_month: 3, scopes: null })
    const made = await expectReply(partly, 201, AdminCreatedKey)
    expect(made.powers).toEqual({ ...NONE, runs_per_month: 3 })
    const bare = await app.admin.post(path, { name: 'c', ...NONE })
    expect(await expectReply(bare, 201, AdminCreatedKey)).not.toHaveProperty('powers')
    const { keys } = await expectReply(await acme.get('/v1/api-keys'), 200, KeyList)
    expect(keys.map(({ powers }) => powers)).toEqual([
      undefined,
      LIMITS as never,
      { ...NONE, runs_per_month: 3 },
      undefined,
    ])
    expect((await auditEntries(app)).at(-2)!.details['powers']).toEqual({
      ...NONE,
      runs_per_month: 3,
    })
    expect((await auditEntries(app)).at(-1)!.details).not.toHaveProperty('powers')
  })
})

const INVALID: [string, unknown[]][] = [
  ['scopes', [[], ['write'], ['run', 'run'], 'run', [null], {}]],
  ['allowed_agents', ['risk', ['UPPER'], ['a', 'a'], [1], Array(101).fill('a')]],
  ['allowed_models', ['m-tools', [''], [5]]],
  ['allowed_networks', [[], '10.0.0.0/8', [7]]],
  ['runs_per_month', [-1, 1.5, '5', true]],
  ['tokens_per_month', [-1, 0.1, '', []]],
]
const INVALID_ITEMS: [string, unknown[]][] = [
  ['allowed_models', ['gpt-unknown', 'M-TOOLS', 'upstream-tools']],
  [
    'allowed_networks',
    [
      '10.0.0.0/33',
      '10.0.0',
      'localhost',
      '10.0.0.0/8/8',
      '::1/129',
      'fe80::1%eth0',
      '::ffff:10.0.0.1',
    ],
  ],
]

describe.each(['create', 'change'])('powers that cannot be, to %s', (verb) => {
  const app = startApp()
  test.each(INVALID)('%s is 422 at the field', async (field, values) => {
    const server = await app
    const acme = await server.tenant(`acme-${crypto.randomUUID()}`)
    const path = `/api/admin/tenants/${acme.id}/api-keys`
    const endpoint =
      verb === 'create'
        ? { method: 'POST', path, body: { name: 'x' } }
        : { method: 'PATCH', path: `${path}/${acme.keyId}`, body: { name: 'x' } }
    for (const value of values) {
      const body = { ...endpoint.body, [field]: value }
      const reply = await (verb === 'create'
        ? server.admin.post(path, body)
        : server.admin.patch(endpoint.path, body))
      const { details } = await expectRefusal(reply, 422, 'invalid')
      expect(details![0]!.path).toStartWith(`/${field}`)
    }
  })

  test.each(INVALID_ITEMS)('an unknown item of %s is 422 at its place', async (field, values) => {
    const server = await app
    const acme = await server.tenant(`acme-${crypto.randomUUID()}`)
    const send = sender(server, acme.secret)
    for (const value of values) {
      const good = field === 'allowed_models' ? 'm-plain' : '10.0.0.0/8'
      const body = { name: 'x', [field]: [good, value] }
      const reply = await (verb === 'create'
        ? send('POST', '/v1/api-keys', body)
        : send('PATCH', `/v1/api-keys/${acme.keyId}`, body))
      await expectRefusal(reply, 422, 'invalid', `/${field}/1`)
    }
  })
})

describe.each(APIS)('PATCH of a key under %s', (api) => {
  test('changes only what is given, and says all of it', async () => {
    const { app, acme } = await start()
    const change = changer(app, acme, api)
    const { id } = await newKey(app, acme, { ...LIMITS, expires_in_days: 5 })
    const renamed = await expectReply(await change(id, { name: 'renamed' }), 200, KeyItem)
    expect(renamed).toEqual({
      id,
      name: 'renamed',
      prefix: renamed.prefix,
      created_at: '2026-03-13T14:22:00Z',
      expires_at: '2026-03-18T14:22:00Z',
      powers: LIMITS as never,
      last_used: null,
    })
    const body = { scopes: null, runs_per_month: 11, allowed_agents: [] }
    const changed = await expectReply(await change(id, body), 200, KeyItem)
    expect(changed.powers).toEqual({ ...LIMITS, ...body } as never)
    const { keys } = await expectReply(await acme.get('/v1/api-keys'), 200, KeyList)
    expect(keys.find((key) => key.id === id)).toEqual(changed)
    const bare = await expectReply(await change(id, { ...NONE, expires_at: null }), 200, KeyItem)
    expect(bare).not.toHaveProperty('powers')
    expect(bare.expires_at).toBeNull()
  })

  test('counts from the very next request on', async () => {
    const { app, acme } = await start()
    const change = changer(app, acme, api)
    const { id, send } = await newKey(app, acme)
    expect((await send('GET', '/v1/agents')).status).toBe(200)
    await change(id, { scopes: ['run'] })
    expect((await send('GET', '/v1/agents')).status).toBe(403)
    await change(id, { scopes: ['read'], allowed_agents: [] })
    expect((await send('GET', '/v1/agents/risk')).status).toBe(404)
    await change(id, { ...NONE, allowed_networks: ['10.0.0.0/8'] })
    expect((await send('GET', '/v1/agents/risk')).status).toBe(403)
    await change(id, { allowed_networks: ['192.0.2.0/24'] })
    expect((await send('GET', '/v1/agents/risk')).status).toBe(200)
    await change(id, { expires_in_days: 1 })
    app.clock.advance(DAY_MS)
    expect((await send('GET', '/v1/agents/risk')).status).toBe(401)
    // An expired key that is given a new end lives again.
    await change(id, { expires_at: '2027-01-01T01:00:00+01:00' })
    expect((await send('GET', '/v1/agents/risk')).status).toBe(200)
  })

  test('the end of a key is a moment ahead, or never', async () => {
    const { app, acme } = await start()
    const change = changer(app, acme, api)
    const { id } = await newKey(app, acme)
    for (const [body, expected] of [
      [{ expires_at: '2026-03-13T14:22:01Z' }, '2026-03-13T14:22:01Z'],
      [{ expires_at: '2026-12-31T23:30:00.5-01:00' }, '2027-01-01T00:30:00Z'],
      [{ expires_in_days: 3650 }, '2036-03-10T14:22:00Z'],
      [{ expires_at: null }, null],
    ] as const) {
      expect((await expectReply(await change(id, body), 200, KeyItem)).expires_at).toBe(expected)
    }
    for (const expires_at of [
      '2026-03-13T14:22:00Z',
      '2020-01-01T00:00:00Z',
      '2036-03-11T00:00:00Z',
      '9999-12-31T23:59:59Z',
      '2026-13-01T00:00:00Z',
      '2027-02-30T00:00:00Z',
      '2027-02-01T25:00:00Z',
      '2027-02-01',
      '2027-02-01T00:00:00',
      'tomorrow',
      '',
      5,
    ]) {
      const reply = await change(id, { expires_at })
      await expectRefusal(reply, 422, 'invalid', '/expires_at')
    }
    for (const expires_in_days of [0, 3651, 1.5, null, '5']) {
      await expectRefusal(await change(id, { expires_in_days }), 422, 'invalid', '/expires_in_days')
    }
    const both = await change(id, { expires_in_days: 1, expires_at: null })
    await expectRefusal(both, 422, 'invalid', '/expires_in_days')
  })

  test('is audited with what changed; what changes nothing is not', async () => {
    const { app, acme } = await start()
    const change = changer(app, acme, api)
    const { id } = await newKey(app, acme, { scopes: ['run'] })
    await change(id, { name: 'renamed', scopes: ['run'], runs_per_month: 5 })
    const entry = (await auditEntries(app)).at(-1)!
    expect(entry).toEqual({
      action: 'api_key.updated',
      actor: api === '/v1' ? 'tenant:acme' : 'admin',
      details: {
        tenant_id: acme.id,
        tenant_name: 'acme',
        key_id: id,
        key_name: 'renamed',
        prefix: entry.details['prefix'],
        changed: ['name', 'runs_per_month'],
        before: { name: 'limited', runs_per_month: null },
        after: { name: 'renamed', runs_per_month: 5 },
      },
      timestamp: '2026-03-13T14:22:00.250Z',
    })
    const count = (await auditEntries(app)).length
    expect((await change(id, {})).status).toBe(200)
    expect((await change(id, { name: 'renamed', scopes: ['run'] })).status).toBe(200)
    expect(await auditEntries(app)).toHaveLength(count)
  })

  test('a revoked key is 404, a rotated one 409', async () => {
    const { app, acme } = await start()
    const change = changer(app, acme, api)
    const { id, send } = await newKey(app, acme)
    await acme.post(`/v1/api-keys/${id}/rotate`, { overlap_seconds: 60 })
    await expectRefusal(await change(id, { expires_at: null }), 409, 'conflict')
    expect((await send('GET', '/v1/agents')).status).toBe(200)
    await acme.delete(`/v1/api-keys/${id}`)
    await expectRefusal(await change(id, { name: 'x' }), 404, 'not_found')
  })

  test('nothing changes while the storage takes no writes', async () => {
    const { app, acme } = await start()
    const change = changer(app, acme, api)
    const { id, send } = await newKey(app, acme)
    const lock = await lockDatabase(app)
    await expectRefusal(await change(id, { scopes: ['run'] }), 503, 'storage_unavailable')
    lock.release()
    expect((await send('GET', '/v1/agents')).status).toBe(200)
  })
})

test('an expired key lives again only where there is room', async () => {
  const { app, acme } = await start()
  const { id } = await newKey(app, acme, { expires_in_days: 1 })
  app.clock.advance(2 * DAY_MS)
  await Promise.all(Array.from({ length: 99 }, () => acme.post('/v1/api-keys', { name: 'x' })))
  const change = changer(app, acme, '/v1')
  await expectRefusal(await change(id, { expires_in_days: 1 }), 409, 'too_many_keys')
  expect((await change(id, { name: 'still there' })).status).toBe(200)
  await acme.delete(`/v1/api-keys/${id}`)
})

test('another tenant’s key is 404, as one that never existed, and stays as it is', async () => {
  const { app, acme } = await start()
  const globex = await app.tenant('globex')
  const change = changer(app, acme, '/v1')
  await expectRefusal(await change(globex.keyId, { scopes: ['run'] }), 404, 'not_found')
  await sameAnswer(change(globex.keyId, { name: 'x' }), change(NEVER, { name: 'x' }))
  expect((await globex.get('/v1/agents')).status).toBe(200)
  const crossed = `/api/admin/tenants/${acme.id}/api-keys/${globex.keyId}`
  await expectRefusal(await app.admin.patch(crossed, { name: 'x' }), 404, 'not_found')
})

describe('the Admin API', () => {
  test('refuses strangers, bodies, fields, tenants and keys that are not there', async () => {
    const { app, acme } = await start()
    const of = (tenantId: string, keyId = acme.keyId) => ({
      method: 'PATCH',
      path: `/api/admin/tenants/${tenantId}/api-keys/${keyId}`,
      body: { name: 'changed' },
    })
    await expectStrangersRefused(app, of(acme.id))
    await expectBodiesRefused(app, of(acme.id))
    await expectFieldRefused(app, of(acme.id), 'name', ['', 'a'.repeat(101), 5, null, 'a\nb'])
    await expectTenantsNotThere(app, (tenantId) => of(tenantId))
    const missing = [UNKNOWN_ID, ...IMPOSSIBLE_IDS].map((id) => of(acme.id, id))
    await expectNotThere(app, missing, 'There is no such API key.')
  })
})

testRefusals({ method: 'PATCH', path: `/v1/api-keys/${NEVER}`, body: { name: 'x' } })
testBodyRefusals({ method: 'PATCH', path: `/v1/api-keys/${NEVER}`, body: { name: 'x' } }, [])
