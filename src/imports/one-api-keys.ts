import { MAX_LIVE_KEYS } from '../api-keys/store.ts'
import { toTimestamp } from '../db/columns.ts'
import { isAddressOrNetwork } from '../networks.ts'
import { labelLike } from './names.ts'
import type { TokenRow } from './one-api-database.ts'
import { listed } from './one-api-providers.ts'
import type { LeftOut, PlannedKey } from './plan.ts'

const ENABLED = 1
const STATUS_REASONS: Readonly<Record<number, string>> = {
  2: 'it is disabled',
  3: 'it has expired',
  4: 'its quota is used up',
}
/** As many as a request may name. */
const MOST_ITEMS = 100

export interface KeyContext {
  now: Date
  /** Model ids that exist after the import. */
  isModel: (id: string) => boolean
  /** The models that a group may use; null for all. */
  modelsOfGroup: (group: string) => string[] | null
  /** The group of the user. */
  userGroup: string
  username: string
}

/** The keys that take the place of a user's tokens, and what stays behind. */
export function planKeys(
  tokens: TokenRow[],
  context: KeyContext,
): { keys: PlannedKey[]; leftOut: LeftOut[] } {
  const keys: PlannedKey[] = []
  const leftOut: LeftOut[] = []
  for (const token of tokens) {
    const what = `token ${token.name || token.id} of ${context.username}`
    const planned = planKey(token, context)
    if (typeof planned === 'string') leftOut.push({ what, why: planned })
    else if (keys.length >= MAX_LIVE_KEYS) leftOut.push({ what, why: TOO_MANY })
    else keys.push(planned)
    leftOut.push(...limitsLeftOut(token, what, planned))
  }
  return { keys, leftOut }
}

const TOO_MANY = `a tenant has at most ${MAX_LIVE_KEYS} keys`

/** A key in place of the token, or why there is none. Limits that cannot be kept make none: a key is never wider. */
function planKey(token: TokenRow, context: KeyContext): PlannedKey | string {
  const refusal = refusalOf(token, context.now)
  if (refusal !== null) return refusal
  const models = modelsOf(token, context)
  if (models?.length === 0) return 'none of the models it is limited to is imported'
  const networks = networksOf(token)
  if (networks?.length === 0) return 'none of the networks it is limited to can be read'
  if ((models?.length ?? 0) > MOST_ITEMS || (networks?.length ?? 0) > MOST_ITEMS) {
    return `a key is limited to at most ${MOST_ITEMS} models and networks`
  }
  return {
    label: labelLike(token.name, `token-${token.id}`),
    oldKey: `sk-${token.key}`,
    expiresAt: token.expiredTime < 0 ? null : toTimestamp(new Date(token.expiredTime * 1000)),
    models,
    networks,
  }
}

/** Why the program itself would refuse the token; null when it would not. */
function refusalOf(token: TokenRow, now: Date): string | null {
  if (token.isDeleted) return 'it is deleted'
  if (token.key === '') return 'it has no key'
  if (token.status !== ENABLED) return STATUS_REASONS[token.status] ?? 'it is not enabled'
  if (token.expiredTime >= 0 && token.expiredTime * 1000 <= now.getTime()) return 'it has expired'
  return !token.isUnlimited && token.remainQuota <= 0 ? 'its quota is used up' : null
}

function modelsOf(token: TokenRow, context: KeyContext): string[] | null {
  const own = token.models === '' ? null : listed(token.models)
  // `auto` picks among groups as the program is set up; the user's own group is the narrower reading.
  const group = token.group === '' || token.group === 'auto' ? context.userGroup : token.group
  const ofGroup = context.modelsOfGroup(group)
  if (own === null) return ofGroup
  return own.filter((id) => context.isModel(id) && (ofGroup?.includes(id) ?? true))
}

function networksOf({ networks }: TokenRow): string[] | null {
  const given = writtenNetworks(networks)
  return given.length === 0 ? null : given.filter(isNetwork)
}

function writtenNetworks(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((item) => item !== ''))]
}

/** IPv4 addresses in the form of IPv6 are none here. */
function isNetwork(text: string): boolean {
  return isAddressOrNetwork(text) && !/^::ffff:.*\./i.test(text)
}

/** Limits of an imported token that are not kept whole. */
function limitsLeftOut(token: TokenRow, what: string, planned: PlannedKey | string): LeftOut[] {
  if (typeof planned === 'string') return []
  const lostModels = listed(token.models).filter((id) => !planned.models?.includes(id))
  const lostNetworks = writtenNetworks(token.networks).filter((text) => !isNetwork(text))
  return [
    ...lostModels.map((id) => ({
      what: `model ${id} of ${what}`,
      why: 'it is not imported, or not open to its group',
    })),
    ...lostNetworks.map((text) => ({
      what: `network ${text} of ${what}`,
      why: 'it is no IP address or CIDR network',
    })),
    ...(token.isUnlimited ? [] : [{ what: `the money quota of ${what}`, why: NO_MONEY }]),
  ]
}

const NO_MONEY = 'ARES counts runs and tokens, not money; PATCH its key to give it caps'
