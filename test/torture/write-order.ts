import { bytesOf, offsetOf, pathOf, type TracedCall } from './strace.ts'

/** Something that was written by a commit and answered after it; both as texts that occur nowhere earlier. */
export interface Answered {
  what: 'tenant' | 'key' | 'run' | 'begun stream' | 'stream'
  id: string
  /** In the page that the commit wrote. */
  stored: string
  /** At the beginning of what was sent. */
  sent: string
}

const SYNCS = new Set(['fsync', 'fdatasync'])

/** The files that are written, synced and read from, as they are seen in a trace. */
export const isWrite = (call: TracedCall) => call.name === 'pwrite64'
export const isSync = (call: TracedCall) => SYNCS.has(call.name) && call.args.endsWith('= 0')
export const isLog = (call: TracedCall) => pathOf(call).endsWith('.db-wal')
export const isFile = (call: TracedCall) => pathOf(call).endsWith('.db')
const isToClient = (call: TracedCall) => pathOf(call).startsWith('TCP:')

/** What was answered although no sync of the log had begun after its commit and ended before the answer. */
export function durabilityProblems(calls: TracedCall[], answered: Answered[]): string[] {
  const logWrites = calls.filter((call) => isWrite(call) && isLog(call))
  const syncs = calls.filter((call) => isSync(call) && isLog(call))
  const findAnswer = answerFinder(calls)
  return answered.flatMap(({ what, stored, sent }) => {
    const written = commitOf(logWrites, stored)
    const answer = findAnswer(sent)
    if (!written || !answer) return [`${what} ${stored}: not in the trace`]
    const isBetween = (sync: TracedCall) =>
      sync.startedAt > written.endedAt && sync.endedAt < answer.startedAt
    return syncs.some(isBetween) ? [] : [`${what} ${stored}: answered before its commit was synced`]
  })
}

/** Finds by a text that was sent the call that sent it first. */
export function answerFinder(calls: TracedCall[]): (sent: string) => TracedCall | undefined {
  const sending = calls.filter(isToClient)
  return (sent) => sending.find((call) => call.args.includes(sent.replaceAll('"', '\\"')))
}

/** The last write of the commit that first wrote the text: the page behind the header that marks a commit. */
function commitOf(logWrites: TracedCall[], stored: string): TracedCall | undefined {
  const first = logWrites.findIndex((call) => call.args.includes(stored))
  if (first < 0) return undefined
  const header = logWrites.findIndex((call, index) => index >= first - 1 && isCommitHeader(call))
  return logWrites[header + 1]
}

/** 24 bytes before each page; the second four hold the size of the file in a commit's last, otherwise zero. */
function isCommitHeader(call: TracedCall): boolean {
  if (!/^[^"]*".*", 24, /.test(call.args)) return false
  return bytesOf(call).readUInt32BE(4) !== 0
}

/** Where the second frame of a log begins: behind a header of 32 bytes, and 24 and a page of the first. */
const SECOND_FRAME = 32 + 24 + 4096

/**
 * What was done in the wrong order when the log's pages were copied into the file: the log is synced before the file
 * is touched, the file before the log is emptied or begun anew, and an emptied log before anything is written to it. Of
 * a log that was begun anew, the first frame is synced before the second is written: until then the old header may count.
 */
export function foldProblems(calls: TracedCall[]): { count: number; problems: string[] } {
  const log = new SyncedFile()
  const file = new SyncedFile()
  const emptied = new SyncedFile()
  const begun = new SyncedFile()
  const problems = new Set<string>()
  let count = 0
  let wasTouched = false
  for (const { call, isEnd } of timeline(calls)) {
    if (isSync(call)) {
      const synced = isLog(call) ? [log, emptied, begun] : isFile(call) ? [file] : []
      for (const each of synced) each.sync(call, isEnd)
    } else if (isEnd) continue
    else if (isWrite(call) && isLog(call)) {
      const isBeginning = offsetOf(call) === 0
      if (emptied.isDirty) problems.add('the log was written to before it was known to be empty')
      if (isBeginning && file.isDirty) {
        problems.add('the log was begun anew before the file was synced')
      }
      if (begun.isDirty && offsetOf(call) >= SECOND_FRAME) {
        problems.add('the log was written over before its new beginning was synced')
      }
      log.write(call)
      if (isBeginning) begun.write(call)
      if (isBeginning && wasTouched) count++
      if (isBeginning) wasTouched = false
    } else if (isWrite(call) && isFile(call)) {
      if (log.isDirty) problems.add('the file was written to before the log was synced')
      file.write(call)
      wasTouched = true
    } else if (call.name === 'ftruncate' && isLog(call)) {
      if (file.isDirty) problems.add('the log was emptied before the file was synced')
      emptied.write(call)
    }
  }
  return { count, problems: [...problems] }
}

/** Which writes to a file, or of one kind, are on the disk: a sync has those that had ended before it began. */
class SyncedFile {
  #lastWrite: TracedCall | undefined
  #syncedBy = -1

  get isDirty(): boolean {
    return this.#lastWrite !== undefined && this.#lastWrite.endedAt > this.#syncedBy
  }

  write(call: TracedCall): void {
    this.#lastWrite = call
  }

  sync(call: TracedCall, isEnd: boolean): void {
    if (isEnd) this.#syncedBy = Math.max(this.#syncedBy, call.startedAt)
  }
}

/** The start or the end of a call. */
export interface TimedCall {
  call: TracedCall
  isEnd: boolean
  at: number
}

/** Each call at its start and at its end, in the order in which they were. */
export function timeline(calls: TracedCall[]): TimedCall[] {
  return calls
    .flatMap((call) => [
      { call, isEnd: false, at: call.startedAt },
      { call, isEnd: true, at: call.endedAt },
    ])
    .toSorted((a, b) => a.at - b.at)
}
