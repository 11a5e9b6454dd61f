import { nextTurn } from '../next-turn.ts'
import { systemClock } from '../clock.ts'
import type { StorageFault } from '../db/soundness.ts'
import type { AresDatabase } from '../db/database.ts'
import type { AresServer } from '../deps.ts'
import type { Log } from '../log.ts'
import type { Listener } from './listen.ts'

/** What is running, and has to be stopped in good order. */
export interface Running {
  ares: AresServer
  listener: Listener
  database: AresDatabase
  log: Log
  graceMs: number
}

/** For the last bytes of answers to leave: a client that does not read them would keep us for ever. */
const FLUSH_MS = { most: 1000, least: 100 }
/** The end comes within a second of the grace; the other half is for the database. */
const FLUSHED_AFTER_GRACE_MS = 500
/** Before the port closes, for those who ask whether we are ready to hear that we are not. */
const HEARD_MS = 1000

/** Exit status of a stop that nobody has asked for. */
const EXIT_STORAGE = 1

/** Ends the process in good order: on a signal with status 0, and with 1 when the storage is no longer ours to write. */
export function stopWhenTold(running: Running): void {
  let isStopping = false
  const begin = (stopping: () => Promise<void>, status: number) => {
    isStopping = true
    stopping().then(
      () => process.exit(status),
      (error: unknown) => {
        running.log.error('the stop failed', {}, error)
        process.exit(1)
      },
    )
  }
  const onSignal = (signal: string) => {
    if (isStopping) process.exit(1)
    running.log.info('stopping', { signal })
    begin(() => stop(running), 0)
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
  void running.ares.storage.end.then(({ state }) => {
    if (!isStopping) begin(() => STOPS[state](running), EXIT_STORAGE)
  })
}

const STOPS: Record<StorageFault['state'], (running: Running) => Promise<void>> = {
  damaged: stop,
  disowned: async (running) => {
    await Bun.sleep(HEARD_MS)
    await stop(running)
  },
  untrusted: leave,
}

async function stop({ ares, listener, database, graceMs }: Running): Promise<void> {
  const startedMs = systemClock.monotonicMs()
  const drained = listener.stop(false)
  await ares.shutDown(graceMs)
  const leftMs = startedMs + graceMs + FLUSHED_AFTER_GRACE_MS - systemClock.monotonicMs()
  const flushMs = Math.min(FLUSH_MS.most, Math.max(FLUSH_MS.least, leftMs))
  await Promise.race([drained, Bun.sleep(flushMs)])
  // `stop(true)` may never resolve.
  void listener.stop(true)
  await database.close()
  await loggedAll()
}

/** Without another byte to the storage: what runs is stopped, and told so. */
async function leave({ ares, listener, database }: Running): Promise<void> {
  await Promise.all([ares.shutDown(0), Bun.sleep(HEARD_MS)])
  await Promise.race([listener.stop(false), Bun.sleep(FLUSH_MS.most)])
  await database.abandon()
  await loggedAll()
}

/** The log writes the lines of a turn at its end. */
function loggedAll(): Promise<void> {
  return nextTurn()
}
