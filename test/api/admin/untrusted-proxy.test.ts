import { expect, test } from 'bun:test'
import { startApp, type TestApp } from '../../harness.ts'

/* A proxy that nobody has named in `trusted_proxies`: told of once, and where an operator looks. */

const PROXY = '172.17.0.1'

interface Told {
  message: string
  severity: string
  resolved: boolean
}

async function alerts(app: TestApp): Promise<Told[]> {
  await app.database.writer.drain()
  const reply = await app.admin.get('/api/admin/alerts')
  return ((await reply.json()) as { alerts: Told[] }).alerts
}

async function untrusted(app: TestApp): Promise<string[]> {
  const reply = await app.admin.get('/api/admin/settings')
  return ((await reply.json()) as { untrusted_proxies: string[] }).untrusted_proxies
}

function warnings(app: TestApp): object[] {
  return app.logged
    .map((line) => JSON.parse(line) as { level: string; peer?: string })
    .filter(({ level, peer }) => level === 'warn' && peer !== undefined)
}

async function ask(app: TestApp, address: string, header = 'x-forwarded-for'): Promise<void> {
  const value = header === 'forwarded' ? 'for=198.51.100.1' : '198.51.100.1'
  await app.fetch('/health', { address, headers: { [header]: value } })
}

test('it is one warning, one alert and a line in the settings, with the address to add', async () => {
  const app = await startApp()
  expect(await untrusted(app)).toEqual([])
  for (let count = 0; count < 5; count++) await ask(app, PROXY)
  await ask(app, `::ffff:${PROXY}`, 'forwarded')
  expect(warnings(app)).toEqual([
    expect.objectContaining({ peer: PROXY, header: 'X-Forwarded-For' }),
  ])
  expect(await alerts(app)).toEqual([
    expect.objectContaining({
      severity: 'warning',
      message: `${PROXY} sends X-Forwarded-For and is not trusted: if it is a proxy of yours, add "${PROXY}" to server.trusted_proxies`,
      tenant_id: null,
      resolved: false,
    }),
  ])
  expect(await untrusted(app)).toEqual([PROXY])
})

test('one that sends Forwarded is told of as well', async () => {
  const app = await startApp()
  await ask(app, PROXY, 'forwarded')
  expect(warnings(app)).toEqual([expect.objectContaining({ peer: PROXY, header: 'Forwarded' })])
  expect((await alerts(app))[0]!.message).toStartWith(`${PROXY} sends Forwarded and`)
})

test('one that is trusted, or sends no such header, is not', async () => {
  const app = await startApp({ server: '[server]\ntrusted_proxies = ["172.16.0.0/12"]' })
  await ask(app, PROXY)
  await app.fetch('/health', { address: '198.51.100.1' })
  expect([warnings(app), await alerts(app), await untrusted(app)]).toEqual([[], [], []])
})

test('strangers who send it are told of up to a bound', async () => {
  const app = await startApp()
  for (let host = 0; host < 50; host++) await ask(app, `198.51.100.${host}`)
  const told = Array.from({ length: 8 }, (_, host) => `198.51.100.${host}`)
  expect(await untrusted(app)).toEqual(told)
  expect([warnings(app).length, (await alerts(app)).length]).toEqual([8, 8])
})

test('the alert is resolved at the start that trusts the proxy, and only then', async () => {
  const first = await startApp()
  await ask(first, PROXY)
  await ask(first, '198.51.100.1')
  expect(await alerts(first)).toHaveLength(2)

  const second = await first.restart()
  await ask(second, PROXY)
  expect((await alerts(second)).map(({ resolved }) => resolved)).toEqual([false, false])

  const third = await second.restart({ trustedProxies: ['172.17.0.0/16'] })
  const [kept, resolved] = (await alerts(third)).toSorted(
    (a, b) => Number(a.resolved) - Number(b.resolved),
  )
  expect(resolved).toMatchObject({ message: expect.stringContaining(PROXY), resolved: true })
  expect(kept).toMatchObject({ message: expect.stringContaining('198.51.100.1'), resolved: false })
  const log = await third.admin.get('/api/admin/audit-log?action=alert.resolved')
  const { entries } = (await log.json()) as { entries: object[] }
  expect(entries).toEqual([expect.objectContaining({ actor: 'system' })])
})
