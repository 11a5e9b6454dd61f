import { afterAll, describe, expect, test } from 'bun:test'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { version } from '../../package.json'
import {
  cleanUp,
  configFor,
  emptyFolder,
  folderWith,
  modeOf,
  runAres,
  SLOW_MS,
  startAres,
} from './ares.ts'
import { operator } from './callers.ts'

afterAll(cleanUp)

/** What a failure says: exactly one line. */
const ONE_LINE = /^[^\n]+\n$/

describe('help and version', () => {
  const helping = [{ args: [] }, { args: ['help'] }, { args: ['--help'] }, { args: ['-h'] }]
  test.each(helping)(
    'ares $args lists the commands',
    async ({ args }) => {
      const { code, stdout, stderr } = await runAres(args)
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      for (const command of ['serve', 'init', 'check', 'version']) expect(stdout).toContain(command)
    },
    SLOW_MS,
  )

  test(
    'ares alone says what to start with, and help names environment and examples',
    async () => {
      const { stdout } = await runAres([])
      expect(stdout).toEndWith('Start with: ares serve\n')
      for (const word of ['ARES_CONFIG', 'ares secret show', '/swagger']) {
        expect(stdout).toContain(word)
      }
    },
    SLOW_MS,
  )

  const explaining: { args: string[] }[] = [
    { args: ['help', 'serve'] },
    { args: ['serve', '--help'] },
  ]
  test.each(explaining)(
    'ares $args explains the command',
    async ({ args }) => {
      const { code, stdout } = await runAres(args)
      expect(code).toBe(0)
      for (const flag of ['--config', '--host', '--port']) expect(stdout).toContain(flag)
    },
    SLOW_MS,
  )

  test.each(['version', '--version', '-v', '-V'])(
    'ares %s prints the version',
    async (arg) => {
      const { code, stdout } = await runAres([arg])
      expect({ code, stdout }).toEqual({ code: 0, stdout: `ares ${version}\n` })
    },
    SLOW_MS,
  )
})

describe('usage mistakes end with 2 and one line', () => {
  const mistakes = [
    { args: ['nonsense'], says: 'nonsense' },
    { args: ['serv'], says: 'serve' },
    { args: ['--nonsense'], says: '--nonsense' },
    { args: ['help', 'nonsense'], says: 'nonsense' },
    { args: ['serve', '--nonsense'], says: '--nonsense' },
    { args: ['serve', '--confg', 'x'], says: '--config' },
    { args: ['serve', 'superfluous'], says: 'superfluous' },
    { args: ['serve', '--config'], says: '--config' },
    { args: ['serve', '--port', '65536'], says: '65535' },
    { args: ['serve', '--port', '-1'], says: '65535' },
    { args: ['serve', '--port', '3000x'], says: '65535' },
    { args: ['serve', '--port', ''], says: '65535' },
    { args: ['serve', '--host', ''], says: 'IP address' },
    { args: ['serve', '--host', 'http://x'], says: 'IP address' },
    { args: ['init', '--nonsense'], says: '--nonsense' },
    { args: ['check', '--nonsense'], says: '--nonsense' },
    { args: ['version', '--nonsense'], says: '--nonsense' },
  ]
  test.each(mistakes)(
    'ares $args',
    async ({ args, says }) => {
      const folder = emptyFolder()
      const { code, stdout, stderr } = await runAres(args, { cwd: folder })
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(ONE_LINE)
      expect(stderr).toContain(says)
      expect(existsSync(join(folder, 'data'))).toBe(false)
    },
    SLOW_MS,
  )
})

const INVALID = `[server]
port = "3000"
hots = "127.0.0.1"

[admin]
secret = "do-not-print-me"

[[providers]]
name = "demo"
type = "demo"
[[providers.models]]
id = "m"
context_length = 1000
`

const VALID = configFor('http://127.0.0.1:9/v1')

