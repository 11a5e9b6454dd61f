import { Database } from 'bun:sqlite'
import { join } from 'node:path'
import { eventually } from '../../binary/ares.ts'

/** Waits until no run is under way. @returns how many there are of each status */
export function settledRuns({ folder }: { folder: string }) {
  return eventually('every run is settled', () => {
    const database = new Database(join(folder, 'data/ares.db'), { readonly: true })
    const { open, ...ended } = database
      .query<{ open: number; completed: number; failed: number }, []>(
        `select count(*) filter (where lease_until is not null) as open,
           count(*) filter (where status = 'completed') as completed,
           count(*) filter (where status = 'failed') as failed from runs`,
      )
      .get()!
    database.close()
    return open === 0 ? ended : undefined
  })
}
