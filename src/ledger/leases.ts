import type { Clock } from '../clock.ts'
import { toTimestamp } from '../db/columns.ts'
import { statement } from '../db/statements.ts'
import type { Writer } from '../db/writer-contract.ts'
import type { Log } from '../log.ts'
import type { OpenRun } from './run-row.ts'

/*
 * Who owns a run: the process that executes it, for as long as it renews the run's lease. A run whose lease has lapsed
 * is an orphan, which anybody may settle (`recover.ts`).
 */

/** After this long without a renewal, the owner of a run is presumed dead. */
export const LEASE_MS = 5 * 60_000
/** The same where others wait for it to be told dead. */
export const SHARED_LEASE_MS = 45_000
/** Leases with less than this share left are renewed: most runs end before. */
const RENEW_BELOW = 1 / 2
/** The longest time between two looks, as a share of the lease. */
const LOOK_EVERY = 1 / 10

/** Moves the end of a lease that its owner still holds; changes no row when somebody has settled the run. */
export const renewLease = statement(
  'renew_lease',
  (db, p: Pick<OpenRun, 'id' | 'node_id' | 'lease_until'>) =>
    db
      .updateTable('runs')
      .set({ lease_until: p.lease_until })
      .where('id', '=', p.id)
      .where('status', '=', 'running')
      .where('node_id', '=', p.node_id),
)

export interface LeaseDeps {
  writer: Writer
  clock: Clock
  log: Log
  /** Which process this is. */
  nodeId: string
  leaseMs: number
}

interface HeldLease {
  run: OpenRun
  untilMs: number
  lost: () => void
}

/** The leases of the runs that this process has under way. */
export class Leases {
  readonly #deps: LeaseDeps
  readonly #held = new Map<string, HeldLease>()
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(deps: LeaseDeps) {
    this.#deps = deps
  }

  /** The lease of a run that begins now. */
  next(): Pick<OpenRun, 'node_id' | 'lease_until'> {
    const { clock, nodeId, leaseMs } = this.#deps
    return { node_id: nodeId, lease_until: toTimestamp(new Date(clock.now().getTime() + leaseMs)) }
  }

  /** Keeps the lease alive until it is released. @param lost called when it could not be: the run is somebody else's */
  hold(run: OpenRun, lost: () => void): void {
    const { clock, leaseMs } = this.#deps
    this.#held.set(run.id, { run, untilMs: clock.monotonicMs() + leaseMs, lost })
  }

  /** The run is settled. */
  release({ id }: Pick<OpenRun, 'id'>): void {
    this.#held.delete(id)
  }

  /** Renews what would lapse soon. Storage trouble is logged; the next look tries again. */
  async renewDue(): Promise<void> {
    const { clock, leaseMs } = this.#deps
    const dueMs = clock.monotonicMs() + leaseMs * RENEW_BELOW
    const due = [...this.#held.values()].filter(({ untilMs }) => untilMs <= dueMs)
    await Promise.all(due.map((held) => this.#renew(held)))
  }

  /** Begins to look after the leases. */
  start(): void {
    this.#timer = setInterval(() => void this.renewDue(), this.#deps.leaseMs * LOOK_EVERY)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async #renew(held: HeldLease): Promise<void> {
    const { writer, clock, log, leaseMs } = this.#deps
    const { run, lost } = held
    const params = { id: run.id, ...this.next() }
    const untilMs = clock.monotonicMs() + leaseMs
    try {
      const steps = [{ statement: renewLease.name, params, otherwise: 'refuse' as const }]
      const { refused } = await writer.submit({ steps, additions: [] })
      // Settled by us in the meantime: then nobody has lost it.
      if (refused && this.#held.delete(run.id)) lost()
      else held.untilMs = untilMs
    } catch (error) {
      log.warn('the lease of a run could not be renewed', { run_id: run.id }, error)
    }
  }
}
