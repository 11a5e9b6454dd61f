import { describe, expect, test } from 'bun:test'
import { CreatedKey } from '../../../src/api-keys/schema.ts'
import { startApp, type TestTenant } from '../../harness.ts'
import { answer } from '../../scripted-replies.ts'
import { expectTotalsMatch } from '../totals.ts'
import { lockDatabase, sameAnswer, testRefusals } from './common.ts'
import { expectReply } from '../../expect-reply.ts'
import { until } from '../../waiting.ts'
import { expectError } from './expect-error.ts'

const PATH = '/v1/api-keys'
const NEVER = '0195f1a0-0000-7000-8000-000000000000'

async function second(tenant: TestTenant) {
  return expectReply(await tenant.post(PATH, { name: 'second' }), 201, CreatedKey)
}

describe('DELETE /v1/api-keys/{id}', () => {
  test('204 without a body, and the key is dead at the very next request', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const { key, secret } = await second(acme)
    const headers = { authorization: `Bearer ${secret}` }
    expect((await app.fetch('/v1/agents', { headers })).status).toBe(200)
    const reply = await acme.delete(`${PATH}/${key}`)
    expect(reply.status).toBe(204)
    expect(await reply.text()).toBe('')
    await expectError(await app.fetch('/v1/agents', { headers }), 401, 'unauthorized')
    // The tenant's other key is as it was.
    expect((await acme.get('/v1/agents')).status).toBe(200)
  })

  test('no request that starts after the 204 passes, however many hammer', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const { key, secret } = await second(acme)
    const headers = { authorization: `Bearer ${secret}` }
    let revoked = false
    let answered = 0
    let late = 0
    const hammers = Array.from({ length: 16 }, async () => {
      for (let after = 0; after < 5;) {
        // In one process, answers come without a turn of the event loop.
        await Bun.sleep(0)
        const startedAfter = revoked
        const { status } = await app.fetch('/v1/agents', { headers })
        answered++
        if (startedAfter) after++
        if (startedAfter && status !== 401) late++
      }
    })
    await until(() => answered > 50)
    expect((await acme.delete(`${PATH}/${key}`)).status).toBe(204)
    revoked = true
    await Promise.all(hammers)
    expect(late).toBe(0)
  })

  test('a key may revoke itself', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    expect((await acme.delete(`${PATH}/${acme.keyId}`)).status).toBe(204)
    await expectError(await acme.get('/v1/agents'), 401, 'unauthorized')
    await expectError(await acme.delete(`${PATH}/${acme.keyId}`), 401, 'unauthorized')
  })

  test('what runs when its key is revoked finishes and is metered', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    app.provider.reply(async () => {
      expect((await acme.delete(`${PATH}/${acme.keyId}`)).status).toBe(204)
      return answer({ usage: { input: 4, output: 4 } })
    })
    const run = await acme.run('risk')
    expect(await run.json()).toMatchObject({ status: 'completed', tokens_used: 8 })
    expect((await acme.run('risk')).status).toBe(401)
    expect(await expectTotalsMatch(app)).toBe(1)
  })

  test('an expired key can be revoked', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const reply = await acme.post(PATH, { name: 'x', expires_in_days: 1 })
    const { key } = await expectReply(reply, 201, CreatedKey)
    app.clock.advance(2 * 86_400_000)
    expect((await acme.delete(`${PATH}/${key}`)).status).toBe(204)
  })

  test('twice, a malformed id, and one that never existed are the same 404', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const { key } = await second(acme)
    await acme.delete(`${PATH}/${key}`)
    for (const id of [key, 'nonsense', key.toUpperCase(), '%00', "'%20or%201=1"]) {
      await expectError(await acme.delete(`${PATH}/${id}`), 404, 'not_found')
      await sameAnswer(acme.delete(`${PATH}/${id}`), acme.delete(`${PATH}/${NEVER}`))
    }
  })

  test('of 20 that revoke it at once, one succeeds, and there is one audit entry', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const { key } = await second(acme)
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => acme.delete(`${PATH}/${key}`)),
    )
    const statuses = replies.map(({ status }) => status)
    expect(statuses.filter((status) => status === 204)).toHaveLength(1)
    expect(statuses.filter((status) => status === 404)).toHaveLength(19)
    const { entries } = (await (await app.admin.get('/api/admin/audit-log')).json()) as {
      entries: { action: string; actor: string; details: { key_id?: string } }[]
    }
    const revocations = entries.filter(({ action }) => action === 'api_key.revoked')
    expect(revocations).toHaveLength(1)
    expect(revocations[0]).toMatchObject({ actor: 'tenant:acme', details: { key_id: key } })
  })

  test('another tenant’s key is 404, as one that never existed, and goes on working', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const globex = await app.tenant('globex')
    await expectError(await globex.delete(`${PATH}/${acme.keyId}`), 404, 'not_found')
    await sameAnswer(globex.delete(`${PATH}/${acme.keyId}`), globex.delete(`${PATH}/${NEVER}`))
    expect((await acme.get('/v1/agents')).status).toBe(200)
  })

  test('while the storage takes no writes it is 503, and the key lives', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const { key, secret } = await second(acme)
    const lock = await lockDatabase(app)
    await expectError(await acme.delete(`${PATH}/${key}`), 503, 'storage_unavailable')
    lock.release()
    const headers = { authorization: `Bearer ${secret}` }
    expect((await app.fetch('/v1/agents', { headers })).status).toBe(200)
    expect((await acme.delete(`${PATH}/${key}`)).status).toBe(204)
  })

  testRefusals({ method: 'DELETE', path: `${PATH}/${NEVER}` })
})
