import { sql } from 'kysely'
import type { Session } from './pool.ts'

/** `ARES` in ASCII: which of the locks that all programs on the database share. */
const LOCK = 0x41524553

/** Makes a transaction wait until it is the only one of all nodes; held until it ends. The first thing it does. */
export const TURN = sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`

/** The same for a transaction on a session. */
export async function takeTurn(session: Session): Promise<void> {
  await session.run(`select pg_advisory_xact_lock(${LOCK})`, [])
}
