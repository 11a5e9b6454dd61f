import { statfsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ARES, provision, serveAres } from './ares.ts'
import { newFolder } from './folders.ts'
import type { Measured } from './process.ts'
import { contentBytes, EVERY_AGENT, storeRuns } from './stored-runs.ts'

const TENANTS = 10
const DAYS = 90
export const AGENTS = Array.from({ length: 20 }, (_, index) => `agent-${index + 10}`)

/** As good as empty; a page of runs for each agent, so that every size answers the same. */
export const SMALLEST = TENANTS * AGENTS.length * 20

/** With text and indexes, and room for what is recorded while measuring. */
const DISK_BYTES_PER_RUN = 1500

/** A database with that many runs. */
export interface Grown {
  name: string
  folder: string
  /** The first tenant's. */
  key: string
  /** On the disk, without input, output and error. */
  bytesPerRun: number
}

/** @throws when the databases would not fit on the disk together */
export function refuseWithoutRoom(sizes: number[]): void {
  const { bavail, bsize } = statfsSync(tmpdir())
  const free = bavail * bsize
  const needed = sizes.reduce((sum, size) => sum + size * DISK_BYTES_PER_RUN, 0)
  if (free >= needed) return
  throw new Error(
    `the databases need ${gb(needed)} in ${tmpdir()}, where ${gb(free)} are free; TMPDIR names another folder.`,
  )
}

function gb(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`
}

/** Made and migrated by the binary, with tenants and agents from the Admin API and runs from SQL. */
export async function grow(provider: Measured, runs: number): Promise<Grown> {
  const folder = newFolder()
  const server = await serveAres(provider, { folder })
  const keys: string[] = []
  for (let i = 0; i < TENANTS; i++) keys.push(await provision(server, `tenant-${i}`, AGENTS))
  await server.stop()
  const path = join(folder, 'ares.db')
  const before = statSync(path).size
  storeRuns(path, { count: runs, days: DAYS, contentDays: DAYS, callers: EVERY_AGENT })
  const added = statSync(path).size - before - contentBytes(path).text
  return { name: runs.toLocaleString('en-US'), folder, key: keys[0]!, bytesPerRun: added / runs }
}

/** Re-adds every run, those included that were recorded since. @throws when a total differs */
export function check({ folder }: Pick<Grown, 'folder'>): string {
  const command = [ARES, 'check', '--database', '--config', join(folder, 'ares.toml')]
  const { exitCode, stdout, stderr } = Bun.spawnSync(command)
  if (exitCode !== 0) throw new Error(`${stdout.toString()}${stderr.toString()}`)
  return stdout.toString().trim().replace(/^.*: /, '`ares check --database`: ')
}
