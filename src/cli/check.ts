import { existsSync, realpathSync } from 'node:fs'
import type { Config, DatabaseConfig } from '../config/config.ts'
import { destinations } from '../config/destinations.ts'
import { loadConfig } from '../config/load.ts'
import { formatNotice } from '../config/load-notices.ts'
import { inspectPostgres } from '../db/postgres/open.ts'
import { openForInspection } from '../db/sqlite/open.ts'
import type { Db } from '../db/tables.ts'
import { compareTotals } from '../usage/compare-totals.ts'
import { ExpectedFailure } from '../expected-failure.ts'
import { openingFailure, withoutPassword } from './open-database.ts'

export interface CheckOptions {
  config?: string
  database?: true
  egress?: true
}

/** `ares check`: the configuration, and on demand the database's totals and whom it calls. Source: contract 1.1. */
export async function check(options: CheckOptions): Promise<void> {
  const { config, notices } = loadConfig({
    configFlag: options.config,
    env: process.env,
    cwd: process.cwd(),
    allowSample: options.database === true,
  })
  for (const notice of notices) process.stderr.write(`${formatNotice(notice)}\n`)
  if (options.egress) printDestinations(config)
  if (options.database) await checkDatabase(config.database)
  if (!options.egress && !options.database) process.stdout.write(`${config.source} is valid\n`)
}

/** `host:port`, a tab, and who that is: made for `cut` and the rules of a firewall. */
function printDestinations(config: Config): void {
  for (const { address, purposes } of destinations(config)) {
    process.stdout.write(`${address}\t${purposes.join('; ')}\n`)
  }
}

function checkDatabase(database: DatabaseConfig): Promise<void> {
  return database.kind === 'sqlite' ? checkFile(database.path) : checkServer(database)
}

async function checkFile(configured: string): Promise<void> {
  if (!existsSync(configured)) throw new ExpectedFailure(`There is no database at ${configured}.`)
  const path = realpathSync(configured)
  const inspection = openForInspection(path)
  try {
    refuseDamage(path, inspection.findings())
    await compare(path, inspection.db)
  } finally {
    inspection.close()
  }
}

/** Whether its files are sound is for the server's own tools; what ARES has added up is looked at here. */
async function checkServer(database: Extract<DatabaseConfig, { kind: 'postgres' }>): Promise<void> {
  try {
    await inspectPostgres(database, (db) => compare(withoutPassword(database.url), db))
  } catch (error) {
    throw error instanceof ExpectedFailure ? error : openingFailure(database, error)
  }
}

function refuseDamage(path: string, findings: string[]): void {
  for (const finding of findings) process.stdout.write(`${finding}\n`)
  if (findings.length === 0) return
  throw new ExpectedFailure(
    `${path} is damaged; restore a copy of it. Its totals were not compared.`,
  )
}

async function compare(path: string, db: Db): Promise<void> {
  const { runs, differences } = await compareTotals(db)
  for (const difference of differences) process.stdout.write(`${difference}\n`)
  if (differences.length > 0) {
    throw new ExpectedFailure(
      `${differences.length} totals differ from what ${runs} runs add up to.`,
    )
  }
  process.stdout.write(`${path}: ${runs} runs re-added, every total is right\n`)
}
