import { existsSync } from 'node:fs'
import { ExpectedFailure } from '../expected-failure.ts'
import { systemClock } from '../clock.ts'
import { type AresDatabase, DatabaseRefused } from '../db/database.ts'
import { openDatabase } from '../db/sqlite/open.ts'
import { DatabaseInUse } from '../db/sqlite/owner.ts'
import { AresError } from '../errors.ts'
import type { CreateTenant } from '../tenants/schema.ts'
import { applyPlan } from './apply-plan.ts'
import { tenantNames, tenantNamesIn, withoutTenants } from './existing-tenants.ts'
import {
  configurationFiles,
  type MappedKey,
  mappingFile,
  type OutputFile,
  refuseExisting,
  writeFiles,
} from './output-files.ts'
import type { ImportPlan } from './plan.ts'
import { reportText } from './report.ts'
import type { ImportTarget } from './target.ts'

export interface CarryOutOptions {
  /** Of the new tenants. */
  tier: CreateTenant['tier']
  /** Writes nothing: neither a file nor a row. */
  isDryRun: boolean
}

/** What was done, or would be, of a plan. */
interface Outcome {
  plan: ImportPlan
  files: OutputFile[]
}

/**
 * Writes the plan's files, and its tenants and keys into the database: all of it or nothing.
 *
 * @returns the report
 * @throws ExpectedFailure when a server owns the database, or a file is in the way
 */
export async function carryOut(
  plan: ImportPlan,
  target: ImportTarget,
  options: CarryOutOptions,
): Promise<string> {
  const outcome = await act(plan, target, options)
  return reportText(outcome.plan, {
    ...options,
    files: outcome.files.map(({ path }) => path),
    database: outcome.plan.tenants.length > 0 ? target.databasePath : null,
  })
}

async function act(
  plan: ImportPlan,
  target: ImportTarget,
  { tier, isDryRun }: CarryOutOptions,
): Promise<Outcome> {
  if (isDryRun) {
    const settled = inspected(plan, target)
    return { plan: settled, files: filesOf(settled, target) }
  }
  if (plan.tenants.length > 0) return withDatabase(plan, target, tier)
  const files = filesOf(plan, target)
  writeFiles(files)
  return { plan, files }
}

/** The plan as the database would take it, which is looked at and not touched. */
function inspected(plan: ImportPlan, { databasePath }: ImportTarget): ImportPlan {
  if (plan.tenants.length === 0 || !existsSync(databasePath)) return plan
  try {
    return withoutTenants(plan, tenantNamesIn(databasePath))
  } catch (error) {
    throw openingFailure(databasePath, error)
  }
}

/** Every file that the plan needs; their texts are known but for the new keys. @throws ExpectedFailure */
function filesOf(plan: ImportPlan, { folder, config }: ImportTarget): OutputFile[] {
  const files = configurationFiles(plan, { folder, hasConfig: config !== null })
  const hasKeys = plan.tenants.some(({ keys }) => keys.length > 0)
  const all = hasKeys ? [...files, mappingFile(folder, [])] : files
  refuseExisting(all.map(({ path }) => path))
  return all
}

async function withDatabase(
  given: ImportPlan,
  target: ImportTarget,
  tier: CreateTenant['tier'],
): Promise<Outcome> {
  // A database that is not there yet shall not be made for an import that is refused.
  if (!existsSync(target.databasePath)) filesOf(given, target)
  const database = await open(target.databasePath)
  try {
    const plan = withoutTenants(given, await tenantNames(database.db))
    const files = filesOf(plan, target)
    await apply(database, { plan, files }, { target, tier })
    return { plan, files }
  } finally {
    await database.close()
  }
}

async function apply(
  { writer }: AresDatabase,
  { plan, files }: Outcome,
  { target, tier }: { target: ImportTarget; tier: CreateTenant['tier'] },
): Promise<void> {
  const deps = { writer, clock: systemClock, newId: () => Bun.randomUUIDv7() }
  const write = (keys: MappedKey[]) => writeFiles(withMapping(files, target.folder, keys))
  try {
    await applyPlan(deps, { plan, tier, writeFiles: write })
  } catch (error) {
    if (!(error instanceof AresError)) throw error
    throw new ExpectedFailure(`${error.message} Nothing was imported.`)
  }
}

function withMapping(files: OutputFile[], folder: string, keys: MappedKey[]): OutputFile[] {
  const mapping = mappingFile(folder, keys)
  return files.map((file) => (file.path === mapping.path ? mapping : file))
}

async function open(path: string): Promise<AresDatabase> {
  try {
    return await openDatabase({ path, pid: process.pid, statements: [] })
  } catch (error) {
    throw openingFailure(path, error)
  }
}

function openingFailure(path: string, error: unknown): ExpectedFailure {
  const { message } = error as Error
  if (error instanceof DatabaseInUse) {
    return new ExpectedFailure(`${message} Stop it first: an import is the only one to write.`)
  }
  if (error instanceof DatabaseRefused) return new ExpectedFailure(message)
  return new ExpectedFailure(`The database ${path} cannot be opened: ${message}`)
}
