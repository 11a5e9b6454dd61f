import { percentUsed } from '../limits/quota.ts'

export type Severity = 'info' | 'warning' | 'critical'

/** The two quotas of a tenant. */
export type QuotaKind = 'runs' | 'tokens'

export interface Threshold {
  percent: number
  severity: Severity
}

/** Highest first. Source: contract 6.7. */
export const THRESHOLDS: readonly Threshold[] = [
  { percent: 100, severity: 'critical' },
  { percent: 90, severity: 'critical' },
  { percent: 80, severity: 'warning' },
]

/** The highest threshold that this use of a quota has reached; undefined below 80 % and without a limit. */
export function thresholdReached(limit: number | null, used: number): Threshold | undefined {
  const percent = percentUsed(limit, used)
  if (percent === null) return undefined
  return THRESHOLDS.find((threshold) => percent >= threshold.percent)
}

/** `Tenant acme-corp approaching token quota (92%)`. Source: Admin API, "List Alerts". */
export function quotaMessage(tenantName: string, kind: QuotaKind, percent: number): string {
  const quota = kind === 'runs' ? 'run quota' : 'token quota'
  return percent >= 100
    ? `Tenant ${tenantName} reached its ${quota} (100%)`
    : `Tenant ${tenantName} approaching ${quota} (${percent}%)`
}
