import type { Effort } from './request.ts'

/*
 * What an effort is worth in tokens of thought, for providers that want a number, and back. The steps are those that
 * routers between the families have settled on.
 */

const BUDGETS: Record<Effort, number> = {
  none: 0,
  minimal: 1024,
  low: 2048,
  medium: 8192,
  high: 16_384,
  xhigh: 24_576,
  max: 32_768,
}

/** How many tokens a model may think at that effort; 0 is not at all. */
export function budgetOf(effort: Effort): number {
  return BUDGETS[effort]
}

/** The effort whose budget is the next that is no smaller, among those that every provider knows. */
export function effortOf(tokens: number): 'low' | 'medium' | 'high' {
  if (tokens <= BUDGETS.low) return 'low'
  return tokens <= BUDGETS.medium ? 'medium' : 'high'
}
