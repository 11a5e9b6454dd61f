import { Database } from 'bun:sqlite'
import { afterAll, describe, expect, test } from 'bun:test'
import { chmodSync, chownSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  cleanUp,
  configFor,
  emptyFolder,
  type Ended,
  runAres,
  SLOW_MS,
  type SpawnOptions,
  startAres,
} from './ares.ts'

afterAll(cleanUp)

const CONFIG = configFor('http://127.0.0.1:9/v1')

/** The last line: notes about the configuration may come before it. */
function expectOneLine({ code, stdout, stderr }: Ended): string {
  const lines = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('note: '))
  expect({ code, stdout, lines: lines.length }).toEqual({ code: 1, stdout: '', lines: 1 })
  return lines[0]!
}

function folderForServer(): string {
  const folder = emptyFolder()
  writeFileSync(join(folder, 'ares.toml'), CONFIG, { mode: 0o600 })
  mkdirSync(join(folder, 'data'), { mode: 0o700 })
  return folder
}

function fingerprint(path: string): string {
  return `${statSync(path).mtimeMs} ${Bun.hash(readFileSync(path))}`
}

const serve = (folder: string, options: SpawnOptions = {}) =>
  runAres(['serve', '--port', '0'], { cwd: folder, ...options })

describe('one process a port, one process a database', () => {
  test(
    'a port in use is one line, and the first server goes on',
    async () => {
      const first = await startAres()
      const port = new URL(first.url).port
      const ended = await runAres(['serve', '--port', port])
      expect(expectOneLine(ended)).toContain(port)
      expect((await fetch(`${first.url}/health`)).status).toBe(200)
      await first.stop()
    },
    SLOW_MS,
  )

  test(
    'a second process on the same database names the first',
    async () => {
      const first = await startAres()
      const ended = await serve(first.folder)
      expect(expectOneLine(ended)).toMatch(new RegExp(`\\b${first.pid}\\b`))
      expect((await fetch(`${first.url}/ready`)).status).toBe(200)

      await first.stop()
      const third = await startAres({ cwd: first.folder })
      expect(await third.stop()).toBe(0)
    },
    SLOW_MS,
  )

  test(
    'what kill -9 left behind does not keep the next process out',
    async () => {
      const first = await startAres()
      first.signal('SIGKILL')
      await first.ended
      const second = await startAres({ cwd: first.folder })
      expect(await second.stop()).toBe(0)
    },
    SLOW_MS,
  )
})

test(
  'too few files for a database are one line that says so',
  async () => {
    for (const files of [8, 12]) {
      const wrapper = ['bash', '-c', `ulimit -n ${files}; exec "$0" "$@"`]
      const line = expectOneLine(await serve(folderForServer(), { wrapper }))
      expect(line).toContain('may open too few files (EMFILE)')
    }
  },
  SLOW_MS,
)

