import { expect, test } from 'bun:test'
import { errorDetail } from '../../../src/providers/scrub.ts'
import { cpuMsOf } from '../../cpu-time.ts'

const key = 'my own secret'

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
