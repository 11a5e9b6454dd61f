import { expect, test } from 'bun:test'
import { DailyUsage } from '../../../src/usage/schema.ts'
import { expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { answer } from '../../scripted-replies.ts'
import {
  expectHeadMatches,
  expectIntegersRefused,
  expectMethodsRefused,
  expectStrangersRefused,
  expectTenantsNotThere,
} from './refusals.ts'

const app = await startApp({ now: '2027-03-05T12:00:00.000Z' })
const acme = await app.tenant('acme-corp', { agents: ['risk'] })
const path = `/api/admin/tenants/${acme.id}/usage/daily`

const days = async (query = '') =>
  (await expectReply(await app.admin.get(path + query), 200, DailyUsage)).daily

const dates = async (query: string) => (await days(query)).map(({ date }) => date)

/** One run of so many tokens at that moment. */
async function runAt(moment: string, tokens: number): Promise<void> {
  app.clock.set(moment)
  app.provider.enqueue(answer({ usage: { input: tokens, output: 0 } }))
  expect((await acme.run('risk')).status).toBe(200)
}

test('a quiet tenant has no days', async () => {
  expect(await days()).toEqual([])
})

test('days come newest first, those without use are left out', async () => {
  await runAt('2028-02-27T23:59:59.999Z', 1)
  await runAt('2028-02-28T00:00:00.000Z', 2)
  await runAt('2028-02-29T00:00:00.000Z', 3)
  await runAt('2028-02-29T23:59:59.999Z', 4)
  await runAt('2028-03-02T10:00:00.000Z', 5)
  expect(await days()).toEqual([
    { date: '2028-03-02', runs: 1, tokens: 5 },
    { date: '2028-02-29', runs: 2, tokens: 7 },
    { date: '2028-02-28', runs: 1, tokens: 2 },
    { date: '2028-02-27', runs: 1, tokens: 1 },
  ])
})

test('days counts today', async () => {
  expect(await dates('?days=1')).toEqual(['2028-03-02'])
  expect(await dates('?days=2')).toEqual(['2028-03-02'])
  expect(await dates('?days=3')).toEqual(['2028-03-02', '2028-02-29'])
  expect(await dates('?days=4')).toEqual(['2028-03-02', '2028-02-29', '2028-02-28'])
  expect(await dates('?days=5')).toHaveLength(4)
  app.clock.set('2028-03-03T00:00:00.000Z')
  expect(await dates('?days=1')).toEqual([])
})

test('thirty days without a wish, 366 at most', async () => {
  app.clock.set('2028-03-27T23:59:59.999Z')
  expect((await days()).at(-1)?.date).toBe('2028-02-27')
  app.clock.set('2028-03-28T00:00:00.000Z')
  expect((await days()).at(-1)?.date).toBe('2028-02-28')
  // 2028-02-27 to 2029-02-26 are 366 days, for there is a 29 February among them.
  app.clock.set('2029-02-26T12:00:00.000Z')
  expect((await days('?days=366')).at(-1)?.date).toBe('2028-02-27')
  expect((await days('?days=365')).at(-1)?.date).toBe('2028-02-28')
  app.clock.set('2029-02-27T12:00:00.000Z')
  expect((await days('?days=366')).at(-1)?.date).toBe('2028-02-28')
})

test('chats count, and so does a day with api calls alone', async () => {
  const own = await startApp()
  const tenant = await own.tenant('globex', { agents: ['risk'] })
  const at = `/api/admin/tenants/${tenant.id}/usage/daily`
  const ask = async () => (await expectReply(await own.admin.get(at), 200, DailyUsage)).daily
  own.provider.reply(answer({ usage: { input: 30, output: 12 } }))
  const messages = [{ role: 'user', content: 'Hello' }]
  await tenant.post('/v1/chat', { model: 'm-plain', messages })
  await tenant.post('/v1/chat', { model: 'm-claude', messages })
  await tenant.run('risk')
  own.clock.advance(86_400_000)
  await tenant.get('/v1/agents')
  await own.flushActivity()
  expect(await ask()).toEqual([
    { date: '2026-03-14', runs: 0, tokens: 0 },
    { date: '2026-03-13', runs: 3, tokens: 126 },
  ])
})

test('a run counts on the day it started', async () => {
  const own = await startApp({ now: '2026-03-31T23:59:59.900Z' })
  const tenant = await own.tenant('globex', { agents: ['risk'] })
  own.provider.enqueue(() => {
    own.clock.advance(200)
    return answer({ usage: { input: 3, output: 4 } })
  })
  await tenant.run('risk')
  const reply = await own.admin.get(`/api/admin/tenants/${tenant.id}/usage/daily`)
  expect(await expectReply(reply, 200, DailyUsage)).toEqual({
    daily: [{ date: '2026-03-31', runs: 1, tokens: 7 }],
  })
})

test('another tenant’s use is not in it', async () => {
  const other = await app.tenant('other')
  const reply = await app.admin.get(`/api/admin/tenants/${other.id}/usage/daily?days=366`)
  expect(await expectReply(reply, 200, DailyUsage)).toEqual({ daily: [] })
})

test('days is a whole number from 1 to 366', () => expectIntegersRefused(app, path, 'days', 366))

test('strangers are refused', () => expectStrangersRefused(app, { method: 'GET', path }))

test('tenants that cannot exist, do not exist or are deleted are the same 404', () =>
  expectTenantsNotThere(app, (id) => ({
    method: 'GET',
    path: `/api/admin/tenants/${id}/usage/daily`,
  })))

test('other methods are refused', () => expectMethodsRefused(app, path, 'GET, HEAD'))

test('HEAD equals GET without body', () => expectHeadMatches(app, path))