describe('what is no database of ours is refused and left as it is', () => {
  test(
    'a file that is not a database',
    async () => {
      const folder = folderForServer()
      const path = join(folder, 'data/ares.db')
      writeFileSync(path, 'These are my notes, not a database. '.repeat(200))
      const before = fingerprint(path)
      expect(expectOneLine(await serve(folder))).toContain(path)
      expect(fingerprint(path)).toBe(before)
    },
    SLOW_MS,
  )

  test(
    'a short file that is not a database',
    async () => {
      const folder = folderForServer()
      const path = join(folder, 'data/ares.db')
      writeFileSync(path, 'notes\n')
      const before = fingerprint(path)
      expect(expectOneLine(await serve(folder))).toContain(path)
      expect(fingerprint(path)).toBe(before)
    },
    SLOW_MS,
  )

  test(
    'a folder',
    async () => {
      const folder = folderForServer()
      const path = join(folder, 'data/ares.db')
      mkdirSync(path)
      expect(expectOneLine(await serve(folder))).toContain(path)
      expect(statSync(path).isDirectory()).toBe(true)
    },
    SLOW_MS,
  )

  test(
    'a database of another program',
    async () => {
      const folder = folderForServer()
      const path = join(folder, 'data/ares.db')
      const other = new Database(path)
      other.run('create table songs (id integer primary key, title text)')
      other.run(`insert into songs values (1, 'Ares')`)
      other.close()
      const before = fingerprint(path)
      expect(expectOneLine(await serve(folder))).toContain(path)
      expect(fingerprint(path)).toBe(before)
    },
    SLOW_MS,
  )

  test(
    'a database of a newer ares, naming both versions',
    async () => {
      const first = await startAres({ config: CONFIG })
      expect(await first.stop()).toBe(0)
      const path = join(first.folder, 'data/ares.db')
      const future = new Database(path)
      future.run(`insert into kysely_migration values ('9999_from_the_future', '2030-01-01')`)
      // As a copy made by `vacuum into` is.
      future.run('pragma journal_mode = delete')
      future.close()
      const before = fingerprint(path)
      const line = expectOneLine(await serve(first.folder))
      expect(line).toContain('9999_from_the_future')
      expect(line).toMatch(/only up to 00\d\d_\w+/)
      expect(fingerprint(path)).toBe(before)
    },
    SLOW_MS,
  )

  test(
    'also with changes in its write-ahead log that are not folded in yet',
    async () => {
      const first = await startAres({ config: CONFIG })
      first.signal('SIGKILL')
      await first.ended
      const path = join(first.folder, 'data/ares.db')
      const wal = readFileSync(`${path}-wal`)
      const future = new Database(path)
      future.run(`insert into kysely_migration values ('9999_from_the_future', '2030-01-01')`)
      const folded = readFileSync(`${path}-wal`)
      expect(folded.length).toBeGreaterThan(wal.length)
      const copies = [path, `${path}-wal`].map((file) => [file, readFileSync(file)] as const)
      future.close()
      // Closing folded them in; this is the moment before.
      for (const [file, bytes] of copies) writeFileSync(file, bytes)
      const before = [fingerprint(path), fingerprint(`${path}-wal`)]
      expect(expectOneLine(await serve(first.folder))).toContain('9999_from_the_future')
      expect([fingerprint(path), fingerprint(`${path}-wal`)]).toEqual(before)
    },
    SLOW_MS,
  )

  test(
    'a file that was cut off',
    async () => {
      const first = await startAres({ config: CONFIG })
      expect(await first.stop()).toBe(0)
      const path = join(first.folder, 'data/ares.db')
      writeFileSync(path, readFileSync(path).subarray(0, 9000))
      const before = fingerprint(path)
      expect(expectOneLine(await serve(first.folder))).toContain(path)
      expect(fingerprint(path)).toBe(before)
    },
    SLOW_MS,
  )
})

/** Root may write everywhere, so the program runs as nobody. */
const NOBODY = 65_534
const asNobody = {
  wrapper: ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'],
}

describe('a place where this user may not write', () => {
  test.if(process.getuid?.() === 0)(
    'a folder, and then a file, that belongs to somebody else',
    async () => {
      const folder = folderForServer()
      const data = join(folder, 'data')
      chmodSync(folder, 0o755)
      chmodSync(join(folder, 'ares.toml'), 0o644)
      chmodSync(data, 0o755)
      expect(expectOneLine(await serve(folder, asNobody))).toContain(join(data, 'ares.db'))

      await (await startAres({ cwd: folder })).stop()
      const path = join(data, 'ares.db')
      chmodSync(path, 0o444)
      const before = fingerprint(path)
      chownSync(data, NOBODY, NOBODY)
      chownSync(join(data, 'ares.db.lock'), NOBODY, NOBODY)
      expect(expectOneLine(await serve(folder, asNobody))).toContain(path)
      expect(fingerprint(path)).toBe(before)
    },
    SLOW_MS,
  )

  test.if(process.getuid?.() === 0)(
    'a working directory that cannot be written, without any configuration',
    async () => {
      const folder = emptyFolder()
      chmodSync(folder, 0o555)
      expect(expectOneLine(await serve(folder, asNobody))).toContain(join(folder, 'data/ares.db'))
    },
    SLOW_MS,
  )
})
