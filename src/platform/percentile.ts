/** The smallest value that so many per cent of all values do not exceed; null without values. */
export function percentile(values: readonly number[], percent: number): number | null {
  const ascending = values.toSorted((a, b) => a - b)
  return ascending[Math.ceil((percent / 100) * ascending.length) - 1] ?? null
}
