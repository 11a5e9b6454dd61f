import type { Finding } from './finding.ts'
import type { ConfigDraft } from './schema.ts'

/** Contents must go before runs are refused. */
export function checkRetention({ retention = {} }: ConfigDraft): Finding[] {
  const { low_disk_mb: low, min_disk_mb: min } = retention
  if (low === undefined || min === undefined || min <= low) return []
  const message = `found ${min}; allowed: at most retention.low_disk_mb, ${low}`
  return [{ path: ['retention', 'min_disk_mb'], message }]
}
