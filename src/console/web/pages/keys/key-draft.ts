import type { Api } from '../../api/types.ts'
import type { Scope } from '../../session.ts'

/** A key as lists show it. */
export type Key = Api['GET /v1/api-keys']['reply']['keys'][number]
/** What a key is limited to; null is no limit. */
export type Powers = NonNullable<Key['powers']>
export type NewKeyBody = Api['POST /v1/api-keys']['body']
export type KeyChanges = Api['PATCH /v1/api-keys/{id}']['body']

/** What a scope opens, in the order of the form. */
export const SCOPES: Record<Scope, string> = {
  run: 'run agents',
  chat: 'chat, also through the compatible APIs',
  read: 'read agents, runs, usage and models',
  keys: 'manage keys',
}

/** The form of a key, as it is typed. */
export interface KeyDraft {
  name: string
  ends: End
  /** How many, where `ends` is `days`. */
  days: string
  /** None is everything. */
  scopes: Scope[]
  /** Null is every one. */
  agents: string[] | null
  models: string[] | null
  networks: string
  runs: string
  tokens: string
}

/** When a key ends: as it did, never, after so many days, or after the days that are typed. */
export type End = 'same' | 'never' | '30' | '90' | '365' | 'days'

/** The form for a key with these powers. */
export function draftOf(name: string, powers: Powers | undefined, ends: End): KeyDraft {
  return {
    name,
    ends,
    days: '',
    scopes: powers?.scopes ?? [],
    agents: powers?.allowed_agents ?? null,
    models: powers?.allowed_models ?? null,
    networks: (powers?.allowed_networks ?? []).join(', '),
    runs: String(powers?.runs_per_month ?? ''),
    tokens: String(powers?.tokens_per_month ?? ''),
  }
}

/** A new key as the API takes it: what is left empty is not limited. */
export function newKeyBody(draft: KeyDraft): NewKeyBody {
  // Without an end nothing is said of it.
  const life = draft.ends === 'never' ? {} : endOf(draft)
  return { name: draft.name, ...life, ...withoutNulls(powersOf(draft)) }
}

/** Only what was changed in the form. */
export function changesOf(before: KeyDraft, after: KeyDraft): KeyChanges {
  const [old, powers] = [powersOf(before), powersOf(after)]
  const changed = Object.entries(powers).filter(
    ([name, value]) => JSON.stringify(old[name as keyof Powers]) !== JSON.stringify(value),
  )
  return {
    ...(after.name !== before.name && { name: after.name }),
    ...endOf(after),
    ...Object.fromEntries(changed),
  }
}

function endOf({ ends, days }: KeyDraft): { expires_at?: null; expires_in_days?: number } {
  if (ends === 'same') return {}
  if (ends === 'never') return { expires_at: null }
  return { expires_in_days: Number(ends === 'days' ? days : ends) }
}

/** @returns `{ expires_in_days }`, or nothing when the field is empty */
export function lifeOf(days: string): { expires_in_days?: number } {
  return days === '' ? {} : { expires_in_days: Number(days) }
}

function powersOf(draft: KeyDraft): Powers {
  return {
    scopes: draft.scopes.length === 0 ? null : draft.scopes,
    allowed_agents: draft.agents,
    allowed_models: draft.models,
    allowed_networks: listOf(draft.networks),
    runs_per_month: capOf(draft.runs),
    tokens_per_month: capOf(draft.tokens),
  }
}

function listOf(typed: string): string[] | null {
  const items = typed.split(/[\s,]+/).filter((item) => item !== '')
  return items.length === 0 ? null : [...new Set(items)]
}

function capOf(typed: string): number | null {
  return typed === '' ? null : Number(typed)
}

function withoutNulls(powers: Powers): Partial<Powers> {
  return Object.fromEntries(Object.entries(powers).filter(([, value]) => value !== null))
}
