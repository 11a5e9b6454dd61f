import { expect, test } from 'bun:test'
import { ADMIN_SECRET, startApp } from '../../harness.ts'
import { status } from '../../scripted-faults.ts'

const app = await startApp({ config: '[tiers.free]\nruns_per_month = 5' })
const acme = await app.tenant('acme-corp', { tier: 'free', agents: ['risk'] })
const own = await acme.post('/v1/api-keys', { name: 'own', expires_in_days: 5 })
const { secret } = (await own.json()) as { secret: string }
const provisioned = await app.admin.post('/api/admin/provision-client', {
  name: 'globex',
  tier: 'pro',
  product_type: 'generic',
  api_key_name: 'production',
})
const { raw_api_key } = (await provisioned.json()) as { raw_api_key: string }
await acme.run('risk')
app.provider.reply(status(401, { message: `Bad key sk-scripted-sentinel at ${app.provider.url}` }))
for (let run = 0; run < 4; run++) await acme.run('risk')
await app.fetch('/api/admin/stats', { headers: { 'x-admin-secret': secret } })
await app.flushActivity()
const { id: runId } = await app.database.db
  .selectFrom('runs')
  .select('id')
  .where('status', '=', 'failed')
  .limit(1)
  .executeTakeFirstOrThrow()

const hashes = await app.database.db.selectFrom('api_keys').select('hash').execute()

/** What stands in no reply, except where a key is made: the part of a key after its prefix, hashes, secrets. */
const SECRETS = [
  ...[acme.secret, secret, raw_api_key].map((key) => key.slice(9)),
  ...hashes.map(({ hash }) => hash),
  ADMIN_SECRET,
  'sk-scripted-sentinel',
  'sk-ant-sentinel',
  'NOT_SET_ANYWHERE',
  app.provider.url,
]

const tenant = `/api/admin/tenants/${acme.id}`

test.each([
  '/api/admin/tenants',
  tenant,
  `${tenant}/api-keys`,
  `${tenant}/agents`,
  `${tenant}/agents/risk`,
  `${tenant}/agents/risk/runs`,
  `${tenant}/agents/risk/stats`,
  `${tenant}/usage`,
  `${tenant}/usage/daily`,
  '/api/admin/agents',
  '/api/admin/agent-templates',
  '/api/admin/models',
  '/api/admin/stats',
  '/api/admin/alerts',
  '/api/admin/audit-log?limit=1000',
  '/api/admin/runs?limit=1000',
  `/api/admin/runs/${runId}`,
  '/api/admin/series?by=tenant',
  '/api/admin/usage.csv',
  '/api/admin/overview',
  '/api/admin/settings',
  '/api/admin/tenant-list',
  '/api/admin/agent-list',
  '/swagger/json',
])('no hash, key or secret is in GET %s', async (path) => {
  const reply = await app.admin.get(path)
  expect(reply.status).toBe(200)
  const told = (await reply.text()) + JSON.stringify([...reply.headers])
  expect(SECRETS.filter((each) => told.includes(each))).toEqual([])
  expect(told).not.toContain('"hash"')
})

test('nor in what is logged', () => {
  const logged = app.logged.join('\n')
  expect(logged.length).toBeGreaterThan(100)
  expect(SECRETS.slice(0, -2).filter((each) => logged.includes(each))).toEqual([])
})

test('nor in what is refused', async () => {
  const refused = [
    await app.admin.post(`${tenant}/api-keys`, { name: acme.secret.repeat(5) }),
    await app.admin.post('/api/admin/tenants', { name: acme.secret, tier: raw_api_key }),
    await app.admin.get(`/api/admin/tenants/${acme.secret}`),
    await app.fetch('/api/admin/stats', { headers: { 'x-admin-secret': `${ADMIN_SECRET}x` } }),
  ]
  for (const reply of refused) {
    expect(reply.status).toBeGreaterThanOrEqual(400)
    const told = await reply.text()
    expect(SECRETS.filter((each) => told.includes(each))).toEqual([])
  }
})
