import { expect, test } from 'bun:test'
import { dirname, join, normalize } from 'node:path'

/* The map of `CONTRIBUTING.md`, held: what stands lower is imported by what stands higher, never the other way round. */

/** Rooms of `src` from the ground up. A file beside the rooms that is not named stands on the ground. */
const RANKS = [
  ['config'],
  ['log.ts'],
  ['db'],
  ['notices'],
  ['limits'],
  ['caller'],
  ['form'],
  ['providers'],
  ['tools'],
  ['http'],
  ['audit'],
  ['usage'],
  ['alerts'],
  ['idempotency', 'retention'],
  ['tenants'],
  ['api-keys'],
  ['agents'],
  ['ledger'],
  ['runs'],
  ['execution'],
  ['chat', 'gateway', 'provisioning', 'platform', 'imports'],
  ['door', 'console'],
  ['routes.ts'],
  ['app.ts'],
  ['deps.ts'],
  ['cli'],
  ['main.ts'],
]

const GROUND = -1

interface Import {
  from: string
  to: string
}

async function importsOf(file: string): Promise<Import[]> {
  const text = await Bun.file(join('src', file)).text()
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)]
    .map(([, path]) => normalize(join(dirname(file), path!)))
    .filter((to) => !to.startsWith('..'))
    .map((to) => ({ from: file, to }))
}

async function allImports(): Promise<Import[]> {
  const files = [...new Bun.Glob('**/*.{ts,tsx}').scanSync('src')].filter(
    (file) => !file.startsWith('console/web/'),
  )
  return (await Promise.all(files.map(importsOf))).flat()
}

/** The folder of a file, or the file itself where it stands beside the folders. */
function roomOf(file: string): string {
  return file.split('/')[0]!
}

function rankOf(file: string): number {
  const room = roomOf(file)
  const rank = RANKS.findIndex((rooms) => rooms.includes(room))
  if (rank === GROUND && file.includes('/')) throw new Error(`src/${room} has no rank`)
  return rank
}

function looksUp({ from, to }: Import): boolean {
  if (roomOf(from) === roomOf(to)) return false
  const [own, other] = [rankOf(from), rankOf(to)]
  return own === GROUND ? other !== GROUND : other >= own
}

test('nothing imports from a room above its own, nor beside it, types included', async () => {
  const upwards = (await allImports())
    .filter(looksUp)
    .map(({ from, to }) => `${from} imports ${to}`)
  expect([...new Set(upwards)]).toEqual([])
})

test('no two rooms import each other', async () => {
  const crossing = (await allImports()).filter(({ from, to }) => roomOf(from) !== roomOf(to))
  const circles = crossing.flatMap((one) =>
    crossing
      .filter(
        (other) => roomOf(one.from) === roomOf(other.to) && roomOf(one.to) === roomOf(other.from),
      )
      .map((other) => `${one.from} imports ${one.to}, and ${other.from} imports ${other.to}`),
  )
  expect(circles.toSorted()).toEqual([])
})

/** Files that are reached from a file by its imports. */
function reachedFrom(file: string, imports: Map<string, string[]>): Set<string> {
  const reached = new Set<string>()
  const ahead = [file]
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    for (const to of imports.get(next) ?? []) {
      if (reached.has(to)) continue
      reached.add(to)
      ahead.push(to)
    }
  }
  return reached
}

test('no file is reached by its own imports, types included', async () => {
  const imports = Map.groupBy(await allImports(), ({ from }) => from)
  const targets = new Map([...imports].map(([from, all]) => [from, all.map(({ to }) => to)]))
  const circular = [...targets.keys()].filter((file) => reachedFrom(file, targets).has(file))
  expect(circular.toSorted()).toEqual([])
})

/** Who opens a database and may know of which engine it is. */
const OPENERS = ['cli', 'imports']

function isEngine(file: string): boolean {
  return file.startsWith('db/sqlite/')
}

test('an engine is known to those alone who open it', async () => {
  const knowing = (await allImports())
    .filter(({ from, to }) => isEngine(to) && !isEngine(from) && !OPENERS.includes(roomOf(from)))
    .map(({ from, to }) => `${from} imports ${to}`)
  expect(knowing).toEqual([])
})
