import type { TierLimits } from '../config/config.ts'
import type { Db } from '../db/tables.ts'
import type { Stamp } from '../db/changes.ts'
import { percentUsed } from '../usage/quota.ts'
import { insertAlert, resolveOpenAlerts } from './store.ts'
import { type QuotaKind, quotaMessage, thresholdReached } from './thresholds.ts'

/** A tenant's month as the ledger keeps it, and the highest thresholds already raised in it. */
export interface MonthTotals {
  runs: number
  tokens: number
  runs_alerted: number
  tokens_alerted: number
}

export interface MonthOfTenant {
  tenantId: string
  tenantName: string
  month: string
}

const QUOTAS: readonly QuotaKind[] = ['runs', 'tokens']

/** True when a quota has reached a threshold that nobody was told of: cheap, for every settled run. */
export function hasNewThreshold(limits: TierLimits, totals: MonthTotals): boolean {
  return QUOTAS.some((kind) => newThreshold(limits, totals, kind) !== undefined)
}

/**
 * Raises what is due, each threshold once per tenant, quota and period; a jump raises only the highest.
 * The totals are read again inside the transaction, so that of several callers one raises.
 */
export async function raiseQuotaAlerts(
  trx: Db,
  stamp: Stamp,
  of: MonthOfTenant,
  limits: TierLimits,
): Promise<void> {
  const totals = await readTotals(trx, of)
  if (!totals) return
  for (const kind of QUOTAS) {
    const threshold = newThreshold(limits, totals, kind)
    if (!threshold) continue
    await insertAlert(trx, {
      id: stamp.newId(),
      severity: threshold.severity,
      message: quotaMessage(
        of.tenantName,
        kind,
        percentUsed(limitOf(limits, kind), totals[kind]) ?? 0,
      ),
      tenant_id: of.tenantId,
      kind: `quota_${kind}`,
      threshold: threshold.percent,
      subject: of.month,
      created_at: stamp.now,
    })
    await markAlerted(trx, of, kind, threshold.percent)
  }
}

/**
 * After a tier change: resolves the alerts that the new limits make untrue, and raises those they make true.
 * What is no longer true may be raised again when the new limit is approached.
 */
export async function reviseQuotaAlerts(
  trx: Db,
  stamp: Stamp,
  of: MonthOfTenant,
  limits: TierLimits,
): Promise<void> {
  const totals = await readTotals(trx, of)
  if (!totals) return
  for (const kind of QUOTAS) {
    const stillTrue = thresholdReached(limitOf(limits, kind), totals[kind])?.percent ?? 0
    await resolveOpenAlerts(
      trx,
      {
        kind: `quota_${kind}`,
        subject: of.month,
        tenantId: of.tenantId,
        aboveThreshold: stillTrue,
      },
      stamp.now,
    )
    if (stillTrue < totals[`${kind}_alerted`]) await markAlerted(trx, of, kind, stillTrue)
  }
  await raiseQuotaAlerts(trx, stamp, of, limits)
}

function newThreshold(limits: TierLimits, totals: MonthTotals, kind: QuotaKind) {
  const reached = thresholdReached(limitOf(limits, kind), totals[kind])
  return reached && reached.percent > totals[`${kind}_alerted`] ? reached : undefined
}

function limitOf(limits: TierLimits, kind: QuotaKind): number | null {
  return kind === 'runs' ? limits.runsPerMonth : limits.tokensPerMonth
}

function readTotals(trx: Db, { tenantId, month }: MonthOfTenant): Promise<MonthTotals | undefined> {
  return trx
    .selectFrom('tenant_months')
    .select(['runs', 'tokens', 'runs_alerted', 'tokens_alerted'])
    .where('tenant_id', '=', tenantId)
    .where('month', '=', month)
    .executeTakeFirst()
}

async function markAlerted(
  trx: Db,
  { tenantId, month }: MonthOfTenant,
  kind: QuotaKind,
  percent: number,
): Promise<void> {
  await trx
    .updateTable('tenant_months')
    .set(kind === 'runs' ? { runs_alerted: percent } : { tokens_alerted: percent })
    .where('tenant_id', '=', tenantId)
    .where('month', '=', month)
    .execute()
}
