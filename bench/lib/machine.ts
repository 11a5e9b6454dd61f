import { readFileSync } from 'node:fs'

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
