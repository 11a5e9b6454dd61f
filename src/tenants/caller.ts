import type { Tier, TierLimits } from '../config/config.ts'
import type { MonthUse } from '../usage/store.ts'

/** Who asks on /v1: a verified key and its tenant, as they stood when the request began. */
export interface Caller {
  keyId: string
  tenantId: string
  tenantName: string
  tier: Tier
  limits: TierLimits
  /** Spent in this month by the whole tenant; null until this request itself spends. */
  used: MonthUse | null
}
