import { describe, expect, test } from 'bun:test'
import { closest, didYouMean } from '../../../src/config/suggest.ts'

const KEYS = ['api_key', 'api_key_env', 'base_url', 'port', 'host', 'id', 'models']

describe('closest', () => {
  const cases: [word: string, meant: string | undefined][] = [
    ['api_kye', 'api_key'],
    ['apiKey', 'api_key'],
    ['API-KEY', 'api_key'],
    ['api_key_evn', 'api_key_env'],
    ['baseurl', 'base_url'],
    ['prot', 'port'],
    ['hots', 'host'],
    ['idd', 'id'],
    ['modles', 'models'],
    ['model', 'models'],
    ['colour', undefined],
    ['x', undefined],
    ['', undefined],
    ['port'.repeat(100), undefined],
  ]
  test.each(cases)('takes %p for %p', (word, meant) => {
    expect(closest(word, KEYS)).toBe(meant)
  })

  test('prefers the nearest, and of equals the first', () => {
    expect(closest('host', ['hosts', 'host'])).toBe('host')
    expect(closest('hosx', ['hosa', 'hosb'])).toBe('hosa')
  })
})

test('didYouMean is a clause to append, or nothing', () => {
  expect(didYouMean('opena1', ['openai', 'demo'])).toBe('; did you mean openai?')
  expect(didYouMean('azure', ['openai', 'demo'])).toBe('')
})
