import { describe, expect, test } from 'bun:test'
import { cors } from '../../../src/door/cors.ts'

const APP = 'https://app.example'

function request(method: string, headers: Record<string, string>): Request {
  return new Request('http://localhost/v1/chat', { method, headers })
}

describe('preflight', () => {
  const asks = { 'access-control-request-method': 'POST' }
  const cases: [string, string[], Request, boolean][] = [
    ['an allowed origin', [APP], request('OPTIONS', { origin: APP, ...asks }), true],
    ['any origin', ['*'], request('OPTIONS', { origin: 'https://x.example', ...asks }), true],
    ['another origin', [APP], request('OPTIONS', { origin: 'https://x.example', ...asks }), false],
    ['a longer origin', [APP], request('OPTIONS', { origin: `${APP}.evil`, ...asks }), false],
    ['another scheme', [APP], request('OPTIONS', { origin: 'http://app.example', ...asks }), false],
    ['no origins', [], request('OPTIONS', { origin: APP, ...asks }), false],
    ['no Origin', [APP], request('OPTIONS', asks), false],
    ['no requested method', [APP], request('OPTIONS', { origin: APP }), false],
    ['GET', [APP], request('GET', { origin: APP, ...asks }), false],
  ]
  test.each(cases)('%s', (_what, origins, asked, answered) => {
    expect(cors(origins).preflight(asked)?.status).toBe(answered ? 204 : undefined)
  })
})

describe('allow', () => {
  const cases: [string[], string | null, string | null, string | null][] = [
    [[APP], APP, APP, 'Origin'],
    [[APP], 'https://x.example', null, 'Origin'],
    [[APP], null, null, 'Origin'],
    ...[
      'null',
      '*',
      '',
      'https://app.example.evil.example',
      'https://evil-app.example',
      'https://evil.example?https://app.example',
      'https://app.example@evil.example',
      'https://sub.app.example',
      'https://app.exampl',
      'http://app.example',
      'https://APP.example.com',
      'https://app.example:443',
      'https://app.example:8443',
      'https://app.example/',
      'https://app.example.',
      'https://app_example.com',
      'https://app.example, https://evil.example',
    ].map((origin): [string[], string, null, string] => [[APP], origin, null, 'Origin']),
    [['*'], 'https://x.example', '*', null],
    [['*'], null, null, null],
    [[], APP, null, null],
  ]
  test.each(cases)('origins %j and Origin %s', (origins, origin, allowed, vary) => {
    const headers = new Headers()
    cors(origins).allow(request('GET', origin === null ? {} : { origin }), headers)
    expect(headers.get('access-control-allow-origin')).toBe(allowed)
    expect(headers.get('vary')).toBe(vary)
    expect(headers.has('access-control-allow-credentials')).toBe(false)
  })
})
