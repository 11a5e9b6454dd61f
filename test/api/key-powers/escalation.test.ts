import { describe, expect, test } from 'bun:test'
import { CreatedKey } from '../../../src/api-keys/schema.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { newKey } from './support.ts'

const KEYS = '/v1/api-keys'

/** A limit of the key that asks, what it tries to give, and where that goes too far. */
const EXCESSES: [object, object, string][] = [
  [{ scopes: ['keys'] }, {}, 'scopes'],
  [{ scopes: ['keys'] }, { scopes: null }, 'scopes'],
  [{ scopes: ['keys', 'read'] }, { scopes: ['keys', 'run'] }, 'scopes'],
  [{ allowed_agents: ['risk'] }, {}, 'allowed_agents'],
  [{ allowed_agents: ['risk'] }, { allowed_agents: ['risk', 'fraud'] }, 'allowed_agents'],
  [{ allowed_models: ['m-plain'] }, { allowed_models: ['m-tools'] }, 'allowed_models'],
  [{ allowed_networks: ['192.0.2.0/24'] }, {}, 'allowed_networks'],
  [
    { allowed_networks: ['192.0.2.0/24'] },
    { allowed_networks: ['192.0.2.0/23'] },
    'allowed_networks',
  ],
  [{ runs_per_month: 5 }, {}, 'runs_per_month'],
  [{ runs_per_month: 5 }, { runs_per_month: 6 }, 'runs_per_month'],
  [{ tokens_per_month: 5 }, { tokens_per_month: null }, 'tokens_per_month'],
  [{ scopes: ['keys'], expires_in_days: 10 }, { scopes: ['keys'] }, 'expires_at'],
]

describe.each(EXCESSES)('a key with %j', (limits, wanted, field) => {
  test(`makes none with ${JSON.stringify(wanted)}`, async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const { send } = await newKey(app, acme, limits)
    const body = { name: 'child', ...wanted }
    await expectRefusal(await send('POST', KEYS, body), 403, 'forbidden', `/${field}`)
    expect(await app.database.db.selectFrom('api_keys').selectAll().execute()).toHaveLength(2)
  })

  test(`cannot widen itself, or touch a key that can do more`, async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const { id, send } = await newKey(app, acme, limits)
    const wider = field === 'expires_at' ? { expires_at: null } : { [field]: null }
    const own = await send('PATCH', `${KEYS}/${id}`, wider)
    await expectRefusal(own, 403, 'forbidden', `/${field}`)
    if (field === 'expires_at') return
    const path = `${KEYS}/${acme.keyId}`
    for (const [method, at, body] of [
      ['PATCH', path, { name: 'mine' }],
      ['PATCH', path, limits],
      ['POST', `${path}/rotate`, {}],
      ['DELETE', path, undefined],
    ] as const) {
      await expectRefusal(await send(method, at, body), 403, 'forbidden', `/${field}`)
    }
    expect((await acme.get('/v1/agents')).status).toBe(200)
  })
})

test('a limited key makes, changes, rotates and revokes keys within its own limits, itself too', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme')
  const limits = {
    scopes: ['keys', 'read'],
    allowed_agents: ['a', 'b'],
    allowed_networks: ['192.0.2.0/24'],
    runs_per_month: 10,
  }
  const { id, send } = await newKey(app, acme, { ...limits, expires_in_days: 10 })
  const child = await expectReply(
    await send('POST', KEYS, { name: 'child', ...limits, runs_per_month: 9, expires_in_days: 10 }),
    201,
    CreatedKey,
  )
  const path = `${KEYS}/${child.key}`
  expect((await send('PATCH', path, { name: 'renamed', scopes: ['read'] })).status).toBe(200)
  await expectRefusal(await send('PATCH', path, { scopes: ['run'] }), 403, 'forbidden')
  expect((await send('POST', `${path}/rotate`, { overlap_seconds: 60 })).status).toBe(201)
  expect((await send('DELETE', path)).status).toBe(204)
  expect((await send('PATCH', `${KEYS}/${id}`, { runs_per_month: 5 })).status).toBe(200)
  await expectRefusal(await send('PATCH', `${KEYS}/${id}`, { runs_per_month: 6 }), 403, 'forbidden')
  expect((await send('POST', `${KEYS}/${id}/rotate`, {})).status).toBe(201)
  expect((await send('GET', KEYS)).status).toBe(401)
})

test('a capped key takes no other count over, however narrow its key is', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme')
  const other = await newKey(app, acme, { runs_per_month: 5 })
  const { send } = await newKey(app, acme, { runs_per_month: 10 })
  const path = `${KEYS}/${other.id}`
  for (const [method, at, body] of [
    ['PATCH', path, { runs_per_month: 10 }],
    ['POST', `${path}/rotate`, {}],
    ['DELETE', path, undefined],
  ] as const) {
    const { error } = await expectRefusal(await send(method, at, body), 403, 'forbidden')
    expect(error).toContain('count together')
  }
})

test('a key without limits is its tenant, whatever its end', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme')
  const { send } = await newKey(app, acme, { expires_in_days: 1 })
  expect((await send('POST', KEYS, { name: 'lasting' })).status).toBe(201)
  const limited = await newKey(app, acme, { scopes: ['read'] })
  const path = `${KEYS}/${limited.id}`
  expect((await send('PATCH', path, { scopes: ['run'], runs_per_month: 1 })).status).toBe(200)
})

test('operators are bound by nothing of this', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme')
  const { id, send } = await newKey(app, acme, { scopes: ['read'], runs_per_month: 1 })
  const path = `/api/admin/tenants/${acme.id}/api-keys/${id}`
  const wide = { scopes: null, runs_per_month: null }
  expect((await app.admin.patch(path, wide)).status).toBe(200)
  expect((await send('POST', KEYS, { name: 'free' })).status).toBe(201)
})
