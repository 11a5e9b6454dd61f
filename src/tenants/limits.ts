import { type Static, Type } from '@sinclair/typebox'
import type { TierLimits } from '../config/config.ts'
import { nullable } from '../http/nullable.ts'

const Limit = (description: string) => nullable(Type.Integer({ description }))

/** What a tier allows; null is no limit. */
export const Limits = Type.Object({
  runs_per_month: Limit('runs and chats in a UTC month; null: no limit'),
  tokens_per_month: Limit('null: no limit'),
  requests_per_minute: Limit('null: no limit'),
})

export function toLimits(limits: TierLimits): Static<typeof Limits> {
  return {
    runs_per_month: limits.runsPerMonth,
    tokens_per_month: limits.tokensPerMonth,
    requests_per_minute: limits.requestsPerMinute,
  }
}
