import { expect, jest, test } from 'bun:test'
import { sql } from 'kysely'
import { AuditLog } from '../../../src/audit/admin-routes.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp, type TestApp } from '../../harness.ts'
import {
  expectHeadMatches,
  expectIntegersRefused,
  expectMethodsRefused,
  expectStrangersRefused,
  UNKNOWN_ID,
} from './refusals.ts'

const PATH = '/api/admin/audit-log'

async function entries(app: TestApp, query = '') {
  return (await expectReply(await app.admin.get(PATH + query), 200, AuditLog)).entries
}

/** Entries of refused strangers, newest first. */
async function failures(app: TestApp) {
  // The refusal does not wait for its entry, which is gathered with others.
  await app.server.flush()
  const all = await entries(app, '?limit=1000')
  return all.filter(({ action }) => action === 'admin.auth_failed')
}

/** An entry without what numbers it. */
function told({ action, actor, details, timestamp }: Awaited<ReturnType<typeof entries>>[number]) {
  return { action, actor, details, timestamp }
}

function knock(app: TestApp, address: string, secret = 'wrong'): Promise<Response> {
  return app.fetch('/api/admin/stats', { address, headers: { 'x-admin-secret': secret } })
}

test('each change has an entry, newest first', async () => {
  const app = await startApp()
  const reply = await app.admin.post('/api/admin/tenants', { name: 'acme-corp', tier: 'pro' })
  const { id } = (await reply.json()) as { id: string }
  app.clock.advance(1000)
  const at = `/api/admin/tenants/${id}`
  await app.admin.put(`${at}/quota`, { tier: 'free' })
  await app.admin.patch(at, { status: 'suspended' })
  await app.admin.patch(at, { status: 'active' })
  const config = { model: 'm-tools' }
  await app.admin.post(`${at}/agents`, { name: 'risk', agent_type: 'risk', config })
  await app.admin.put(`${at}/agents/risk`, { agent_type: 'risk2' })
  await app.admin.delete(`${at}/agents/risk`)
  const key = await app.admin.post(`${at}/api-keys`, { name: 'production' })
  const { id: keyId } = (await key.json()) as { id: string }
  await app.admin.delete(`${at}/api-keys/${keyId}`)
  await app.admin.delete(at)

  const log = await entries(app)
  expect(log.map(({ seq, action }) => `${seq} ${action}`)).toEqual([
    '10 tenant.deleted',
    '9 api_key.revoked',
    '8 api_key.created',
    '7 agent.deleted',
    '6 agent.updated',
    '5 agent.created',
    '4 tenant.updated',
    '3 tenant.updated',
    '2 tenant.quota_updated',
    '1 tenant.created',
  ])
  expect(log.every(({ actor }) => actor === 'admin')).toBe(true)
  expect(log.every(({ details }) => (details as { tenant_id: string }).tenant_id === id)).toBe(true)
  expect(log.at(-1)).toEqual({
    id: log.at(-1)!.id,
    seq: 1,
    action: 'tenant.created',
    actor: 'admin',
    details: { tenant_id: id, tenant_name: 'acme-corp', tier: 'pro' },
    timestamp: '2026-03-13T14:22:00Z',
  })
  expect(log[0]?.timestamp).toBe('2026-03-13T14:22:01Z')
})

test('what a key does is the tenant’s doing', async () => {
  const app = await startApp()
  const tenant = await app.tenant('acme-corp')
  const made = await tenant.post('/v1/api-keys', { name: 'laptop' })
  const { key, secret } = (await made.json()) as { key: string; secret: string }
  await tenant.delete(`/v1/api-keys/${key}`)
  const details = {
    tenant_id: tenant.id,
    tenant_name: 'acme-corp',
    key_id: key,
    key_name: 'laptop',
    prefix: secret.slice(0, 9),
  }
  expect((await entries(app, '?limit=2')).map(told)).toEqual([
    {
      action: 'api_key.revoked',
      actor: 'tenant:acme-corp',
      details,
      timestamp: '2026-03-13T14:22:00Z',
    },
    {
      action: 'api_key.created',
      actor: 'tenant:acme-corp',
      details,
      timestamp: '2026-03-13T14:22:00Z',
    },
  ])
})

test('reading, running and what is refused leave no entry', async () => {
  const app = await startApp()
  const tenant = await app.tenant('acme-corp', { agents: ['risk'] })
  const before = await entries(app)
  await tenant.run('risk')
  await tenant.get('/v1/usage')
  await app.admin.get('/api/admin/tenants')
  await app.admin.post('/api/admin/tenants', { name: 'acme-corp', tier: 'pro' })
  await app.admin.post('/api/admin/tenants', { name: 'x', tier: 'gold' })
  await app.admin.delete(`/api/admin/tenants/${tenant.id}/agents/nobody`)
  await app.admin.put(`/api/admin/tenants/${tenant.id}/agents/risk`, { config: { model: 'x' } })
  expect(await entries(app)).toEqual(before)
})

