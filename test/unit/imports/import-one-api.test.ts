import { describe, expect, test } from 'bun:test'
import Database from 'better-sqlite3'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../../src/config/read-config.ts'
import { readOneApiDatabase } from '../../../src/imports/one-api-database.ts'
import type { ImportPlan, PlannedKey, Taken } from '../../../src/imports/plan.ts'
import { readOneApi } from '../../../src/imports/read-one-api.ts'
import { configToml } from '../../../src/imports/write-toml.ts'

const NOTHING_TAKEN: Taken = { providerNames: new Set(), modelOwners: new Map() }
const NOW = new Date('2026-03-13T14:22:00Z')
const FIXTURES = join(import.meta.dir, '../../fixtures/imports')

/** The plan of a fixture, after some more SQL. */
function planOf(
  fixture: 'one-api' | 'new-api',
  { sql = '', taken = NOTHING_TAKEN } = {},
): ImportPlan {
  const folder = mkdtempSync(join(tmpdir(), 'ares-import-'))
  const path = join(folder, 'source.db')
  try {
    const database = new Database(path)
    database.exec(readFileSync(join(FIXTURES, `${fixture}.sql`), 'utf8'))
    database.exec(sql)
    database.close()
    return readOneApi(readOneApiDatabase(path), { label: 'source.db', now: NOW, taken })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function keyOf(plan: ImportPlan, label: string): PlannedKey | undefined {
  return plan.tenants.flatMap(({ keys }) => keys).find((key) => key.label === label)
}

function whyNot(plan: ImportPlan, what: string): string | undefined {
  return plan.leftOut.find((left) => left.what === what)?.why
}

describe('one-api', () => {
  const plan = planOf('one-api')

  test('channels are providers, the preferred one for a model that several serve', () => {
    const shown = plan.providers.map(({ name, baseUrl, models }) => [
      name,
      baseUrl,
      models
        .map(({ id, upstreamId }) => (id === upstreamId ? id : `${id}=${upstreamId}`))
        .join(' '),
    ])
    expect(shown).toEqual([
      ['openai-backup', 'https://api.openai.com/v1', 'gpt-4o=gpt-4o-2024-08-06'],
      ['openai-main', 'https://api.openai.com/v1', 'gpt-4o-mini text-embedding-3-small'],
      ['claude', 'https://api.anthropic.com', 'claude-sonnet=claude-sonnet-4-5'],
      ['relay', 'https://relay.example.com/api/v3', 'deepseek-chat'],
      ['local', 'http://gpu.internal:11434/v1', 'qwen3:8b'],
    ])
    expect(whyNot(plan, 'model gpt-4o of channel OpenAI main')).toContain('openai-backup')
    expect(whyNot(plan, 'channel Groq')).toBe('it is disabled')
    expect(whyNot(plan, 'channel Azure')).toContain('Azure')
    expect(whyNot(plan, 'system_prompt of channel Relay')).toBeDefined()
  })

  test('the configuration has no mistakes and no secret', () => {
    const text = configToml(plan)
    const env = Object.fromEntries(plan.secrets)
    const config = readConfig(text, { source: null, directory: '/', env })
    expect(config.providers.map(({ apiKey }) => apiKey)).toEqual([
      'sk-openai-second-not-real',
      'sk-openai-not-real',
      'sk-ant-not-real',
      "relay's-$key",
      null,
    ])
    for (const secret of plan.secrets.values()) expect(text).not.toContain(secret)
  })

  test('users are tenants under names of ours', () => {
    expect(plan.tenants.map(({ sourceName, name }) => [sourceName, name])).toEqual([
      ['root', 'root'],
      ['Alice.Smith', 'alice-smith'],
      ['alice-smith', 'alice-smith-3'],
      ['用户', 'user-5'],
    ])
    expect(whyNot(plan, 'user bob with 1 token')).toBe('the user is disabled')
    expect(whyNot(plan, 'user gone with 0 tokens')).toBe('the user is deleted')
    expect(whyNot(plan, 'the administrator’s role of user root')).toBeDefined()
  })

  test('a key is limited to what its token was limited to', () => {
    expect(keyOf(plan, 'production')).toEqual({
      label: 'production',
      oldKey: 'sk-alice00000000000000000000000000000000000000000ab',
      expiresAt: '2100-01-01T00:00:00.000Z',
      models: ['gpt-4o', 'claude-sonnet'],
      networks: ['10.0.0.0/8', '2001:db8::/32'],
    })
    expect(keyOf(plan, 'staging')).toMatchObject({ expiresAt: null, models: null, networks: null })
  })

  test('and to the models of its user’s group', () => {
    expect(keyOf(plan, 'token-7')!.models).not.toContain('claude-sonnet')
    expect(keyOf(plan, 'token-7')!.models).toContain('gpt-4o-mini')
  })

  const refused = [
    ['token switched off of Alice.Smith', 'it is disabled'],
    ['token old of Alice.Smith', 'it has expired'],
    ['token spent of Alice.Smith', 'its quota is used up'],
    ['token azure only of alice-smith', 'none of the models it is limited to is imported'],
    ['token orphan', 'its user is gone'],
    [
      'model gpt-35-turbo of token production of Alice.Smith',
      'it is not imported, or not open to its group',
    ],
  ] as const
  test.each(refused)('%s: %s', (what, why) => {
    expect(whyNot(plan, what)).toBe(why)
  })

  test('money quotas have no counterpart, and that is said', () => {
    expect(whyNot(plan, 'the money quota of token staging of Alice.Smith')).toContain('not money')
    expect(whyNot(plan, 'the money quota of token production of Alice.Smith')).toBeUndefined()
    expect(whyNot(plan, 'the balance of user Alice.Smith')).toContain('not money')
  })

  test('a tenant gets at most 100 keys', () => {
    const values = Array.from({ length: 105 }, (_, n) => `(${100 + n}, 5, 'k${n}', 'n${n}', 1)`)
    const sql = `insert into tokens (id, user_id, key, name, unlimited_quota) values ${values.join(',')}`
    const crowded = planOf('one-api', { sql })
    expect(crowded.tenants.find(({ name }) => name === 'user-5')!.keys).toHaveLength(100)
    expect(whyNot(crowded, 'token n104 of 用户')).toContain('at most 100')
  })

  test('models and names of the configuration in use are left alone', () => {
    const taken = { providerNames: new Set(['claude']), modelOwners: new Map([['gpt-4o', 'mine']]) }
    const second = planOf('one-api', { taken })
    expect(second.providers.map(({ name }) => name)).toEqual([
      'openai-main',
      'claude-2',
      'relay',
      'local',
    ])
    expect(keyOf(second, 'production')!.models).toEqual(['gpt-4o', 'claude-sonnet'])
  })
})

describe('new-api', () => {
  const plan = planOf('new-api')

  test('its channel types have other numbers', () => {
    expect(plan.source).toStartWith('new-api')
    expect(plan.providers.map(({ name, baseUrl }) => [name, baseUrl])).toEqual([
      ['deepseek', 'https://api.deepseek.com/v1'],
      ['openai-keys', 'https://api.openai.com/v1'],
      ['custom', 'https://custom.example.com/v1'],
    ])
  })

  test('of several keys the first is taken', () => {
    expect(plan.secrets.get('IMPORTED_OPENAI_KEYS_API_KEY')).toBe('sk-one-not-real')
    expect(whyNot(plan, '1 further key of channel OpenAI keys')).toBeDefined()
    expect(whyNot(plan, 'header_override of channel OpenAI keys')).toBeDefined()
  })

  test('limits count only while they are switched on', () => {
    expect(keyOf(plan, 'limited')).toMatchObject({
      models: ['deepseek-chat'],
      networks: ['192.0.2.7', '198.51.100.0/24'],
    })
    expect(keyOf(plan, 'limits off')).toMatchObject({ models: null, networks: null })
    expect(whyNot(plan, 'network office of token limited of team-a')).toContain('no IP address')
  })

  test('deleted rows are still there, and are not imported', () => {
    expect(plan.tenants.map(({ name }) => name)).toEqual(['root', 'team-a'])
    expect(whyNot(plan, 'token deleted of team-a')).toBe('it is deleted')
    expect(whyNot(plan, 'user left with 0 tokens')).toBe('the user is deleted')
  })

  test('a mapping that cannot be read keeps its channel out', () => {
    expect(whyNot(plan, 'channel Mapped')).toContain('model_mapping')
  })
})

test('values of other types than the columns promise do no harm', () => {
  const sql = `
    update channels set models = x'00ff', priority = 'high', model_mapping = '[1]' where id = 1;
    update tokens set expired_time = 'never', name = char(27) || '[2J', remain_quota = 1e300 where id = 1;
    update users set username = null, quota = 9e18 where id = 2;`
  const plan = planOf('one-api', { sql })
  expect(plan.tenants.map(({ name }) => name)).toContain('user-2')
  expect(JSON.stringify(plan.tenants)).not.toContain('\\u001b')
})

test.each(['delete', 'wal'])('a source in journal mode %s is left as it is', (mode) => {
  const folder = mkdtempSync(join(tmpdir(), 'ares-import-'))
  const path = join(folder, 'a source?#.db')
  const database = new Database(path)
  database.pragma(`journal_mode = ${mode}`)
  database.exec(readFileSync(join(FIXTURES, 'one-api.sql'), 'utf8'))

  // While the program runs, and after it has ended.
  const running = readOneApiDatabase(path)
  database.close()
  const bytes = readFileSync(path)
  expect(readOneApiDatabase(path)).toEqual(running)
  expect(readdirSync(folder)).toEqual(['a source?#.db'])
  expect(readFileSync(path).equals(bytes)).toBe(true)
  rmSync(folder, { recursive: true, force: true })
})

describe('what is no such database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ares-import-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

  test('a missing file', () => {
    expect(() => readOneApiDatabase(join(folder, 'none.db'))).toThrow('There is no database')
  })

  test('a file of something else', () => {
    writeFileSync(
      join(folder, 'text.db'),
      'no database at all, but some kilobytes of text'.repeat(99),
    )
    expect(() => readOneApiDatabase(join(folder, 'text.db'))).toThrow('not an SQLite database')
  })

  test('the database of another program', () => {
    const path = join(folder, 'other.db')
    new Database(path).exec('create table users (id integer)').close()
    expect(() => readOneApiDatabase(path)).toThrow('no table channels, tokens')
  })
})
