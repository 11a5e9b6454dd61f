import { expect, test } from 'bun:test'
import { AdminRunItemList } from '../../../src/runs/list-schema.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { status } from '../../scripted-faults.ts'
import { answer, heldBack } from '../../scripted-replies.ts'
import { allPages, type ListedRuns, storeRuns } from '../listed-runs.ts'
import {
  expectHeadMatches,
  expectIntegersRefused,
  expectMethodsRefused,
  expectStrangersRefused,
  UNKNOWN_ID,
} from './refusals.ts'

const PATH = '/api/admin/runs'
const app = await startApp()
const acme = await app.tenant('acme-corp', { agents: ['risk', 'other'] })
const globex = await app.tenant('globex', { agents: ['risk'] })
const CHAT = { model: 'm-plain', messages: [{ role: 'user', content: 'Hello' }] }

const list = async (query = '') =>
  expectReply(await app.admin.get(PATH + query), 200, AdminRunItemList)

/** One of each kind, in this order. */
const made = await (async () => {
  const ids: string[] = []
  const run = async (reply: Promise<Response>) => {
    ids.push(((await (await reply).json()) as { id: string }).id)
    app.clock.advance(60_000)
  }
  app.provider.enqueue(() => {
    app.clock.advance(1243)
    return answer({ usage: { input: 1000, output: 200, cached: 600 } })
  })
  await run(acme.run('risk', 'Say 100% "risk_score"\nplease'))
  await run(acme.run('other', 'GRÖSSE'))
  await run(globex.run('risk'))
  await run(acme.post('/v1/chat', CHAT))
  app.provider.enqueue(status(500))
  await run(acme.run('risk', 'This one fails'))
  return ids as [string, string, string, string, string]
})()
const [RISK, OTHER, FOREIGN, CHATTED, FAILED] = made

const idsOf = async (query: string) => (await list(query)).runs.map(({ id }) => id)

test('runs and chats of all tenants come newest first, with what they took and cost', async () => {
  const { runs, next_cursor, searched } = await list()
  expect(runs.map(({ id }) => id)).toEqual(made.toReversed())
  expect({ next_cursor, searched }).toEqual({ next_cursor: null, searched: null })
  expect(runs.at(-1)).toEqual({
    id: RISK,
    tenant_id: acme.id,
    tenant_name: 'acme-corp',
    agent_id: expect.any(String),
    agent: 'risk',
    kind: 'run',
    status: 'completed',
    model: 'm-tools',
    provider: 'scripted',
    key_prefix: acme.secret.slice(0, 9),
    started_at: '2026-03-13T14:22:00Z',
    duration_ms: 1243,
    overhead_ms: 0,
    input_tokens: 1000,
    output_tokens: 200,
    cached_tokens: 600,
    cache_write_tokens: 0,
    tokens_estimated: false,
    cost_micro_usd: 4000,
    error_code: null,
  })
  expect(runs[1]).toMatchObject({ kind: 'chat', agent: null, agent_id: null, cost_micro_usd: null })
  expect(runs[0]).toMatchObject({ status: 'failed', error_code: 'rejected' })
})

test.each([
  [`?tenant_id=${globex.id}`, [FOREIGN]],
  [`?tenant_id=${UNKNOWN_ID}`, []],
  ['?agent=risk', [FAILED, FOREIGN, RISK]],
  [`?agent=risk&tenant_id=${acme.id}`, [FAILED, RISK]],
  ['?agent=other', [OTHER]],
  ['?agent=nobody', []],
  ['?status=failed', [FAILED]],
  ['?status=completed&agent=risk', [FOREIGN, RISK]],
  ['?status=running', []],
  ['?kind=chat', [CHATTED]],
  [`?kind=run&tenant_id=${acme.id}`, [FAILED, OTHER, RISK]],
  ['?model=m-plain', [CHATTED]],
  ['?model=m-none', []],
  ['?from=2026-03-13', [FAILED, CHATTED, FOREIGN, OTHER, RISK]],
  ['?from=2026-03-14', []],
  ['?to=2026-03-13', []],
  ['?from=2026-03-13T14:23:00Z&to=2026-03-13T14:25:00Z', [FOREIGN, OTHER]],
  [`?from=2026-03-13T14:23:00Z&to=2026-03-13T14:25:00Z&tenant_id=${acme.id}`, [OTHER]],
])('%s gives those that fit', async (query, expected) => {
  expect(await idsOf(query)).toEqual(expected)
})

