import { expect, test } from 'bun:test'
import { AdminRunDetail } from '../../../src/runs/list-schema.ts'
import { expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { status } from '../../scripted-faults.ts'
import { answer } from '../../scripted-replies.ts'
import {
  expectHeadMatches,
  expectMethodsRefused,
  expectNotThere,
  expectStrangersRefused,
  IMPOSSIBLE_IDS,
  UNKNOWN_ID,
} from './refusals.ts'

const PATH = '/api/admin/runs'
const app = await startApp()
const acme = await app.tenant('acme-corp', { agents: ['risk'] })

const idOf = async (reply: Response) => ((await reply.json()) as { id: string }).id
const get = async (id: string) =>
  expectReply(await app.admin.get(`${PATH}/${id}`), 200, AdminRunDetail)

const input = { message: 'Evaluate', context: { amount: 15000, nested: { a: [1, '<b>'] } } }
app.provider.enqueue(answer({ text: '{"risk_score": 7}' }))
const completed = await idOf(await acme.post('/v1/agents/risk/run', { input }))

test('a run is told with what was said, whose key it was, and which version of the agent', async () => {
  expect(await get(completed)).toEqual({
    id: completed,
    tenant_id: acme.id,
    tenant_name: 'acme-corp',
    agent_id: expect.any(String),
    agent: 'risk',
    agent_version: 1,
    kind: 'run',
    status: 'completed',
    model: 'm-tools',
    provider: 'scripted',
    key_id: acme.keyId,
    key_prefix: acme.secret.slice(0, 9),
    started_at: '2026-03-13T14:22:00Z',
    duration_ms: 0,
    overhead_ms: 0,
    input_tokens: 12,
    output_tokens: 7,
    cached_tokens: 0,
    cache_write_tokens: 0,
    tokens_estimated: false,
    cost_micro_usd: 94,
    error_code: null,
    input,
    output: { risk_score: 7 },
    error: null,
  })
})

test('a failed run says why', async () => {
  app.provider.enqueue(status(500))
  const id = await idOf(await acme.run('risk'))
  expect(await get(id)).toMatchObject({
    status: 'failed',
    output: null,
    error: expect.stringContaining('500'),
    error_code: 'rejected',
  })
})

test('a chat is told with its messages and its answer', async () => {
  const messages = [{ role: 'user', content: 'Hello' }]
  app.provider.enqueue(answer({ text: 'Good day' }))
  const id = await idOf(await acme.post('/v1/chat', { model: 'm-plain', messages }))
  expect(await get(id)).toMatchObject({
    kind: 'chat',
    agent: null,
    agent_version: null,
    input: { messages },
    output: { content: 'Good day' },
  })
})

test('what is not kept any longer is said not to be', async () => {
  const id = await idOf(await acme.run('risk'))
  await app.database.writer.transaction((trx) =>
    trx.deleteFrom('run_contents').where('run_id', '=', id).execute(),
  )
  expect(await get(id)).toMatchObject({ input: null, output: null, content_expired: true })
})

test('runs of deleted tenants are still told', async () => {
  const gone = await app.tenant('gone', { agents: ['risk'] })
  const id = await idOf(await gone.run('risk'))
  await app.admin.delete(`/api/admin/tenants/${gone.id}`)
  expect(await get(id)).toMatchObject({ tenant_name: 'gone', agent: 'risk' })
})

test('runs that cannot exist or do not exist are the same 404', () =>
  expectNotThere(
    app,
    [UNKNOWN_ID, ...IMPOSSIBLE_IDS].map((id) => ({ method: 'GET', path: `${PATH}/${id}` })),
    'There is no such run.',
  ))

test('strangers are refused', () =>
  expectStrangersRefused(app, { method: 'GET', path: `${PATH}/${completed}` }))

test('other methods are refused', () =>
  expectMethodsRefused(app, `${PATH}/${completed}`, 'GET, HEAD'))

test('HEAD equals GET without body', () => expectHeadMatches(app, `${PATH}/${completed}`))
