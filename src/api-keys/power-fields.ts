import { type Static, type TArray, type TSchema, type TString, Type } from '@sinclair/typebox'
import { invalid } from '../errors.ts'
import { nullable } from '../http/nullable.ts'
import { NAME_PATTERN } from '../names.ts'
import { isAddressOrNetwork } from '../networks.ts'
import type { Catalog } from '../providers/catalog.ts'
import { ALL_POWERS, limitsOf, type Powers, SCOPES } from '../caller/powers.ts'

const MAX_ITEMS = 100

function listOf<T extends TSchema>(item: T, description: string, minItems = 0): TArray<T> {
  return Type.Array(item, { description, minItems, maxItems: MAX_ITEMS, uniqueItems: true })
}

function capOf(noun: string) {
  return Type.Integer({
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    description: `${noun} a calendar month (UTC), within the tenant’s quota`,
  })
}

function text(options: Parameters<typeof Type.String>[0]): TString {
  return Type.String(options)
}

const fields = {
  scopes: nullable(
    listOf(
      Type.Union(SCOPES.map((scope) => Type.Literal(scope))),
      'what it may do: run agents, chat (with every compatible API), read, manage keys',
      1,
    ),
  ),
  allowed_agents: nullable(
    listOf(
      text({ pattern: NAME_PATTERN, description: 'the name of an agent' }),
      'names of agents; others look as if they were not there',
    ),
  ),
  allowed_models: nullable(
    listOf(text({ minLength: 1, maxLength: 256 }), 'ids of configured models it may spend on'),
  ),
  allowed_networks: nullable(
    listOf(
      text({ minLength: 1, maxLength: 64 }),
      'IP addresses and CIDR networks it may be used from',
      1,
    ),
  ),
  runs_per_month: nullable(capOf('runs')),
  tokens_per_month: nullable(capOf('tokens')),
}

/** What a key is limited to, as requests say it: absent is as it was (a new key: no limit), null is no limit. */
export const powerFields = {
  scopes: Type.Optional(fields.scopes),
  allowed_agents: Type.Optional(fields.allowed_agents),
  allowed_models: Type.Optional(fields.allowed_models),
  allowed_networks: Type.Optional(fields.allowed_networks),
  runs_per_month: Type.Optional(fields.runs_per_month),
  tokens_per_month: Type.Optional(fields.tokens_per_month),
}

const PowersRequest = Type.Object(powerFields)
export type PowersRequest = Static<typeof PowersRequest>

/** What a key is limited to, as replies say it; absent for a key without any limit. */
export const PowersReply = Type.Object(fields, {
  description: 'what the key is limited to; null is no limit. Absent when there is none at all.',
})
export type PowersReply = Static<typeof PowersReply>

/** How requests and replies call each power. */
export const POWER_NAMES: Record<keyof Powers, keyof PowersReply> = {
  scopes: 'scopes',
  allowedAgents: 'allowed_agents',
  allowedModels: 'allowed_models',
  allowedNetworks: 'allowed_networks',
  runsPerMonth: 'runs_per_month',
  tokensPerMonth: 'tokens_per_month',
}

/** The rules that the schema cannot say. @throws AresError `invalid` */
export function checkPowers(catalog: Catalog, { allowed_models, allowed_networks }: PowersRequest) {
  for (const [index, model] of (allowed_models ?? []).entries()) {
    if (catalog.find(model)) continue
    throw invalid(`/allowed_models/${index}`, 'This model is not configured here.')
  }
  for (const [index, network] of (allowed_networks ?? []).entries()) {
    // A client of that form is known by its IPv4 address.
    if (isAddressOrNetwork(network) && !/^::ffff:.*\./i.test(network)) continue
    throw invalid(
      `/allowed_networks/${index}`,
      'Expected an IP address or a CIDR network such as 10.0.0.0/8; IPv4 in its own form.',
    )
  }
}

/** The powers once what is given is changed; null when nothing is limited. */
export function changedPowers(before: Powers | null, given: PowersRequest): Powers | null {
  const old = before ?? ALL_POWERS
  return limitsOf({
    scopes: given.scopes === undefined ? old.scopes : given.scopes,
    allowedAgents: given.allowed_agents === undefined ? old.allowedAgents : given.allowed_agents,
    allowedModels: given.allowed_models === undefined ? old.allowedModels : given.allowed_models,
    allowedNetworks:
      given.allowed_networks === undefined ? old.allowedNetworks : given.allowed_networks,
    runsPerMonth: given.runs_per_month === undefined ? old.runsPerMonth : given.runs_per_month,
    tokensPerMonth:
      given.tokens_per_month === undefined ? old.tokensPerMonth : given.tokens_per_month,
  })
}

export function toPowersReply(powers: Powers): PowersReply {
  return {
    scopes: powers.scopes,
    allowed_agents: powers.allowedAgents,
    allowed_models: powers.allowedModels,
    allowed_networks: powers.allowedNetworks,
    runs_per_month: powers.runsPerMonth,
    tokens_per_month: powers.tokensPerMonth,
  }
}
