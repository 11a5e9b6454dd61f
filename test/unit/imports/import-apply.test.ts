import { afterAll, expect, test } from 'bun:test'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ExpectedFailure } from '../../../src/expected-failure.ts'
import { openDatabase } from '../../../src/db/sqlite/open.ts'
import { carryOut } from '../../../src/imports/carry-out.ts'
import type { ImportPlan } from '../../../src/imports/plan.ts'
import type { ImportTarget } from '../../../src/imports/target.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function emptyTarget(): ImportTarget {
  const folder = mkdtempSync(join(tmpdir(), 'ares-import-'))
  folders.push(folder)
  return { folder: join(folder, 'out'), config: null, databasePath: join(folder, 'data/ares.db') }
}

/** Two tenants, one with a key that is limited in every way. */
function plan(): ImportPlan {
  return {
    source: 'a test',
    providers: [
      {
        name: 'p',
        type: 'openai',
        baseUrl: 'https://p.example.com/v1',
        keyEnv: 'IMPORTED_P_API_KEY',
        timeoutMs: null,
        maxRetries: null,
        models: [],
      },
    ],
    secrets: new Map([['IMPORTED_P_API_KEY', "it's"]]),
    tenants: [
      {
        name: 'acme',
        sourceName: 'Acme',
        keys: [
          {
            label: 'limited',
            oldKey: 'sk-old',
            expiresAt: '2100-01-01T00:00:00.000Z',
            models: ['m'],
            networks: ['10.0.0.0/8'],
          },
        ],
      },
      { name: 'globex', sourceName: 'globex', keys: [] },
    ],
    leftOut: [],
    notes: [],
  }
}

async function rowsOf({ databasePath }: ImportTarget) {
  const database = await openDatabase({ path: databasePath, pid: 1, statements: [] })
  const { db } = database
  const tenants = await db.selectFrom('tenants').select(['name', 'tier']).execute()
  const keys = await db.selectFrom('api_keys').selectAll().execute()
  const audit = await db.selectFrom('audit_log').select(['action', 'actor', 'details']).execute()
  await database.close()
  return { tenants, keys, audit }
}

/** What a promise is rejected with. */
function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}

const REAL = { tier: 'pro', isDryRun: false } as const

test('tenants, keys, audit entries and files are there afterwards', async () => {
  const target = emptyTarget()
  await carryOut(plan(), target, REAL)

  const { tenants, keys, audit } = await rowsOf(target)
  expect(tenants).toEqual([
    { name: 'acme', tier: 'pro' },
    { name: 'globex', tier: 'pro' },
  ])
  expect(keys).toMatchObject([{ name: 'limited', expires_at: '2100-01-01T00:00:00.000Z' }])
  expect(audit.map(({ action, actor }) => `${action} ${actor}`)).toEqual([
    'tenant.created import',
    'api_key.created import',
    'tenant.created import',
  ])
  const mapping = JSON.parse(readFileSync(join(target.folder, 'key-mapping.json'), 'utf8'))
  expect(mapping).toEqual([
    {
      old_key: 'sk-old',
      new_key: expect.stringMatching(/^ares_/),
      tenant: 'acme',
      name: 'limited',
    },
  ])
  expect(JSON.stringify(audit)).not.toContain(mapping[0].new_key)
})

test('a new key is no wider than what it replaces', async () => {
  const target = emptyTarget()
  await carryOut(plan(), target, REAL)

  const [key] = (await rowsOf(target)).keys
  expect(JSON.parse(key!.scopes!)).toEqual(['run', 'chat', 'read'])
  expect(JSON.stringify(key)).toContain('10.0.0.0/8')
})

test('files are for their owner alone, and shells read the keys as they were', async () => {
  const target = emptyTarget()
  await carryOut(plan(), target, REAL)

  for (const name of readdirSync(target.folder)) {
    expect(statSync(join(target.folder, name)).mode & 0o777).toBe(0o600)
  }
  const script = `. ${join(target.folder, 'provider-keys.env')}; printf %s "$IMPORTED_P_API_KEY"`
  expect(Bun.spawnSync(['sh', '-c', script]).stdout.toString()).toBe("it's")
})

test('twice is once: what exists is named, and nothing is added', async () => {
  const target = emptyTarget()
  await carryOut(plan(), target, REAL)
  const before = await rowsOf(target)
  const again = await carryOut({ ...plan(), providers: [], secrets: new Map() }, target, REAL)

  expect(again).toContain('user Acme with 1 key: there is a tenant acme already')
  expect(again).toContain('Nothing to import.')
  expect(await rowsOf(target)).toEqual(before)
})

test('a dry run writes nothing at all, and tells the same', async () => {
  const target = emptyTarget()
  const dry = await carryOut(plan(), target, { tier: 'pro', isDryRun: true })
  expect(existsSync(target.folder)).toBe(false)
  expect(existsSync(target.databasePath)).toBe(false)

  const real = await carryOut(plan(), target, REAL)
  const told = dry.replace('Dry run of an import', 'Import').replace('Would be written', 'Written')
  expect(told).toBe(real)
})

test('a dry run leaves the folder of an existing database as it is', async () => {
  const target = emptyTarget()
  await carryOut(plan(), target, REAL)
  const data = join(target.databasePath, '..')
  const before = readdirSync(data)
  await carryOut({ ...plan(), providers: [] }, target, { tier: 'pro', isDryRun: true })
  expect(readdirSync(data)).toEqual(before)
})

test('a file in the way stops the import before anything is made', async () => {
  const target = emptyTarget()
  await Bun.write(join(target.folder, 'key-mapping.json'), 'mine')

  expect(await failure(carryOut(plan(), target, REAL))).toBeInstanceOf(ExpectedFailure)
  expect(existsSync(target.databasePath)).toBe(false)
  expect(readdirSync(target.folder)).toEqual(['key-mapping.json'])
})

test('when the files cannot be written, no tenant and no key is made', async () => {
  const target = emptyTarget()
  const blocked = { ...target, folder: join(target.databasePath, 'below-a-file') }
  expect(String(await failure(carryOut(plan(), blocked, REAL)))).toContain('nothing was imported')

  expect(await rowsOf(target)).toMatchObject({ tenants: [], keys: [], audit: [] })
})

test('when a name is taken meanwhile, the files are taken back', async () => {
  const target = emptyTarget()
  const { tenants, ...rest } = plan()
  const twice = { ...rest, tenants: [...tenants, tenants[1]!] }
  expect(String(await failure(carryOut(twice, target, REAL)))).toContain('Nothing was imported.')

  expect(await rowsOf(target)).toMatchObject({ tenants: [], keys: [] })
  expect(existsSync(join(target.folder, 'key-mapping.json'))).toBe(false)
})
