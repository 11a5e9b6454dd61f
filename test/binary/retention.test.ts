import { afterAll, expect, test } from 'bun:test'
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { startScriptedProvider } from '../scripted-provider.ts'
import { cleanUp, configFor, eventually, SLOW_MS, startAres } from './ares.ts'
import { provision } from './callers.ts'

afterAll(cleanUp)

const provider = await startScriptedProvider()
afterAll(() => provider.stop())

test(
  'a running server drops by itself what has aged, and nothing else',
  async () => {
    const config = configFor(provider.url)
    const first = await startAres({ config })
    const tenant = await provision(first)
    await tenant.run()
    const { body: young } = await tenant.run()
    await first.stop()
    const path = join(first.folder, 'data/ares.db')
    makeOneOld(path)

    const again = await startAres({ cwd: first.folder, config })
    const left = await eventually('the old content is dropped', () => {
      const ids = contents(path)
      return ids.length === 1 ? ids : undefined
    })
    expect(left).toEqual([young.id])
    expect(await again.stop()).toBe(0)
  },
  SLOW_MS,
)

/** Gives the oldest run the id of one that was made 40 days ago. */
function makeOneOld(path: string): void {
  const database = new Database(path)
  database.pragma('foreign_keys = off')
  const id = Bun.randomUUIDv7('hex', Date.now() - 40 * 24 * 3600 * 1000)
  const oldest = '(select min(run_id) from run_contents)'
  database.prepare(`update runs set id = ? where id = ${oldest}`).run(id)
  database.prepare(`update run_contents set run_id = ? where run_id = ${oldest}`).run(id)
  database.close()
}

function contents(path: string): string[] {
  const database = new Database(path, { readonly: true })
  const rows = database.prepare('select run_id from run_contents').all() as { run_id: string }[]
  database.close()
  return rows.map(({ run_id }) => run_id)
}
