import { expect, test } from 'bun:test'
import { scrubbed } from '../../../src/providers/scrub.ts'
import { verdictIn, verdictOf } from '../../../src/providers/verdict.ts'
import { cpuMsOf } from '../../cpu-time.ts'

const key = 'my own secret'
const PROXY = 'http://user:word@proxy.internal'

/** What a tenant is told of an error body. */
function errorDetail(
  body: string,
  apiKey: string,
  sent = '',
  baseUrl: string | null = null,
): string {
  const verdict = verdictIn(body, verdictOf)
  return scrubbed(verdict, { apiKey, baseUrl, proxyUrl: PROXY }, () => sent).message
}

test.each([
  ['{"error":{"message":"Too long","type":"x"}}', 'Too long'],
  ['{"error":"Too long"}', 'Too long'],
  ['{"message":"Too long"}', 'Too long'],
  ['{"object":"error","message":"Too long"}', 'Too long'],
  ['{"detail":"Too long"}', 'Too long'],
  ['{"error":{"code":5}}', ''],
  ['[1,2]', ''],
  ['Too long', 'Too long'],
  ['<html>Too long</html>', ''],
  ['{"error": half', ''],
  ['', ''],
  ['line\none\u0000\u001b[31m two', 'line one [31m two'],
  ['key my own secret is bad', 'key [redacted] is bad'],
  ['Bearer abc.def', '[redacted]'],
  ['set OPENAI_API_KEY first', 'set [redacted] first'],
  ['key sk-proj-a*****z, nvapi-123', 'key [redacted], [redacted]'],
  [
    'limit reached in organization org_01hx9 for llama-3.3-70b-versatile',
    'limit reached in organization [redacted] for llama-3.3-70b-versatile',
  ],
  ['model claude-sonnet-4-5-20250929 is unknown', 'model claude-sonnet-4-5-20250929 is unknown'],
  [
    'at http://10.1.2.3:8000/v1 and 10.1.2.3 and llm.internal:8000',
    'at [address] and [address] and [address]',
  ],
  ['no route from proxy.internal', 'no route from [address]'],
  [`id ${'a1'.repeat(20)}`, 'id [redacted]'],
])('%p says %p', (body, expected) => {
  expect(errorDetail(body, key)).toBe(expected)
})

test('a key cut off at the end of a long text does not show', () => {
  const text = `${'x'.repeat(1990)} sentinel-key-1`
  expect(errorDetail(text, 'sentinel-key-1')).not.toContain('sentinel')
})

test('megabytes of awkward text take no time', async () => {
  const text = 'a-'.repeat(5_000_000)
  expect(await cpuMsOf(() => errorDetail(text, key))).toBeLessThan(200)
})

test.each([
  ['the long name of a tool', `${'read_'.repeat(9)}file`],
  ['an address', 'https://example.com/cat.png'],
  ['a word that looks like a key', 'key-of-the-kingdom'],
])('%s that stood in the request stays readable', (_, word) => {
  const body = JSON.stringify({ error: { message: `Invalid value: '${word}'.` } })
  const sent = JSON.stringify({ messages: [{ content: `See ${word}.` }] })
  expect(errorDetail(body, key, sent)).toBe(`Invalid value: '${word}'.`)
  expect(errorDetail(body, key, '{}')).not.toContain(word)
})

test('the key and the address of the provider are never told, whoever has written them', () => {
  const words = `${key} at https://llm.internal/v1 or llm.internal`
  const told = errorDetail(words, key, words, 'https://llm.internal/v1')
  expect(told).toBe('[redacted] at [address] or [address]')
})

test('a verdict keeps its code and the field it names', () => {
  const error = {
    message: 'Too long',
    code: 'context_length_exceeded',
    param: 'messages[2].content',
  }
  const verdict = verdictOf({ error })
  expect(scrubbed(verdict, { apiKey: key, baseUrl: null, proxyUrl: null }, () => '')).toEqual(error)
  expect(verdictOf({ error: { message: 'x', code: 429, param: 'a sentence here' } })).toEqual({
    message: 'x',
    code: null,
    param: null,
  })
})
