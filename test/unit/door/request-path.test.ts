import { describe, expect, test } from 'bun:test'
import { checkHost, pathOf, routable } from '../../../src/door/request-path.ts'

describe('checkHost', () => {
  const good = [
    'a',
    'localhost',
    'localhost:3000',
    'A.Example.com:80',
    '127.0.0.1:1',
    '[::1]',
    '[::1]:3000',
    '[2001:db8::1.2.3.4]',
    'x_y',
    'a-b.c',
  ]
  test.each(good)('%s is a host', (host) => {
    checkHost(new Headers({ host }))
  })

  const bad = [
    '',
    'a/b',
    'a?b',
    'a#b',
    'a b',
    'a,b',
    'a, a',
    'u@a',
    'http://a',
    ':80',
    'a:',
    'a:x',
    'a:123456',
    '[::1',
    '::1',
    '-a',
    '.a',
    'a\\b',
    'é',
    'a'.repeat(254),
    '%61',
  ]
  test.each(bad)('%s is none', (host) => {
    const headers = { get: () => host } as unknown as Headers
    expect(() => checkHost(headers)).toThrow(expect.objectContaining({ code: 'bad_request' }))
  })

  test('a missing one is none', () => {
    expect(() => checkHost(new Headers())).toThrow(expect.objectContaining({ code: 'bad_request' }))
  })
})

describe('pathOf', () => {
  const cases: [url: string, path: string][] = [
    ['http://a/', '/'],
    ['http://a/v1/agents', '/v1/agents'],
    ['http://localhost:3000/v1/agents?page=1', '/v1/agents'],
    ['https://[::1]:3000/v1/agents/', '/v1/agents'],
    ['http://a/v1//', '/v1/'],
    ['http://a//api/admin', '//api/admin'],
    ['http://a/x?y=/api/admin', '/x'],
    ['http://a/?', '/'],
    ['http://a/v1/agents/r%69sk', '/v1/agents/r%69sk'],
    ['http://a/%E2%9C%93', '/%E2%9C%93'],
    ['http://a/x%2fy', '/x%2fy'],
    ['http://a/%00', '/%00'],
    ['http://a/x?y=%ff', '/x'],
  ]
  test.each(cases)('%s asks for %s', (url, path) => {
    expect(pathOf(url)).toBe(path)
  })

  test.each(['%', '%f', '%zz', '%ff', '%c0%af', '%ed%a0%80', 'a%'])('%s is no encoding', (part) => {
    expect(() => pathOf(`http://a/${part}`)).toThrow(
      expect.objectContaining({ code: 'bad_request' }),
    )
  })
})

describe('routable', () => {
  test('a long enough host is left as it is', () => {
    const request = new Request('http://localhost/v1/agents')
    expect(routable(request, '/v1/agents')).toBe(request)
  })

  test.each(['http://a/', 'http://a:1/', 'http://abc/'])(
    '%s gets a host that the router sees past',
    async (origin) => {
      const request = new Request(`${origin}v1/x?y=1`, {
        method: 'POST',
        headers: { host: 'a', authorization: 'Bearer x' },
        body: 'body',
      })
      const routed = routable(request, '/v1/x')
      expect(routed.url).toBe('http://localhost/v1/x?y=1')
      expect(routed.method).toBe('POST')
      expect(routed.headers.get('authorization')).toBe('Bearer x')
      expect(await routed.text()).toBe('body')
    },
  )

  test('the client’s going away is still heard', () => {
    const abort = new AbortController()
    const routed = routable(new Request('http://a/x', { signal: abort.signal }), '/x')
    abort.abort()
    expect(routed.signal.aborted).toBe(true)
  })

  test('an alias is routed as the path it stands for, with its query', async () => {
    const request = new Request('http://localhost/openai/v1/models/?limit=1', {
      method: 'POST',
      body: 'body',
    })
    const routed = routable(request, '/v1/models')
    expect(routed.url).toBe('http://localhost/v1/models?limit=1')
    expect(await routed.text()).toBe('body')
  })
})
