import { expect, test } from 'bun:test'
import { ADMIN_SECRET, startApp } from '../harness.ts'

/* What no browser is to do with an answer, on every kind of answer. */

const NO_PAGE = "default-src 'none'; frame-ancestors 'none'"

async function everyKindOfAnswer() {
  const app = await startApp({
    server: '[server]\ncors_origins = ["https://app.example"]',
    config: '[tiers.free]\nrequests_per_minute = 8',
  })
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  const key = { authorization: `Bearer ${acme.secret}` }
  const json = { ...key, 'content-type': 'application/json' }
  const chat = JSON.stringify({ model: 'm-demo', messages: [{ role: 'user', content: 'Hello' }] })
  const [asset] = /\/console\/assets\/[\w.-]+/.exec(await (await app.fetch('/console')).text())!
  const answers: [status: number, path: string, init?: RequestInit][] = [
    [200, '/health'],
    [200, '/swagger'],
    [200, '/swagger/json'],
    [200, '/swagger/start.js'],
    [200, '/swagger/swagger-ui.css'],
    [302, '/'],
    [200, '/console'],
    [200, '/console/tenants/x'],
    [200, '/console/licenses.txt'],
    [200, asset],
    [404, '/console/assets/nothing.js'],
    [405, '/console', { method: 'POST' }],
    [200, '/v1/agents', { headers: key }],
    [200, '/v1/agents', { headers: key, method: 'HEAD' }],
    [200, '/v1/chat/stream', { headers: json, method: 'POST', body: chat }],
    [201, '/v1/api-keys', { headers: json, method: 'POST', body: '{"name":"second"}' }],
    [204, `/v1/api-keys/${acme.keyId}`, { headers: key, method: 'DELETE' }],
    [
      204,
      '/v1/chat',
      {
        method: 'OPTIONS',
        headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
      },
    ],
    [200, '/api/admin/stats', { headers: { 'x-admin-secret': ADMIN_SECRET } }],
    [400, '/%ff'],
    [400, '/health', { headers: { host: 'a/b' } }],
    [401, '/v1/agents'],
    [401, '/api/admin/stats'],
    [404, '/nothing'],
    [405, '/health', { method: 'POST' }],
    [413, '/v1/chat', { method: 'POST', headers: { 'content-length': '99999999' } }],
  ]
  return { app, answers }
}

/** The pages and files of `/swagger` and `/console`; what they show of data is an answer like any other. */
const OWN_POLICY = /^\/(swagger|console)(?!.*(json|txt)$)/

function pageCache(path: string): string {
  return path.startsWith('/console/assets') ? 'public, max-age=31536000, immutable' : 'no-cache'
}

function cache(path: string): string {
  return path.endsWith('/stream') ? 'no-store, no-transform' : 'no-store'
}

test('every answer carries them, as docs/SECURITY.md says', async () => {
  const { app, answers } = await everyKindOfAnswer()
  for (const [status, path, init] of answers) {
    const { headers, status: answered } = await app.fetch(path, init)
    expect(`${path} ${answered}`).toBe(`${path} ${status}`)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('x-request-id')).toBeString()
    const isPage = status === 200 && OWN_POLICY.test(path)
    expect(headers.get('cache-control')).toBe(isPage ? pageCache(path) : cache(path))
    const policy = headers.get('content-security-policy')!
    expect(policy).toStartWith(NO_PAGE.split(';')[0]!)
    expect(policy).toContain("frame-ancestors 'none'")
    if (!isPage) expect(policy).toBe(NO_PAGE)
    expect(policy).not.toMatch(/https?:|\*|script-src[^;]*unsafe/)
    // Only who ends TLS can promise it.
    expect(headers.has('strict-transport-security')).toBe(false)
    expect(headers.has('server')).toBe(false)
    expect(headers.has('x-powered-by')).toBe(false)
  }
})