describe('configuration files', () => {
  const missing = [
    { args: ['check'], variable: '' },
    { args: ['check', '--config', 'nope.toml'], variable: '' },
    { args: ['check'], variable: 'nope.toml' },
    { args: ['serve', '--config', 'nope.toml'], variable: '' },
    { args: ['serve'], variable: 'nope.toml' },
  ]
  test.each(missing)(
    'ares $args with ARES_CONFIG=$variable: a missing file is one line and 1',
    async ({ args, variable }) => {
      const env = { ARES_CONFIG: variable }
      const folder = emptyFolder()
      const { code, stdout, stderr } = await runAres(args, { cwd: folder, env })
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(ONE_LINE)
      expect(existsSync(join(folder, 'data'))).toBe(false)
    },
    SLOW_MS,
  )

  test.each(['check', 'serve'])(
    'ares %s tells every mistake at once with its place, and no secret',
    async (command) => {
      const folder = folderWith({ 'ares.toml': INVALID })
      const { code, stdout, stderr } = await runAres([command], { cwd: folder })
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(/^ares\.toml:2:\d+: .*server\.port/m)
      expect(stderr).toMatch(/^ares\.toml:3:\d+: .*hots.*host/m)
      expect(stderr).toMatch(/^ares\.toml:6:\d+: .*admin\.secret/m)
      expect(stderr).not.toContain('do-not-print-me')
      expect(stderr).not.toMatch(/^\s+at /m)
      expect(existsSync(join(folder, 'data'))).toBe(false)
    },
    SLOW_MS,
  )

  test(
    'a mistake in the TOML itself has its line and column',
    async () => {
      const folder = folderWith({ 'ares.toml': '[server]\nport = = 3000\n' })
      const { code, stderr } = await runAres(['check'], { cwd: folder })
      expect(code).toBe(1)
      expect(stderr).toMatch(/^ares\.toml:2:\d+: /)
    },
    SLOW_MS,
  )

  test(
    'ares check says that a file is valid, and touches nothing',
    async () => {
      const folder = folderWith({ 'ares.toml': VALID })
      const { code, stdout } = await runAres(['check'], { cwd: folder })
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: `${join(folder, 'ares.toml')} is valid\n`,
      })
      expect(existsSync(join(folder, 'data'))).toBe(false)
    },
    SLOW_MS,
  )

  test(
    'ares check --database without a database is one line and 1',
    async () => {
      const folder = folderWith({ 'ares.toml': VALID })
      const { code, stderr } = await runAres(['check', '--database'], { cwd: folder })
      expect(code).toBe(1)
      expect(stderr).toContain('There is no database at')
      expect(existsSync(join(folder, 'data'))).toBe(false)
    },
    SLOW_MS,
  )
})

describe('ares init', () => {
  test(
    'writes a file for this user alone, with which the server starts',
    async () => {
      const folder = emptyFolder()
      const { code, stdout } = await runAres(['init'], { cwd: folder })
      expect(code).toBe(0)
      const path = join(folder, 'ares.toml')
      expect(stdout).toContain(path)
      expect(modeOf(path)).toBe('600')
      const secret = /^secret = "(.{32,})"$/m.exec(readFileSync(path, 'utf8'))?.[1]
      expect(stdout).not.toContain(secret!)
      expect((await runAres(['check'], { cwd: folder })).code).toBe(0)

      const server = await startAres({ cwd: folder })
      const { status } = await operator(server, secret).get('/api/admin/models')
      expect(status).toBe(200)
      expect(existsSync(join(folder, 'data/admin-secret'))).toBe(false)
      await server.stop()
    },
    SLOW_MS,
  )

  test(
    'never overwrites a file',
    async () => {
      const folder = folderWith({ 'ares.toml': 'mine' })
      const { code, stdout, stderr } = await runAres(['init'], { cwd: folder })
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(ONE_LINE)
      expect(readFileSync(join(folder, 'ares.toml'), 'utf8')).toBe('mine')
    },
    SLOW_MS,
  )

  test(
    'makes a new secret each time, and writes where it is told',
    async () => {
      const folder = emptyFolder()
      for (const name of ['a.toml', 'b.toml']) {
        const { code, stdout } = await runAres(['init', '--config', name], { cwd: folder })
        expect(code).toBe(0)
        expect(stdout).toContain(`ares serve --config ${name}`)
      }
      const [a, b] = ['a.toml', 'b.toml'].map((name) => readFileSync(join(folder, name), 'utf8'))
      expect(a).not.toBe(b)
    },
    SLOW_MS,
  )

  test(
    'switches on the providers whose keys are in the environment, and leaves the keys there',
    async () => {
      const folder = emptyFolder()
      const env = { GROQ_API_KEY: 'gsk-sentinel-1', ANTHROPIC_API_KEY: 'sk-ant-sentinel-2' }
      const { code, stdout } = await runAres(['init'], { cwd: folder, env })
      expect(code).toBe(0)
      expect(stdout).toContain('$GROQ_API_KEY')
      expect(stdout).toContain('$ANTHROPIC_API_KEY')
      const text = readFileSync(join(folder, 'ares.toml'), 'utf8')
      expect(text + stdout).not.toContain('sentinel')
      expect((await runAres(['check'], { cwd: folder, env })).code).toBe(0)

      const server = await startAres({ cwd: folder, env })
      const secret = /^secret = "(.*)"$/m.exec(text)?.[1]
      const { body } = await operator(server, secret).get('/api/admin/models')
      const providers = body.models.map((model: { provider: string }) => model.provider)
      expect(new Set(providers)).toEqual(new Set(['groq', 'anthropic', 'demo']))
      await server.stop()
    },
    SLOW_MS,
  )

  test(
    'says in one line that a folder is missing or closed',
    async () => {
      const folder = emptyFolder()
      writeFileSync(join(folder, 'file'), '')
      for (const path of ['nowhere/ares.toml', 'file/ares.toml']) {
        const { code, stderr } = await runAres(['init', '--config', path], { cwd: folder })
        expect(code).toBe(1)
        expect(stderr).toMatch(ONE_LINE)
      }
    },
    SLOW_MS,
  )
})
