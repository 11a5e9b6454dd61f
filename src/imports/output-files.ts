import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { ExpectedFailure } from '../expected-failure.ts'
import { systemErrorCode } from '../config/system-error.ts'
import type { ImportPlan } from './plan.ts'
import { configToml, providersToml } from './write-toml.ts'

/** A file that an import writes, for its owner alone. */
export interface OutputFile {
  path: string
  text: string
}

/** A new key beside the old one, as the mapping file has it. */
export interface MappedKey {
  old_key: string
  new_key: string
  tenant: string
  name: string
}

/** The configuration, and the provider keys that it refers to; empty when there is nothing to configure. */
export function configurationFiles(
  plan: ImportPlan,
  { folder, hasConfig }: { folder: string; hasConfig: boolean },
): OutputFile[] {
  if (plan.providers.length === 0) return []
  const config = hasConfig
    ? { path: join(folder, 'providers.toml'), text: providersToml(plan) }
    : { path: join(folder, 'ares.toml'), text: configToml(plan) }
  if (plan.secrets.size === 0) return [config]
  return [config, { path: join(folder, 'provider-keys.env'), text: environmentText(plan.secrets) }]
}

/** The mapping of old keys to new ones. */
export function mappingFile(folder: string, keys: MappedKey[]): OutputFile {
  return { path: join(folder, 'key-mapping.json'), text: `${JSON.stringify(keys, null, 2)}\n` }
}

/** Variables as shells and systemd's `EnvironmentFile` both read them. */
function environmentText(secrets: Map<string, string>): string {
  const lines = [...secrets].map(
    ([name, value]) => `${name}='${value.replaceAll("'", String.raw`'\''`)}'`,
  )
  return `${lines.join('\n')}\n`
}

/** @throws ExpectedFailure when one of the files exists: an import overwrites nothing */
export function refuseExisting(paths: string[]): void {
  const existing = paths.filter((path) => existsSync(path))
  if (existing.length === 0) return
  throw new ExpectedFailure(
    `${existing.join(' and ')} ${existing.length === 1 ? 'exists' : 'exist'} already: move it away, or name another folder with --output.`,
  )
}

/**
 * Writes the files, mode 0600, all of them or none.
 *
 * @returns takes them back, should what follows fail
 * @throws ExpectedFailure
 */
export function writeFiles(files: OutputFile[]): () => void {
  const written: string[] = []
  const takeBack = () => {
    for (const path of written) rmSync(path, { force: true })
  }
  for (const { path, text } of files) {
    try {
      writeNew(path, text, () => written.push(path))
    } catch (error) {
      takeBack()
      throw new ExpectedFailure(
        `${path} cannot be written (${systemErrorCode(error) ?? 'unknown'}); nothing was imported.`,
      )
    }
  }
  return takeBack
}

function writeNew(path: string, text: string, onCreated: () => void): void {
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 })
  const file = openSync(path, 'wx', 0o600)
  onCreated()
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
