import { readdirSync, readFileSync } from 'node:fs'

/** What a thread has had of the processors since it began, in ms. */
export interface ProcessorTimes {
  /** At work. */
  workedMs: number
  /** Ready to work, while others were. */
  heldUpMs: number
}

const NONE: ProcessorTimes = { workedMs: 0, heldUpMs: 0 }

/** Of the first thread of a process, which runs its event loop. */
export function processorTimes(pid: number): ProcessorTimes {
  return timesOf(pid, pid)
}

/** Source: Linux, `Documentation/scheduler/sched-stats.rst`. */
function timesOf(pid: number, thread: number): ProcessorTimes {
  const text = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8')
  const [worked, heldUp] = text.split(' ')
  return { workedMs: Number(worked) / 1e6, heldUpMs: Number(heldUp) / 1e6 }
}

/** Sees what a server, and who asks it, have had of the processors since it was made. */
export class ProcessorWatch {
  readonly #pid: number
  readonly #before: Map<number, ProcessorTimes>
  readonly #ownBefore = processorTimes(process.pid)

  constructor(pid: number) {
    this.#pid = pid
    this.#before = threadsOf(pid)
  }

  /**
   * How much of `tookMs` a machine without other work would have taken: without the time in which this process, the
   * server's event loop, or the thread that it waited for would have worked, had others not.
   */
  withoutOthers(tookMs: number): number {
    const after = threadsOf(this.#pid)
    const since = (thread: number) => difference(after.get(thread), this.#before.get(thread))
    const loop = since(this.#pid)
    const helpers = [...after.keys()].filter((thread) => thread !== this.#pid)
    const heldUpMs =
      loop.heldUpMs +
      difference(processorTimes(process.pid), this.#ownBefore).heldUpMs +
      Math.max(0, ...helpers.map((thread) => since(thread).heldUpMs))
    return Math.max(tookMs - heldUpMs, Math.min(tookMs, loop.workedMs))
  }
}

function threadsOf(pid: number): Map<number, ProcessorTimes> {
  const threads = new Map<number, ProcessorTimes>()
  for (const name of readdirSync(`/proc/${pid}/task`)) {
    const thread = Number(name)
    try {
      threads.set(thread, timesOf(pid, thread))
    } catch {
      // It has ended since.
    }
  }
  return threads
}

function difference(after = NONE, before = NONE): ProcessorTimes {
  return {
    workedMs: after.workedMs - before.workedMs,
    heldUpMs: after.heldUpMs - before.heldUpMs,
  }
}
