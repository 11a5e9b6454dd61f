import { describe, expect, test } from 'bun:test'
import { type AllowedNumbers, scanJson } from '../../../src/http/json-scan.ts'
import { cpuMsOf } from '../../cpu-time.ts'

type Verdict = 'passes' | 'invalid'

async function verdict(text: string, allowed?: AllowedNumbers): Promise<Verdict> {
  try {
    await scanJson(text, allowed)
    return 'passes'
  } catch (error) {
    expect((error as { code: string }).code).toBe('invalid')
    return 'invalid'
  }
}

const nested = (levels: number, open = '[', close = ']') =>
  open.repeat(levels) + close.repeat(levels)

test.each(['9223372036854775807', '[-12345678901234567890123]', '{"id":9007199254740993}'])(
  'an integer of any length passes where it is kept: %s',
  async (text) => {
    expect(await verdict(text)).toBe('invalid')
    expect(await verdict(text, { anyInteger: true })).toBe('passes')
  },
)

test('where integers are kept, other numbers still have to be exact', async () => {
  expect(await verdict('1e400', { anyInteger: true })).toBe('invalid')
})

describe('scanJson: depth', () => {
  const cases: [string, string, Verdict][] = [
    ['64 lists', nested(64), 'passes'],
    ['65 lists', nested(65), 'invalid'],
    ['64 objects', nested(64, '{"a":', '}').replace(':}', ':1}'), 'passes'],
    ['65 objects', nested(65, '{"a":', '}').replace(':}', ':1}'), 'invalid'],
    ['a mix', nested(33, '[{"a":', '}]'), 'invalid'],
    ['many siblings', `[${'[],'.repeat(1000)}[]]`, 'passes'],
    ['brackets in a string', JSON.stringify('['.repeat(1000)), 'passes'],
    ['brackets behind an escaped quote', `["\\"${'['.repeat(1000)}"]`, 'passes'],
    ['brackets behind an escaped backslash', `["\\\\",${nested(64)}]`, 'invalid'],
    ['a string that never ends', `"${'['.repeat(1000)}`, 'passes'],
    ['closing first', `${']'.repeat(10)}${nested(64)}`, 'passes'],
    ['unclosed', '['.repeat(65), 'invalid'],
  ]
  test.each(cases)('%s', async (_what, text, expected) => {
    expect(await verdict(text)).toBe(expected)
  })

  test.each([
    ['nesting', '['.repeat(1_000_000)],
    ['backslashes', `"${'\\'.repeat(1_000_000)}"`],
    ['items', `[${'"a",'.repeat(250_000)}1]`],
    ['digits', '1'.repeat(1_000_000)],
    ['escaped quotes', `"${'\\"'.repeat(500_000)}"`],
  ])('a megabyte of %s is looked through in no time', async (_what, text) => {
    expect(await cpuMsOf(() => verdict(text))).toBeLessThan(500)
  })
})

const list = (items: number) => `[${'1,'.repeat(items - 1)}1]`

describe('scanJson: items', () => {
  // Each comma and each opening bracket is counted.
  const cases: [string, string, Verdict][] = [
    ['a list of 50,000', list(50_000), 'passes'],
    ['a list of 50,001', list(50_001), 'invalid'],
    ['50,000 empty lists', `[${'[],'.repeat(24_999)}[]]`, 'passes'],
    ['too many empty lists', `[${'[],'.repeat(25_000)}[]]`, 'invalid'],
    ['too many keys', `{${'"a":0,'.repeat(50_000)}"a":0}`, 'invalid'],
    ['commas in a string', JSON.stringify(','.repeat(100_000)), 'passes'],
  ]
  test.each(cases)('%s', async (_what, text, expected) => {
    expect(await verdict(text)).toBe(expected)
  })
})

describe('scanJson: numbers', () => {
  const cases: [string, Verdict][] = [
    ['0', 'passes'],
    ['-1', 'passes'],
    ['9007199254740991', 'passes'],
    ['-9007199254740991', 'passes'],
    ['9007199254740992', 'invalid'],
    ['9007199254740993', 'invalid'],
    ['-9007199254740993', 'invalid'],
    ['123456789012345678901234567890', 'invalid'],
    ['1e400', 'invalid'],
    ['1E400', 'invalid'],
    ['1e-99', 'passes'],
    ['1e99', 'passes'],
    ['123456789012e99', 'passes'],
    ['0.00000000000000000000000000000000001', 'passes'],
    ['12345678901234500000.0', 'passes'],
    ['0.123456789012345678', 'invalid'],
    ['12345678901234567.89', 'invalid'],
    ['1e-400', 'invalid'],
    ['0.10000000000000001', 'passes'],
    ['0.0', 'passes'],
    ['-1E+400', 'invalid'],
    ['1.7976931348623157e308', 'passes'],
    ['1e-7', 'passes'],
    ['0.1', 'passes'],
    ['3.141592653589793', 'passes'],
    ['"9007199254740993"', 'passes'],
    ['"1e400"', 'passes'],
    // Broken numbers are for JSON.parse to refuse.
    ['1e', 'passes'],
    ['--1', 'passes'],
    ['1.2.3.4.5.6.7.8.9.10', 'passes'],
  ]
  test.each(cases)('%s', async (text, expected) => {
    expect(await verdict(text)).toBe(expected)
    expect(await verdict(`{"a":[1,${text}],"b":2}`)).toBe(expected)
  })
})

test('a number of endless digits is refused, whatever they are', async () => {
  expect(await verdict(`[0.${'0'.repeat(4000)}]`)).toBe('passes')
  expect(await verdict(`[0.${'0'.repeat(5000)}]`)).toBe('invalid')
})

test('numbers in lists are free up to what the route allows', async () => {
  expect(await verdict(list(300_000), { freeNumbers: 300_000 })).toBe('passes')
  expect(await verdict(list(350_000), { freeNumbers: 300_000 })).toBe('passes')
  expect(await verdict(list(350_002), { freeNumbers: 300_000 })).toBe('invalid')
})

test('a long text is looked through in pieces that tear neither numbers nor strings apart', async () => {
  const padding = ' '.repeat(262_144 - 8)
  expect(await verdict(`[${padding}1234567890123,1]`)).toBe('passes')
  expect(await verdict(`[${padding}12345678901234567890,1]`)).toBe('invalid')
  expect(await verdict(`["${padding}\\\\\\"[[[["]`)).toBe('passes')
  expect(await verdict(`["${'\\"[,'.repeat(200_000)}"]`)).toBe('passes')
})
