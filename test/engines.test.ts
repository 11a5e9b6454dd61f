import { describe, expect, test } from 'bun:test'
import { CompiledQuery } from 'kysely'
import type { AresDatabase } from '../src/db/database.ts'
import { declaredStatements, type Params } from '../src/db/statements.ts'
import { WRITER_STATEMENTS } from '../src/deps.ts'
import { compareTotals } from '../src/usage/compare-totals.ts'
import { startApp, type TestApp, type TestTenant } from './harness.ts'
import { bound, openPglite } from './pglite-database.ts'
import { status } from './scripted-faults.ts'
import { answer } from './scripted-replies.ts'
import { type Described, type Operation, operationsIn } from './torture/lib/openapi.ts'

/*
 * The SQL is portable: PostgreSQL prepares every statement, and a journey through the whole API has the same answers on
 * it as on SQLite.
 */

/** PostgreSQL takes some seconds to begin, in a process that others share. */
const SLOW_MS = 120_000

const openAll = () => openPglite(WRITER_STATEMENTS)

test(
  'every named statement is prepared by PostgreSQL',
  async () => {
    const database = await openAll()
    const { db } = database
    const refused: string[] = []
    const anything: Params = new Proxy({}, { get: () => null })
    const declared = declaredStatements()
    for (const [index, statement] of declared.entries()) {
      const query = bound(db, statement, anything)
      const prepare = CompiledQuery.raw(`prepare s${index} as ${query.sql}`)
      await db.executeQuery(prepare).catch((error: Error) => {
        refused.push(`${statement.name}: ${error.message}`)
      })
    }
    await database.close()
    expect(refused).toEqual([])
    expect(declared.length).toBeGreaterThan(20)
  },
  SLOW_MS,
)

/** An answer, as far as it is the same each time. */
interface Told {
  asked: string
  status: number
  body: string
}

describe('a journey through the whole API', () => {
  test(
    'is answered alike on both engines',
    async () => {
      const onSqlite = await journey(undefined)
      const onPostgres = await journey(openAll)
      expect(onPostgres.map(({ asked }) => asked)).toEqual(onSqlite.map(({ asked }) => asked))
      const different = onSqlite.flatMap((one, index) => {
        const other = onPostgres[index]!
        return one.status === other.status && one.body === other.body ? [] : [{ one, other }]
      })
      expect(different).toEqual([])
      expect(onSqlite.filter(({ status: code }) => code >= 500)).toEqual([])
    },
    SLOW_MS,
  )
})

async function journey(engine: (() => Promise<AresDatabase>) | undefined): Promise<Told[]> {
  let ids = 0
  const newId = () => `01980000-0000-7000-8000-${String(++ids).padStart(12, '0')}`
  const app = await startApp({ newId, ...(engine && { engine }), config: TIGHT })
  const told: Told[] = []
  const tell = async (asked: string, reply: Promise<Response>) => {
    const { status: code, body } = await same(reply)
    told.push({ asked, status: code, body })
  }
  const unlimited = await app.tenant('unlimited', { agents: ['risk'] })
  await tell('run without a limit', unlimited.run('risk'))
  const acme = await app.tenant('acme-corp', { tier: 'pro', agents: ['risk', 'other'] })
  await spend(app, acme, tell)
  await change(app, acme, tell)
  await read(app, acme, tell)
  await app.server.upkeep.round()
  const { differences } = await compareTotals(app.database.db)
  expect(differences).toEqual([])
  await app.server.shutDown(0)
  await app.database.close()
  return told
}

type Tell = (asked: string, reply: Promise<Response>) => Promise<void>

/** Low enough for alerts. */
const TIGHT = '[tiers.pro]\nruns_per_month = 10\ntokens_per_month = 1000\n'

async function spend(app: TestApp, acme: TestTenant, tell: Tell): Promise<void> {
  app.provider.enqueue(answer({ usage: { input: 700, output: 120 } }), status(500))
  for (const message of ['first', 'fails', 'third'])
    await tell(`run ${message}`, acme.run('risk', message))
  const messages = [{ role: 'user', content: 'Hello' }]
  await tell('chat', acme.post('/v1/chat', { messages, model: 'm-tools' }))
  await tell('stream', acme.post('/v1/chat/stream', { messages, model: 'm-demo' }))
  await tell('completion', acme.post('/v1/chat/completions', { messages, model: 'm-demo' }))
  for (let run = 0; run < 8; run++) await tell('run to the quota', acme.run('other', `run ${run}`))
  const once = {
    method: 'POST',
    headers: {
      authorization: `Bearer ${acme.secret}`,
      'content-type': 'application/json',
      'idempotency-key': 'once',
    },
    body: JSON.stringify({ name: 'idempotent' }),
  }
  await tell('key, once', app.fetch('/v1/api-keys', once))
  await tell('key, again', app.fetch('/v1/api-keys', once))
  await app.flushActivity()
}

