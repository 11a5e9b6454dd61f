import { describe, expect, test } from 'bun:test'
import { CreatedKey, KeyList } from '../../../src/api-keys/schema.ts'
import { startApp, type TestApp } from '../../harness.ts'
import { lockDatabase, testBodyRefusals, testRefusals } from './common.ts'
import { expectReply } from '../../expect-reply.ts'
import { expectError } from './expect-error.ts'

const PATH = '/v1/api-keys'
const DAY_MS = 86_400_000

function statusWith(app: TestApp, secret: string): Promise<number> {
  return app
    .fetch('/v1/agents', { headers: { authorization: `Bearer ${secret}` } })
    .then((reply) => reply.status)
}

describe('POST /v1/api-keys', () => {
  test('the documented request gives 201 with the key’s id and its secret, which works at once', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const reply = await acme.post(PATH, { name: 'mobile-app-key', expires_in_days: 365 })
    const key = await expectReply(reply, 201, CreatedKey)
    expect(key).toEqual({
      key: key.key,
      secret: key.secret,
      name: 'mobile-app-key',
      prefix: key.secret.slice(0, 9),
      created_at: '2026-03-13T14:22:00Z',
      expires_at: '2027-03-13T14:22:00Z',
    })
    expect(key.secret).toMatch(/^ares_[a-z0-9]{37}$/)
    expect(await statusWith(app, key.secret)).toBe(200)
  })

  test('without expires_in_days it does not expire', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const key = await expectReply(await acme.post(PATH, { name: 'x' }), 201, CreatedKey)
    expect(key.expires_at).toBeNull()
    app.clock.advance(100 * 365 * DAY_MS)
    expect(await statusWith(app, key.secret)).toBe(200)
  })

  test('it expires to the second, at the very next request', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const reply = await acme.post(PATH, { name: 'x', expires_in_days: 1 })
    const key = await expectReply(reply, 201, CreatedKey)
    app.clock.advance(DAY_MS - 1)
    expect(await statusWith(app, key.secret)).toBe(200)
    app.clock.advance(1)
    expect(await statusWith(app, key.secret)).toBe(401)
    // A key of the same tenant without expiry goes on.
    expect(await statusWith(app, acme.secret)).toBe(200)
  })

  test.each([1, 3650])('expires_in_days may be %i', async (days) => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const reply = await acme.post(PATH, { name: 'x', expires_in_days: days })
    const { expires_at } = await expectReply(reply, 201, CreatedKey)
    const expected = new Date(Date.parse('2026-03-13T14:22:00Z') + days * DAY_MS)
    expect(expires_at).toBe(`${expected.toISOString().slice(0, 19)}Z`)
  })

  test('labels are 1 to 100 characters of any script and may repeat', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    for (const name of [
      'a',
      'a',
      'é'.repeat(100),
      '😀'.repeat(100),
      'with blanks',
      "Robert'); --",
    ]) {
      const key = await expectReply(await acme.post(PATH, { name }), 201, CreatedKey)
      expect(key.name).toBe(name)
    }
    const { keys } = await expectReply(await acme.get(PATH), 200, KeyList)
    expect(keys).toHaveLength(7)
  })

  test('secrets differ, and none is told twice', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const secrets = new Set<string>()
    for (let i = 0; i < 20; i++) {
      secrets.add((await expectReply(await acme.post(PATH, { name: 'x' }), 201, CreatedKey)).secret)
    }
    expect(secrets.size).toBe(20)
  })

  test('at most 100 live keys: 409, until one is revoked or has expired', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const expiring = await acme.post(PATH, { name: 'expiring', expires_in_days: 1 })
    expect(expiring.status).toBe(201)
    let last = ''
    const replies = await Promise.all(
      Array.from({ length: 110 }, () => acme.post(PATH, { name: 'x' })),
    )
    for (const reply of replies.filter(({ status }) => status === 201)) {
      last = ((await reply.json()) as { key: string }).key
    }
    const refused = replies.filter(({ status }) => status === 409)
    expect(refused).toHaveLength(12)
    await expectError(refused[0]!, 409, 'too_many_keys')
    await acme.delete(`${PATH}/${last}`)
    expect((await acme.post(PATH, { name: 'x' })).status).toBe(201)
    expect((await acme.post(PATH, { name: 'x' })).status).toBe(409)
    app.clock.advance(2 * DAY_MS)
    expect((await acme.post(PATH, { name: 'x' })).status).toBe(201)
    // Another tenant has its own hundred.
    const globex = await app.tenant('globex')
    expect((await globex.post(PATH, { name: 'x' })).status).toBe(201)
  })

  test('the creation is audited as the tenant’s, without the secret', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const { key, secret } = await expectReply(
      await acme.post(PATH, { name: 'audited' }),
      201,
      CreatedKey,
    )
    const text = await (await app.admin.get('/api/admin/audit-log?limit=1')).text()
    expect(JSON.parse(text)).toMatchObject({
      entries: [
        {
          action: 'api_key.created',
          actor: 'tenant:acme',
          details: { key_id: key, prefix: secret.slice(0, 9), tenant_name: 'acme' },
        },
      ],
    })
    expect(text).not.toContain(secret)
  })

  test('while the storage takes no writes it is 503 and there is no key', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const lock = await lockDatabase(app)
    await expectError(await acme.post(PATH, { name: 'x' }), 503, 'storage_unavailable')
    lock.release()
    const { keys } = await expectReply(await acme.get(PATH), 200, KeyList)
    expect(keys).toHaveLength(1)
  })

  test('a key is of the tenant that made it, and opens no other’s things', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    const globex = await app.tenant('globex', { agents: ['other'] })
    const { secret } = await expectReply(await globex.post(PATH, { name: 'x' }), 201, CreatedKey)
    const headers = { authorization: `Bearer ${secret}` }
    expect((await app.fetch('/v1/agents/other', { headers })).status).toBe(200)
    expect((await app.fetch('/v1/agents/risk', { headers })).status).toBe(404)
    expect((await acme.get('/v1/agents/risk')).status).toBe(200)
  })

  testRefusals({ method: 'POST', path: PATH, body: { name: 'x' } })
  testBodyRefusals({ method: 'POST', path: PATH, body: { name: 'x' } }, [
    ['no name', {}],
    ['an empty name', { name: '' }],
    ['101 characters', { name: 'x'.repeat(101) }],
    ['101 emoji', { name: '😀'.repeat(101) }],
    ['a line break', { name: 'a\nb' }],
    ['NUL', { name: 'a\u0000' }],
    ['a C1 control character', { name: 'a\u0085' }],
    ['a lone surrogate', { name: 'a\ud800' }],
    ['0 days', { name: 'x', expires_in_days: 0 }],
    ['3651 days', { name: 'x', expires_in_days: 3651 }],
    ['a fraction of days', { name: 'x', expires_in_days: 1.5 }],
    ['days as text', { name: 'x', expires_in_days: '5' }],
    ['null days', { name: 'x', expires_in_days: null }],
    ['an unknown field', { name: 'x', scopes: [] }],
    ['a tenant', { name: 'x', tenant_id: 'y' }],
  ])
})
