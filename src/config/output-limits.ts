/*
 * Anthropic's API wants to be told how long an answer may be. Where neither a request nor the operator says, it is what
 * the model can write. Source: Anthropic's table of models.
 */

/** The first that fits the provider's name of a model. */
const KNOWN_LIMITS: [RegExp, number][] = [
  [/\bclaude-(?:2|instant|3-(?:opus|sonnet|haiku))/, 4096],
  [/\bclaude-3-5-/, 8192],
  [/\bclaude-opus-4(?:-[01])?(?:$|[-@]\d{8})/, 32_000],
  [/\bclaude-/, 64_000],
]

/** What most models of other companies can write at least that are offered by this API. */
const USUAL_LIMIT = 8192

/** How many tokens a model can write in one answer, by the provider's name of it; undefined for a name that nobody knows. */
export function knownOutputLimit(upstreamId: string): number | undefined {
  return KNOWN_LIMITS.find(([name]) => name.test(upstreamId))?.[1]
}

/** The same, or a guess that most models take. */
export function assumedOutputLimit(upstreamId: string): number {
  return knownOutputLimit(upstreamId) ?? USUAL_LIMIT
}
