import type { Tier, TierLimits } from '../config/config.ts'

/** Who asks on /v1: a verified key and its tenant, as they stood when the request began. */
export interface Caller {
  keyId: string
  tenantId: string
  tenantName: string
  tier: Tier
  limits: TierLimits
  /** Spent in this month by the whole tenant; brought up to date when this request spends. */
  used: { runs: number; tokens: number }
}
