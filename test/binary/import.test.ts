import { afterAll, describe, expect, test } from 'bun:test'
import Database from 'better-sqlite3'
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startScriptedProvider } from '../scripted-provider.ts'
import {
  ADMIN_SECRET,
  cleanUp,
  configFor,
  emptyFolder,
  folderWith,
  modeOf,
  runAres,
  SLOW_MS,
  startAres,
} from './ares.ts'
import { client, type Json, operator } from './callers.ts'

/* `ares import` as an operator runs it: with the compiled program, and a server started on what it wrote. */

afterAll(cleanUp)

const FIXTURES = resolve(import.meta.dir, '../fixtures/imports')
const ONE_LINE = /^[^\n]+\n$/

/** A folder with the source database of a fixture, `source.db`, after some more SQL. */
function sourceFolder(fixture: 'one-api' | 'new-api', sql = ''): string {
  const folder = emptyFolder()
  const database = new Database(join(folder, 'source.db'))
  database.exec(readFileSync(join(FIXTURES, `${fixture}.sql`), 'utf8'))
  database.exec(sql)
  database.close()
  return folder
}

/** The variables of a file that the import wrote, as a shell reads them. */
function variablesOf(path: string): Record<string, string> {
  const script = `set -a; . "$1"; env -0`
  const { stdout } = Bun.spawnSync(['sh', '-c', script, 'sh', path], {
    env: { PATH: '/usr/bin:/bin' },
  })
  const pairs = stdout.toString().split('\0').filter(Boolean)
  return Object.fromEntries(pairs.map((pair) => pair.split(/=([\s\S]*)/).slice(0, 2)))
}

function mappingOf(
  folder: string,
): { old_key: string; new_key: string; tenant: string; name: string }[] {
  return JSON.parse(readFileSync(join(folder, 'key-mapping.json'), 'utf8'))
}

describe('litellm', () => {
  test(
    'what it writes passes the check, and is for its owner alone',
    async () => {
      const cwd = emptyFolder()
      const imported = await runAres(['import', 'litellm', join(FIXTURES, 'litellm.yaml')], { cwd })
      expect(imported).toMatchObject({ code: 0, stderr: '' })
      expect(readdirSync(cwd).toSorted()).toEqual(['ares.toml', 'provider-keys.env'])
      for (const name of readdirSync(cwd)) expect(modeOf(join(cwd, name))).toBe('600')

      const checked = await runAres(['check'], { cwd })
      expect(checked).toMatchObject({ code: 0, stdout: `${join(cwd, 'ares.toml')} is valid\n` })
    },
    SLOW_MS,
  )

  test(
    'beside a configuration it writes a part to paste, and leaves the configuration alone',
    async () => {
      const mine = configFor('http://127.0.0.1:9', {
        more: '[[providers.models]]\nid = "gpt-4o"\ncontext_length = 1',
      })
      const cwd = folderWith({ 'ares.toml': mine })
      const args = ['import', 'litellm', join(FIXTURES, 'litellm.yaml')]
      const { code, stdout } = await runAres(args, { cwd })

      expect(code).toBe(0)
      expect(stdout).toContain('gpt-4o is already a model of provider scripted')
      expect(readFileSync(join(cwd, 'ares.toml'), 'utf8')).toBe(mine)
      appendFileSync(join(cwd, 'ares.toml'), readFileSync(join(cwd, 'providers.toml'), 'utf8'))
      expect((await runAres(['check'], { cwd })).code).toBe(0)

      const again = await runAres(args, { cwd })
      expect(again.code).toBe(0)
      expect(again.stdout).toContain('Nothing to import.')
    },
    SLOW_MS,
  )
})

