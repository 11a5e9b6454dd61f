import { afterAll, expect, test } from 'bun:test'
import Database from 'better-sqlite3'
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { startScriptedProvider } from '../scripted-provider.ts'
import {
  type AresProcess,
  aresBinary,
  cleanUp,
  emptyFolder,
  type Env,
  SLOW_MS,
  startAres,
} from './ares.ts'
import type { Json } from './callers.ts'

/*
 * The commands of `docs/migrating` as printed, from the first to the last, with the compiled program on the PATH. Only
 * the addresses are others: that of the server, and the provider's.
 */

const DOCS = resolve(import.meta.dir, '../../docs/migrating')
const FIXTURES = resolve(import.meta.dir, '../fixtures/imports')
const ADDRESS = 'http://127.0.0.1:3000'
const OPENAI = 'https://api.openai.com/v1'

const provider = await startScriptedProvider()
afterAll(() => {
  provider.stop()
  cleanUp()
})

/** A new folder with `ares` in its `bin`, as the PATH that commands find it under. */
async function newFolder(): Promise<{ folder: string; path: string }> {
  const [folder, bin] = [emptyFolder(), emptyFolder()]
  symlinkSync(await aresBinary(), join(bin, 'ares'))
  return { folder, path: `${bin}:${process.env['PATH']}` }
}

/** The shell blocks of a page: those before the server is started, and those afterwards. */
function blocksOf(page: string): { before: string[]; after: string[] } {
  const text = readFileSync(join(DOCS, page), 'utf8')
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1]!)
  const start = blocks.findIndex((block) => block.endsWith('ares serve\n'))
  return {
    before: [...blocks.slice(0, start), blocks[start]!.replace(/ares serve\n$/, '')],
    after: blocks.slice(start + 1),
  }
}

/** Runs the blocks in one shell that stops at the first failure; answers the output and the variables afterwards. */
async function runBlocks(blocks: string[], { cwd, env }: { cwd: string; env: Env }) {
  const variables = join(emptyFolder(), 'variables')
  const script = `set -e\n${blocks.join('\n')}\nset -a\nenv -0 > '${variables}'\n`
  const shell = Bun.spawn(['sh', '-c', script], { cwd, env, stdout: 'pipe', stderr: 'pipe' })
  const [stdout, stderr] = await Promise.all([
    new Response(shell.stdout).text(),
    new Response(shell.stderr).text(),
  ])
  if ((await shell.exited) !== 0) throw new Error(`${stdout}\n${stderr}`)
  const pairs = readFileSync(variables, 'utf8').split('\0').filter(Boolean)
  return {
    stdout,
    env: Object.fromEntries(pairs.map((pair) => pair.split(/=([\s\S]*)/).slice(0, 2))),
  }
}

interface Played {
  /** What the commands before the start have printed, and those after it. */
  before: string
  after: string
  server: AresProcess
}

/** Plays a page in a folder that holds what a reader starts from. */
async function play(page: string, prepare: (folder: string) => Env | void): Promise<Played> {
  const { folder, path } = await newFolder()
  const env = { PATH: path, HOME: folder, ...prepare(folder) }
  const { before, after } = blocksOf(page)
  const first = await runBlocks(before, { cwd: folder, env })
  const config = join(folder, 'ares.toml')
  writeFileSync(config, readFileSync(config, 'utf8').replaceAll(OPENAI, provider.url))
  const server = await startAres({ cwd: folder, env: first.env as Env })
  const commands = after.map((block) => block.replaceAll(ADDRESS, server.url))
  const second = await runBlocks(commands, { cwd: folder, env })
  expect(await server.stop()).toBe(0)
  return { before: first.stdout, after: second.stdout, server }
}

/** The lines of an output that are JSON. */
function answersIn(output: string): Json[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
}

test(
  'from LiteLLM',
  async () => {
    const { before, after } = await play('from-litellm.md', (folder) => {
      const text = readFileSync(join(FIXTURES, 'litellm.yaml'), 'utf8')
      writeFileSync(join(folder, 'config.yaml'), text)
      return { OPENAI_API_KEY: 'sk-scripted' }
    })
    expect(before).toContain('Dry run of an import from LiteLLM, config.yaml')
    expect(before).toContain('ares.toml is valid')
    const [models, answer] = answersIn(after)
    expect(models.data.map(({ id }: Json) => id)).toContain('gpt-4o')
    expect(answer).toMatchObject({ object: 'chat.completion', model: expect.any(String) })
    expect(provider.requests.at(-1)!.body.model).toBe('gpt-4o-2024-08-06')
  },
  SLOW_MS,
)

test(
  'from one-api',
  async () => {
    const { before, after } = await play('from-one-api.md', (folder) => {
      const database = new Database(join(folder, 'one-api.db'))
      database.exec(readFileSync(join(FIXTURES, 'one-api.sql'), 'utf8'))
      database.close()
    })
    expect(before).toContain('Dry run of an import from one-api, one-api.db')
    const [models, answer, usage, tenants] = answersIn(after)
    expect(models.data.map(({ id }: Json) => id)).toContain('gpt-4o')
    expect(answer).toMatchObject({ object: 'chat.completion' })
    expect(usage).toMatchObject({ total_runs: 1 })
    expect(tenants.tenants).toHaveLength(4)
  },
  SLOW_MS,
)

test(
  'from Portkey',
  async () => {
    const { after } = await play('from-portkey.md', () => ({ OPENAI_API_KEY: 'sk-scripted' }))
    const [models, answer] = answersIn(after)
    expect(models.data.map(({ id }: Json) => id)).toContain('gpt-4.1-mini')
    expect(answer).toMatchObject({ object: 'chat.completion' })
  },
  SLOW_MS,
)

test(
  'from OpenAI',
  async () => {
    const { after } = await play('from-openai.md', () => ({ OPENAI_API_KEY: 'sk-scripted' }))
    const [answer, mistake, usage] = answersIn(after)
    expect(answer).toMatchObject({ object: 'chat.completion' })
    expect(after).toContain('data: [DONE]')
    expect(mistake).toMatchObject({ error: { code: 'model_not_found', param: 'model' } })
    expect(usage).toMatchObject({ total_runs: 2 })
  },
  SLOW_MS,
)

const PAGES = ['from-litellm.md', 'from-one-api.md', 'from-portkey.md', 'from-openai.md']

test.each(PAGES)('every link of %s leads to a file that is there', (page) => {
  const text = readFileSync(join(DOCS, page), 'utf8')
  const targets = [...text.matchAll(/\]\((\.[^)#\s]+)[^)]*\)/g)].map((match) => match[1]!)
  expect(targets.length).toBeGreaterThan(1)
  expect(targets.filter((target) => !existsSync(join(dirname(join(DOCS, page)), target)))).toEqual(
    [],
  )
})
