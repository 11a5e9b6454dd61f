import type { PlannedModel } from './plan.ts'

/** What is written when the source does not tell: what chat models of today take at least, and embedding models. */
const ASSUMED_CONTEXT = { chat: 128_000, embedding: 8192 } as const

const LARGEST_CONTEXT = 1_000_000_000

/** The context length of a model, marked as assumed when the source does not tell it. */
export function contextLength(
  told: number | null,
  mode: PlannedModel['mode'],
): Pick<PlannedModel, 'contextLength' | 'isContextAssumed'> {
  if (told === null || told < 1)
    return { contextLength: ASSUMED_CONTEXT[mode], isContextAssumed: true }
  return { contextLength: Math.min(Math.round(told), LARGEST_CONTEXT), isContextAssumed: false }
}
