import type { ModelCall } from './provider.ts'

/** The limit of an answer that a request sets: no more than its model can write, which asks for the same answer. */
export function askedLimit({
  maxTokens,
  model,
}: Pick<ModelCall, 'maxTokens' | 'model'>): number | undefined {
  return maxTokens === undefined
    ? undefined
    : Math.min(maxTokens, model.maxOutputTokens ?? Infinity)
}
