import { expect, test } from 'bun:test'
import { TenantPage } from '../../../src/tenants/tenant-list.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { answer } from '../../scripted-replies.ts'
import { BAD_PAGING } from '../v1/common.ts'
import { expectHeadMatches, expectMethodsRefused, expectStrangersRefused } from './refusals.ts'

const PATH = '/api/admin/tenant-list'
const app = await startApp()
app.provider.reply(answer({ usage: { input: 40, output: 2 } }))
const acme = await app.tenant('acme-corp', { tier: 'free', agents: ['risk', 'gone'] })
app.clock.advance(60_000)
const globex = await app.tenant('globex', { agents: ['risk'] })
app.clock.advance(60_000)
await app.tenant('acme-labs', { tier: 'pro' })
const gone = await app.tenant('acme-gone', { agents: ['risk'] })
await acme.run('risk')
await globex.run('risk')
await globex.run('risk')
await app.admin.delete(`/api/admin/tenants/${acme.id}/agents/gone`)
const spare = await acme.post('/v1/api-keys', { name: 'spare' })
await acme.delete(`/v1/api-keys/${((await spare.json()) as { key: string }).key}`)
await app.admin.patch(`/api/admin/tenants/${globex.id}`, { status: 'suspended' })
await app.admin.delete(`/api/admin/tenants/${gone.id}`)

const page = async (query = '') => expectReply(await app.admin.get(PATH + query), 200, TenantPage)
const names = async (query: string) => (await page(query)).tenants.map(({ name }) => name)

test('living tenants by name, with what they have and have used of their quotas', async () => {
  const { tenants, ...paging } = await page()
  expect(paging).toEqual({ total: 3, page: 1, per_page: 20 })
  expect(tenants.map(({ name }) => name)).toEqual(['acme-corp', 'acme-labs', 'globex'])
  expect(tenants[0]).toEqual({
    id: acme.id,
    name: 'acme-corp',
    tier: 'free',
    status: 'active',
    created_at: '2026-03-13T14:22:00Z',
    agents: 1,
    keys: 1,
    runs_month: 1,
    tokens_month: 42,
    runs_limit: 1000,
    tokens_limit: 100_000,
  })
  expect(tenants[2]).toMatchObject({
    status: 'suspended',
    runs_month: 2,
    tokens_month: 84,
    runs_limit: null,
    tokens_limit: null,
  })
})

test.each([
  ['?q=acme', ['acme-corp', 'acme-labs']],
  ['?q=ACME-L', ['acme-labs']],
  ['?q=e', ['acme-corp', 'acme-labs', 'globex']],
  ['?q=acme_corp', []],
  ['?q=a%25p', []],
  ['?q=%5C', []],
  ['?status=suspended', ['globex']],
  ['?status=active&q=acme', ['acme-corp', 'acme-labs']],
  ['?tier=pro', ['acme-labs']],
  ['?sort=name&order=desc', ['globex', 'acme-labs', 'acme-corp']],
  ['?sort=created_at', ['acme-labs', 'globex', 'acme-corp']],
  ['?sort=created_at&order=asc', ['acme-corp', 'globex', 'acme-labs']],
  ['?sort=runs_month', ['globex', 'acme-corp', 'acme-labs']],
  ['?sort=tokens_month&order=asc', ['acme-labs', 'acme-corp', 'globex']],
])('%s gives those that fit, in order', async (query, expected) => {
  expect(await names(query)).toEqual(expected)
  expect((await page(query)).total).toBe(expected.length)
})

test('pages', async () => {
  expect(await page('?per_page=2&page=2')).toMatchObject({
    tenants: [{ name: 'globex' }],
    total: 3,
    page: 2,
    per_page: 2,
  })
  expect((await page('?page=50')).tenants).toEqual([])
})

test('a new month begins at zero', async () => {
  const later = await startApp({ now: '2026-03-31T23:59:59Z' })
  const tenant = await later.tenant('acme-corp', { agents: ['risk'] })
  await tenant.run('risk')
  later.clock.advance(1000)
  const reply = await later.admin.get(PATH)
  expect((await expectReply(reply, 200, TenantPage)).tenants[0]).toMatchObject({ runs_month: 0 })
})

test.each([
  ['q=', '/q'],
  [`q=${'a'.repeat(201)}`, '/q'],
  ['status=deleted', '/status'],
  ['tier=gold', '/tier'],
  ['sort=id', '/sort'],
  ['order=up', '/order'],
])('%s is refused', async (query, path) => {
  await expectRefusal(await app.admin.get(`${PATH}?${query}`), 422, 'invalid', path)
})

test.each(BAD_PAGING)('%s is refused', async (query) => {
  await expectRefusal(await app.admin.get(`${PATH}?${query}`), 422, 'invalid')
})

test('strangers are refused', () => expectStrangersRefused(app, { method: 'GET', path: PATH }))

test('other methods are refused', () => expectMethodsRefused(app, PATH, 'GET, HEAD'))

test('HEAD equals GET without body', () => expectHeadMatches(app, PATH))
