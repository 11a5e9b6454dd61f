import { Value } from '@sinclair/typebox/value'
import { ExpectedFailure } from '../expected-failure.ts'
import type { Env } from '../config/environment.ts'
import { formatPath } from '../config/finding.ts'
import { type DeploymentContext, NotImportable, readDeployment } from './litellm-deployment.ts'
import { Deployment, LitellmFile, READ_INFO, READ_PARAMS } from './litellm-schema.ts'
import { settingsLeftOut } from './litellm-settings.ts'
import { LitellmValues } from './litellm-values.ts'
import type { ImportPlan, LeftOut, Taken } from './plan.ts'
import { ProviderGroups } from './provider-groups.ts'
import { parseYaml } from './read-yaml.ts'

export interface ReadLitellmOptions {
  /** What messages call the file. */
  label: string
  /** Where `os.environ/NAME` is looked up when an address needs it; keys stay references. */
  env: Env
  taken: Taken
}

/**
 * What a LiteLLM `config.yaml` becomes: providers and models. It holds no tenants and no keys, which LiteLLM keeps
 * in PostgreSQL.
 *
 * @throws ExpectedFailure for what is no such file
 */
export function readLitellm(text: string, { label, env, taken }: ReadLitellmOptions): ImportPlan {
  const file = parseYaml(text, label)
  if (!Value.Check(LitellmFile, file)) throw new ExpectedFailure(wrongShape(file, label))
  const groups = new ProviderGroups(taken)
  const context = contextOf(file, env)
  const leftOut = [
    ...(file.model_list ?? []).flatMap((entry, index) =>
      addDeployment(entry, index, { groups, context }),
    ),
    ...addAliases(file, groups),
    ...settingsLeftOut(file),
  ]
  return {
    source: `LiteLLM, ${label}`,
    providers: groups.providers,
    secrets: groups.secrets,
    tenants: [],
    leftOut,
    notes: [NO_KEYS],
  }
}

const NO_KEYS =
  'LiteLLM keeps virtual keys, teams and budgets in PostgreSQL: make the tenants and keys anew, with POST /api/admin/provision-client'

function wrongShape(file: unknown, label: string): string {
  const [first] = [...Value.Errors(LitellmFile, file)]
  const path = formatPath((first?.path ?? '').split('/').slice(1))
  return `${label}: this is no LiteLLM configuration: ${path === '' ? 'the file' : path} has the wrong type`
}

function contextOf(file: LitellmFile, env: Env): DeploymentContext {
  const values = new LitellmValues(file, env)
  const { request_timeout, num_retries } = numbers(file.litellm_settings)
  const router = numbers(file.router_settings)
  return {
    values,
    credentials: file.credential_list ?? [],
    timeoutS: router.timeout ?? request_timeout ?? null,
    maxRetries: router.num_retries ?? num_retries ?? null,
  }
}

/** Those settings of a table that are numbers. */
function numbers(table: object = {}): Record<string, number | undefined> {
  return Object.fromEntries(Object.entries(table).filter(([, value]) => typeof value === 'number'))
}

interface Adding {
  groups: ProviderGroups
  context: DeploymentContext
}

/** Enters one entry of `model_list`; answers what of it is left out. */
function addDeployment(entry: unknown, index: number, { groups, context }: Adding): LeftOut[] {
  if (!Value.Check(Deployment, entry)) return [incomplete(entry, index)]
  const what = `model ${entry.model_name} (${entry.litellm_params.model})`
  const owner = groups.ownerOf(entry.model_name)
  if (owner !== undefined) {
    return [
      {
        what,
        why: `${entry.model_name} is already a model of provider ${owner}; ARES does not balance between several`,
      },
    ]
  }
  try {
    const { connection, model } = readDeployment(entry, context)
    const fault = groups.add(connection, model)
    return fault === null ? parametersLeftOut(entry) : [{ what, why: fault }]
  } catch (error) {
    if (error instanceof NotImportable) return [{ what, why: error.message }]
    throw error
  }
}

function incomplete(entry: unknown, index: number): LeftOut {
  const [first] = [...Value.Errors(Deployment, entry)]
  const path = (first?.path ?? '').split('/').slice(1).join('.')
  return {
    what: `model_list[${index}]`,
    why: `${path || 'the entry'} is missing or of the wrong type`,
  }
}

/** Parameters and facts of an imported model that have no counterpart. */
function parametersLeftOut({ model_name, litellm_params, model_info = {} }: Deployment): LeftOut[] {
  const keys = [
    ...Object.keys(litellm_params).filter((key) => !READ_PARAMS.has(key)),
    ...Object.keys(model_info).filter((key) => !READ_INFO.has(key)),
  ]
  if (keys.length === 0) return []
  return [
    { what: `${keys.join(', ')} of model ${model_name}`, why: 'a model here has no such setting' },
  ]
}

/** Enters `router_settings.model_group_alias` as further models. */
function addAliases({ router_settings }: LitellmFile, groups: ProviderGroups): LeftOut[] {
  const { model_group_alias: aliases }: { model_group_alias?: unknown } = router_settings ?? {}
  if (typeof aliases !== 'object' || aliases === null) return []
  return Object.entries(aliases).flatMap(([alias, target]) => {
    const fault = addAlias(alias, target, groups)
    return fault === null ? [] : [{ what: `alias ${alias}`, why: fault }]
  })
}

function addAlias(alias: string, target: unknown, groups: ProviderGroups): string | null {
  const id = typeof target === 'string' ? target : (target as { model?: unknown } | null)?.model
  const name = String(id)
  return groups.addAlias(alias, name)
    ? null
    : `its model ${name} is not imported, or the id is taken`
}
