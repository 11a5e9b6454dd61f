import { fromJson } from '../db/columns.ts'
import type { ApiKeysTable } from '../db/tables.ts'
import { limitsOf, type Powers } from '../caller/powers.ts'

/** The columns of a key that say what it is limited to. */
export const POWER_COLUMNS = [
  'scopes',
  'allowed_agents',
  'allowed_models',
  'allowed_networks',
  'runs_per_month',
  'tokens_per_month',
] as const

type PowerColumns = Pick<ApiKeysTable, (typeof POWER_COLUMNS)[number]>

/** The limits of a stored key; null when it has none. */
export function toPowers(row: PowerColumns): Powers | null {
  return limitsOf({
    scopes: fromJson(row.scopes),
    allowedAgents: fromJson(row.allowed_agents),
    allowedModels: fromJson(row.allowed_models),
    allowedNetworks: fromJson(row.allowed_networks),
    runsPerMonth: row.runs_per_month,
    tokensPerMonth: row.tokens_per_month,
  })
}

export function toPowerColumns(powers: Powers | null): PowerColumns {
  return {
    scopes: toJson(powers?.scopes),
    allowed_agents: toJson(powers?.allowedAgents),
    allowed_models: toJson(powers?.allowedModels),
    allowed_networks: toJson(powers?.allowedNetworks),
    runs_per_month: powers?.runsPerMonth ?? null,
    tokens_per_month: powers?.tokensPerMonth ?? null,
  }
}

function toJson(list: string[] | null | undefined): string | null {
  return list ? JSON.stringify(list) : null
}
