import { describe, expect, test } from 'bun:test'
import { AdminRunList, Run, RunList } from '../../src/runs/schema.ts'
import { expectReply } from '../expect-reply.ts'
import { status } from '../scripted-faults.ts'
import { answer } from '../scripted-replies.ts'
import { CHAT, countContents, DAY_MS, RUNS, start, storeRuns } from './stored-contents.ts'
import { expectTotalsMatch } from './totals.ts'

describe('by age', () => {
  test('contents expire, and what was spent stays in the history and in every total', async () => {
    const { app, acme } = await start()
    const done = await expectReply(await acme.run('risk', 'one'), 200, Run)
    app.provider.reply(status(500))
    const failed = await expectReply(await acme.run('risk', 'two'), 200, Run)
    app.provider.reply(answer())
    await acme.post('/v1/chat', CHAT)
    app.clock.advance(31 * DAY_MS)
    expect(await app.server.upkeep.round()).toBe(true)

    expect(await countContents(app)).toBe(0)
    const { runs, total } = await expectReply(await acme.get(RUNS), 200, RunList)
    expect(total).toBe(2)
    const error = 'The run failed (rejected); the details are not kept any longer.'
    expect(runs).toEqual([
      { ...failed, input: null, content_expired: true, error },
      { ...done, input: null, output: null, content_expired: true },
    ])
    const ofAdmin = await app.admin.get(`/api/admin/tenants/${acme.id}/agents/risk/runs`)
    const history = await expectReply(ofAdmin, 200, AdminRunList)
    expect(history.runs.map((run) => run.error)).toEqual([error, null])
    expect(await expectTotalsMatch(app)).toBe(3)
  })

  test('contents that have not aged stay, and say nothing of expiry', async () => {
    const { app, acme } = await start({ config: '[retention]\ncontent_days = 2' })
    await storeRuns(app, 5, 3)
    const run = await expectReply(await acme.run('risk'), 200, Run)
    app.clock.advance(1.9 * DAY_MS)
    await app.server.upkeep.round()
    const { runs } = await expectReply(await acme.get(RUNS), 200, RunList)
    expect(runs).toEqual([run])
    expect(run).not.toHaveProperty('content_expired')
    expect(await countContents(app)).toBe(1)
  })

  test('with 0 days none is ever kept, and the answer has it all the same', async () => {
    const { app, acme } = await start({ config: '[retention]\ncontent_days = 0' })
    const run = await expectReply(await acme.run('risk', 'one'), 200, Run)
    expect(run.input).toEqual({ message: 'one' })
    expect(await countContents(app)).toBe(0)
    const { runs } = await expectReply(await acme.get(RUNS), 200, RunList)
    expect(runs).toEqual([{ ...run, input: null, output: null, content_expired: true }])
  })

  test('what an interrupted run says expires like any content', async () => {
    const { app, acme } = await start()
    await acme.run('risk')
    await app.database.writer.transaction(async (trx) => {
      await trx.deleteFrom('run_contents').execute()
      await trx
        .updateTable('runs')
        .set({ status: 'running', lease_until: app.clock.now().toISOString() })
        .execute()
    })
    const { database, server, clock } = await app.restart()
    const content = () => database.db.selectFrom('run_contents').selectAll().execute()
    expect(await content()).toMatchObject([{ input: null, error: expect.stringContaining('stop') }])
    clock.advance(31 * DAY_MS)
    await server.upkeep.round()
    expect(await content()).toEqual([])
  })
})

describe('by size', () => {
  test('a database that is too large loses its oldest contents and gives the room back', async () => {
    const { app, acme } = await start({ config: '[retention]\nmax_database_mb = 2' })
    await storeRuns(app, 4000)
    await acme.run('risk')
    const before = await app.database.file.pages()
    expect(await app.server.upkeep.round()).toBe(true)

    const { page_count, freelist_count, page_size } = await app.database.file.pages()
    expect((page_count - freelist_count) * page_size).toBeLessThanOrEqual(2 * 1024 ** 2)
    expect(page_count).toBeLessThan(before.page_count / 2)
    const left = await app.database.db.selectFrom('run_contents').select('run_id').execute()
    expect(left.length).toBeGreaterThan(0)
    const newest = await app.database.db
      .selectFrom('runs')
      .select('id')
      .orderBy('id', 'desc')
      .limit(left.length)
      .execute()
    expect(left.map(({ run_id }) => run_id).toSorted()).toEqual(
      newest.map(({ id }) => id).toSorted(),
    )
  })
})

test('while 20,000 contents are dropped, every request is answered', async () => {
  const { app, acme } = await start()
  await storeRuns(app, 20_000, 40)
  const sweeping = new AbortController()
  let answered = 0
  const client = async () => {
    while (!sweeping.signal.aborted) {
      await expectReply(await acme.run('risk'), 200, Run)
      await expectReply(await acme.get(RUNS), 200, RunList)
      answered++
    }
  }
  const clients = Promise.all(Array.from({ length: 4 }, client))
  while (!(await app.server.upkeep.round()));
  sweeping.abort()
  await clients
  expect(answered).toBeGreaterThan(0)
  expect(await countContents(app)).toBe(answered)
}, 60_000)
