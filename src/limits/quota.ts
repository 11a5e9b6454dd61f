/** The share of a quota already spent, in whole per cent rounded down; null without a limit. */
export function percentUsed(limit: number | null, used: number): number | null {
  if (limit === null) return null
  // Multiplied first: 0.29 × 100 is less than 29 in floating point.
  return limit === 0 ? 100 : Math.floor((used * 100) / limit)
}

/** What is left of a quota, never below 0; null without a limit. */
export function remaining(limit: number | null, used: number): number | null {
  return limit === null ? null : Math.max(0, limit - used)
}
