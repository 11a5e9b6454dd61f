import { expect, test } from 'bun:test'
import { AdminRunList } from '../../../src/runs/schema.ts'
import { expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { status } from '../../scripted-faults.ts'
import { answer, heldBack } from '../../scripted-replies.ts'
import {
  expectHeadMatches,
  expectIntegersRefused,
  expectMethodsRefused,
  expectNotThere,
  expectStrangersRefused,
  expectTenantsNotThere,
  IMPOSSIBLE_NAMES,
} from './refusals.ts'

const app = await startApp()
const acme = await app.tenant('acme-corp', { agents: ['risk', 'other', 'busy'] })
const agents = `/api/admin/tenants/${acme.id}/agents`
const path = `${agents}/risk/runs`

const list = async (at = path) =>
  (await expectReply(await app.admin.get(at), 200, AdminRunList)).runs

/** The next reply takes so long by the test's clock. */
function slowly(ms: number, reply = answer({ usage: { input: 30, output: 12 } })): void {
  app.provider.enqueue(() => {
    app.clock.advance(ms)
    return reply
  })
}

test('an agent without runs has an empty history', async () => {
  expect(await list()).toEqual([])
})

test('runs come newest first, completed and failed ones, with what they took', async () => {
  slowly(1243)
  const first = (await (await acme.run('risk')).json()) as { id: string }
  slowly(50, status(500))
  const second = (await (await acme.run('risk')).json()) as { id: string; error: string }
  expect(await list()).toEqual([
    {
      id: second.id,
      status: 'failed',
      started_at: '2026-03-13T14:22:01Z',
      duration_ms: 50,
      tokens_used: 0,
      tokens_estimated: false,
      model: 'm-tools',
      error: second.error,
    },
    {
      id: first.id,
      status: 'completed',
      started_at: '2026-03-13T14:22:00Z',
      duration_ms: 1243,
      tokens_used: 42,
      tokens_estimated: false,
      model: 'm-tools',
      error: null,
    },
  ])
  expect(second.error).toContain('500')
})

test('tokens that the provider did not report are marked as estimated', async () => {
  app.provider.enqueue(answer({ usage: null }))
  await acme.run('risk')
  const [latest] = await list()
  expect(latest?.tokens_estimated).toBe(true)
  expect(latest?.tokens_used).toBeGreaterThan(0)
})

test('a run under way is in it, as running', async () => {
  const held = heldBack()
  app.provider.enqueue(held.reply)
  const asked = app.provider.requests.length
  const running = acme.run('busy')
  await app.provider.received(asked + 1)
  const [run] = await list(`${agents}/busy/runs`)
  expect(run).toMatchObject({ status: 'running', duration_ms: null, tokens_used: 0, error: null })
  held.letGo()
  await running
  expect(await list(`${agents}/busy/runs`)).toMatchObject([{ id: run!.id, status: 'completed' }])
})

test('chats and the runs of other agents are not in it', async () => {
  const before = await list()
  const messages = [{ role: 'user', content: 'Hello' }]
  expect((await acme.post('/v1/chat', { agent_type: 'risk', messages })).status).toBe(200)
  await acme.run('other')
  expect(await list()).toEqual(before)
})

test('fifty without a wish, as many as wished for up to 1000', async () => {
  const replies = Array.from({ length: 60 }, () => acme.run('other'))
  for (const reply of await Promise.all(replies)) expect(reply.status).toBe(200)
  const all = await list(`${agents}/other/runs?limit=1000`)
  expect(all).toHaveLength(61)
  expect(all.map(({ id }) => id)).toEqual(
    all
      .map(({ id }) => id)
      .toSorted()
      .toReversed(),
  )
  expect(await list(`${agents}/other/runs`)).toEqual(all.slice(0, 50))
  expect(await list(`${agents}/other/runs?limit=1`)).toEqual(all.slice(0, 1))
})

test('limit is a whole number from 1 to 1000', () =>
  expectIntegersRefused(app, path, 'limit', 1000))

test('a limit out of range is told before an agent that is not there', async () => {
  const reply = await app.admin.get(`${agents}/nobody/runs?limit=0`)
  expect(reply.status).toBe(422)
})

test('agents that cannot exist or do not exist are the same 404', () =>
  expectNotThere(
    app,
    ['nobody', ...IMPOSSIBLE_NAMES].map((name) => ({
      method: 'GET',
      path: `${agents}/${name}/runs`,
    })),
    'There is no such agent.',
  ))

test('tenants that cannot exist, do not exist or are deleted are the same 404', () =>
  expectTenantsNotThere(app, (id) => ({
    method: 'GET',
    path: `/api/admin/tenants/${id}/agents/risk/runs`,
  })))

test('strangers are refused', () => expectStrangersRefused(app, { method: 'GET', path }))

test('other methods are refused', () => expectMethodsRefused(app, path, 'GET, HEAD'))

test('HEAD equals GET without body', () => expectHeadMatches(app, path))
