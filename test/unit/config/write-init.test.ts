import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sample from '../../../ares.toml' with { type: 'text' }
import type { Config } from '../../../src/config/config.ts'
import { loadConfig } from '../../../src/config/load.ts'
import { initConfig } from '../../../src/config/write-init.ts'

const KEYS = [
  'GROQ_API_KEY',
  'NVIDIA_API_KEY',
  'ANTHROPIC_API_KEY',
  'GEMINI_API_KEY',
  'OPENAI_API_KEY',
]

let directory = ''
let path = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ares-init-'))
  path = join(directory, 'ares.toml')
})
afterEach(() => rmSync(directory, { recursive: true }))

/** Writes a file in this environment, and reads it there. */
function initAndLoad(env: Record<string, string>) {
  const result = initConfig({ path, env })
  return { result, ...loadConfig({ configFlag: path, env, cwd: directory, allowSample: false }) }
}

function enabled({ providers }: Config): string[] {
  return providers.filter(({ enabled }) => enabled).map(({ name }) => name)
}

test('without any key: the demo, and an admin secret in a file for its owner only', () => {
  const { result, config, notices } = initAndLoad({})
  expect(result).toEqual({ path, providers: [] })
  expect(enabled(config)).toEqual(['demo'])
  expect(config.adminSecret).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(notices).toEqual([])
})

test('each file has a secret of its own', () => {
  const first = initAndLoad({}).config.adminSecret
  rmSync(path)
  expect(initAndLoad({}).config.adminSecret).not.toBe(first)
})

describe('with keys: their providers, and the demo under an id of its own', () => {
  const everySubset = Array.from({ length: 15 }, (_, index) =>
    KEYS.filter((_, bit) => ((index + 1) >> bit) & 1),
  )
  test.each(everySubset.map((keys) => [keys] as const))('%j', (keys) => {
    const env = Object.fromEntries(keys.map((key) => [key, `value-of-${key}`]))
    const { result, config, notices } = initAndLoad(env)
    expect(result.providers.map(({ keyEnv }) => keyEnv)).toEqual(keys)
    expect(enabled(config)).toEqual([...result.providers.map(({ name }) => name), 'demo'])
    const on = config.providers.filter((provider) => provider.enabled)
    expect(on.filter(({ type, apiKey }) => type !== 'demo' && apiKey === null)).toEqual([])
    const demo = on.find(({ type }) => type === 'demo')
    expect(demo?.models.map(({ id, supportsTools }) => [id, supportsTools])).toEqual([
      ['demo', true],
    ])
    // What is not configured falls to a real model.
    expect(config.defaultModel).not.toBe('demo')
    expect(notices).toEqual([])
    expect(readFileSync(path, 'utf8')).not.toContain('value-of-')
  })
})

test('an empty key is none', () => {
  expect(initAndLoad({ GROQ_API_KEY: '', OPENAI_API_KEY: ' ' }).result.providers).toEqual([])
})

test('the file can be read without the keys, too', () => {
  initConfig({ path, env: { GROQ_API_KEY: 'k' } })
  const { config, notices } = loadConfig({ configFlag: path, env: {}, cwd: directory })
  expect(config.providers.find(({ name }) => name === 'groq')?.keyMissing).toBe(true)
  expect(notices).toHaveLength(1)
})

test('the file differs from the sample in the secret, the switches and the demo only', () => {
  initConfig({ path, env: { OPENAI_API_KEY: 'k' }, newSecret: () => '$&-secret' })
  const written = readFileSync(path, 'utf8').split('\n')
  const added = written.filter((line) => !sample.split('\n').includes(line))
  expect(added).toEqual([
    'secret = "$&-secret"',
    '# comes from the demo model. A tenant or an agent can be put on it to try things out.',
    'id = "demo"',
  ])
  expect(written.filter((line) => line.startsWith('enabled = true'))).toHaveLength(2)
})

describe('writes nothing', () => {
  test('over a file that is there', () => {
    writeFileSync(path, 'mine')
    expect(() => initConfig({ path, env: {} })).toThrow(
      new Error(`${path}: this file exists already, and is left as it is`),
    )
    expect(readFileSync(path, 'utf8')).toBe('mine')
  })

  test('into a folder that is not there', () => {
    const missing = join(directory, 'no', 'ares.toml')
    expect(() => initConfig({ path: missing, env: {} })).toThrow(
      new Error(`${missing}: there is no such folder to write it to`),
    )
    expect(readdirSync(directory)).toEqual([])
  })
})
