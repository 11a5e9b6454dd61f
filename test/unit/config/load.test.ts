import { formatNotice } from '../../../src/config/load-notices.ts'
import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig, type LoadOptions } from '../../../src/config/load.ts'
import { DEMO } from './reading.ts'

let cwd = ''
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'ares-config-'))
})
afterEach(() => rmSync(cwd, { recursive: true }))

function load(options: Partial<LoadOptions> = {}) {
  return loadConfig({ configFlag: undefined, env: {}, cwd, ...options })
}

function write(name: string, text: string | Uint8Array, mode = 0o600): string {
  const path = join(cwd, name)
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}

function portOf(options?: Partial<LoadOptions>): number {
  return load(options).config.server.port
}

describe('which file', () => {
  test('is --config, else $ARES_CONFIG, else ./ares.toml', () => {
    write('flag.toml', `server.port = 1\n${DEMO}`)
    write('env.toml', `server.port = 2\n${DEMO}`)
    write('ares.toml', `server.port = 3\n${DEMO}`)
    const env = { ARES_CONFIG: 'env.toml' }
    expect(portOf({ configFlag: 'flag.toml', env })).toBe(1)
    expect(portOf({ env })).toBe(2)
    expect(portOf({ env: { ARES_CONFIG: '' } })).toBe(3)
    expect(portOf()).toBe(3)
  })

  test('gives an absolute source, and paths relative to itself', () => {
    mkdirSync(join(cwd, 'etc'))
    write('etc/ares.toml', DEMO)
    const { config } = load({ configFlag: 'etc/ares.toml' })
    expect(config.source).toBe(join(cwd, 'etc/ares.toml'))
    expect(config.database).toMatchObject({ path: join(cwd, 'etc/data/ares.db') })
  })

  test('without any, the sample with its database under the working directory, and says so', () => {
    const { config, notices } = load()
    expect(config.source).toBeNull()
    expect(config.database).toMatchObject({ path: join(cwd, 'data/ares.db') })
    expect(config.providers.find(({ enabled }) => enabled)?.type).toBe('demo')
    expect(notices.map(formatNotice)).toEqual([
      expect.stringContaining('using the built-in sample'),
    ])
  })
})

describe('what cannot be read is one line', () => {
  test('a file that was named and is missing', () => {
    expect(() => load({ configFlag: 'no.toml' })).toThrow(
      new Error('no.toml: there is no such file, which --config names'),
    )
    expect(() => load({ env: { ARES_CONFIG: 'no.toml' } })).toThrow(
      new Error('no.toml: there is no such file, which $ARES_CONFIG names'),
    )
    write('file', '')
    expect(() => load({ configFlag: 'file/ares.toml' })).toThrow('there is no such file')
  })

  test('an empty path', () => {
    expect(() => load({ configFlag: '' })).toThrow(
      new Error('--config: found an empty path; allowed: the path of a file'),
    )
  })

  test('no file at all where the sample will not do', () => {
    expect(() => load({ allowSample: false })).toThrow(
      new Error('ares.toml: there is no such file; `ares init` writes one'),
    )
  })

  test('a folder', () => {
    mkdirSync(join(cwd, 'ares.toml'))
    expect(() => load()).toThrow(new Error('ares.toml: this is a folder; allowed: a file'))
  })

  test('a file that is not UTF-8', () => {
    write('ares.toml', new Uint8Array([0xff, 0xfe, 0x61, 0x00]))
    expect(() => load()).toThrow(new Error('ares.toml: the file is not valid UTF-8'))
  })

  // Root may read everything.
  test.skipIf(process.getuid?.() === 0)('a file that this user may not read', () => {
    write('ares.toml', DEMO, 0o000)
    expect(() => load()).toThrow(new Error('ares.toml: this user may not read the file'))
  })
})

test('mistakes are told with the name that the operator used', () => {
  write('my.toml', `server.port = "x"\n${DEMO}`)
  expect(() => load({ configFlag: './my.toml' })).toThrow(
    new Error('./my.toml:1:1: server.port: found "x"; allowed: an integer from 0 to 65535'),
  )
})

test('a byte order mark and Windows line ends do no harm', () => {
  write('ares.toml', `\uFEFF${DEMO.replaceAll('\n', '\r\n')}`)
  expect(load().config.defaultModel).toBe('m')
})

describe('notices', () => {
  const secret = `admin.secret = "${'s'.repeat(32)}"\n`
  const key =
    '[[providers]]\nname = "p"\ntype = "openai"\nbase_url = "http://x"\napi_key = "k"\nmodels = [{ id = "x", context_length = 1 }]\n'
  const cases: [title: string, text: string, mode: number, warned: boolean][] = [
    ['a secret for everybody', secret, 0o644, true],
    ['a secret for the group', secret, 0o640, true],
    ['a key for everybody', key, 0o604, true],
    ['a secret for the owner', secret, 0o600, false],
    ['no secret for everybody', '# secret = "x"\n', 0o644, false],
  ]
  test.each(cases)('%s', (_, text, mode, warned) => {
    write('ares.toml', text + DEMO, mode)
    const warning =
      'warning: ares.toml holds a secret, and other users of this machine may read it (cure: chmod 600 ares.toml)'
    expect(load().notices.map(formatNotice)).toEqual(warned ? [warning] : [])
  })

  test('a provider whose key is missing, and one without models', () => {
    const missing = key.replace('api_key = "k"', 'api_key_env = "NOT_SET"')
    const empty = '[[providers]]\nname = "empty"\ntype = "demo"\n'
    write('ares.toml', missing + empty + DEMO)
    expect(load().notices.map(formatNotice)).toEqual([
      'warning: $NOT_SET is not set, which holds the key of provider p: its models are unavailable',
      'warning: provider empty is enabled but has no models',
    ])
  })

  test('a model whose limit has to be told, and is known to nobody', () => {
    const models = [
      '{ id = "a", context_length = 1 }',
      '{ id = "b", context_length = 1, max_output_tokens = 9 }',
      '{ id = "claude-sonnet-4-6", context_length = 1 }',
    ]
    const keyed = key.replace('"openai"', '"anthropic"').replace(/models = .*/, '')
    write('ares.toml', `${keyed}models = [${models.join(', ')}]\n${DEMO}`, 0o600)
    expect(load().notices.map(formatNotice)).toEqual([
      'note: model a of provider p has no max_output_tokens: answers end after 8192 tokens where a request sets no limit',
    ])
  })
})
