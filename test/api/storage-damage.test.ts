import { describe, expect, test } from 'bun:test'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { breakTable } from '../damage.ts'
import { expectRefusal } from '../expect-reply.ts'
import { startApp, type TestApp } from '../harness.ts'
import { answer } from '../scripted-replies.ts'

/** An application with a tenant and a run, started again on a file whose tables are broken. */
async function brokenApp(...tables: string[]) {
  const first = await startApp()
  const acme = await first.tenant('acme-corp', { agents: ['risk'] })
  first.provider.enqueue(answer())
  await acme.run('risk')
  const app = await first.restart({}, () => {
    for (const table of tables) breakTable(first.database.path!, table)
  })
  const get = (path: string) =>
    app.fetch(path, { headers: { authorization: `Bearer ${acme.secret}` } })
  const run = () =>
    app.fetch('/v1/agents/risk/run', {
      method: 'POST',
      headers: { authorization: `Bearer ${acme.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ input: { message: 'Hello' } }),
    })
  return { app, acme, get, run }
}

async function openAlerts(app: TestApp): Promise<string[]> {
  const reply = await app.admin.get('/api/admin/alerts?resolved=false')
  const { alerts } = (await reply.json()) as { alerts: { message: string; severity: string }[] }
  return alerts.map(({ message, severity }) => `${severity} ${message}`)
}

/** Resolves once everything handed to the writer is written or refused. */
const settled = ({ database }: TestApp) => database.writer.drain()

const ALERT = expect.stringMatching(
  /^critical The database is damaged: .*\(2026-03-13T14:22:00Z\)$/,
)

describe('damage that a read meets', () => {
  test('is storage_damaged on that route, in the log, an alert, noted, and /ready says so', async () => {
    const { app, acme } = await brokenApp('audit_log')
    expect((await app.fetch('/ready')).status).toBe(200)

    const reply = await app.admin.get(`/api/admin/audit-log?tenant_id=${acme.id}`)
    const { error } = await expectRefusal(reply, 503, 'storage_damaged')
    expect(error).not.toMatch(/sqlite|malformed|disk image/i)
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)

    app.clock.advance(1000)
    await expectRefusal(await app.fetch('/ready'), 503, 'storage_damaged')
    expect((await app.fetch('/health')).status).toBe(200)
    await settled(app)
    expect(await openAlerts(app)).toEqual([ALERT])
    expect(app.logged.filter((line) => line.includes('the database is damaged'))).toEqual([
      expect.stringContaining('"level":"error"'),
    ])
    const note: unknown = JSON.parse(readFileSync(`${app.database.path!}.fault`, 'utf8'))
    expect(note).toMatchObject({ state: 'damaged', time: '2026-03-13T14:22:00.250Z' })
  })

  test('lets nothing new begin, before a provider is called, and what can be read be read', async () => {
    const { app, get, run } = await brokenApp('audit_log')
    expect((await run()).status).toBe(200)
    await app.admin.get('/api/admin/audit-log')
    const called = app.provider.requests.length
    await expectRefusal(await run(), 503, 'storage_damaged')
    const body = { name: 'new', tier: 'pro' }
    await expectRefusal(await app.admin.post('/api/admin/tenants', body), 503, 'storage_damaged')
    expect(app.provider.requests.length).toBe(called)
    expect((await get('/v1/agents/risk/runs')).status).toBe(200)
  })

  test('what was said is damaged too when it is no JSON any more: it is not sent', async () => {
    const { app, get } = await brokenApp()
    await app.database.writer.transaction((trx) =>
      trx.updateTable('run_contents').set({ input: '{"message":"He\u0000\u0001' }).execute(),
    )
    await expectRefusal(await get('/v1/agents/risk/runs'), 503, 'storage_damaged')
    app.clock.advance(1000)
    await expectRefusal(await app.fetch('/ready'), 503, 'storage_damaged')
  })

  test('a run that has begun before is recorded and answered', async () => {
    const { app, run } = await brokenApp('audit_log')
    app.provider.enqueue(async () => {
      await app.admin.get('/api/admin/audit-log')
      return answer()
    })
    const reply = await run()
    expect(reply.status).toBe(200)
    expect(await reply.json()).toMatchObject({ status: 'completed' })
  })

  test('an alert that cannot be written is told by the next start, when the database is restored', async () => {
    const { app } = await brokenApp('audit_log', 'alerts')
    await expectRefusal(await app.admin.get('/api/admin/audit-log'), 503, 'storage_damaged')
    await settled(app)
    expect(
      app.logged.some((line) => line.includes('alert about the storage was not written')),
    ).toBe(true)
    const note = readFileSync(`${app.database.path!}.fault`, 'utf8')

    await app.server.shutDown(0)
    await app.database.close()
    const restored = await startApp({ folder: dirname(app.database.path!) })
    expect(readFileSync(`${restored.database.path!}.fault`, 'utf8')).toBe(note)
    restored.server.storage.start()
    await restored.server.shutDown(0)
    expect(existsSync(`${restored.database.path!}.fault`)).toBe(false)
    const listed = await restored.database.db.selectFrom('alerts').selectAll().execute()
    expect(listed).toMatchObject([
      { kind: 'storage', subject: 'damaged', resolved_at: expect.any(String) },
    ])
  })

  test('that is still there at the next start is found again', async () => {
    const { app } = await brokenApp('run_contents')
    await app.database.db
      .selectFrom('run_contents')
      .selectAll()
      .execute()
      .catch(() => {})
    const again = await app.restart()
    expect((await again.fetch('/ready')).status).toBe(200)
    again.server.storage.start()
    await again.server.shutDown(0)
    expect(again.database.soundness.fault?.state).toBe('damaged')
    expect(again.logged.some((line) => line.includes('damage in the database'))).toBe(true)
  })
})

test('a database that is gone from its path is told by the next /ready, and nobody gets in any more', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme-corp', { agents: ['risk'] })
  rmSync(app.database.path!)
  await expectRefusal(await app.fetch('/ready'), 503, 'storage_damaged')
  await expectRefusal(await acme.run('risk'), 503, 'storage_damaged')
  await expectRefusal(await app.admin.get('/api/admin/tenants'), 503, 'storage_damaged')
  expect((await app.fetch('/health')).status).toBe(200)
  expect((await app.server.storage.end).state).toBe('untrusted')
})
