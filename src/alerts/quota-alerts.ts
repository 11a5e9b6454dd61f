import type { Config, Tier, TierLimits } from '../config/config.ts'
import type { Stamp } from '../db/changes.ts'
import type { Trx } from '../db/tables.ts'
import { percentUsed } from '../limits/quota.ts'
import {
  findMonthTotals,
  markAlerted,
  type MonthOfTenant,
  type MonthTotals,
} from '../usage/store.ts'
import { resolveOpenAlerts } from './resolve-alerts.ts'
import { hasQuotaAlert, insertAlert, type QuotaAlertKey, reopenQuotaAlert } from './store.ts'
import { type QuotaKind, quotaMessage, type Threshold, thresholdReached } from './thresholds.ts'

type Tiers = Config['tiers']

const QUOTAS: readonly QuotaKind[] = ['runs', 'tokens']

/** True when a quota has reached a threshold that nobody was told of: cheap, for every settled run. */
export function hasNewThreshold(tiers: Tiers, totals: MonthTotals): boolean {
  if (totals.deleted_at !== null) return false
  return QUOTAS.some((kind) => newThreshold(tiers, totals, kind) !== undefined)
}

/**
 * Tells of what is due, each threshold once per tenant, quota and period; a jump only of the highest.
 * The totals and the tier are read inside the transaction, so that of several callers one does.
 */
export async function raiseQuotaAlerts(
  trx: Trx,
  stamp: Stamp,
  of: MonthOfTenant,
  tiers: Tiers,
): Promise<void> {
  const totals = await findMonthTotals(trx, of)
  if (!totals || totals.deleted_at !== null) return
  for (const kind of QUOTAS) {
    const threshold = newThreshold(tiers, totals, kind)
    if (threshold) await raise(trx, stamp, of, { totals, kind, threshold, tiers })
  }
}

/**
 * After a tier change: resolves the alerts that the new limits make untrue, and tells of what they make true.
 * An alert that was resolved so is opened again when its threshold is reached under the new limit.
 */
export async function reviseQuotaAlerts(
  trx: Trx,
  stamp: Stamp,
  of: MonthOfTenant,
  tiers: Tiers,
): Promise<void> {
  const totals = await findMonthTotals(trx, of)
  if (!totals) return
  for (const kind of QUOTAS) {
    const threshold = thresholdReached(limitOf(tiers, totals, kind), totals[kind])
    const percent = threshold?.percent ?? 0
    await resolveOpenAlerts(trx, stamp, {
      kind: `quota_${kind}`,
      subject: of.month,
      tenantId: of.tenantId,
      aboveThreshold: percent,
    })
    const told = totals[`${kind}_alerted`]
    // After a jump past it, a threshold that is true again has never had an alert of its own.
    const untold =
      threshold && (percent > told || !(await hasQuotaAlert(trx, alertKey(of, kind, percent))))
    if (untold) await raise(trx, stamp, of, { totals, kind, threshold, tiers })
    else if (percent !== told) await markAlerted(trx, of, kind, percent)
  }
}

interface Due {
  totals: MonthTotals
  kind: QuotaKind
  threshold: Threshold
  tiers: Tiers
}

async function raise(
  trx: Trx,
  stamp: Stamp,
  of: MonthOfTenant,
  { totals, kind, threshold, tiers }: Due,
): Promise<void> {
  const key = alertKey(of, kind, threshold.percent)
  const percent = percentUsed(limitOf(tiers, totals, kind), totals[kind]) ?? 0
  const message = quotaMessage(totals.tenant_name, kind, percent)
  if (!(await reopenQuotaAlert(trx, key, message, stamp.now))) {
    const { severity } = threshold
    await insertAlert(trx, { id: stamp.newId(), severity, message, ...key, created_at: stamp.now })
  }
  await markAlerted(trx, of, kind, threshold.percent)
}

function alertKey(
  { tenantId, month }: MonthOfTenant,
  kind: QuotaKind,
  percent: number,
): QuotaAlertKey {
  return { tenant_id: tenantId, kind: `quota_${kind}`, subject: month, threshold: percent }
}

function newThreshold(tiers: Tiers, totals: MonthTotals, kind: QuotaKind): Threshold | undefined {
  const reached = thresholdReached(limitOf(tiers, totals, kind), totals[kind])
  return reached && reached.percent > totals[`${kind}_alerted`] ? reached : undefined
}

function limitOf(tiers: Tiers, { tier }: MonthTotals, kind: QuotaKind): number | null {
  const limits: TierLimits = tiers[tier as Tier]
  return kind === 'runs' ? limits.runsPerMonth : limits.tokensPerMonth
}
