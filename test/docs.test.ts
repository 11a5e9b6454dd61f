import { afterAll, beforeAll, expect, test } from 'bun:test'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/* What the README promises a newcomer, taken from its text: the first run as pasted, and links that lead somewhere. */

const ROOT = resolve(import.meta.dir, '..')
const DOCUMENTS = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]
const ADDRESS = 'http://127.0.0.1:3000'
const BETWEEN_STEPS = '-- next step --'

const folder = mkdtempSync(join(tmpdir(), 'ares-docs-'))
const server = Bun.spawn([process.execPath, join(ROOT, 'src/main.ts'), 'serve', '--port', '0'], {
  cwd: folder,
  stdout: 'pipe',
  stderr: 'ignore',
})
let steps: string[] = []

beforeAll(async () => {
  const url = await listeningOn(server.stdout)
  const script = firstRun().join(`\necho '${BETWEEN_STEPS}'\n`).replaceAll(ADDRESS, url)
  const shell = Bun.spawn(['sh', '-c', script], { cwd: folder, stdout: 'pipe' })
  steps = (await new Response(shell.stdout).text()).split(`${BETWEEN_STEPS}\n`)
}, 30_000)

afterAll(async () => {
  server.kill('SIGTERM')
  await server.exited
  rmSync(folder, { recursive: true, force: true })
})

test('the first run has six steps', () => {
  expect(steps).toHaveLength(6)
})

test('step 1 provisions a client with its agents and a key', () => {
  expect(JSON.parse(steps[0]!)).toMatchObject({
    tenant_name: 'acme-corp',
    raw_api_key: expect.stringMatching(/^ares_[a-z0-9]{37}$/),
    agents_created: ['kasino-classifier', 'kasino-risk', 'kasino-transaction', 'kasino-report'],
  })
})

test('step 2 runs an agent', () => {
  expect(JSON.parse(steps[1]!)).toMatchObject({
    status: 'completed',
    output: { risk_score: expect.any(Number), risk_level: expect.any(String) },
  })
})

test('step 3 chats', () => {
  expect(JSON.parse(steps[2]!)).toMatchObject({
    content: expect.stringContaining('Demo model'),
    finish_reason: 'stop',
  })
})

test('step 4 streams', () => {
  const events = steps[3]!.match(/^data: .*$/gm)!.map((line) => JSON.parse(line.slice(6)))
  expect(events.length).toBeGreaterThan(3)
  expect(events.at(-1)).toMatchObject({ finish_reason: 'stop', tokens_used: expect.any(Number) })
})

test('step 5 shows the three runs in the usage', () => {
  const tokens = [1, 2].map((step) => JSON.parse(steps[step]!).tokens_used as number)
  const streamed = Number(/"tokens_used":(\d+)/.exec(steps[3]!)![1])
  expect(JSON.parse(steps[4]!)).toMatchObject({
    total_runs: 3,
    total_tokens: tokens[0]! + tokens[1]! + streamed,
  })
})

test('step 6 is answered as OpenAI would', () => {
  expect(JSON.parse(steps[5]!)).toMatchObject({
    object: 'chat.completion',
    model: 'agent:kasino-risk',
    choices: [
      { message: { content: expect.stringContaining('risk_score') }, finish_reason: 'stop' },
    ],
  })
})

test.each(DOCUMENTS)('every relative link of %s leads somewhere', (document) => {
  const text = withoutCode(readFileSync(join(ROOT, document), 'utf8'))
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!)
  const broken = targets.filter(
    (target) => !isExternal(target) && !leadsSomewhere(document, target),
  )
  expect(broken).toEqual([])
})

test('every file that CONTRIBUTING.md names is there', () => {
  const text = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8').replace(
    /^```[\s\S]*?^```$/gm,
    '',
  )
  const named = [...text.matchAll(/`([\w-]+(?:\/[\w.-]+)+)`/g)].map((match) => match[1]!)
  expect(named.length).toBeGreaterThan(20)
  const isThere = (path: string) => ['', 'src'].some((base) => existsSync(join(ROOT, base, path)))
  expect(named.filter((path) => !isThere(path))).toEqual([])
})

/** The shell blocks of the README's section "First run", in order. */
function firstRun(): string[] {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
  const section = /^## First run\n([\s\S]*?)(?=^## )/m.exec(readme)![1]!
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1]!)
}

async function listeningOn(output: ReadableStream<Uint8Array>): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const bytes of output) {
    text += decoder.decode(bytes, { stream: true })
    const url = /^listening on (\S+)$/m.exec(text)?.[1]
    if (url !== undefined) return url
  }
  throw new Error(`The server did not start: ${text}`)
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '')
}

function isExternal(target: string): boolean {
  return /^[a-z]+:/.test(target)
}

/** The file is there and, for a link into a page, the heading too. */
function leadsSomewhere(from: string, target: string): boolean {
  const [path, anchor] = target.split('#') as [string, string?]
  const file = path === '' ? join(ROOT, from) : join(ROOT, dirname(from), path)
  if (!existsSync(file)) return false
  return anchor === undefined || anchorsOf(readFileSync(file, 'utf8')).includes(anchor)
}

function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
    match[1]!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