test('entries stay in the order of the changes when the clock is set back', async () => {
  const app = await startApp()
  await app.tenant('first')
  app.clock.set('2020-01-01T00:00:00.000Z')
  await app.admin.post('/api/admin/tenants', { name: 'second', tier: 'pro' })
  const [latest] = await entries(app, '?limit=1')
  expect(latest).toMatchObject({
    action: 'tenant.created',
    details: { tenant_name: 'second' },
    timestamp: '2020-01-01T00:00:00Z',
  })
})

test('fifty without a wish, as many as wished for up to 1000', async () => {
  const app = await startApp()
  for (let index = 0; index < 60; index++) {
    await app.admin.post('/api/admin/tenants', { name: `tenant-${index}`, tier: 'free' })
  }
  const all = await entries(app, '?limit=1000')
  expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 60 }, (_, index) => 60 - index))
  expect(await entries(app)).toEqual(all.slice(0, 50))
  expect(await entries(app, '?limit=1')).toEqual(all.slice(0, 1))
})

test('entries are filtered by action, actor, tenant and time', async () => {
  const app = await startApp({ now: '2026-03-13T14:22:00Z' })
  const acme = await app.tenant('acme-corp', { agents: ['risk'] })
  app.clock.advance(60_000)
  const globex = await app.tenant('globex')
  await acme.post('/v1/api-keys', { name: 'own' })
  const actions = async (query: string) =>
    (await entries(app, query)).map(({ action, seq }) => `${seq} ${action}`)

  expect(await actions('?action=tenant.created')).toEqual(['4 tenant.created', '1 tenant.created'])
  expect(await actions('?action=tenant')).toEqual([])
  expect(await actions('?actor=tenant:acme-corp')).toEqual(['6 api_key.created'])
  const ofGlobex = ['5 api_key.created', '4 tenant.created']
  expect(await actions(`?tenant_id=${globex.id}`)).toEqual(ofGlobex)
  expect(await actions(`?tenant_id=${globex.id}&action=tenant.created`)).toEqual([ofGlobex[1]!])
  expect(await actions('?to=2026-03-13T14:23:00Z')).toHaveLength(3)
  expect(await actions('?from=2026-03-13T14:23:00Z')).toHaveLength(3)
  expect(await actions('?from=2026-03-14')).toEqual([])
})

