import { pathOf, type TracedCall } from './strace.ts'

/** Something that was written by a commit and answered after it; both as texts that occur nowhere earlier. */
export interface Answered {
  what: string
  /** In the page that the commit wrote. */
  stored: string
  /** At the beginning of what was sent. */
  sent: string
}

const SYNCS = new Set(['fsync', 'fdatasync'])

const isWrite = (call: TracedCall) => call.name === 'pwrite64'
const isSync = (call: TracedCall) => SYNCS.has(call.name) && call.args.endsWith('= 0')
const isLog = (call: TracedCall) => pathOf(call).endsWith('.db-wal')
const isFile = (call: TracedCall) => pathOf(call).endsWith('.db')
const isToClient = (call: TracedCall) => pathOf(call).startsWith('TCP:')

/** What was answered although no sync of the log had begun after its commit and ended before the answer. */
export function durabilityProblems(calls: TracedCall[], answered: Answered[]): string[] {
  const logWrites = calls.filter((call) => isWrite(call) && isLog(call))
  const syncs = calls.filter((call) => isSync(call) && isLog(call))
  const sent = calls.filter(isToClient)
  return answered.flatMap(({ what, stored, sent: text }) => {
    const written = commitOf(logWrites, stored)
    const answer = sent.find((call) => call.args.includes(text.replaceAll('"', '\\"')))
    if (!written || !answer) return [`${what} ${stored}: not in the trace`]
    const isBetween = (sync: TracedCall) =>
      sync.startedAt > written.endedAt && sync.endedAt < answer.startedAt
    return syncs.some(isBetween) ? [] : [`${what} ${stored}: answered before its commit was synced`]
  })
}

/** The last write of the commit that first wrote the text: the page behind the header that marks a commit. */
function commitOf(logWrites: TracedCall[], stored: string): TracedCall | undefined {
  const first = logWrites.findIndex((call) => call.args.includes(stored))
  if (first < 0) return undefined
  const header = logWrites.findIndex((call, index) => index >= first - 1 && isCommitHeader(call))
  return logWrites[header + 1]
}

/** 24 bytes before each page; the second four hold the size of the file in a commit's last, otherwise zero. */
function isCommitHeader({ args }: TracedCall): boolean {
  const [, text] = /^[^"]*"(.*)", 24, /.exec(args) ?? []
  return (
    text !== undefined &&
    bytesOf(text)
      .slice(4, 8)
      .some((byte) => byte !== 0)
  )
}

const ESCAPES: Record<string, number> = { t: 9, n: 10, v: 11, f: 12, r: 13 }

/** The bytes of a string in C's notation. */
function bytesOf(text: string): number[] {
  return [...text.matchAll(/\\([0-7]{1,3})|\\(.)|([^\\])/g)].map(([, octal, escaped, plain]) => {
    if (octal !== undefined) return Number.parseInt(octal, 8)
    return ESCAPES[escaped ?? ''] ?? (escaped ?? plain)!.charCodeAt(0)
  })
}

/**
 * What was done in the wrong order when the log's pages were copied into the file: the log is synced before the file
 * is touched, the file before the log is emptied, and the emptied log before anything is written to it.
 */
export function foldProblems(calls: TracedCall[]): { count: number; problems: string[] } {
  const unsynced = { log: false, file: false, emptied: false }
  const problems = new Set<string>()
  let count = 0
  for (const call of timeline(calls)) {
    if (isSync(call)) {
      if (isLog(call)) unsynced.log = unsynced.emptied = false
      if (isFile(call)) unsynced.file = false
    } else if (isWrite(call) && isLog(call)) {
      if (unsynced.emptied) problems.add('the log was written to before it was known to be empty')
      unsynced.log = true
    } else if (isWrite(call) && isFile(call)) {
      if (unsynced.log) problems.add('the file was written to before the log was synced')
      unsynced.file = true
    } else if (call.name === 'ftruncate' && isLog(call)) {
      if (unsynced.file) problems.add('the log was emptied before the file was synced')
      unsynced.emptied = true
      count++
    }
  }
  return { count, problems: [...problems] }
}

/**
 * A write counts from its start, a sync from its end. A sync that overlaps with a write, which it may have missed,
 * would have to be told apart; the writer does nothing else while it waits for one.
 */
function timeline(calls: TracedCall[]): TracedCall[] {
  return calls.toSorted((a, b) => momentOf(a) - momentOf(b))
}

function momentOf(call: TracedCall): number {
  return SYNCS.has(call.name) ? call.endedAt : call.startedAt
}
