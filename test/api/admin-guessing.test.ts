import { expect, test } from 'bun:test'
import { ADMIN_SECRET, startApp, type TestApp } from '../harness.ts'

/* Wrong admin secrets: refused, slowed down by address, audited, and told of; and the right one, which is let in. */

const HERE = '198.51.100.1'

async function start(options: Parameters<typeof startApp>[0] = {}) {
  const app = await startApp(options)
  const knock = (secret: string | null, address = HERE, more: Record<string, string> = {}) =>
    app.fetch('/api/admin/stats', {
      address,
      headers: { ...(secret !== null && { 'x-admin-secret': secret }), ...more },
    })
  return { app, knock }
}

type Knock = Awaited<ReturnType<typeof start>>['knock']

async function statuses(times: number, knock: () => ReturnType<Knock>): Promise<number[]> {
  const seen: number[] = []
  for (let count = 0; count < times; count++) seen.push((await knock()).status)
  return seen
}

interface Told {
  id: string
  severity: string
  message: string
  tenant_id: null
  resolved: boolean
}

async function alerts(app: TestApp): Promise<Told[]> {
  // A refusal does not wait for what is told of it, and that is gathered first.
  await app.server.flush()
  const reply = await app.admin.get('/api/admin/alerts')
  return ((await reply.json()) as { alerts: Told[] }).alerts
}

/** What the audit log tells of strangers, newest first. */
async function failures(app: TestApp): Promise<object[]> {
  await app.server.flush()
  const reply = await app.admin.get('/api/admin/audit-log?action=admin.auth_failed')
  return ((await reply.json()) as { entries: { details: object }[] }).entries.map(
    ({ details }) => details,
  )
}

test('ten wrong secrets a minute are 401, further ones 429 with the time to wait', async () => {
  const { knock } = await start()
  expect(await statuses(10, () => knock('wrong'))).toEqual(Array<number>(10).fill(401))
  const reply = await knock('wrong')
  expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '6'])
  expect(await reply.json()).toMatchObject({ code: 'rate_limited' })
})

test('a right secret from elsewhere is unaffected, whatever comes from here', async () => {
  const { knock } = await start()
  for (let count = 0; count < 1000; count++) await knock(`wrong-${count}`)
  expect((await knock('wrong')).status).toBe(429)
  for (const elsewhere of ['198.51.100.2', '2001:db8::1', '::1']) {
    expect((await knock(ADMIN_SECRET, elsewhere)).status).toBe(200)
  }
})

test('from the same address the right one is let in, however many wrong ones come from there', async () => {
  const { app, knock } = await start()
  await statuses(100, () => knock('wrong'))
  expect((await knock(ADMIN_SECRET)).status).toBe(200)
  expect((await knock('wrong')).status).toBe(429)
  // What is right takes nothing, and gives nothing back.
  expect(await statuses(20, () => knock(ADMIN_SECRET))).toEqual(Array<number>(20).fill(200))
  expect((await knock('wrong')).status).toBe(429)
  app.clock.advance(6000)
  expect((await knock('wrong')).status).toBe(401)
  expect((await knock('wrong')).status).toBe(429)
})

test('whoever sends no secret guesses nothing, and is told of nowhere', async () => {
  const { app, knock } = await start()
  expect(await statuses(30, () => knock(null))).toEqual(Array<number>(30).fill(401))
  expect(await statuses(30, () => knock(''))).toEqual(Array<number>(30).fill(401))
  expect(await failures(app)).toEqual([])
  expect(await alerts(app)).toEqual([])
  await statuses(10, () => knock('wrong'))
  expect((await knock(null)).status).toBe(401)
})

test('a doubled or misplaced secret is a wrong one', async () => {
  const { knock } = await start()
  await statuses(10, () => knock(`${ADMIN_SECRET}, ${ADMIN_SECRET}`))
  expect((await knock(`${ADMIN_SECRET}, ${ADMIN_SECRET}`)).status).toBe(429)
})

test('an IPv6 client is its /64 network', async () => {
  const { knock } = await start()
  let host = 0
  await statuses(10, () => knock('wrong', `2001:db8:0:1::${++host}`))
  expect((await knock('wrong', '2001:db8:0:1:ffff::1')).status).toBe(429)
  expect((await knock('wrong', '2001:db8:0:2::1')).status).toBe(401)
})

