import { describe, expect, test } from 'bun:test'
import { startApp } from '../../harness.ts'
import { expectError } from '../v1/expect-error.ts'
import { CHAT, newKey, RUN } from './support.ts'

/* A replayed answer is held to what its key may do now, not to what it could when it asked. */

const COMPLETION = { path: '/v1/chat/completions', body: CHAT }
const HEADERS = { headers: { 'idempotency-key': 'k' } }

interface Case {
  path: string
  body: object
  /** What the operator takes from the key in between. */
  taken: object
  status: number
  code: string
}

const CASES: [string, Case][] = [
  [
    'an agent’s run',
    {
      path: '/v1/agents/risk/run',
      body: RUN,
      taken: { allowed_agents: ['fraud'] },
      status: 404,
      code: 'not_found',
    },
  ],
  [
    'a run on a model',
    {
      path: '/v1/agents/risk/run',
      body: RUN,
      taken: { allowed_models: ['m-plain'] },
      status: 403,
      code: 'forbidden',
    },
  ],
  [
    'a chat',
    { path: '/v1/chat', body: CHAT, taken: { allowed_models: [] }, status: 403, code: 'forbidden' },
  ],
  [
    'a run, by its scope',
    {
      path: '/v1/agents/risk/run',
      body: RUN,
      taken: { scopes: ['read'] },
      status: 403,
      code: 'forbidden',
    },
  ],
  [
    'a chat, by its network',
    {
      path: '/v1/chat',
      body: CHAT,
      taken: { allowed_networks: ['203.0.113.0/24'] },
      status: 403,
      code: 'forbidden',
    },
  ],
  [
    'a key that can do more than its maker now',
    {
      path: '/v1/api-keys',
      body: { name: 'second' },
      taken: { allowed_agents: ['risk'] },
      status: 403,
      code: 'forbidden',
    },
  ],
]

describe('is not answered again once it is taken from the key:', () => {
  test.each(CASES)('%s', async (_what, { path, body, taken, status, code }) => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk', 'fraud'] })
    const key = await newKey(app, acme)
    const first = await key.send('POST', path, body, HEADERS)
    expect(first.ok).toBe(true)
    const limits = `/api/admin/tenants/${acme.id}/api-keys/${key.id}`
    expect((await app.admin.patch(limits, taken)).status).toBe(200)
    await expectError(await key.send('POST', path, body, HEADERS), status, code)
    const given = Object.fromEntries(Object.keys(taken).map((limit) => [limit, null]))
    await app.admin.patch(limits, given)
    const again = await key.send('POST', path, body, HEADERS)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await again.text()).toBe(await first.text())
  })
})

test('a compatible answer whose model was taken from the key is not answered again', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme')
  const key = await newKey(app, acme)
  await key.send('POST', COMPLETION.path, COMPLETION.body, HEADERS)
  await app.admin.patch(`/api/admin/tenants/${acme.id}/api-keys/${key.id}`, { allowed_models: [] })
  expect((await key.send('POST', COMPLETION.path, COMPLETION.body, HEADERS)).status).toBe(403)
})

test('an answer is given again although the key’s cap is spent: nothing is spent by it', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme', { agents: ['risk'] })
  const key = await newKey(app, acme, { runs_per_month: 1 })
  const ask = () => key.send('POST', '/v1/agents/risk/run', RUN, HEADERS)
  const first = await ask()
  const again = await ask()
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect(await again.text()).toBe(await first.text())
  expect((await key.send('POST', '/v1/agents/risk/run', RUN)).status).toBe(429)
})
