import { expect, test } from 'bun:test'
import { AgentStatsReply } from '../../../src/agents/schema.ts'
import { expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { status } from '../../scripted-faults.ts'
import { answer, heldBack } from '../../scripted-replies.ts'
import {
  expectHeadMatches,
  expectMethodsRefused,
  expectNotThere,
  expectStrangersRefused,
  expectTenantsNotThere,
  IMPOSSIBLE_NAMES,
} from './refusals.ts'

const app = await startApp()
const acme = await app.tenant('acme-corp', { agents: ['risk', 'failing', 'busy'] })
const agents = `/api/admin/tenants/${acme.id}/agents`
const path = `${agents}/risk/stats`

const stats = async (agent = 'risk') =>
  expectReply(await app.admin.get(`${agents}/${agent}/stats`), 200, AgentStatsReply)

/** One run that takes so long by the test's clock and uses so many tokens. */
async function run(agent: string, ms: number, reply: ReturnType<typeof answer>): Promise<void> {
  app.provider.enqueue(() => {
    app.clock.advance(ms)
    return reply
  })
  await acme.run(agent)
}

const tokens = (used: number) => answer({ usage: { input: used, output: 0 } })

const NO_RUNS = {
  total_runs: 0,
  successful_runs: 0,
  failed_runs: 0,
  success_rate: null,
  avg_duration_ms: null,
  avg_tokens: null,
  last_run: null,
}

test('an agent without runs has no rate, averages or last run', async () => {
  expect(await stats()).toEqual({ agent_name: 'risk', ...NO_RUNS })
})

test('finished runs are counted, with rate to three decimals and rounded averages', async () => {
  await run('risk', 1000, tokens(10))
  app.clock.set('2026-03-14T09:00:00.000Z')
  await run('risk', 1001, tokens(10))
  app.clock.set('2026-03-15T10:11:12.000Z')
  await run('risk', 500, status(500))
  expect(await stats()).toEqual({
    agent_name: 'risk',
    total_runs: 3,
    successful_runs: 2,
    failed_runs: 1,
    success_rate: 0.667,
    avg_duration_ms: 834,
    avg_tokens: 7,
    last_run: '2026-03-15T10:11:12Z',
  })
})

test('an agent that only fails has the rate 0', async () => {
  await run('failing', 5, status(500))
  expect(await stats('failing')).toMatchObject({
    total_runs: 1,
    successful_runs: 0,
    failed_runs: 1,
    success_rate: 0,
    avg_duration_ms: 5,
    avg_tokens: 0,
  })
})

test('a run under way is the last run, and counts when it has finished', async () => {
  const held = heldBack(tokens(9))
  app.provider.enqueue(held.reply)
  app.clock.set('2026-03-16T08:00:00.500Z')
  const asked = app.provider.requests.length
  const running = acme.run('busy')
  await app.provider.received(asked + 1)
  const last_run = '2026-03-16T08:00:00Z'
  expect(await stats('busy')).toEqual({ agent_name: 'busy', ...NO_RUNS, last_run })
  app.clock.advance(60_000)
  held.letGo()
  await running
  expect(await stats('busy')).toMatchObject({ total_runs: 1, avg_duration_ms: 60_000, last_run })
})

test('a chat with the agent’s type is not in them', async () => {
  const before = await stats()
  app.clock.advance(60_000)
  const messages = [{ role: 'user', content: 'Hello' }]
  expect((await acme.post('/v1/chat', { agent_type: 'risk', messages })).status).toBe(200)
  expect(await stats()).toEqual(before)
})

test('agents that cannot exist or do not exist are the same 404', () =>
  expectNotThere(
    app,
    ['nobody', ...IMPOSSIBLE_NAMES].map((name) => ({
      method: 'GET',
      path: `${agents}/${name}/stats`,
    })),
    'There is no such agent.',
  ))

test('tenants that cannot exist, do not exist or are deleted are the same 404', () =>
  expectTenantsNotThere(app, (id) => ({
    method: 'GET',
    path: `/api/admin/tenants/${id}/agents/risk/stats`,
  })))

test('strangers are refused', () => expectStrangersRefused(app, { method: 'GET', path }))

test('other methods are refused', () => expectMethodsRefused(app, path, 'GET, HEAD'))

test('HEAD equals GET without body', () => expectHeadMatches(app, path))
