import { Database } from 'bun:sqlite'
import { afterAll, describe, expect, test } from 'bun:test'
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { breakTable } from '../damage.ts'
import {
  type AresProcess,
  cleanUp,
  configFor,
  emptyFolder,
  eventually,
  runAres,
  SLOW_MS,
  startAres,
  within,
} from './ares.ts'
import { operator, provision } from './callers.ts'

afterAll(cleanUp)

const CONFIG = configFor('http://127.0.0.1:9/v1')

const databaseOf = ({ folder }: { folder: string }) => join(folder, 'data/ares.db')

/** The code of `/ready`, once it is not ready. */
function notReady({ url }: AresProcess): Promise<string> {
  return eventually('/ready says that it is not', async () => {
    const reply = await fetch(`${url}/ready`)
    if (reply.status === 200) return undefined
    return `${reply.status} ${((await reply.json()) as { code: string }).code}`
  })
}

async function openAlerts(server: AresProcess): Promise<string[]> {
  const { body } = await operator(server).get('/api/admin/alerts?resolved=false')
  return (body.alerts as { message: string }[]).map(({ message }) => message)
}

const ended = (server: AresProcess) => within(20_000, server.ended, () => 'the end')

/** A clean database with a tenant, and nobody's any more. */
async function stoppedServer(): Promise<AresProcess> {
  const server = await startAres({ config: CONFIG })
  await provision(server)
  expect(await server.stop()).toBe(0)
  return server
}

describe('damage', () => {
  test(
    'ares check --database looks for it first and says what it is',
    async () => {
      const server = await stoppedServer()
      breakTable(databaseOf(server), 'audit_log')
      const { code, stdout, stderr } = await runAres(['check', '--database'], {
        cwd: server.folder,
      })
      expect(code).toBe(1)
      expect(stdout).toMatch(/^table audit_log: ./m)
      expect(stdout).not.toContain('every total is right')
      expect(stderr).toContain(`${databaseOf(server)} is damaged`)
    },
    SLOW_MS,
  )

  test(
    'after kill -9 the database is looked through, once the server listens',
    async () => {
      const server = await startAres({ config: CONFIG })
      await provision(server)
      server.signal('SIGKILL')
      await server.ended
      foldLog(databaseOf(server))
      breakTable(databaseOf(server), 'run_contents')
      const again = await startAres({ cwd: server.folder })
      again.signal('SIGKILL')
      await again.ended

      const damaged = await startAres({ cwd: server.folder })
      expect(await notReady(damaged)).toBe('503 storage_damaged')
      expect((await fetch(`${damaged.url}/health`)).status).toBe(200)
      expect(await openAlerts(damaged)).toEqual([
        expect.stringContaining('The database is damaged'),
      ])
      expect(damaged.stderr()).toContain('damage in the database')
      expect(existsSync(`${databaseOf(server)}.fault`)).toBe(true)
      expect(await damaged.stop()).toBe(0)

      // A stop in good order does not make it forgotten.
      const later = await startAres({ cwd: server.folder })
      expect(await notReady(later)).toBe('503 storage_damaged')
      expect(await later.stop()).toBe(0)
    },
    2 * SLOW_MS,
  )
})

/** What is in the log would be written over the damage. */
function foldLog(path: string): void {
  const database = new Database(path)
  database.run('pragma wal_checkpoint(truncate)')
  database.close()
}

/** A folder whose configuration names a database on the disk of another. */
function folderFor(folder: string, name: string): string {
  const own = emptyFolder()
  mkdirSync(join(own, 'data'))
  symlinkSync(join(folder, 'disk', name), join(own, 'data/ares.db'))
  return own
}

function replace(path: string): void {
  copyFileSync(path, `${path}.new`)
  renameSync(`${path}.new`, path)
}

describe('where the database lies', () => {
  test(
    'a linked one is opened where it is, with its log and lock beside it',
    async () => {
      const folder = emptyFolder()
      mkdirSync(join(folder, 'data'))
      mkdirSync(join(folder, 'disk'))
      const first = await stoppedServer()
      renameSync(databaseOf(first), join(folder, 'disk/real.db'))
      symlinkSync('../disk/real.db', join(folder, 'data/ares.db'))
      const server = await startAres({ cwd: folder, config: CONFIG })
      expect(server.stdout()).toContain(join(folder, 'disk/real.db'))
      for (const end of ['-wal', '.lock']) {
        expect(existsSync(join(folder, `disk/real.db${end}`))).toBe(true)
        expect(existsSync(join(folder, `data/ares.db${end}`))).toBe(false)
      }
      const { body } = await operator(server).get('/api/admin/tenants')
      expect(body.tenants).toMatchObject([{ name: 'acme' }])

      // Under its own name it is the same database, and taken.
      const direct = await runAres(['serve', '--port', '0'], { cwd: folderFor(folder, 'real.db') })
      expect(direct.stderr).toContain(`pid ${server.pid}`)
      expect(await server.stop()).toBe(0)
    },
    SLOW_MS,
  )

  test(
    'one with two names is refused in a sentence',
    async () => {
      const server = await stoppedServer()
      linkSync(databaseOf(server), join(server.folder, 'data/second.db'))
      const { code, stderr } = await runAres(['serve', '--port', '0'], { cwd: server.folder })
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('hard links') })
      rmSync(join(server.folder, 'data/second.db'))
      expect(await (await startAres({ cwd: server.folder })).stop()).toBe(0)
    },
    SLOW_MS,
  )

  const losses = [
    ['the file deleted', (path: string) => rmSync(path)],
    ['the file replaced', (path: string) => replace(path)],
    ['its folder deleted', (path: string) => rmSync(join(path, '..'), { recursive: true })],
    ['its folder moved', (path: string) => renameSync(join(path, '..'), join(path, '../../away'))],
    ['the lock deleted', (path: string) => rmSync(`${path}.lock`)],
    ['the lock replaced', (path: string) => replace(`${path}.lock`)],
  ] as const
  test.each(losses)(
    '%s under a running server: 503, an error in the log, and an end with status 1',
    async (_what, act) => {
      const server = await startAres({ config: CONFIG })
      const tenant = await provision(server)
      act(databaseOf(server))
      expect(await notReady(server)).toBe('503 storage_damaged')
      expect((await tenant.run()).body).toMatchObject({ code: 'storage_damaged' })
      expect(await ended(server)).toBe(1)
      expect(server.stderr()).toContain('"level":"error"')
    },
    SLOW_MS,
  )

  test(
    'without its lock file a running server is found all the same, and it ends; then there is an alert',
    async () => {
      const server = await startAres({ config: CONFIG })
      rmSync(`${databaseOf(server)}.lock`)
      const second = await runAres(['serve', '--port', '0'], { cwd: server.folder })
      expect({ code: second.code, stderr: second.stderr }).toEqual({
        code: 1,
        stderr: expect.stringContaining('in use by another process'),
      })
      expect(await ended(server)).toBe(1)
      const third = await startAres({ cwd: server.folder })
      expect(await openAlerts(third)).toEqual([expect.stringContaining('the lock of its database')])
      expect(await third.stop()).toBe(0)
    },
    SLOW_MS,
  )
})