async function change({ admin }: TestApp, acme: TestTenant, tell: Tell): Promise<void> {
  const tenant = `/api/admin/tenants/${acme.id}`
  const client = { name: 'globex', tier: 'pro', product_type: 'generic', api_key_name: 'first' }
  await tell('provision', admin.post('/api/admin/provision-client', client))
  await tell('provision again', admin.post('/api/admin/provision-client', client))
  await tell('tier', admin.put(`${tenant}/quota`, { tier: 'enterprise' }))
  await tell('tier back', admin.put(`${tenant}/quota`, { tier: 'pro' }))
  await tell('agent', admin.put(`${tenant}/agents/other`, { status: 'paused', name: 'renamed' }))
  await tell('agent gone', admin.delete(`${tenant}/agents/renamed`))
  const limited = { name: 'limited', scopes: ['run'], runs_per_month: 1 }
  const made = await admin.post(`${tenant}/api-keys`, limited)
  const { id } = (await made.json()) as { id: string }
  await tell('key changed', admin.patch(`${tenant}/api-keys/${id}`, { tokens_per_month: 5 }))
  await tell('key rotated', admin.post(`${tenant}/api-keys/${id}/rotate`, { overlap_seconds: 60 }))
  await tell('key revoked', admin.delete(`${tenant}/api-keys/${id}`))
  await tell('model tested', admin.post('/api/admin/models/m-demo/test'))
  await tell('suspended', admin.patch(tenant, { status: 'suspended' }))
  await tell('refused', acme.get('/v1/agents'))
  await tell('active', admin.patch(tenant, { status: 'active' }))
  const other = await admin.post('/api/admin/tenants', { name: 'gone', tier: 'free' })
  await tell(
    'deleted',
    admin.delete(`/api/admin/tenants/${((await other.json()) as { id: string }).id}`),
  )
}

/** Every operation that reads, with each of its parameters. */
async function read(app: TestApp, acme: TestTenant, tell: Tell): Promise<void> {
  const described = (await (await app.fetch('/swagger/json')).json()) as Described
  const operations = operationsIn(described).filter(({ method }) => method === 'GET')
  expect(operations.length).toBeGreaterThan(25)
  const runs = await app.database.db.selectFrom('runs').select('id').orderBy('id').execute()
  const slots: Record<string, string> = {
    id: acme.id,
    name: 'risk',
    model: 'm-demo',
    run_id: runs[0]!.id,
  }
  for (const operation of operations) {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, slot: string) => {
      if (slot === 'id' && operation.path.includes('runs/')) return runs[0]!.id
      return slots[slot] ?? 'x'
    })
    for (const query of ['', ...queriesOf(operation, acme)]) {
      const asked = `${path}${query}`
      const caller = path.startsWith('/v1') ? acme : app.admin
      await tell(asked, caller.get(asked))
    }
  }
}

const EXAMPLES: Record<string, string[]> = {
  from: ['2026-03-01T00:00:00Z'],
  to: ['2026-04-01T00:00:00Z'],
  cursor: [],
}

function queriesOf({ query }: Operation, { id }: TestTenant): string[] {
  return query.flatMap(({ name, schema }) => {
    const choices = schema.enum ?? schema.anyOf?.map((one) => one.const) ?? []
    const values = EXAMPLES[name] ?? [
      ...choices.filter((value) => value !== undefined).map(String),
      ...(choices.length > 0 ? [] : [schema.format === 'uuid' ? id : plain(schema.type)]),
    ]
    return values.map((value) => `?${name}=${encodeURIComponent(value)}`)
  })
}

function plain(type: string | undefined): string {
  if (type === 'boolean') return 'true'
  return type === 'integer' ? '1' : 'risk'
}

/** Without what is random, and what belongs to a machine. */
async function same(reply: Promise<Response>): Promise<Omit<Told, 'asked'>> {
  const { status: code, ...rest } = await reply.then(async (response) => ({
    status: response.status,
    text: await response.text(),
  }))
  const body = rest.text
    .replaceAll(/ares_[a-z0-9]+/g, 'ares_…')
    .replaceAll(
      /"(size_bytes|log_bytes|duration_ms|overhead_ms|latency_ms|total_api_calls|api_calls)":\d+/g,
      '"$1":0',
    )
  return { status: code, body }
}
