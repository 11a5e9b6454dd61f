import { describe, expect, test } from 'bun:test'
import { RunDetail, RunItemList } from '../../../src/runs/list-schema.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { answer } from '../../scripted-replies.ts'
import { allPages, storeRuns } from '../listed-runs.ts'
import { GOOD_CHAT, sameAnswer, testRefusals } from './common.ts'
import { expectError } from './expect-error.ts'

const PATH = '/v1/runs'

async function idOf(reply: Promise<Response>): Promise<string> {
  return ((await (await reply).json()) as { id: string }).id
}

async function start() {
  const app = await startApp()
  const acme = await app.tenant('acme', { agents: ['risk'] })
  const globex = await app.tenant('globex', { agents: ['risk'] })
  const ran = await idOf(acme.run('risk', 'A needle'))
  const foreign = await idOf(globex.run('risk', 'A needle'))
  const chatted = await idOf(acme.post('/v1/chat', GOOD_CHAT))
  const list = async (query = '') => expectReply(await acme.get(PATH + query), 200, RunItemList)
  return { app, acme, globex, ran, foreign, chatted, list }
}

describe('GET /v1/runs', () => {
  test('the tenant’s runs and chats, newest first, and nobody else’s', async () => {
    const { list, ran, chatted } = await start()
    const { runs, next_cursor, searched } = await list()
    expect(runs.map(({ id }) => id)).toEqual([chatted, ran])
    expect({ next_cursor, searched }).toEqual({ next_cursor: null, searched: null })
    expect(runs[1]).toEqual({
      id: ran,
      agent_id: expect.any(String),
      agent: 'risk',
      kind: 'run',
      status: 'completed',
      model: 'm-tools',
      started_at: '2026-03-13T14:22:00Z',
      duration_ms: 0,
      overhead_ms: 0,
      input_tokens: 12,
      output_tokens: 7,
      cached_tokens: 0,
      cache_write_tokens: 0,
      tokens_estimated: false,
      error_code: null,
    })
  })

  test('neither filters nor cursors lead to another tenant’s', async () => {
    const { list, ran, foreign, globex, app } = await start()
    const ids = async (query: string) => (await list(query)).runs.map(({ id }) => id)
    expect(await ids('?q=needle')).toEqual([ran])
    expect(await ids('?agent=risk')).toEqual([ran])
    expect(await ids(`?tenant_id=${globex.id}&agent=risk`)).toEqual([ran])
    const theirs = await app.database.db
      .selectFrom('agents')
      .select('id')
      .where('tenant_id', '=', globex.id)
      .executeTakeFirstOrThrow()
    expect(await ids(`?agent=${theirs.id}`)).toEqual([])
    expect(await ids(`?cursor=${foreign}`)).toEqual([ran])
    expect(await ids('?status=running')).toEqual([])
  })

  test.each([
    ['status=done', '/status'],
    ['kind=x', '/kind'],
    ['from=x', '/from'],
    ['cursor=x', '/cursor'],
    ['limit=0', '/limit'],
    ['q=', '/q'],
  ])('%s is 422', async (query, path) => {
    const { acme } = await start()
    await expectRefusal(await acme.get(`${PATH}?${query}`), 422, 'invalid', path)
  })

  test('a third list at a time is 429, and others go on', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const globex = await app.tenant('globex')
    await storeRuns(app, { tenantId: acme.id, count: 5000, from: '2026-03-12' })
    const many = Array.from({ length: 4 }, () => acme.get(`${PATH}?model=m-tools&status=failed`))
    const other = globex.get(PATH)
    const statuses = (await Promise.all(many)).map((reply) => reply.status)
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 200, 429, 429])
    expect((await other).status).toBe(200)
    const refused = await Promise.all([1, 2, 3].map(() => acme.get(PATH)))
    await expectError(
      refused.find((reply) => reply.status === 429)!,
      429,
      'rate_limited',
    )
    expect((await acme.get(PATH)).status).toBe(200)
  })

  test('pages end, however many others have run in between', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const globex = await app.tenant('globex')
    const ids = await storeRuns(app, {
      tenantId: acme.id,
      count: 40,
      from: '2026-03-10',
      everyMs: 3_600_000,
    })
    await storeRuns(app, {
      tenantId: globex.id,
      count: 4000,
      from: '2026-03-10T00:00:00.007Z',
      everyMs: 30_000,
    })
    const { runs, pages } = await allPages(acme, `${PATH}?limit=15`)
    expect(runs.map(({ id }) => id)).toEqual(ids.toReversed())
    expect(pages.at(-1)!.next_cursor).toBeNull()
  })

  testRefusals({ method: 'GET', path: PATH })
})

describe('GET /v1/runs/{id}', () => {
  test('a run with what was said', async () => {
    const { acme, app } = await start()
    app.provider.enqueue(answer({ text: '{"risk": 1}' }))
    const { id } = (await (await acme.run('risk', 'Evaluate')).json()) as { id: string }
    const run = await expectReply(await acme.get(`${PATH}/${id}`), 200, RunDetail)
    expect(run).toMatchObject({
      id,
      agent: 'risk',
      agent_version: 1,
      input: { message: 'Evaluate' },
      output: { risk: 1 },
      error: null,
    })
  })

  test('neither provider, money nor other keys are told', async () => {
    const { acme, ran } = await start()
    const run = (await (await acme.get(`${PATH}/${ran}`)).json()) as object
    for (const field of ['provider', 'cost_micro_usd', 'key_id', 'key_prefix', 'tenant_id']) {
      expect(run).not.toHaveProperty(field)
    }
  })

  test('another tenant’s run is as if it were not there', async () => {
    const { acme, globex, foreign } = await start()
    const missing = acme.get(`${PATH}/01990000-0000-7000-8000-000000000000`)
    await sameAnswer(acme.get(`${PATH}/${foreign}`), missing)
    await expectError(await acme.get(`${PATH}/${foreign}`), 404, 'not_found')
    expect((await globex.get(`${PATH}/${foreign}`)).status).toBe(200)
  })

  test('what cannot be an id is 404 too', async () => {
    const { acme } = await start()
    for (const id of ['x', '%00', '01990000-0000-7000-8000-00000000000G']) {
      await expectError(await acme.get(`${PATH}/${id}`), 404, 'not_found')
    }
  })

  testRefusals({ method: 'GET', path: `${PATH}/01990000-0000-7000-8000-000000000000` })
})
