import type { SharedBuckets } from '../database.ts'
import type { Session } from './pool.ts'

/** What is in the bucket now: what was left, what a new limit adds or takes, and what time has brought since. */
const AVAILABLE = `least($2::float8,
  greatest(0, b.level + $2::float8 - b.per_minute) + greatest(0, $3::bigint - b.filled_ms) * $2::float8 / 60000)`

const TAKE = `
  insert into rate_buckets as b (tenant_id, per_minute, level, filled_ms, allowed)
  values ($1, $2, greatest(0, $2::float8 - 1), $3, $2 >= 1)
  on conflict (tenant_id) do update set
    per_minute = $2,
    level = case when ${AVAILABLE} >= 1 then ${AVAILABLE} - 1 else ${AVAILABLE} end,
    filled_ms = greatest(b.filled_ms, $3),
    allowed = ${AVAILABLE} >= 1
  returning level, allowed`

/** Token buckets that all nodes take from, each in one statement, so that no request passes twice. */
export function sharedBuckets(session: Session): SharedBuckets {
  return {
    async take(tenantId, perMinute, now) {
      const { rows } = await session.run(TAKE, [tenantId, perMinute, now.getTime()])
      return rows[0] as { level: number; allowed: boolean }
    },
  }
}
