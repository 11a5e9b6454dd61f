import { expect, test } from 'bun:test'
import { Series } from '../../../src/usage/series.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { status } from '../../scripted-faults.ts'
import { answer } from '../../scripted-replies.ts'
import { storeRuns } from '../listed-runs.ts'
import {
  expectHeadMatches,
  expectIntegersRefused,
  expectMethodsRefused,
  expectStrangersRefused,
  UNKNOWN_ID,
} from './refusals.ts'

const PATH = '/api/admin/series'
const app = await startApp({ now: '2026-03-10T12:00:00Z' })
const acme = await app.tenant('acme-corp', { agents: ['risk'] })
const globex = await app.tenant('globex')
const chat = { model: 'm-plain', messages: [{ role: 'user', content: 'Hello' }] }

const series = async (query = '') => expectReply(await app.admin.get(PATH + query), 200, Series)
const NONE = {
  runs: 0,
  failed_runs: 0,
  input_tokens: 0,
  output_tokens: 0,
  cached_tokens: 0,
  cost_micro_usd: 0,
}

app.provider.reply(answer({ usage: { input: 1000, output: 100, cached: 600 } }))
await acme.run('risk')
await globex.post('/v1/chat', chat)
app.clock.set('2026-03-12T00:00:00Z')
await globex.post('/v1/chat', chat)
app.provider.enqueue(status(500))
await globex.post('/v1/chat', chat)

const ONE = { ...NONE, runs: 1, input_tokens: 1000, output_tokens: 100, cached_tokens: 600 }
const FIRST = {
  ...ONE,
  runs: 2,
  input_tokens: 2000,
  output_tokens: 200,
  cached_tokens: 1200,
  cost_micro_usd: 3000,
}
const LAST = { ...ONE, runs: 2, failed_runs: 1 }

test('by day: oldest first, thirty without a wish, days without use with zeros', async () => {
  const { from, to, rows } = await series()
  expect([from, to, rows.length]).toEqual(['2026-02-11', '2026-03-12', 30])
  expect(rows.slice(-4)).toEqual([
    { date: '2026-03-09', ...NONE },
    { date: '2026-03-10', ...FIRST },
    { date: '2026-03-11', ...NONE },
    { date: '2026-03-12', ...LAST },
  ])
  expect(rows.slice(0, 26).every(({ runs }) => runs === 0)).toBe(true)
})

test('as many days as wished for, today included', async () => {
  expect((await series('?days=1')).rows).toEqual([{ date: '2026-03-12', ...LAST }])
  expect((await series('?days=366')).rows).toHaveLength(366)
})

test('of one tenant', async () => {
  const { rows } = await series(`?days=3&tenant_id=${acme.id}`)
  expect(rows.map(({ runs }) => runs)).toEqual([1, 0, 0])
  expect((await series(`?days=3&tenant_id=${UNKNOWN_ID}`)).rows.map(({ runs }) => runs)).toEqual([
    0, 0, 0,
  ])
})

test('of more tenants than are added up in one step', async () => {
  const own = await startApp({ now: '2026-03-12T12:00:00Z' })
  for (let n = 0; n < 13; n++) {
    const { id: tenantId } = await own.tenant(`tenant-${n}`)
    await storeRuns(own, { tenantId, count: n + 1, from: `2026-02-${10 + n}` })
  }
  const rowsOf = async (query: string) =>
    (await expectReply(await own.admin.get(PATH + query), 200, Series)).rows
  const tenants = await rowsOf('?days=366&by=tenant')
  expect(tenants.map(({ runs }) => runs)).toEqual(Array.from({ length: 13 }, (_, n) => 13 - n))
  const days = await rowsOf('?days=366')
  expect(days.filter(({ runs }) => runs > 0).map(({ runs }) => runs)).toEqual(
    Array.from({ length: 13 }, (_, n) => n + 1),
  )
})

test('by model: those with most runs first', async () => {
  expect((await series('?by=model')).rows).toEqual([
    {
      model: 'm-plain',
      ...NONE,
      runs: 3,
      failed_runs: 1,
      input_tokens: 2000,
      output_tokens: 200,
      cached_tokens: 1200,
    },
    { model: 'm-tools', ...ONE, cost_micro_usd: 3000 },
  ])
  expect((await series(`?by=model&tenant_id=${acme.id}`)).rows).toMatchObject([
    { model: 'm-tools' },
  ])
})

test('by tenant: those with most runs first, deleted ones included', async () => {
  const gone = await app.tenant('gone')
  await gone.post('/v1/chat', chat)
  await app.admin.delete(`/api/admin/tenants/${gone.id}`)
  const { rows } = await series('?by=tenant')
  expect(rows.map(({ tenant_name, runs }) => [tenant_name, runs])).toEqual([
    ['globex', 3],
    ['acme-corp', 1],
    ['gone', 1],
  ])
  expect(rows[0]!.tenant_id).toBe(globex.id)
  expect((await series('?by=tenant&limit=1')).rows).toEqual(rows.slice(0, 1))
  expect((await series('?by=tenant&days=1')).rows.map(({ tenant_name }) => tenant_name)).toEqual([
    'globex',
    'gone',
  ])
})

test.each([
  ['by=week', '/by'],
  ['by=', '/by'],
  ['tenant_id=acme-corp', '/tenant_id'],
])('%s is refused', async (query, path) => {
  await expectRefusal(await app.admin.get(`${PATH}?${query}`), 422, 'invalid', path)
})

test('days is a whole number from 1 to 366, limit from 1 to 1000', async () => {
  await expectIntegersRefused(app, PATH, 'days', 366)
  await expectIntegersRefused(app, PATH, 'limit', 1000)
})

test('strangers are refused', () => expectStrangersRefused(app, { method: 'GET', path: PATH }))

test('other methods are refused', () => expectMethodsRefused(app, PATH, 'GET, HEAD'))

test('HEAD equals GET without body', () => expectHeadMatches(app, PATH))
