import type { Clock } from '../clock.ts'
import { toTimestamp } from '../db/columns.ts'
import type { Db } from '../db/tables.ts'
import { dayOf, firstDayOf } from '../limits/period.ts'
import { addUsage, noUsage, sumUsage, type UsageSum } from '../usage/sums.ts'

/** By the id of the tenant. */
type ByTenant = Map<string, UsageSum>

/** What the platform used today and over the last 30 days, and who. */
export interface RecentUsage {
  today: UsageSum
  month: UsageSum
  /** Over the 30 days. */
  tenants: ByTenant
}

/** Today counts. */
const DAYS = 30
/** Days that are over hardly change: only runs that were under way at midnight are settled later. */
const KEPT_MS = 60_000

/** Adds up roll-ups for whoever asks, the days before today at most once a minute. */
export class RecentUsageReader {
  readonly #db: Db
  readonly #clock: Clock
  #past: { day: string; readMs: number; tenants: Promise<ByTenant> } | undefined

  constructor({ db, clock }: { db: Db; clock: Clock }) {
    this.#db = db
    this.#clock = clock
  }

  async read(): Promise<RecentUsage> {
    const day = dayOf(toTimestamp(this.#clock.now()))
    const past = await this.#pastBefore(day)
    const today = await this.#sum(day, day)
    const tenants = merged(past, today)
    return { today: total(today), month: total(tenants), tenants }
  }

  #pastBefore(today: string): Promise<ByTenant> {
    const nowMs = this.#clock.monotonicMs()
    if (this.#past?.day !== today || nowMs - this.#past.readMs >= KEPT_MS) {
      const yesterday = firstDayOf(today, 2)
      const tenants = this.#sum(firstDayOf(today, DAYS), yesterday)
      const past = { day: today, readMs: nowMs, tenants }
      this.#past = past
      // A failure is for those who wait for it, not for those who come later.
      tenants.catch(() => {
        if (this.#past === past) this.#past = undefined
      })
    }
    return this.#past.tenants
  }

  #sum(firstDay: string, lastDay: string): Promise<ByTenant> {
    return sumUsage(this.#db, { firstDay, lastDay, tenantId: null }, 'tenant_id')
  }
}

function merged(past: ByTenant, today: ByTenant): ByTenant {
  const all: ByTenant = new Map()
  for (const [id, used] of [...past, ...today]) {
    const sum = all.get(id) ?? noUsage()
    addUsage(sum, used)
    all.set(id, sum)
  }
  return all
}

function total(tenants: ByTenant): UsageSum {
  const sum = noUsage()
  for (const used of tenants.values()) addUsage(sum, used)
  return sum
}
