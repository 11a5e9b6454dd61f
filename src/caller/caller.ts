import type { Powers } from './powers.ts'
import type { Tier, TierLimits } from '../config/config.ts'

/** What a tenant has spent in a month. */
export interface MonthUse {
  runs: number
  tokens: number
}

/** Who asks on /v1: a verified key and its tenant, as they stood when the request began. */
export interface Caller {
  keyId: string
  tenantId: string
  tenantName: string
  tier: Tier
  limits: TierLimits
  /** What the key is limited to; null when it may do all that the tenant may. */
  powers: Powers | null
  /** Keys whose spending is counted together, see `ApiKeysTable.family_id`. */
  familyId: string
  /** Spent in this month by the whole tenant; null until this request itself spends. */
  used: MonthUse | null
}
