import { expect, test } from 'bun:test'
import { AgentPage } from '../../../src/agents/list-routes.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { BAD_PAGING } from '../v1/common.ts'
import { expectHeadMatches, expectMethodsRefused, expectStrangersRefused } from './refusals.ts'

const PATH = '/api/admin/agent-list'
const app = await startApp()
const acme = await app.tenant('acme-corp', { agents: ['risk', 'triage', 'gone'] })
const globex = await app.tenant('globex', { agents: ['risk'] })
const gone = await app.tenant('hooli', { agents: ['risk'] })
await globex.run('risk')
await app.admin.delete(`/api/admin/tenants/${acme.id}/agents/gone`)
await app.admin.delete(`/api/admin/tenants/${gone.id}`)

const page = async (query = '') => expectReply(await app.admin.get(PATH + query), 200, AgentPage)
const names = async (query: string) =>
  (await page(query)).agents.map(({ tenant_name, name }) => `${tenant_name}/${name}`)

test('living agents of living tenants, by the names of both, as the complete list shows them', async () => {
  const { agents, ...paging } = await page()
  expect(paging).toEqual({ total: 3, page: 1, per_page: 20 })
  const complete = await (await app.admin.get('/api/admin/agents')).json()
  expect({ agents }).toEqual(complete as typeof paging & { agents: typeof agents })
  expect(agents[2]).toMatchObject({ tenant_id: globex.id, name: 'risk', total_runs: 1 })
})

test.each([
  ['?q=risk', ['acme-corp/risk', 'globex/risk']],
  ['?q=ACME', ['acme-corp/risk', 'acme-corp/triage']],
  ['?q=acme_corp', []],
  ['?q=%25', []],
  ['?per_page=1&page=2', ['acme-corp/triage']],
  ['?page=9', []],
  ['?sort=tenant&order=desc', ['globex/risk', 'acme-corp/risk', 'acme-corp/triage']],
  ['?sort=name', ['acme-corp/risk', 'globex/risk', 'acme-corp/triage']],
  ['?sort=name&order=desc', ['acme-corp/triage', 'acme-corp/risk', 'globex/risk']],
  ['?sort=total_runs', ['globex/risk', 'acme-corp/risk', 'acme-corp/triage']],
  ['?sort=total_runs&order=asc', ['acme-corp/risk', 'acme-corp/triage', 'globex/risk']],
  ['?sort=agent_type', ['acme-corp/risk', 'acme-corp/triage', 'globex/risk']],
  ['?sort=status', ['acme-corp/risk', 'acme-corp/triage', 'globex/risk']],
])('%s', async (query, expected) => {
  expect(await names(query)).toEqual(expected)
})

test('a text that is empty, too long or given twice is refused', async () => {
  for (const query of ['?q=', `?q=${'a'.repeat(201)}`, '?q=a&q=b']) {
    await expectRefusal(await app.admin.get(PATH + query), 422, 'invalid')
  }
})

test.each(['sort=created_at', 'order=up', 'sort=name&sort=name'])(
  '%s is refused',
  async (query) => {
    await expectRefusal(await app.admin.get(`${PATH}?${query}`), 422, 'invalid')
  },
)

test.each(BAD_PAGING)('%s is refused', async (query) => {
  await expectRefusal(await app.admin.get(`${PATH}?${query}`), 422, 'invalid')
})

test('strangers are refused', () => expectStrangersRefused(app, { method: 'GET', path: PATH }))

test('other methods are refused', () => expectMethodsRefused(app, PATH, 'GET, HEAD'))

test('HEAD equals GET without body', () => expectHeadMatches(app, PATH))