test('behind a trusted proxy the client counts; from anyone else the header is not believed', async () => {
  const { knock } = await start({ server: '[server]\ntrusted_proxies = ["10.0.0.1"]' })
  const via = (proxy: string, client: string, secret = 'wrong') =>
    knock(secret, proxy, { 'x-forwarded-for': client })
  await statuses(10, () => via('10.0.0.1', HERE))
  expect((await via('10.0.0.1', HERE)).status).toBe(429)
  expect((await via('10.0.0.1', '198.51.100.2', ADMIN_SECRET)).status).toBe(200)
  let client = 0
  await statuses(10, () => via('10.0.0.2', `198.51.100.${++client}`))
  expect((await via('10.0.0.2', '198.51.100.99')).status).toBe(429)
})

test('wrong keys of tenants slow nobody down', async () => {
  const { app, knock } = await start()
  const acme = await app.tenant('acme')
  const knockAsTenant = () =>
    app.fetch('/v1/agents', { address: HERE, headers: { authorization: 'Bearer ares_wrong' } })
  expect(await statuses(30, knockAsTenant)).toEqual(Array<number>(30).fill(401))
  const right = { authorization: `Bearer ${acme.secret}` }
  expect((await app.fetch('/v1/agents', { address: HERE, headers: right })).status).toBe(200)
  expect((await knock(ADMIN_SECRET)).status).toBe(200)
})

test('a burst is one alert an hour and address, which an operator resolves', async () => {
  const { app, knock } = await start()
  await statuses(10, () => knock('guess-of-mine'))
  expect(await alerts(app)).toEqual([])
  await statuses(20, () => knock('guess-of-mine'))
  const [alert, ...others] = await alerts(app)
  expect(others).toEqual([])
  expect(alert).toMatchObject({
    severity: 'warning',
    message: `Too many wrong admin secrets from ${HERE}`,
    tenant_id: null,
    resolved: false,
  })
  expect(JSON.stringify(alert)).not.toContain('guess')

  await app.admin.post(`/api/admin/alerts/${alert!.id}/resolve`)
  const burst = () => statuses(20, () => knock('wrong'))
  app.clock.advance(3_500_000)
  await burst()
  expect(await alerts(app)).toHaveLength(1)
  app.clock.advance(200_000)
  await burst()
  expect((await alerts(app)).map(({ resolved }) => resolved)).toEqual([false, true])
  // While one is open there is no second.
  app.clock.advance(7_200_000)
  await burst()
  expect(await alerts(app)).toHaveLength(2)
  await statuses(20, () => knock('wrong', '2001:db8::1'))
  expect((await alerts(app))[0]).toMatchObject({
    message: 'Too many wrong admin secrets from 2001:db8:0:0::/64',
  })
})

test('those that had to wait are audited with the others', async () => {
  const { app, knock } = await start()
  await statuses(50, () => knock('wrong'))
  expect(await failures(app)).toEqual([{ address: HERE, count: 50 }])
})

test('a swarm is one entry and a few alerts, by its network', async () => {
  const { app, knock } = await start()
  for (let host = 0; host < 300; host++) {
    const clientOfSwarm = `2001:db8:0:${host.toString(16)}::1`
    for (let guess = 0; guess < 12; guess++) await knock('wrong', clientOfSwarm)
  }
  expect(await failures(app)).toEqual([{ address: '2001:db8:0::/48', count: 3600 }])
  expect((await alerts(app)).map(({ message }) => message)).toEqual([
    'Too many wrong admin secrets from 2001:db8:0::/48',
  ])
})

test('strangers take nobody’s place among the writes that may wait', async () => {
  const { app, knock } = await start({ database: 'max_waiting_writes = 1' })
  for (let host = 0; host < 200; host++) await knock('wrong', `192.0.2.${host}`)
  const [flushed, made] = await Promise.all([
    app.server.flush(),
    app.admin.post('/api/admin/tenants', { name: 'acme', tier: 'pro' }),
  ])
  expect([flushed, made.status]).toEqual([undefined, 201])
  expect(await failures(app)).toEqual([{ address: '192.0.2.0/24', count: 200 }])
})
