import { nameLike } from './names.ts'
import type { OneApiData, UserRow } from './one-api-database.ts'
import { planKeys } from './one-api-keys.ts'
import { addChannels, enabledChannels, listed } from './one-api-providers.ts'
import type { ImportPlan, LeftOut, PlannedTenant, Taken } from './plan.ts'
import { ProviderGroups } from './provider-groups.ts'
import { counted } from './words.ts'

export interface ReadOneApiOptions {
  /** What messages call the file. */
  label: string
  now: Date
  taken: Taken
}

const ENABLED = 1
const ADMINISTRATOR = 10

/**
 * What a one-api or new-api database becomes: channels are providers and models, users are tenants, and their tokens
 * new keys, each limited to what its token was limited to.
 */
export function readOneApi(data: OneApiData, { label, now, taken }: ReadOneApiOptions): ImportPlan {
  const groups = new ProviderGroups(taken)
  const channelsLeftOut = addChannels(groups, data.channels, data.flavour)
  const isModel = (id: string) => groups.ownerOf(id) !== undefined
  const users = planUsers(data, { now, isModel, modelsOfGroup: modelsByGroup(data, isModel) })
  return {
    source: `${data.flavour}, ${label}`,
    providers: groups.providers,
    secrets: groups.secrets,
    tenants: users.tenants,
    leftOut: [...channelsLeftOut, ...users.leftOut],
    notes: users.tenants.length === 0 ? [] : NOTES,
  }
}

const NOTES = [
  'passwords, balances, redemption codes and logs are not imported; a tenant’s limits are those of its tier',
  'old keys end with the old program: give each client its new one from key-mapping.json, then delete that file',
]

interface UserContext {
  now: Date
  isModel: (id: string) => boolean
  modelsOfGroup: (group: string) => string[] | null
}

function planUsers(data: OneApiData, context: UserContext) {
  const tenants: PlannedTenant[] = []
  const leftOut: LeftOut[] = []
  const names = new Set<string>()
  const known = new Set(data.users.map(({ id }) => id))
  for (const user of data.users) {
    const what = `user ${user.username || user.id}`
    const tokens = data.tokens.filter(({ userId }) => userId === user.id)
    const refusal = refusalOf(user)
    if (refusal !== null) {
      leftOut.push({ what: `${what} with ${counted(tokens.length, 'token')}`, why: refusal })
      continue
    }
    const { username, group: userGroup } = user
    const planned = planKeys(tokens, { ...context, userGroup, username: username || `${user.id}` })
    tenants.push({ name: tenantName(user, names), sourceName: username, keys: planned.keys })
    leftOut.push(...planned.leftOut, ...partsLeftOut(user, what))
  }
  const ownerless = data.tokens.filter(({ userId }) => !known.has(userId))
  leftOut.push(
    ...ownerless.map(({ id, name }) => ({ what: `token ${name || id}`, why: 'its user is gone' })),
  )
  return { tenants, leftOut }
}

function refusalOf({ status, isDeleted }: UserRow): string | null {
  if (isDeleted || status === 3) return 'the user is deleted'
  return status === ENABLED ? null : 'the user is disabled'
}

/** The user's name as ours, with the user's number where another one has become the same. */
function tenantName({ id, username }: UserRow, names: Set<string>): string {
  const wanted = nameLike(username) ?? `user-${id}`
  const name = names.has(wanted) ? (nameLike(`${wanted.slice(0, 40)}-${id}`) ?? wanted) : wanted
  names.add(name)
  return name
}

function partsLeftOut({ role, quota }: UserRow, what: string): LeftOut[] {
  return [
    ...(role >= ADMINISTRATOR
      ? [
          {
            what: `the administrator’s role of ${what}`,
            why: 'operators here have the admin secret',
          },
        ]
      : []),
    ...(quota > 0
      ? [{ what: `the balance of ${what}`, why: 'ARES counts runs and tokens, not money' }]
      : []),
  ]
}

/** Which imported models the channels of a group serve; null where that is all of them. */
function modelsByGroup(data: OneApiData, isModel: (id: string) => boolean) {
  const all = new Set<string>()
  const byGroup = new Map<string, Set<string>>()
  for (const { group, models } of enabledChannels(data.channels)) {
    const ids = listed(models).filter(isModel)
    for (const id of ids) all.add(id)
    for (const name of listed(group || 'default')) {
      byGroup.set(name, new Set([...(byGroup.get(name) ?? []), ...ids]))
    }
  }
  return (group: string): string[] | null => {
    const models = byGroup.get(group || 'default') ?? new Set()
    return models.size === all.size ? null : [...models]
  }
}
