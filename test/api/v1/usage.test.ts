import { describe, expect, test } from 'bun:test'
import { Usage } from '../../../src/usage/schema.ts'
import { startApp, type TestApp, type TestTenant } from '../../harness.ts'
import { status } from '../../scripted-faults.ts'
import { answer } from '../../scripted-replies.ts'
import { GOOD_CHAT, testRefusals } from './common.ts'
import { expectReply } from '../../expect-reply.ts'

async function usage(app: TestApp, tenant: TestTenant) {
  await app.flushActivity()
  return expectReply(await tenant.get('/v1/usage'), 200, Usage)
}

describe('GET /v1/usage', () => {
  test('a tenant that has done nothing has zeros, the period, and its quotas', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { tier: 'pro' })
    expect(await usage(app, acme)).toEqual({
      period_start: '2026-03-01T00:00:00Z',
      period_end: '2026-03-31T23:59:59Z',
      total_runs: 0,
      total_tokens: 0,
      total_api_calls: 0,
      quota_runs: 100_000,
      quota_tokens: 10_000_000,
      daily_usage: [],
    })
  })

  test.each([
    ['free', 1000, 100_000],
    ['dev', 10_000, 1_000_000],
    ['pro', 100_000, 10_000_000],
    ['enterprise', null, null],
  ])('quotas of tier %s', async (tier, runs, tokens) => {
    const app = await startApp()
    const acme = await app.tenant('acme', { tier })
    expect(await usage(app, acme)).toMatchObject({ quota_runs: runs, quota_tokens: tokens })
  })

  test('days are newest first, with runs, chats and failures, and days without use left out', async () => {
    const app = await startApp({ now: '2026-03-12T23:59:00Z' })
    const acme = await app.tenant('acme', { agents: ['risk'] })
    app.provider.reply(answer({ usage: { input: 10, output: 1 } }))
    await acme.run('risk')
    app.clock.set('2026-03-14T00:00:00Z')
    await acme.run('risk')
    await acme.post('/v1/chat', GOOD_CHAT)
    await (await acme.post('/v1/chat/stream', GOOD_CHAT)).text()
    app.provider.reply(status(500))
    await acme.run('risk')
    // A day of api calls alone is use as well.
    app.clock.set('2026-03-20T12:00:00Z')
    await acme.get('/v1/agents')

    expect(await usage(app, acme)).toMatchObject({
      total_runs: 5,
      total_tokens: 44,
      total_api_calls: 6,
      daily_usage: [
        { date: '2026-03-20', runs: 0, tokens: 0, api_calls: 1 },
        { date: '2026-03-14', runs: 4, tokens: 33, api_calls: 4 },
        { date: '2026-03-12', runs: 1, tokens: 11, api_calls: 1 },
      ],
    })
    // The call that has just asked is counted for the next.
    expect((await usage(app, acme)).total_api_calls).toBe(7)
  })

  test('only the current month is told', async () => {
    const app = await startApp({ now: '2026-03-31T23:59:59Z' })
    const acme = await app.tenant('acme', { agents: ['risk'] })
    await acme.run('risk')
    app.clock.advance(1000)
    expect(await usage(app, acme)).toMatchObject({
      period_start: '2026-04-01T00:00:00Z',
      period_end: '2026-04-30T23:59:59Z',
      total_runs: 0,
      total_api_calls: 0,
      daily_usage: [],
    })
  })

  test('a leap year’s February has 29 days', async () => {
    const app = await startApp({ now: '2028-02-10T00:00:00Z' })
    const acme = await app.tenant('acme')
    expect(await usage(app, acme)).toMatchObject({ period_end: '2028-02-29T23:59:59Z' })
  })

  test('runs of deleted agents stay', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    await acme.run('risk')
    await app.admin.delete(`/api/admin/tenants/${acme.id}/agents/risk`)
    expect(await usage(app, acme)).toMatchObject({ total_runs: 1, total_tokens: 19 })
  })

  test('another tenant’s use is not in it', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    const globex = await app.tenant('globex', { agents: ['risk'] })
    await acme.run('risk')
    await acme.run('risk')
    await globex.run('risk')
    expect(await usage(app, acme)).toMatchObject({ total_runs: 2, total_api_calls: 2 })
    expect(await usage(app, globex)).toMatchObject({ total_runs: 1, total_api_calls: 1 })
  })

  testRefusals({ method: 'GET', path: '/v1/usage' })
})
