import { describe, expect, test } from 'bun:test'
import type { KeyPath } from '../../../src/config/finding.ts'
import { locateKeys } from '../../../src/config/locate.ts'

const TEXT = `\
# [server] in a comment
top = 1 # port = 9
"quoted.key" = 2
'single' = 3
a.b . "c d" = 4

[server]
  host = "x [y] # z"
text = """
port = 1
[admin]
\\""" still inside
"""
raw = '''
port = 2
''' # over
port = 3

[[providers]]
name = "one"
models = [
  # port = 1
  { id = "m1", context_length = 5, deep.er = { x = [1, 2] } },
  { id = "m2" }, # }
]
[[providers]]
  name = "two"
[[providers.models]]
id = "m3"
[[providers.models]]
id = "m4"
[providers.extra]
key = true
["odd \\"table\\"".sub]
at = 2020-01-01 10:00:00
last = 1
`

describe('locateKeys', () => {
  const cases: [path: KeyPath, line: number, column: number][] = [
    [['top'], 2, 1],
    [['quoted.key'], 3, 1],
    [['single'], 4, 1],
    [['a'], 5, 1],
    [['a', 'b', 'c d'], 5, 1],
    [['server'], 7, 1],
    [['server', 'host'], 8, 3],
    [['server', 'text'], 9, 1],
    [['server', 'raw'], 14, 1],
    [['server', 'port'], 17, 1],
    [['providers'], 19, 1],
    [['providers', 0], 19, 1],
    [['providers', 0, 'name'], 20, 1],
    [['providers', 0, 'models'], 21, 1],
    [['providers', 0, 'models', 0], 23, 3],
    [['providers', 0, 'models', 0, 'context_length'], 23, 16],
    [['providers', 0, 'models', 0, 'deep', 'er', 'x', 1], 23, 56],
    [['providers', 0, 'models', 1, 'id'], 24, 5],
    [['providers', 1], 26, 1],
    [['providers', 1, 'name'], 27, 3],
    [['providers', 1, 'models', 0], 28, 1],
    [['providers', 1, 'models', 0, 'id'], 29, 1],
    [['providers', 1, 'models', 1, 'id'], 31, 1],
    [['providers', 1, 'extra', 'key'], 33, 1],
    [['odd "table"', 'sub', 'at'], 35, 1],
    [['odd "table"', 'sub', 'last'], 36, 1],
  ]
  const keys = locateKeys(TEXT)
  test.each(cases)('finds %j at %d:%d', (path, line, column) => {
    expect(keys.find(path)).toEqual({ line, column })
  })

  test('falls back to the nearest table that is written', () => {
    expect(keys.find(['server', 'missing', 'deeper'])).toEqual({ line: 7, column: 1 })
    expect(keys.find(['providers', 1, 'models', 0, 'missing'])).toEqual({ line: 28, column: 1 })
  })

  test('answers null for what is not written at all', () => {
    expect(keys.find(['admin', 'secret'])).toBeNull()
    expect(keys.find([])).toBeNull()
  })

  test('counts columns after a byte order mark, and lines that end in CRLF', () => {
    const windows = locateKeys('\uFEFF[server]\r\nhost = "x"\r\nport = 1\r\n')
    expect(windows.find(['server', 'port'])).toEqual({ line: 3, column: 1 })
  })

  test('knows the names of keys, but not those inside strings and comments', () => {
    expect(keys.mentions('context_length')).toBe(true)
    expect(keys.mentions('admin')).toBe(false)
    expect(locateKeys('# secret = 1\nx = "secret = 2"').mentions('secret')).toBe(false)
  })

  const broken = [
    '[',
    '[[',
    '"',
    '"""',
    'a = [',
    'a = {',
    'a = {,',
    '= 1',
    ']',
    'a.',
    '\u0000',
    'a = [}',
    '[a]]]',
    '💥',
  ]
  test.each(broken)('comes to an end on %p', (text) => {
    expect(locateKeys(`${text}\nport = 1`)).toBeDefined()
  })

  test('is quick and safe on long strings and deep nesting', () => {
    const text = `prompt = """${'line "quoted"\n'.repeat(50_000)}"""\ndeep = ${'['.repeat(500)}${']'.repeat(500)}\nlast = 1\n`
    expect(locateKeys(text).find(['last'])?.line).toBe(50_003)
  })
})
