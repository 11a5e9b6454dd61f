import { readFileSync } from 'node:fs'
import { systemClock } from '../clock.ts'
import { systemErrorCode } from '../config/system-error.ts'
import { carryOut } from '../imports/carry-out.ts'
import { readOneApiDatabase } from '../imports/one-api-database.ts'
import { readLitellm } from '../imports/read-litellm.ts'
import { readOneApi } from '../imports/read-one-api.ts'
import { LARGEST_YAML_BYTES } from '../imports/read-yaml.ts'
import { importTarget, takenIn, type TargetOptions } from '../imports/target.ts'
import type { CreateTenant } from '../tenants/schema.ts'
import { ExpectedFailure } from '../expected-failure.ts'

export interface ImportOptions extends TargetOptions {
  dryRun?: true
}

export interface ImportOneApiOptions extends ImportOptions {
  tier: CreateTenant['tier']
}

/** `ares import litellm`: the models of a LiteLLM configuration, which has neither tenants nor keys. */
export async function importLitellm(file: string, options: ImportOptions): Promise<void> {
  keepToOneself()
  const target = importTarget(options)
  const taken = takenIn(target.config)
  const plan = readLitellm(readText(file), { label: file, env: process.env, taken })
  const isDryRun = options.dryRun === true
  process.stdout.write(await carryOut(plan, target, { tier: 'free', isDryRun }))
}

/** `ares import one-api`: channels, users and tokens of a one-api or new-api database. */
export async function importOneApi(file: string, options: ImportOneApiOptions): Promise<void> {
  keepToOneself()
  const target = importTarget(options)
  const taken = takenIn(target.config)
  const data = readOneApiDatabase(file)
  const plan = readOneApi(data, { label: file, now: systemClock.now(), taken })
  const isDryRun = options.dryRun === true
  process.stdout.write(await carryOut(plan, target, { tier: options.tier, isDryRun }))
}

/** Whatever is created (database, keys, configuration) is for this user alone. */
function keepToOneself(): void {
  process.umask(0o077)
}

function readText(path: string): string {
  const bytes = readBytes(path)
  if (bytes.length > LARGEST_YAML_BYTES) {
    throw new ExpectedFailure(`${path}: the file is larger than ${LARGEST_YAML_BYTES} bytes`)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ExpectedFailure(`${path}: the file is not valid UTF-8`)
  }
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'ENOENT') throw new ExpectedFailure(`There is no file ${path}.`)
    throw new ExpectedFailure(`The file ${path} cannot be read (${code ?? 'unknown'}).`)
  }
}
