import type { BlockList } from 'node:net'
import { contains, familyOf, isIn, networkList } from '../networks.ts'

/** What a scope opens: `http/scopes.ts` has the routes. */
export const SCOPES = ['run', 'chat', 'read', 'keys'] as const
export type Scope = (typeof SCOPES)[number]

/**
 * What a key is limited to, each with null for no limit. A key without any limit has no `Powers` at all.
 *
 * Source: contract 7.1; `docs/keys.md`.
 */
export interface Powers {
  scopes: Scope[] | null
  /** Names; other agents look as if they were not there. */
  allowedAgents: string[] | null
  /** Configured ids; of what the caller names and of what an agent uses. */
  allowedModels: string[] | null
  /** IPv4 and IPv6 addresses or CIDR networks that requests may come from. */
  allowedNetworks: string[] | null
  /** Counted over the keys of one family, see `ApiKeysTable.family_id`. */
  runsPerMonth: number | null
  tokensPerMonth: number | null
}

/** No limit at all. */
export const ALL_POWERS: Powers = {
  scopes: null,
  allowedAgents: null,
  allowedModels: null,
  allowedNetworks: null,
  runsPerMonth: null,
  tokensPerMonth: null,
}

/** The limits, or null where there is none: what the hot path looks at. */
export function limitsOf(powers: Powers): Powers | null {
  return Object.values(powers).every((limit) => limit === null) ? null : powers
}

/** True when a key with these powers may do what the scope opens. */
export function allowsScope(powers: Powers | null, scope: Scope): boolean {
  return allows(powers?.scopes, scope)
}

/** True when a key with these powers may know of the agent. */
export function allowsAgent(powers: Powers | null, name: string): boolean {
  return allows(powers?.allowedAgents, name)
}

/** True when a key with these powers may spend on the model. */
export function allowsModel(powers: Powers | null, id: string): boolean {
  return allows(powers?.allowedModels, id)
}

function allows<T>(allowed: T[] | null | undefined, wanted: T): boolean {
  return !allowed || allowed.includes(wanted)
}

/** Built once for the networks of a key, which live as long as what was read of the key. */
const lists = new WeakMap<string[], Record<'ipv4' | 'ipv6', BlockList>>()

/** True when a key with these powers may be used from the address. `::/0` is IPv6 only. */
export function allowsAddress(powers: Powers | null, address: string): boolean {
  const networks = powers?.allowedNetworks
  if (!networks) return true
  let list = lists.get(networks)
  if (!list) {
    list = {
      ipv4: networkList(networks.filter((network) => familyOf(network) === 'ipv4')),
      ipv6: networkList(networks.filter((network) => familyOf(network) === 'ipv6')),
    }
    lists.set(networks, list)
  }
  return isIn(list[familyOf(address)], address)
}

/** True when a key with these powers spends at most so much a month. */
export function hasCap({ runsPerMonth, tokensPerMonth }: Powers): boolean {
  return runsPerMonth !== null || tokensPerMonth !== null
}

/** In what `child` goes beyond `parent`; empty when it is within. */
export function excessOf(child: Powers | null, parent: Powers | null): (keyof Powers)[] {
  if (!parent) return []
  const wanted = child ?? ALL_POWERS
  return (Object.keys(ALL_POWERS) as (keyof Powers)[]).filter(
    (power) => !isNarrower(power, wanted, parent),
  )
}

function isNarrower(power: keyof Powers, child: Powers, parent: Powers): boolean {
  const [wanted, limit] = [child[power], parent[power]]
  if (limit === null) return true
  if (wanted === null) return false
  if (typeof limit === 'number') return (wanted as number) <= limit
  const within = power === 'allowedNetworks' ? contains : isSame
  return (wanted as string[]).every((item) => limit.some((allowed) => within(allowed, item)))
}

function isSame(one: string, other: string): boolean {
  return one === other
}
