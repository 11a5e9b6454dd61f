import { describe, expect, test } from 'bun:test'
import { Me } from '../../../src/api-keys/me-routes.ts'
import { expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { testRefusals } from './common.ts'

describe('GET /v1/me', () => {
  test('tells the tenant, the key that asks, and the limits', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { tier: 'pro' })
    expect(await expectReply(await acme.get('/v1/me'), 200, Me)).toEqual({
      tenant: { id: acme.id, name: 'acme', tier: 'pro', status: 'active' },
      key: {
        id: acme.keyId,
        name: 'test',
        prefix: acme.secret.slice(0, 9),
        created_at: '2026-03-13T14:22:00Z',
        expires_at: null,
        last_used: null,
      },
      limits: {
        runs_per_month: 100_000,
        tokens_per_month: 10_000_000,
        requests_per_minute: 3000,
      },
    })
  })

  test('each key is told of itself, and each tenant of itself', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const globex = await app.tenant('globex')
    const made = await acme.post('/v1/api-keys', { name: 'mobile', expires_in_days: 5 })
    const { secret, key } = (await made.json()) as { secret: string; key: string }
    const headers = { authorization: `Bearer ${secret}` }
    const mobile = await expectReply(await app.fetch('/v1/me', { headers }), 200, Me)
    expect(mobile).toMatchObject({
      tenant: { id: acme.id },
      key: { id: key, name: 'mobile', expires_at: '2026-03-18T14:22:00Z' },
      limits: { runs_per_month: null, tokens_per_month: null, requests_per_minute: null },
    })
    const other = await expectReply(await globex.get('/v1/me'), 200, Me)
    expect([other.tenant.id, other.key.id]).toEqual([globex.id, globex.keyId])
  })

  testRefusals({ method: 'GET', path: '/v1/me' })
})