test('an agent is also found by its id, and after its deletion', async () => {
  const [run] = (await list('?agent=other')).runs
  expect(await idsOf(`?agent=${run!.agent_id}`)).toEqual([OTHER])
  await app.admin.delete(`/api/admin/tenants/${acme.id}/agents/other`)
  expect(await idsOf('?agent=other')).toEqual([OTHER])
})

test.each([
  ['100%25%20%22risk_score%22', [RISK]],
  ['risk_score%22%0Aplease', [RISK]],
  ['größe', [OTHER]],
  ['100_', []],
  ['the%20provider%20scripted', [FAILED]],
  ['MESSAGES', [CHATTED]],
  ['nowhere', []],
])('q=%s is looked for in input, output and error', async (text, expected) => {
  const { runs, searched, next_cursor } = await list(`?q=${text}`)
  expect(runs.map(({ id }) => id)).toEqual(expected)
  expect({ searched, next_cursor }).toEqual({ searched: 5, next_cursor: null })
})

test('a run under way is found by its status', async () => {
  const held = heldBack()
  app.provider.enqueue(held.reply)
  const asked = app.provider.requests.length
  const running = globex.run('risk')
  await app.provider.received(asked + 1)
  const [run] = (await list('?status=running')).runs
  expect(run).toMatchObject({ tenant_id: globex.id, status: 'running', duration_ms: null })
  expect(await idsOf('?status=running&agent=risk')).toEqual([run!.id])
  expect(await idsOf(`?status=running&agent=risk&tenant_id=${acme.id}`)).toEqual([])
  held.letGo()
  await running
  expect(await idsOf('?status=running')).toEqual([])
})

test('pages follow one another without a gap, whatever comes in meanwhile', async () => {
  const own = await startApp({ now: '2026-03-13T14:22:00.000Z' })
  const tenant = await own.tenant('acme-corp', { agents: ['risk'] })
  const ids = await storeRuns(own, { tenantId: tenant.id, count: 1201, from: '2026-03-01' })
  const first = await expectReply(await own.admin.get(`${PATH}?limit=100`), 200, AdminRunItemList)
  await tenant.run('risk')
  const rest = await allPages(own.admin, `${PATH}?limit=100`, first.next_cursor!)
  expect([...first.runs, ...rest.runs].map(({ id }) => id)).toEqual(ids.toReversed())
  expect(rest.pages.map(({ runs }) => runs.length)).toEqual([...Array(11).fill(100), 1])
})

test('what is rare is found in bounded steps, days without it are not gone through', async () => {
  const own = await startApp({ now: '2026-03-13T14:22:00.000Z' })
  const loud = await own.tenant('loud')
  const quiet = await own.tenant('quiet')
  const old = await storeRuns(own, { tenantId: quiet.id, count: 2, from: '2026-01-05T23:59:59Z' })
  for (const day of ['2026-01-05', '2026-02-01', '2026-03-13']) {
    await storeRuns(own, { tenantId: loud.id, count: 12_000, from: day })
  }
  const failed = await storeRuns(own, {
    tenantId: loud.id,
    count: 1,
    from: '2026-01-05T12:00:00Z',
    columns: { status: 'failed', error_code: 'rejected' },
  })
  // 24,000 others lie above: that is more than one request looks at, yet one finds them.
  const reply = await own.admin.get(`${PATH}?tenant_id=${quiet.id}`)
  const found = await expectReply(reply, 200, AdminRunItemList)
  expect(found.runs.map(({ id }) => id)).toEqual(old.toReversed())
  const failures = await own.admin.get(`${PATH}?status=failed`)
  expect((await expectReply(failures, 200, AdminRunItemList)).runs.map(({ id }) => id)).toEqual(
    failed,
  )
})

test('what only few of a long day are takes several requests, none of which is long', async () => {
  const own = await startApp({ now: '2026-03-13T14:22:00.000Z' })
  const loud = await own.tenant('loud')
  const quiet = await own.tenant('quiet')
  const first = await storeRuns(own, { tenantId: quiet.id, count: 1, from: '2026-03-12' })
  await storeRuns(own, { tenantId: loud.id, count: 90_000, from: '2026-03-12T00:00:01Z' })
  const { runs, pages } = await allPages(own.admin, `${PATH}?tenant_id=${quiet.id}`)
  expect(runs.map(({ id }) => id)).toEqual(first)
  expect(pages.map(({ runs: found }) => found.length)).toEqual([0, 1])
}, 30_000)

