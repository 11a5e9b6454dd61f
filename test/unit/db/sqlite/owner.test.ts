import { describe, expect, test } from 'bun:test'
import Database from 'better-sqlite3'
import { DatabaseInUse, ownDatabase } from '../../../../src/db/sqlite/owner.ts'
import { scratchPath } from '../scratch.ts'

const OWNER = new URL('../../../../src/db/sqlite/owner.ts', import.meta.url).pathname

/** Another process that owns the database until it is killed. */
async function ownerProcess(path: string) {
  const program = `
    const { ownDatabase } = await import(${JSON.stringify(OWNER)})
    globalThis.owner = ownDatabase(${JSON.stringify(path)}, process.pid)
    console.log('mine')
    setInterval(() => globalThis.owner, 1000)`
  const child = Bun.spawn([process.execPath, '-e', program], { stdout: 'pipe', stderr: 'inherit' })
  const reader = child.stdout.getReader()
  const { value } = await reader.read()
  expect(new TextDecoder().decode(value)).toBe('mine\n')
  return child
}

describe('ownDatabase', () => {
  test('a second owner is refused at once, with the pid of the first', () => {
    const path = scratchPath()
    const first = ownDatabase(path, 4711)
    let refusal: unknown
    try {
      ownDatabase(path, 4712)
    } catch (error) {
      refusal = error
    }
    expect(refusal).toBeInstanceOf(DatabaseInUse)
    expect((refusal as Error).message).toContain('pid 4711')
    expect((refusal as Error).message).toContain(path)
    first.release()
  })

  test('after the release it is free, and the next owner is named', () => {
    const path = scratchPath()
    ownDatabase(path, 1).release()
    const second = ownDatabase(path, 2)
    expect(() => ownDatabase(path, 3)).toThrow('pid 2')
    second.release()
  })

  test('another process holds it, and kill -9 frees it', async () => {
    const path = scratchPath()
    const child = await ownerProcess(path)
    expect(() => ownDatabase(path, 1)).toThrow(`pid ${child.pid}`)
    child.kill('SIGKILL')
    await child.exited
    ownDatabase(path, 1).release()
  }, 15_000)

  test('of many processes at once, one gets it', async () => {
    const path = scratchPath()
    const program = `
      const { ownDatabase } = await import(${JSON.stringify(OWNER)})
      try {
        globalThis.owner = ownDatabase(${JSON.stringify(path)}, process.pid)
        console.log('mine')
      } catch (error) {
        console.log(error.constructor.name)
      }
      await Bun.stdin.text()
      globalThis.owner?.release()`
    const children = Array.from({ length: 4 }, () =>
      Bun.spawn([process.execPath, '-e', program], { stdin: 'pipe', stdout: 'pipe' }),
    )
    const said = await Promise.all(
      children.map(async ({ stdout }) => {
        const { value } = await stdout.getReader().read()
        return new TextDecoder().decode(value).trim()
      }),
    )
    for (const child of children) await child.stdin.end()
    await Promise.all(children.map(({ exited }) => exited))
    expect(said.toSorted()).toEqual(['DatabaseInUse', 'DatabaseInUse', 'DatabaseInUse', 'mine'])
  }, 20_000)

  test('the database itself stays open to backup tools', () => {
    const path = scratchPath()
    const owner = ownDatabase(path, 1)
    const tool = new Database(path)
    tool.exec('create table t (id integer)')
    tool.close()
    owner.release()
  })
})
