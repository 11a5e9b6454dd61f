import { describe, expect, test } from 'bun:test'
import { KeyList } from '../../../src/api-keys/schema.ts'
import { startApp } from '../../harness.ts'
import { testRefusals } from './common.ts'
import { expectReply } from '../../expect-reply.ts'

const PATH = '/v1/api-keys'

describe('GET /v1/api-keys', () => {
  test('keys are listed by creation, with prefix and times, never with their secret or hash', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    app.clock.advance(1000)
    const created = (await (
      await acme.post(PATH, { name: 'android-production', expires_in_days: 365 })
    ).json()) as { key: string; secret: string }
    await app.flushActivity()
    const reply = await acme.get(PATH)
    const text = await reply.clone().text()
    const { keys } = await expectReply(reply, 200, KeyList)
    expect(keys).toEqual([
      {
        id: acme.keyId,
        name: 'test',
        prefix: acme.secret.slice(0, 9),
        created_at: '2026-03-13T14:22:00Z',
        expires_at: null,
        last_used: '2026-03-13T14:22:01Z',
      },
      {
        id: created.key,
        name: 'android-production',
        prefix: created.secret.slice(0, 9),
        created_at: '2026-03-13T14:22:01Z',
        expires_at: '2027-03-13T14:22:01Z',
        last_used: null,
      },
    ])
    for (const { secret } of [acme, created]) {
      expect(text).not.toContain(secret)
      expect(text).not.toContain(secret.slice(9))
      expect(text).not.toContain(Bun.CryptoHasher.hash('sha256', secret, 'hex'))
    }
  })

  test('revoked keys are left out, expired ones are kept', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    await acme.post(PATH, { name: 'expiring', expires_in_days: 1 })
    const { key } = (await (await acme.post(PATH, { name: 'revoked' })).json()) as { key: string }
    expect((await acme.delete(`${PATH}/${key}`)).status).toBe(204)
    app.clock.advance(2 * 86_400_000)
    const { keys } = await expectReply(await acme.get(PATH), 200, KeyList)
    expect(keys.map(({ name }) => name)).toEqual(['test', 'expiring'])
  })

  test('only secrets’ hashes are stored', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const rows = await app.database.db.selectFrom('api_keys').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(acme.secret)
    expect(rows[0]!.hash).toBe(Bun.CryptoHasher.hash('sha256', acme.secret, 'hex'))
  })

  test('another tenant’s keys are not listed, also where labels are equal', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const globex = await app.tenant('globex')
    await acme.post(PATH, { name: 'shared-label' })
    await globex.post(PATH, { name: 'shared-label' })
    const { keys } = await expectReply(await globex.get(PATH), 200, KeyList)
    expect(keys).toHaveLength(2)
    const mine = await expectReply(await acme.get(PATH), 200, KeyList)
    const ids = new Set(mine.keys.map(({ id }) => id))
    for (const { id } of keys) expect(ids.has(id)).toBe(false)
  })

  testRefusals({ method: 'GET', path: PATH })
})
