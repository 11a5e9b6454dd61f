import { describe, expect, test } from 'bun:test'
import { isException, isExempt } from '../../../src/config/no-proxy.ts'

describe('what no_proxy exempts', () => {
  const cases: [entry: string, url: string, exempt: boolean][] = [
    ['example.com', 'https://example.com/v1', true],
    ['example.com', 'https://api.example.com/v1', true],
    ['example.com', 'https://badexample.com/v1', false],
    ['example.com', 'https://example.com.evil/v1', false],
    ['.example.com', 'https://api.example.com/v1', true],
    ['.example.com', 'https://example.com/v1', true],
    ['*.example.com', 'https://api.example.com/v1', true],
    ['EXAMPLE.com', 'https://Api.Example.COM/v1', true],
    ['example.com.', 'https://example.com/v1', true],
    ['example.com', 'https://example.com./v1', true],
    ['example.com:8443', 'https://example.com:8443/v1', true],
    ['example.com:8443', 'https://example.com/v1', false],
    ['example.com:443', 'https://example.com/v1', true],
    ['example.com:80', 'http://example.com/v1', true],
    ['localhost', 'http://localhost:11434', true],
    ['*', 'https://anything.example', true],
    ['*:8080', 'https://anything.example:8080', true],
    ['*:8080', 'https://anything.example', false],
    ['10.0.0.7', 'http://10.0.0.7:8000', true],
    ['10.0.0.7', 'http://10.0.0.70:8000', false],
    ['10.0.0.7:8000', 'http://10.0.0.7:8000', true],
    ['10.0.0.7:8000', 'http://10.0.0.7:8001', false],
    ['10.0.0.0/8', 'http://10.200.1.1', true],
    ['10.0.0.0/8', 'http://11.0.0.1', false],
    ['10.0.0.0/8:8000', 'http://10.1.1.1:8000', true],
    ['10.0.0.0/8', 'http://ten.example', false],
    ['::1', 'http://[::1]:11434', true],
    ['[::1]:11434', 'http://[::1]:11434', true],
    ['[::1]:11434', 'http://[::1]:11435', false],
    ['fd00::/8', 'http://[fd12::1]/', true],
    ['[fd00::/8]:80', 'http://[fd12::1]/', true],
    ['fd00::/8', 'http://[fe80::1]/', false],
  ]
  test.each(cases)('%s and %s', (entry, url, exempt) => {
    expect(isExempt(new URL(url), ['other.example', entry])).toBe(exempt)
  })
})

describe('what can stand in no_proxy', () => {
  test.each(['*', 'localhost', '.corp.example', 'a_b.example', '10.0.0.0/8', '::1', '[::1]:80'])(
    '%s',
    (entry) => expect(isException(entry)).toBe(true),
  )

  test.each(['', ' ', '.', 'http://x', '10.0.0.0/33', '300.1.1.1', 'a b', 'x:99999', 'x:y', 'a,b'])(
    'not %s',
    (entry) => expect(isException(entry)).toBe(false),
  )
})
