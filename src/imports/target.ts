import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Config } from '../config/config.ts'
import { loadConfig } from '../config/load.ts'
import { ExpectedFailure } from '../expected-failure.ts'
import type { Taken } from './plan.ts'

export interface TargetOptions {
  /** The value of `--config`. */
  config?: string
  /** The folder of the new files. */
  output: string
}

/** Where an import goes: beside the configuration in use, or to a new one in the output folder. */
export interface ImportTarget {
  folder: string
  /** Null when there is none yet. */
  config: Config | null
  databasePath: string
}

/**
 * The configuration in use is found as `serve` finds it; without any, one that an import has put into the output
 * folder is it.
 *
 * @throws ConfigError
 */
export function importTarget({ config, output }: TargetOptions): ImportTarget {
  const folder = resolve(output)
  const configFlag = config ?? importedEarlier(folder)
  const isThere = configFlag !== undefined || isConfigured()
  if (!isThere) return { folder, config: null, databasePath: join(folder, 'data/ares.db') }
  const loaded = loadConfig({ configFlag, env: process.env, cwd: process.cwd() })
  const { database } = loaded.config
  if (database.kind !== 'sqlite') {
    throw new ExpectedFailure(
      'The configuration names a PostgreSQL database; `ares import` writes to SQLite files only.',
    )
  }
  return { folder, config: loaded.config, databasePath: database.path }
}

function importedEarlier(folder: string): string | undefined {
  const path = join(folder, 'ares.toml')
  return !isConfigured() && existsSync(path) ? path : undefined
}

function isConfigured(): boolean {
  return Boolean(process.env['ARES_CONFIG']) || existsSync('ares.toml')
}

/** What a configuration has already; nothing when there is none yet. */
export function takenIn(config: Config | null): Taken {
  const providers = config?.providers ?? []
  return {
    providerNames: new Set(providers.map(({ name }) => name)),
    modelOwners: new Map(
      providers
        .filter(({ enabled }) => enabled)
        .flatMap(({ name, models }) => models.map(({ id }) => [id, name])),
    ),
  }
}
