import { expect, test } from 'bun:test'
import { expectRefusal } from '../../expect-reply.ts'
import { startApp, type TestApp } from '../../harness.ts'
import { answer } from '../../scripted-replies.ts'
import { storeRuns } from '../listed-runs.ts'
import {
  expectHeadMatches,
  expectIntegersRefused,
  expectMethodsRefused,
  expectStrangersRefused,
} from './refusals.ts'

const PATH = '/api/admin/usage.csv'
const HEADER =
  'date,tenant_id,tenant_name,model,kind,runs,failed_runs,input_tokens,output_tokens,cached_tokens,cost_micro_usd'
const FORMULA = `
[[providers]]
name = "formula"
type = "demo"
[[providers.models]]
id = "=HYPERLINK(\\"http://evil\\",\\"m\\")"
context_length = 1000
[[providers.models]]
id = "@cf/meta/llama"
context_length = 1000
`

async function lines(app: TestApp, query = ''): Promise<string[]> {
  const reply = await app.admin.get(PATH + query)
  expect(reply.status).toBe(200)
  expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const text = await reply.text()
  expect(text).toEndWith('\r\n')
  const [header, ...rest] = text.slice(0, -2).split('\r\n')
  expect(header).toBe(HEADER)
  return rest
}

test('a row per tenant, day, model and kind, oldest day first', async () => {
  const app = await startApp({ now: '2026-03-10T12:00:00Z' })
  const acme = await app.tenant('acme-corp', { agents: ['risk'] })
  const globex = await app.tenant('globex')
  const chat = { model: 'm-plain', messages: [{ role: 'user', content: 'Hello' }] }
  app.provider.reply(answer({ usage: { input: 1000, output: 100, cached: 600 } }))
  await globex.post('/v1/chat', chat)
  app.clock.set('2026-03-12T00:00:00Z')
  await acme.run('risk')
  await acme.post('/v1/chat', chat)
  const [older, chatted, ran] = [
    `2026-03-10,${globex.id},globex,m-plain,chat,1,0,1000,100,600,0`,
    `2026-03-12,${acme.id},acme-corp,m-plain,chat,1,0,1000,100,600,0`,
    `2026-03-12,${acme.id},acme-corp,m-tools,run,1,0,1000,100,600,3000`,
  ]
  expect(await lines(app)).toEqual([older, chatted, ran])
  expect(await lines(app, '?days=1')).toEqual([chatted, ran])
  expect(await lines(app, `?tenant_id=${globex.id}`)).toEqual([older])
  const { headers } = await app.admin.get(`${PATH}?days=3`)
  expect(headers.get('content-disposition')).toBe(
    'attachment; filename="usage-2026-03-10-to-2026-03-12.csv"',
  )
})

test('without use there is the header alone', async () => {
  expect(await lines(await startApp())).toEqual([])
})

test('no cell is taken for a formula', async () => {
  const app = await startApp({ config: FORMULA })
  const acme = await app.tenant('acme-corp')
  for (const model of ['=HYPERLINK("http://evil","m")', '@cf/meta/llama']) {
    const messages = [{ role: 'user', content: 'Hello' }]
    expect((await acme.post('/v1/chat', { model, messages })).status).toBe(200)
  }
  const rows = await lines(app)
  expect(rows[0]).toContain(`,acme-corp,"'=HYPERLINK(""http://evil"",""m"")",chat,1,`)
  expect(rows[1]).toContain(`,acme-corp,'@cf/meta/llama,chat,1,`)
})

test('days with more rows than one step are whole', async () => {
  const app = await startApp({ now: '2026-03-13T12:00:00Z' })
  const { id: tenantId } = await app.tenant('acme-corp')
  await storeRuns(app, { tenantId, count: 1, from: '2026-03-11' })
  await app.database.writer.transaction(async (trx) => {
    for (let n = 0; n < 2500; n++) {
      const model = `m-${String(n).padStart(4, '0')}`
      const [row] = await trx.selectFrom('usage_daily').selectAll().limit(1).execute()
      await trx
        .insertInto('usage_daily')
        .values({ ...row!, day: '2026-03-12', model })
        .execute()
    }
  })
  const models = (await lines(app)).map((line) => line.split(',')[3])
  expect(models).toHaveLength(2501)
  expect(new Set(models).size).toBe(2501)
  expect(await lines(app, `?tenant_id=${tenantId}`)).toEqual(await lines(app))
})

test('a client that goes away ends the reading', async () => {
  const app = await startApp()
  const reply = await app.admin.get(PATH)
  await reply.body!.cancel()
  expect((await app.admin.get('/api/admin/stats')).status).toBe(200)
})

test('wrong queries are refused', async () => {
  const app = await startApp()
  const reply = await app.admin.get(`${PATH}?tenant_id=x`)
  await expectRefusal(reply, 422, 'invalid', '/tenant_id')
  await expectIntegersRefused(app, PATH, 'days', 366)
})

test('strangers are refused', async () =>
  expectStrangersRefused(await startApp(), { method: 'GET', path: PATH }))

test('other methods are refused', async () =>
  expectMethodsRefused(await startApp(), PATH, 'GET, HEAD'))

test('HEAD equals GET without body', async () => expectHeadMatches(await startApp(), PATH))
