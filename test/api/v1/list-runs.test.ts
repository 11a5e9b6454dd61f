import { describe, expect, test } from 'bun:test'
import { Run, RunList } from '../../../src/runs/schema.ts'
import { startApp } from '../../harness.ts'
import { status } from '../../scripted-faults.ts'
import { heldBack } from '../../scripted-replies.ts'
import { BAD_PAGING, sameAnswer, testRefusals } from './common.ts'
import { expectReply } from '../../expect-reply.ts'
import { expectError } from './expect-error.ts'

const PATH = '/v1/agents/risk/runs'

describe('GET /v1/agents/{name}/runs', () => {
  test('an agent without runs has an empty history', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    expect(await expectReply(await acme.get(PATH), 200, RunList)).toEqual({
      runs: [],
      total: 0,
      page: 1,
      per_page: 20,
    })
  })

  test('runs are what running them answered, newest first', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    const first = await expectReply(await acme.run('risk', 'one'), 200, Run)
    app.clock.advance(1500)
    app.provider.reply(status(500))
    const second = await expectReply(await acme.run('risk', 'two'), 200, Run)
    const { runs, total } = await expectReply(await acme.get(PATH), 200, RunList)
    expect(runs).toEqual([second, first])
    expect(total).toBe(2)
  })

  test('newest first holds within one millisecond too', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    for (let i = 0; i < 5; i++) await acme.run('risk', `${i}`)
    const { runs } = await expectReply(await acme.get(PATH), 200, RunList)
    expect(runs.map(({ input }) => input?.['message' as never])).toEqual([
      '4',
      '3',
      '2',
      '1',
      '0',
    ] as never[])
  })

  test('pages', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    for (let i = 0; i < 5; i++) await acme.run('risk', `${i}`)
    const page = async (query: string) => {
      const body = await expectReply(await acme.get(`${PATH}?${query}`), 200, RunList)
      expect(body.total).toBe(5)
      const said = body.runs.map(({ input }) => (input as { message: string }).message)
      return [body.page, body.per_page, said.join('')]
    }
    expect(await page('per_page=2')).toEqual([1, 2, '43'])
    expect(await page('page=2&per_page=2')).toEqual([2, 2, '21'])
    expect(await page('page=3&per_page=2')).toEqual([3, 2, '0'])
    expect(await page('page=4&per_page=2')).toEqual([4, 2, ''])
  })

  test('every bad paging is 422', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    for (const query of BAD_PAGING) {
      await expectError(await acme.get(`${PATH}?${query}`), 422, 'invalid')
    }
  })

  test('a run under way is running, its input, output and end are null, and it is counted', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    const held = heldBack()
    app.provider.reply(held.reply)
    const running = acme.run('risk')
    await app.provider.received(1)
    const { runs, total } = await expectReply(await acme.get(PATH), 200, RunList)
    expect(total).toBe(1)
    expect(runs[0]).toMatchObject({
      status: 'running',
      input: null,
      output: null,
      error: null,
      finished_at: null,
      duration_ms: null,
      tokens_used: 0,
    })
    // It is in no statistics yet, but its start shows.
    expect(await (await acme.get('/v1/agents/risk')).json()).toMatchObject({
      total_runs: 0,
      last_run: '2026-03-13T14:22:00Z',
    })
    held.letGo()
    await running
  })

  test('chats with the agent are not in its history', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    const chat = { agent_type: 'custom', messages: [{ role: 'user', content: 'x' }] }
    expect((await acme.post('/v1/chat', chat)).status).toBe(200)
    expect(await expectReply(await acme.get(PATH), 200, RunList)).toMatchObject({ total: 0 })
  })

  test('a renamed agent keeps its history under the new name', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    await acme.run('risk')
    await app.admin.put(`/api/admin/tenants/${acme.id}/agents/risk`, { name: 'renamed' })
    await expectError(await acme.get(PATH), 404, 'not_found')
    const { total } = await expectReply(await acme.get('/v1/agents/renamed/runs'), 200, RunList)
    expect(total).toBe(1)
  })

  test('another tenant’s history is 404, as of an agent that never existed', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    const globex = await app.tenant('globex')
    await acme.run('risk')
    await sameAnswer(globex.get(PATH), globex.get('/v1/agents/never-existed/runs'))
    expect((await globex.get(PATH)).status).toBe(404)
  })

  test('histories of equal names in two tenants never mix', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    const globex = await app.tenant('globex', { agents: ['risk'] })
    await acme.run('risk', 'of acme')
    await globex.run('risk', 'of globex')
    for (const tenant of [acme, globex]) {
      const text = await (await tenant.get(PATH)).text()
      expect(text).toContain(`of ${tenant.name}`)
      expect(JSON.parse(text)).toMatchObject({ total: 1 })
    }
  })

  testRefusals({ method: 'GET', path: PATH })
})
