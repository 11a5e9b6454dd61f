import { describe, expect, test } from 'bun:test'
import { linkSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { realDatabasePath, UnsafeFile } from '../../../../src/db/sqlite/real-path.ts'
import { scratchPath } from '../scratch.ts'

function scratch(): { path: string; folder: string } {
  const path = join(realpathSync(dirname(scratchPath())), 'ares.db')
  return { path, folder: dirname(path) }
}

const write = (path: string, text = 'x') => writeFileSync(path, text)

describe('where a database really is', () => {
  test('a file that is there, and one that will be made, as they are called', () => {
    const { path } = scratch()
    expect(realDatabasePath(path)).toBe(path)
    write(path)
    expect(realDatabasePath(path)).toBe(path)
  })

  test('a link to the file, and one to its folder, lead to the file', () => {
    const { path, folder } = scratch()
    mkdirSync(join(folder, 'disk'))
    const real = join(folder, 'disk/real.db')
    write(real)
    symlinkSync('disk/real.db', path)
    expect(realDatabasePath(path)).toBe(real)
    symlinkSync('disk', join(folder, 'linked'))
    expect(realDatabasePath(join(folder, 'linked/real.db'))).toBe(real)
    expect(realDatabasePath(join(folder, 'linked/new.db'))).toBe(join(folder, 'disk/new.db'))
  })

  test('a link that leads nowhere is refused: the disk behind it may not be mounted', () => {
    const { path } = scratch()
    symlinkSync('not/there.db', path)
    expect(() => realDatabasePath(path)).toThrow(UnsafeFile)
    expect(() => realDatabasePath(path)).toThrow(path)
  })

  test('a file with two names is refused, under each', () => {
    const { path, folder } = scratch()
    write(path)
    const other = join(folder, 'other.db')
    linkSync(path, other)
    expect(() => realDatabasePath(path)).toThrow('2 names (hard links)')
    expect(() => realDatabasePath(other)).toThrow(UnsafeFile)
  })

  test('a log without its database is refused, for a new database would throw it away', () => {
    const { path } = scratch()
    write(`${path}-wal`)
    expect(() => realDatabasePath(path)).toThrow(`${path}-wal`)
    write(path, '')
    expect(() => realDatabasePath(path)).toThrow(UnsafeFile)
    write(path)
    expect(realDatabasePath(path)).toBe(path)
  })
})
