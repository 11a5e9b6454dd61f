import { statSync } from 'node:fs'
import { setPriority } from 'node:os'
import type { Clock } from '../clock.ts'
import { inspectTables } from '../db/sqlite/open.ts'
import { LOOK_THROUGH, ownCommand } from './own-command.ts'

/*
 * The server looks through its database in a process of its own: SQLite's check keeps its thread for as long as it
 * takes, and what it reads must not push the server's own pages out of memory or its requests off the disk.
 */

/** Lowest: others come first on every core, and under Linux's schedulers on the disk too. */
const NICE = 19
/** After each table, as long again as it took: half the speed of an idle machine at most. */
const MOST_REST_MS = 5000
/** Those who start a server want answers first. */
const BEFORE_MS = 1000
/** What is being read keeps the log from being folded; at this length the log matters more. */
const MAX_LOG_BYTES = 256 * 1024 * 1024

/** The child: one line on standard output for each finding, status 0 when everything was looked at. */
export async function lookThrough(path: string, { monotonicMs }: Clock): Promise<void> {
  setPriority(NICE)
  const parent = process.ppid
  let startedMs = monotonicMs()
  for (const findings of inspectTables(path)) {
    for (const finding of findings) process.stdout.write(`${finding}\n`)
    // Nobody is left who would hear of it.
    if (process.ppid !== parent) process.exit(1)
    await Bun.sleep(Math.min(monotonicMs() - startedMs, MOST_REST_MS))
    startedMs = monotonicMs()
  }
}

/** The parent: what such a child finds. @throws when it did not come to its end */
export async function findDamage(path: string, stopped: AbortSignal): Promise<string[]> {
  await Promise.race([Bun.sleep(BEFORE_MS), whenAborted(stopped)])
  stopped.throwIfAborted()
  const child = Bun.spawn(ownCommand([LOOK_THROUGH, path]), {
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'ignore',
    signal: stopped,
  })
  const guard = setInterval(() => {
    if (logBytes(path) > MAX_LOG_BYTES) child.kill()
  }, BEFORE_MS)
  try {
    const [text, status] = await Promise.all([new Response(child.stdout).text(), child.exited])
    if (status !== 0) throw new Error(`the check ended with ${child.signalCode ?? status}`)
    return text.split('\n').filter((line) => line !== '')
  } finally {
    clearInterval(guard)
  }
}

function whenAborted(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}

function logBytes(path: string): number {
  return statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0
}
