import { join } from 'node:path'
import { configFor, emptyFolder, startAres } from '../binary/ares.ts'
import { startScriptedProvider } from '../scripted-provider.ts'
import { loadAndStop } from './lib/synced-load.ts'
import { runAlone, type Scenario } from './scenario.ts'
import { DISK_CALLS, readTrace, SENDING_CALLS, traced } from './strace.ts'
import { missing, skipped } from './tools.ts'
import { durabilityProblems, foldProblems } from './write-order.ts'

/*
 * What a power loss takes is what was not synced. It cannot be caused here, but its order can be seen: before each
 * answer, and each first byte of a stream, the log must have been synced, and a log may be emptied or begun anew only
 * after the file was.
 */

const HEADING = {
  title: 'Synced before it is answered',
  goal: 'a sync of the log between the commit and every 2xx; file synced before the log is begun anew',
}

/** A whole page of the database. */
const PAGE_BYTES = 4096

/** Reads from a trace of the system calls whether anything was answered before it was on the disk. */
export const syncOrder: Scenario = {
  name: 'sync-order',
  about: 'the order of writes, syncs and answers, as the kernel saw it',
  async run(profile) {
    const reason = missing('strace')
    if (reason !== null) return skipped(HEADING, reason)
    const trace = join(emptyFolder(), 'trace')
    const provider = await startScriptedProvider()
    const server = await startAres({
      config: configFor(provider.url),
      wrapper: traced(trace, [...DISK_CALLS, ...SENDING_CALLS], PAGE_BYTES),
    })
    const { answered, code } = await loadAndStop(server, provider, profile === 'full' ? 40 : 4)
    provider.stop()
    const calls = await readTrace(trace)
    const folds = foldProblems(calls)
    const problems = [
      ...durabilityProblems(calls, answered),
      ...folds.problems,
      ...(folds.count === 0 ? ['the log was never folded'] : []),
      ...(code === 0 ? [] : [`the stop: status ${code}`]),
    ]
    return {
      ...HEADING,
      measured: `${answered.length} answers, ${folds.count} folds, ${problems.length} out of order`,
      rows: [{ calls: calls.length, answers: answered.length, folds: folds.count }],
      problems,
    }
  },
}

if (import.meta.main) await runAlone(syncOrder)
