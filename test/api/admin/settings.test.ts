import { expect, test } from 'bun:test'
import { Settings } from '../../../src/platform/settings-schema.ts'
import { MIGRATIONS } from '../../../migrations/all.ts'
import { expectReply } from '../../expect-reply.ts'
import { ADMIN_SECRET, startApp } from '../../harness.ts'
import { expectHeadMatches, expectMethodsRefused, expectStrangersRefused } from './refusals.ts'

const PATH = '/api/admin/settings'
const app = await startApp({
  server: '[server]\nmax_body_bytes = 5000\ntrusted_proxies = ["10.0.0.0/8"]',
  config: '[tiers.free]\nruns_per_month = 5\n[retention]\ncontent_days = 7',
})
const settings = async (of = app) => expectReply(await of.admin.get(PATH), 200, Settings)

test('version, age and database are told', async () => {
  app.clock.advance(90_500)
  expect(await settings()).toMatchObject({
    version: '0.0.0-test',
    node: 'test',
    started_at: '2026-03-13T14:22:00Z',
    uptime_s: 90,
    database: {
      kind: 'sqlite',
      size_bytes: expect.any(Number),
      disk_free_bytes: 1e12,
      schema_version: Object.keys(MIGRATIONS).at(-1),
    },
  })
  const { size_bytes, log_bytes } = (await settings()).database
  expect(size_bytes).toBeGreaterThan(4096)
  expect(log_bytes).toBeGreaterThanOrEqual(0)
})

test('what the file says and what it leaves out are told alike', async () => {
  const { configuration, tiers } = await settings()
  expect(configuration).toMatchObject({
    server: {
      max_body_bytes: 5000,
      max_compatible_body_bytes: 33_554_432,
      max_bodies_in_flight_bytes: 268_435_456,
      trusted_proxies: ['10.0.0.0/8'],
      shutdown_timeout_s: 30,
      tls: 'missing',
    },
    admin: { secret: 'set', max_failures_per_minute: 10 },
    defaults: { model: 'm-tools' },
    retention: { content_days: 7, auth_failure_days: 30, low_disk_bytes: null },
  })
  expect(tiers.free).toEqual({
    runs_per_month: 5,
    tokens_per_month: null,
    requests_per_minute: null,
  })
  expect(tiers.pro).toEqual({
    runs_per_month: 100_000,
    tokens_per_month: 10_000_000,
    requests_per_minute: 3000,
  })
})

test('the tools that agents may be given are named', async () => {
  expect((await settings()).tools).toEqual([
    { name: 'calculator', description: expect.stringContaining('arithmetic') },
  ])
})

test('providers are told with their models, keys and addresses only as set or missing', async () => {
  const { providers } = (await settings()).configuration
  expect(providers.map(({ name, base_url, api_key }) => [name, base_url, api_key])).toEqual([
    ['scripted', 'set', 'set'],
    ['scripted-claude', 'set', 'set'],
    ['scripted-gemini', 'set', 'set'],
    ['scripted-responses', 'set', 'set'],
    ['keyless', 'set', 'missing'],
    ['demo', 'missing', 'missing'],
  ])
  expect(providers[0]).toMatchObject({ type: 'openai', enabled: true, max_retries: 0 })
  expect(providers[0]!.models[0]).toEqual({
    id: 'm-tools',
    upstream_id: 'upstream-tools',
    context_length: 1000,
    supports_tools: true,
    input_usd_per_mtok: 2,
    output_usd_per_mtok: 10,
    cached_input_usd_per_mtok: null,
    cache_write_usd_per_mtok: null,
  })
})

test('templates are told by product type', async () => {
  const { product_types } = await settings()
  const names = product_types.map(({ product_type }) => product_type)
  expect(names).toEqual(expect.arrayContaining(['generic', 'kasino', 'ehb']))
  expect(new Set(names).size).toBe(names.length)
  const kasino = product_types.find(({ product_type }) => product_type === 'kasino')!
  expect(kasino.templates.map(({ name }) => name)).toContain('kasino-classifier')
})

test('no secret, address or path is told', async () => {
  const text = await (await app.admin.get(PATH)).text()
  for (const secret of [ADMIN_SECRET, 'sk-', '127.0.0.1:', app.provider.url, 'ares.db', '/tmp']) {
    expect(text).not.toContain(secret)
  }
  expect(text).not.toContain('NOT_SET_ANYWHERE')
})

test('a disk that cannot be asked is unknown', async () => {
  const blind = await startApp({ diskSpace: () => Promise.reject(new Error('no such call')) })
  expect((await settings(blind)).database.disk_free_bytes).toBeNull()
})

test('strangers are refused', () => expectStrangersRefused(app, { method: 'GET', path: PATH }))

test('other methods are refused', () => expectMethodsRefused(app, PATH, 'GET, HEAD'))

test('HEAD equals GET without body', () => expectHeadMatches(app, PATH))
