import { count } from '../../format.ts'
import { Badge } from '../../parts/status.tsx'
import type { Key, Powers } from './key-draft.ts'

/** That a key is limited, and to what. */
export function Limits({ powers }: { powers: Key['powers'] }) {
  if (!powers) return null
  return (
    <small class="limits muted">
      <Badge>limited</Badge> {limitsOf(powers).join(' · ')}
    </small>
  )
}

/** Each limit in a few words. */
export function limitsOf(powers: Powers): string[] {
  const { scopes, allowed_agents, allowed_models, allowed_networks } = powers
  return [
    scopes && `may ${scopes.join(', ')}`,
    allowed_agents && named('agent', allowed_agents),
    allowed_models && named('model', allowed_models),
    allowed_networks && `from ${brief(allowed_networks)}`,
    cap(powers.runs_per_month, 'runs'),
    cap(powers.tokens_per_month, 'tokens'),
  ].filter((limit) => limit !== null)
}

function named(noun: string, names: string[]): string {
  if (names.length === 0) return `no ${noun}`
  return `${noun}${names.length === 1 ? '' : 's'} ${brief(names)}`
}

/** The first few, and how many more there are. */
function brief(names: string[]): string {
  const shown = names.slice(0, 3).join(', ')
  return names.length > 3 ? `${shown} and ${count(names.length - 3)} more` : shown
}

function cap(limit: number | null, noun: string): string | null {
  return limit === null ? null : `${count(limit)} ${noun} a month`
}