test('pages follow one another, filtered or not, in bounded steps', async () => {
  const app = await startApp()
  const ids: string[] = []
  for (let i = 0; i < 12; i++) ids.push((await app.tenant(`tenant-${i}`)).id)
  await app.database.writer.transaction(async (trx) => {
    await sql`
      with recursive numbers(n) as (select 25 union all select n + 1 from numbers where n < 90000)
      insert into audit_log (seq, id, action, actor, details, timestamp)
      select n, printf('%08x-0000-7000-8000-%012x', n, n), 'admin.auth_failed', 'system', '{}', '2026-03-13T14:22:00.000Z'
      from numbers`.execute(trx)
  })
  const seqs: number[] = []
  let [cursor, pages] = ['', 0]
  do {
    const reply = await app.admin.get(`${PATH}?action=tenant.created&limit=5${cursor}`)
    const page = (await reply.json()) as { entries: { seq: number }[]; next_cursor: string | null }
    seqs.push(...page.entries.map(({ seq }) => seq))
    cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`
    pages++
  } while (cursor !== '')
  expect(seqs).toEqual(Array.from({ length: 12 }, (_, i) => 23 - 2 * i))
  // The first has looked at its share without finding any.
  expect(pages).toBe(4)

  const reply = await app.admin.get(`${PATH}?cursor=4&limit=2`)
  const { entries: last, next_cursor } = await expectReply(reply, 200, AuditLog)
  expect(last.map(({ seq }) => seq)).toEqual([3, 2])
  expect(next_cursor).toBe('2')
  const end = await expectReply(await app.admin.get(`${PATH}?cursor=2`), 200, AuditLog)
  expect([end.entries.length, end.next_cursor]).toEqual([1, null])
  const above = await app.admin.get(`${PATH}?cursor=999999999999999&limit=1`)
  const top = await expectReply(above, 200, AuditLog)
  expect([top.entries[0]!.seq, top.next_cursor]).toEqual([null, '90000'])
})

test('a tenant that is only named deep in the details is not concerned', async () => {
  const app = await startApp()
  const { id } = await app.tenant('acme-corp')
  const details = JSON.stringify({ tenant_id: UNKNOWN_ID, before: { tenant_id: id } })
  await app.database.writer.transaction(async (trx) => {
    await trx.updateTable('audit_log').set({ details }).where('seq', '=', 1).execute()
  })
  expect((await entries(app, `?tenant_id=${id}`)).map(({ seq }) => seq)).toEqual([2])
  expect((await entries(app, `?tenant_id=${UNKNOWN_ID}`)).map(({ seq }) => seq)).toEqual([1])
})

test.each([
  ['action=', '/action'],
  ['actor=a&actor=b', '/actor'],
  ['tenant_id=acme', '/tenant_id'],
  ['from=x', '/from'],
  ['to=x', '/to'],
  ['cursor=x', '/cursor'],
  ['cursor=-1', '/cursor'],
])('%s is refused', async (query, path) => {
  const app = await startApp()
  await expectRefusal(await app.admin.get(`${PATH}?${query}`), 422, 'invalid', path)
})

test('the wrong secrets of all addresses are one entry, without the secrets', async () => {
  const app = await startApp()
  await knock(app, '198.51.100.1', 'guessed-secret-of-mine')
  await knock(app, '2001:db8::1', 'guessed-secret-of-mine')
  await knock(app, '2001:db8::1', 'guessed-secret-of-mine')
  const log = await failures(app)
  expect(log.map(told)).toEqual([
    {
      action: 'admin.auth_failed',
      actor: 'system',
      details: {
        address: '2001:db8::1',
        count: 3,
        sources: [
          { address: '2001:db8::1', count: 2 },
          { address: '198.51.100.1', count: 1 },
        ],
      },
      timestamp: '2026-03-13T14:22:00Z',
    },
  ])
  expect(JSON.stringify(log) + app.logged.join('')).not.toContain('guessed')
})

test('the first is told after a second, further ones within the minute, with those since', async () => {
  const app = await startApp()
  const knocks = async (times: number) => {
    for (let tries = 0; tries < times; tries++) await knock(app, '198.51.100.1')
  }
  jest.useFakeTimers()
  try {
    await knocks(20)
    jest.advanceTimersByTime(1000)
    await knocks(2)
    jest.advanceTimersByTime(54_999)
    await knocks(1)
    jest.advanceTimersByTime(1)
    jest.advanceTimersByTime(30_000)
    await knock(app, '198.51.100.2')
    jest.advanceTimersByTime(25_000)
    // An interval without any: the next one is a first one again.
    jest.advanceTimersByTime(55_000)
    await knocks(4)
    jest.advanceTimersByTime(1000)
    await knocks(5)
  } finally {
    jest.useRealTimers()
  }
  const log = await failures(app)
  expect(log.map(({ details }) => details).toReversed()).toEqual([
    { address: '198.51.100.1', count: 20 },
    { address: '198.51.100.1', count: 3 },
    { address: '198.51.100.2', count: 1 },
    { address: '198.51.100.1', count: 4 },
    { address: '198.51.100.1', count: 5 },
  ])
})

test('what is still gathered is written at the end', async () => {
  const app = await startApp()
  for (let tries = 0; tries < 5; tries++) await knock(app, '198.51.100.1')
  await app.server.flush()
  const log = await failures(app)
  expect(log.map(({ details }) => details)).toEqual([{ address: '198.51.100.1', count: 5 }])
})

test('entries of strangers have no number, and leave no gap between those that do', async () => {
  const app = await startApp()
  for (const name of ['one', 'two', 'three']) {
    await app.admin.post('/api/admin/tenants', { name, tier: 'free' })
    await knock(app, '198.51.100.1')
    await app.server.flush()
  }
  const log = await entries(app)
  expect(log.map(({ seq, action }) => `${seq} ${action}`)).toEqual([
    'null admin.auth_failed',
    '3 tenant.created',
    'null admin.auth_failed',
    '2 tenant.created',
    'null admin.auth_failed',
    '1 tenant.created',
  ])
})

test('entries of strangers are dropped in time, and no others ever', async () => {
  const app = await startApp({ config: '[retention]\nauth_failure_days = 7' })
  const DAY_MS = 24 * 3600 * 1000
  await app.admin.post('/api/admin/tenants', { name: 'acme', tier: 'free' })
  await knock(app, '198.51.100.1')
  await app.server.flush()
  app.clock.advance(6 * DAY_MS)
  await knock(app, '198.51.100.2')
  await app.server.flush()
  const left = async () => {
    while (!(await app.server.upkeep.round())) continue
    const log = await entries(app)
    return log.map(({ details, seq }) => seq ?? (details as { address: string }).address)
  }
  expect(await left()).toEqual(['198.51.100.2', '198.51.100.1', 1])
  app.clock.advance(DAY_MS + 1)
  expect(await left()).toEqual(['198.51.100.2', 1])
  app.clock.advance(1000 * DAY_MS)
  expect(await left()).toEqual([1])
  await app.admin.post('/api/admin/tenants', { name: 'globex', tier: 'free' })
  expect((await entries(app)).map(({ seq }) => seq)).toEqual([2, 1])
})

test('the right secret leaves no entry', async () => {
  const app = await startApp()
  await app.admin.get('/api/admin/stats')
  await app.server.flush()
  expect(await failures(app)).toEqual([])
})

test('limit is a whole number from 1 to 1000', async () =>
  expectIntegersRefused(await startApp(), PATH, 'limit', 1000))

test('strangers are refused', async () =>
  expectStrangersRefused(await startApp(), { method: 'GET', path: PATH }))

test('other methods are refused, so nothing can be taken out', async () =>
  expectMethodsRefused(await startApp(), PATH, 'GET, HEAD'))

test('HEAD equals GET without body', async () => expectHeadMatches(await startApp(), PATH))