describe('one-api', () => {
  test(
    'clients go on with their new keys, limited as the old ones were',
    async () => {
      const provider = await startScriptedProvider()
      const cwd = sourceFolder(
        'one-api',
        `update channels set type = 50, base_url = '${provider.url}' where id in (1, 2)`,
      )
      const args = ['import', 'one-api', 'source.db', '--tier', 'pro']
      const imported = await runAres(args, { cwd })
      expect(imported).toMatchObject({ code: 0, stderr: '' })

      const env = {
        ...variablesOf(join(cwd, 'provider-keys.env')),
        ARES_ADMIN_SECRET: ADMIN_SECRET,
      }
      appendFileSync(join(cwd, 'ares.toml'), '\n[admin]\nsecret_env = "ARES_ADMIN_SECRET"\n')
      const server = await startAres({ cwd, env })
      const keys = new Map(mappingOf(cwd).map(({ name, new_key }) => [name, new_key]))

      const chat = (key: string, model: string) =>
        client(server, key).post('/v1/chat/completions', {
          model,
          messages: [{ role: 'user', content: 'Hi' }],
        })
      const staging = await chat(keys.get('staging')!, 'gpt-4o')
      expect(staging.status).toBe(200)
      expect(provider.requests.at(-1)!.headers['authorization']).toBe(
        'Bearer sk-openai-second-not-real',
      )
      expect(provider.requests.at(-1)!.body).toMatchObject({ model: 'gpt-4o-2024-08-06' })
      // Limited to 10.0.0.0/8, and to two models.
      expect((await chat(keys.get('production')!, 'gpt-4o')).status).toBe(403)
      // Of the group `default`, whose channels do not serve it.
      expect((await chat(keys.get('token-7')!, 'claude-sonnet')).status).toBe(403)
      // Old tokens could call models, and not make keys.
      const { status } = await client(server, keys.get('staging')!).post('/v1/api-keys', {
        name: 'x',
      })
      expect(status).toBe(403)

      const { body } = await operator(server).get('/api/admin/tenants')
      expect(body.tenants.map(({ name, tier }: Json) => `${name} ${tier}`)).toEqual([
        'root pro',
        'alice-smith pro',
        'alice-smith-3 pro',
        'user-5 pro',
      ])
      const audit = await operator(server).get('/api/admin/audit-log?limit=100')
      expect(new Set(audit.body.entries.map(({ actor }: Json) => actor))).toEqual(
        new Set(['import']),
      )
      await server.stop()
      provider.stop()
    },
    SLOW_MS,
  )

  test(
    'a dry run leaves nothing behind',
    async () => {
      const cwd = sourceFolder('new-api')
      const { code, stdout } = await runAres(['import', 'one-api', 'source.db', '--dry-run'], {
        cwd,
      })
      expect(code).toBe(0)
      expect(stdout).toContain('Dry run of an import from new-api, source.db')
      expect(readdirSync(cwd)).toEqual(['source.db'])
    },
    SLOW_MS,
  )

  test(
    'run again it tells what is there, and changes nothing',
    async () => {
      const cwd = sourceFolder('one-api')
      const args = ['import', 'one-api', 'source.db', '--output', 'out']
      await runAres(args, { cwd })
      const before = mappingOf(join(cwd, 'out'))
      const again = await runAres(args, { cwd })
      expect(again.code).toBe(0)
      expect(again.stdout).toContain(
        'user Alice.Smith with 2 keys: there is a tenant alice-smith already',
      )
      expect(again.stdout).toContain('Nothing to import.')
      expect(mappingOf(join(cwd, 'out'))).toEqual(before)
    },
    SLOW_MS,
  )

  test(
    'a database that a server owns is refused, but for a dry run',
    async () => {
      const cwd = sourceFolder('one-api')
      const server = await startAres({ cwd, config: configFor('http://127.0.0.1:9') })
      const args = ['import', 'one-api', 'source.db']
      const { code, stderr } = await runAres(args, { cwd })
      expect(code).toBe(1)
      expect(stderr).toMatch(ONE_LINE)
      expect(stderr).toContain(`in use by another ares process (pid ${server.pid})`)
      expect(existsSync(join(cwd, 'key-mapping.json'))).toBe(false)
      expect((await runAres([...args, '--dry-run'], { cwd })).code).toBe(0)
      await server.stop()
    },
    SLOW_MS,
  )
})

describe('mistakes end with one line', () => {
  const mistakes: { args: string[]; code: number; says: string }[] = [
    { args: [], code: 2, says: 'source' },
    { args: ['portkey'], code: 2, says: 'portkey' },
    { args: ['one-api'], code: 2, says: 'database' },
    { args: ['one-api', 'x.db', '--tier', 'gold'], code: 2, says: 'enterprise' },
    { args: ['one-api', 'x.db'], code: 1, says: 'There is no database at x.db' },
    { args: ['litellm', 'x.yaml'], code: 1, says: 'There is no file x.yaml' },
    { args: ['litellm', 'broken.yaml'], code: 1, says: 'broken.yaml:2: this is not valid YAML' },
    { args: ['litellm', 'broken.yaml', '--config', 'none.toml'], code: 1, says: 'none.toml' },
  ]
  test.each(mistakes)(
    'ares import $args',
    async ({ args, code, says }) => {
      const cwd = folderWith({ 'broken.yaml': 'a: 1\nb: [\n' })
      const ended = await runAres(['import', ...args], { cwd })
      expect(ended).toMatchObject({ code, stdout: '' })
      expect(ended.stderr).toMatch(ONE_LINE)
      expect(ended.stderr).toContain(says)
    },
    SLOW_MS,
  )
})
