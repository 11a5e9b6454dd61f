import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { newFolder } from './folders.ts'
import { median } from './median.ts'

/** Starts counting; each call of the result tells the share of the machine that the hypervisor has taken since, %. */
export function stealMeter(): () => number {
  const before = machineTime()
  return () => {
    const after = machineTime()
    return (100 * (after.steal - before.steal)) / Math.max(1, after.total - before.total)
  }
}

/** Jiffies of all processors so far. */
function machineTime(): { total: number; steal: number } {
  const fields = readFileSync('/proc/stat', 'utf8')
    .split('\n')[0]!
    .trim()
    .split(/\s+/)
    .slice(1, 9)
    .map(Number)
  return { total: fields.reduce((sum, field) => sum + field, 0), steal: fields[7] ?? 0 }
}

const SYNCS = 200
const PAGE = Buffer.alloc(4096, 1)

/** How long the disk of the databases takes to sync a page that is overwritten, the median in ms. */
export function syncMs(): number {
  const file = openSync(join(newFolder(), 'synced'), 'w')
  const times = Array.from({ length: SYNCS }, () => syncOnce(file))
  closeSync(file)
  return median(times)
}

function syncOnce(file: number): number {
  writeSync(file, PAGE, 0, PAGE.length, 0)
  const started = performance.now()
  fdatasyncSync(file)
  return performance.now() - started
}
