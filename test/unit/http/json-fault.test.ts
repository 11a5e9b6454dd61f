import { describe, expect, test } from 'bun:test'
import { findJsonFault } from '../../../src/http/json-fault.ts'

describe('where a text stops being JSON', () => {
  const cases: [text: string, line: number, column: number, found: string | null][] = [
    ['', 1, 1, null],
    ['{', 1, 2, null],
    ['{"a": 1,}', 1, 9, '}'],
    ["{'a': 1}", 1, 2, "'"],
    ['{a: 1}', 1, 2, 'a'],
    ['{"a": undefined}', 1, 7, 'undefined'],
    ['{"a": 01}', 1, 7, '01'],
    ['{"a": .5}', 1, 7, '.5'],
    ['{"a": "x"', 1, 10, null],
    ['{"a": "x\n"}', 1, 7, '"'],
    ['{"a": "\\x"}', 1, 7, '"'],
    ['{"a"; 1}', 1, 5, ';'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, '"'],
    ['[1, 2', 1, 6, null],
    ['[1, 2}', 1, 6, '}'],
    ['[1 2]', 1, 4, '2'],
    ['[,]', 1, 2, ','],
    ['{} {}', 1, 4, '{'],
    ['{"a": True}', 1, 7, 'True'],
    ['// {}', 1, 1, '/'],
    ['\u00a0{}', 1, 1, '\u00a0'],
    ['[“a”]', 1, 2, '“'],
  ]
  test.each(cases)('%j', (text, line, column, found) => {
    expect(findJsonFault(text)).toEqual({ line, column, found })
  })
})

test('it finds a fault exactly where the parser refuses, whatever one change does', () => {
  const text = '{"a": [1, -2.5e3, "x\\n\\u00e9", true, null, {"b": {}}], "c": ""}'
  for (let at = 0; at < text.length; at++) {
    for (const sign of ['', '"', ',', ':', '}', ']', '[', '{', '\\', '0', 'e', ' ', '\n']) {
      const changed = text.slice(0, at) + sign + text.slice(at + 1)
      expect([changed, findJsonFault(changed) === null]).toEqual([changed, isJson(changed)])
    }
  }
})

test('nesting without an end is no danger', () => {
  expect(findJsonFault('['.repeat(100_000))).toEqual({ line: 1, column: 100_001, found: null })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
