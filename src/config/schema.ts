import { Type, type Static } from '@sinclair/typebox'
import { Egress } from './egress-schema.ts'
import { Provider } from './provider-schema.ts'
import { Retention } from './retention-schema.ts'
import { defaulted } from './schema-parts.ts'
import { Admin, Database, Defaults, Server, Tiers } from './server-schema.ts'
import { Template } from './template-schema.ts'

/**
 * The whole of `ares.toml`, as a JSON Schema with a description, range and default on every key.
 * Rules that span several keys are in the `check-…` files. Source: contract 2.1.
 */
export const ConfigFile = Type.Object(
  {
    server: Server,
    admin: Admin,
    database: Database,
    retention: Retention,
    defaults: Defaults,
    egress: Egress,
    providers: defaulted([], Type.Array(Provider, { description: 'Where models come from.' })),
    tiers: Tiers,
    agent_templates: defaulted(
      [],
      Type.Array(Template, { description: 'Agents for provisioning, beside the built-in ones.' }),
    ),
  },
  { additionalProperties: false },
)

/** A sound file with its defaults filled in: keys that have a default are there. */
export type ConfigFile = Static<typeof ConfigFile>

/** The same while mistakes may remain: what was missing or wrong is undefined. */
export type Draft<T> = T extends readonly (infer Item)[]
  ? (Draft<Item> | undefined)[]
  : T extends object
    ? { [Key in keyof T]?: Draft<T[Key]> | undefined }
    : T

export type ConfigDraft = Draft<ConfigFile>
export type ProviderDraft = Draft<ConfigFile['providers'][number]>
export type TemplateDraft = Draft<ConfigFile['agent_templates'][number]>