test('a text is looked for in the newest 10,000 that match, and no further', async () => {
  const own = await startApp({ now: '2026-03-13T14:22:00.000Z' })
  const tenant = await own.tenant('acme-corp')
  const hidden = { input: { message: 'A needle' } }
  const hay = { input: { message: 'Hay' } }
  const of = { tenantId: tenant.id }
  await storeRuns(own, { ...of, count: 1, from: '2026-03-01', content: hidden })
  await storeRuns(own, { ...of, count: 1, from: '2026-03-02', content: hidden })
  await storeRuns(own, { ...of, count: 9_999, from: '2026-03-03', content: hay })
  const { runs, pages } = await allPages(own.admin, `${PATH}?q=needle`)
  expect(runs.map(({ started_at }) => started_at)).toEqual(['2026-03-02T00:00:00Z'])
  expect(pages.at(-1)).toMatchObject({ next_cursor: null, searched: 10_000 })
  for (const { searched } of pages) expect(searched).toBeLessThanOrEqual(10_000)

  // Filters come first: fewer match, so it reaches further.
  const narrow = await allPages(own.admin, `${PATH}?q=needle&to=2026-03-02T12:00:00Z`)
  expect(narrow.runs).toHaveLength(2)
  expect(narrow.pages.at(-1)!.searched).toBe(2)
  const one = await expectReply(await own.admin.get(`${PATH}?q=hay&limit=3`), 200, AdminRunItemList)
  expect([one.runs.length, one.searched]).toEqual([3, 3])
})

test('runs that are older than all that is kept are not searched', async () => {
  const own = await startApp({ now: '2026-03-13T14:22:00.000Z' })
  const { id: tenantId } = await own.tenant('acme-corp')
  await storeRuns(own, { tenantId, count: 3, from: '2026-03-11' })
  const none = { runs: [], next_cursor: null, searched: 0 }
  const search = async () => (await own.admin.get(`${PATH}?q=needle`)).json()
  expect(await search()).toEqual(none)
  const content = { input: { message: 'A needle' } }
  const kept = await storeRuns(own, { tenantId, count: 2, from: '2026-03-12', content })
  const found = (await search()) as ListedRuns
  expect(found.runs.map(({ id }) => id)).toEqual(kept.toReversed())
  expect([found.searched, found.next_cursor]).toEqual([2, null])
})

test('texts longer than one step are searched too', async () => {
  const own = await startApp({ now: '2026-03-13T14:22:00.000Z' })
  const { id: tenantId } = await own.tenant('acme-corp')
  const content = { input: { message: 'x' }, output: { message: `${'y'.repeat(700_000)} needle` } }
  await storeRuns(own, { tenantId, count: 5, from: '2026-03-12', content })
  const { runs } = await allPages(own.admin, `${PATH}?q=NEEDLE&limit=2`)
  expect(runs).toHaveLength(5)
})

test.each([
  ['tenant_id=acme-corp', '/tenant_id'],
  ['tenant_id=', '/tenant_id'],
  ['agent=', '/agent'],
  [`agent=${'a'.repeat(201)}`, '/agent'],
  ['status=done', '/status'],
  ['kind=batch', '/kind'],
  ['model=', '/model'],
  ['from=yesterday', '/from'],
  ['to=2026-02-30', '/to'],
  ['q=', '/q'],
  [`q=${'a'.repeat(201)}`, '/q'],
  ['q=a&q=b', '/q'],
  ['cursor=', '/cursor'],
  ["cursor='", '/cursor'],
  ['cursor=019ce793-5c3a.999999', '/cursor'],
])('%s is refused', async (query, path) => {
  await expectRefusal(await app.admin.get(`${PATH}?${query}`), 422, 'invalid', path)
})

test('limit is a whole number from 1 to 1000', () =>
  expectIntegersRefused(app, PATH, 'limit', 1000))

test('strangers are refused', () => expectStrangersRefused(app, { method: 'GET', path: PATH }))

test('other methods are refused', () => expectMethodsRefused(app, PATH, 'GET, HEAD'))

test('HEAD equals GET without body', () => expectHeadMatches(app, PATH))
