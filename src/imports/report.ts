import { toWireTime } from '../db/columns.ts'
import type { ImportPlan, PlannedKey, PlannedProvider, PlannedTenant } from './plan.ts'
import { counted, shown } from './words.ts'

export interface ReportOptions {
  isDryRun: boolean
  /** Tier of the new tenants. */
  tier: string
  /** Paths of the files written, or that would be. */
  files: string[]
  /** The database that took the tenants, or would; null when there are none. */
  database: string | null
}

/** What an import does, for the operator: the same text with and without `--dry-run`, but for the tense. No secrets. */
export function reportText(plan: ImportPlan, options: ReportOptions): string {
  const { isDryRun, files, database, tier } = options
  const written = [...files, ...(database === null ? [] : [`${database} (tenants and keys)`])]
  const sections: [string, string[]][] = [
    [countOf(plan), plan.providers.flatMap(providerLines)],
    [tenantHeading(plan, tier), plan.tenants.map(tenantLine)],
    ['Left out', plan.leftOut.map(({ what, why }) => `${what}: ${why}`)],
    ['To know', notesOf(plan)],
    [isDryRun ? 'Would be written' : 'Written', written],
  ]
  const heading = `${isDryRun ? 'Dry run of an import' : 'Import'} from ${plan.source}`
  const body = sections.filter(([, lines]) => lines.length > 0).map(sectionText)
  const nothing = written.length === 0 ? ['Nothing to import.'] : []
  return `${[shown(heading), ...body, ...nothing].join('\n\n')}\n`
}

function sectionText([heading, lines]: [string, string[]]): string {
  return [heading, ...lines.map((line) => `  ${shown(line)}`)].join('\n')
}

function countOf({ providers }: ImportPlan): string {
  const models = providers.reduce((sum, provider) => sum + provider.models.length, 0)
  return `${counted(providers.length, 'provider')} with ${counted(models, 'model')}`
}

function providerLines({ name, type, baseUrl, keyEnv, models }: PlannedProvider): string[] {
  const key = keyEnv === null ? 'no key' : `key $${keyEnv}`
  const listed = models.map(({ id, upstreamId }) =>
    id === upstreamId ? `  ${id}` : `  ${id} (${upstreamId})`,
  )
  return [`${name}: ${type}, ${baseUrl}, ${key}`, ...listed]
}

function tenantHeading({ tenants }: ImportPlan, tier: string): string {
  const keys = tenants.reduce((sum, tenant) => sum + tenant.keys.length, 0)
  return `${counted(tenants.length, 'tenant')} with ${counted(keys, 'key')}, tier ${tier}`
}

function tenantLine({ name, sourceName, keys }: PlannedTenant): string {
  const was = name === sourceName ? '' : ` (was ${sourceName})`
  const labels = keys.map(keyText).join(', ')
  return `${name}${was}: ${labels === '' ? 'no keys' : labels}`
}

/** The label, and how the key is limited. */
function keyText({ label, models, networks, expiresAt }: PlannedKey): string {
  const limits = [
    ...(models === null ? [] : [counted(models.length, 'model')]),
    ...(networks === null ? [] : [counted(networks.length, 'network')]),
    ...(expiresAt === null ? [] : [`until ${toWireTime(expiresAt)}`]),
  ]
  return limits.length === 0 ? label : `${label} (${limits.join(', ')})`
}

const LOAD_KEYS =
  'provider-keys.env holds provider keys of the source: give it to the server as its EnvironmentFile, or `set -a; . ./provider-keys.env; set +a` before ares serve'

function notesOf({ providers, secrets, notes }: ImportPlan): string[] {
  const assumed = providers
    .flatMap(({ models }) => models)
    .filter(({ isContextAssumed }) => isContextAssumed)
    .map(({ id }) => id)
  const needed = providers.flatMap(({ keyEnv }) =>
    keyEnv === null || secrets.has(keyEnv) ? [] : [`$${keyEnv}`],
  )
  return [
    ...(needed.length === 0
      ? []
      : [`set where the server runs: ${[...new Set(needed)].join(', ')}`]),
    ...(assumed.length === 0 ? [] : [`context lengths that are assumed: ${assumed.join(', ')}`]),
    ...(secrets.size === 0 ? [] : [LOAD_KEYS]),
    ...notes,
  ]
}
