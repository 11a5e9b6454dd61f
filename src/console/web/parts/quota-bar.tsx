import { brief, count, share } from '../format.ts'

/** The share of a limit that is spent, from 0 to 1; null without a limit. */
function spent(used: number, limit: number | null): number | null {
  if (limit === null) return null
  return limit === 0 ? 1 : Math.min(1, used / limit)
}

/** The thresholds of the alerts. */
function toneOf(part: number | null): string {
  if (part === null || part < 0.8) return ''
  return part < 0.9 ? 'warn' : 'bad'
}

/** What was used of a quota, as words and as a bar. */
export function QuotaBar({
  label,
  used,
  limit,
}: {
  label: string
  used: number
  limit: number | null
}) {
  const part = spent(used, limit)
  return (
    <div class="quota">
      <div class="row spread">
        <span>{label}</span>
        <span
          class="number"
          title={limit === null ? undefined : `${count(used)} of ${count(limit)}`}
        >
          <strong>{brief(used)}</strong>{' '}
          <span class="muted">
            {limit === null ? 'no limit' : `of ${brief(limit)} · ${share(used, limit)}`}
          </span>
        </span>
      </div>
      <Track part={part ?? 0} tone={toneOf(part)} />
    </div>
  )
}

/** The same beneath a figure in a table. */
export function QuotaCell({ used, limit }: { used: number; limit: number | null }) {
  const part = spent(used, limit)
  return (
    <span title={limit === null ? 'no limit' : `${count(used)} of ${count(limit)}`}>
      {brief(used)}
      {part !== null && <Track part={part} tone={toneOf(part)} thin />}
    </span>
  )
}

function Track({ part, tone, thin = false }: { part: number; tone: string; thin?: boolean }) {
  return (
    <span class={`track ${tone} ${thin ? 'thin' : ''}`} style={{ display: 'block' }}>
      <span style={{ width: `${part * 100}%` }} />
    </span>
  )
}
