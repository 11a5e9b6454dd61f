import { expect, test } from 'bun:test'
import { ADMIN_SECRET, startApp, type TestTenant } from '../harness.ts'
import { answer } from '../scripted-replies.ts'
import { until } from '../waiting.ts'
import { listen, RawClient, rawReply } from './real-socket.ts'
import { allRuns, expectTotalsMatch } from './totals.ts'

/* What is refused when too much waits: for an answer, or for the disk. */

const BODY = '{"input":{"message":"Hello"}}'

/** A run whose body may come later. */
function bytesOf(tenant: TestTenant, body: string): string {
  return [
    'POST /v1/agents/risk/run HTTP/1.1',
    'Host: localhost',
    `Authorization: Bearer ${tenant.secret}`,
    'Content-Type: application/json',
    `Content-Length: ${BODY.length}`,
    '',
    body,
  ].join('\r\n')
}

async function start(limits: string) {
  const app = await startApp({ server: `[server]\n${limits}` })
  const { port } = listen(app)
  const get = (path: string, header = '') =>
    rawReply(port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${header}\r\n`)
  return {
    app,
    get,
    asAdmin: (path: string) => get(path, `X-Admin-Secret: ${ADMIN_SECRET}\r\n`),
    as: (tenant: TestTenant, path: string) =>
      get(path, `Authorization: Bearer ${tenant.secret}\r\n`),
    /** Sends a request whose body does not come, and waits until it is behind the door. */
    hold: async (tenant: TestTenant, isInside: () => Promise<boolean>) => {
      const client = await RawClient.send(port, bytesOf(tenant, ''))
      await until(isInside)
      return client
    },
  }
}

test('more requests than may be pending are 503 with Retry-After; operators and probes get in', async () => {
  const { app, get, as, asAdmin, hold } = await start(
    'max_pending_requests = 2\nmax_pending_requests_per_tenant = 2',
  )
  const acme = await app.tenant('acme', { agents: ['risk'] })
  const statusOf = async (asked: ReturnType<typeof get>) => (await asked)!.status
  const first = await hold(acme, () => Promise.resolve(true))
  const second = await hold(acme, async () => (await statusOf(get('/nothing'))) === 503)

  for (const refused of [as(acme, '/v1/agents'), get('/swagger'), get('/nothing')]) {
    const reply = (await refused)!
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '1'])
    expect(JSON.parse(reply.body).code).toBe('overloaded')
  }
  expect(await statusOf(get('/health'))).toBe(200)
  expect(await statusOf(get('/ready'))).toBe(200)
  expect(await statusOf(asAdmin('/api/admin/stats'))).toBe(200)
  expect(await statusOf(get('/api/admin/stats'))).toBe(401)

  first.write(BODY)
  expect(await first.until((text) => text.includes('\r\n\r\n'))).toStartWith('HTTP/1.1 200')
  expect(await statusOf(as(acme, '/v1/agents'))).toBe(200)
  second.leave()
  await until(async () => (await allRuns(app)).length > 0)
  expect(await allRuns(app)).toHaveLength(1)
})

test('a client that goes away while it sends frees its place', async () => {
  const { app, get, as, hold } = await start('max_pending_requests = 1')
  const acme = await app.tenant('acme', { agents: ['risk'] })
  const isFull = async () => (await get('/nothing'))!.status === 503
  for (let round = 0; round < 5; round++) {
    const client = await hold(acme, isFull)
    client.leave()
    await until(async () => !(await isFull()))
  }
  expect((await as(acme, '/v1/agents'))!.status).toBe(200)
  expect(app.provider.requests).toHaveLength(0)
})

test('a tenant with too many pending requests is 429, and others go on', async () => {
  const { app, as, asAdmin, hold } = await start('max_pending_requests_per_tenant = 1')
  const acme = await app.tenant('acme', { agents: ['risk'] })
  const globex = await app.tenant('globex')
  const client = await hold(acme, async () => (await as(acme, '/v1/agents'))!.status === 429)
  const refused = (await as(acme, '/v1/usage'))!
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
  expect(JSON.parse(refused.body).code).toBe('rate_limited')
  expect((await as(globex, '/v1/agents'))!.status).toBe(200)
  expect((await asAdmin('/api/admin/stats'))!.status).toBe(200)
  client.write(BODY)
  expect(await client.until((text) => text.includes('\r\n\r\n'))).toStartWith('HTTP/1.1 200')
  expect((await as(acme, '/v1/agents'))!.status).toBe(200)
})

test('with too many writes waiting nothing begins, and what has begun is recorded', async () => {
  const app = await startApp({ database: 'max_waiting_writes = 2' })
  const acme = await app.tenant('acme', { agents: ['risk'] })
  app.provider.reply(answer())
  const replies = await Promise.all(Array.from({ length: 20 }, () => acme.run('risk')))
  const done = replies.filter(({ status }) => status === 200)
  const refused = replies.filter(({ status }) => status === 503)
  expect(done.length).toBeGreaterThan(0)
  expect(refused.length).toBe(20 - done.length)
  expect(refused.length).toBeGreaterThan(0)
  for (const reply of refused) {
    expect(reply.headers.get('retry-after')).toBe('1')
    expect(await reply.json()).toMatchObject({ code: 'overloaded' })
  }
  expect(app.provider.requests).toHaveLength(done.length)
  const runs = await allRuns(app)
  expect(runs.map(({ status }) => status)).toEqual(done.map(() => 'completed'))
  await expectTotalsMatch(app)
})
