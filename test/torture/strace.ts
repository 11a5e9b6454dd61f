import { readFileSync } from 'node:fs'
import { eventually } from '../binary/ares.ts'

/*
 * A program under strace: its system calls are written down, or some of them are made to fail, to last or to kill it.
 * The program stays our own child (`-D`): signals reach it, and its exit status is its own.
 */

/** Every call that changes what is in a database's folder. */
export const DISK_CALLS = [
  'pwrite64',
  'write',
  'fsync',
  'fdatasync',
  'ftruncate',
  'unlink',
  'rename',
]

/** Every call that tells a client something. */
export const SENDING_CALLS = ['sendto', 'sendmsg', 'writev']

const STRACE = ['strace', '-D', '-f', '-yy']
/** The program stops at the traced calls alone, and is not slower at all others. */
const FAST = '--seccomp-bpf'

/** Writes the calls down in a file, with up to `bytes` of what they carry. */
export function traced(file: string, calls: string[], bytes = 32): string[] {
  const size = String(bytes)
  return [...STRACE, FAST, '-q', '-s', size, '-o', file, '-e', `trace=${calls.join(',')}`]
}

/** What happens to a call, and when: strace counts the calls of each name by thread. */
export interface Fault {
  calls: string[]
  /** As strace takes it: `error=EIO`, `signal=SIGKILL`, `delay_exit=300000`. */
  effect: string
  /** As strace takes it: `3` the third, `3+` from there on, `3..9`. */
  when: string
}

export function faulty({ calls, effect, when }: Fault): string[] {
  const names = calls.join(',')
  const inject = `inject=${names}:${effect}:when=${when}`
  // strace 6.1 forgets the signals that it is to send when it is fast.
  const speed = effect.startsWith('signal=') ? [] : [FAST]
  return [...STRACE, ...speed, '-qq', '-o', '/dev/null', '-e', `trace=${names}`, '-e', inject]
}

/** One call as it was written down. */
export interface TracedCall {
  thread: string
  name: string
  /** Its arguments and its result as text, the strings in C's notation. */
  args: string
  /** Positions in the trace. Calls of several threads may overlap. */
  startedAt: number
  endedAt: number
}

/** The calls in the order in which they started, once the program has ended. */
export async function readTrace(file: string): Promise<TracedCall[]> {
  const text = await eventually('the end of the trace', () => {
    const text = readFileSync(file, 'utf8')
    return /\+\+\+ (exited|killed)[^\n]*\n$/.test(text) ? text : undefined
  })
  return parseTrace(text.split('\n'))
}

const UNFINISHED = ' <unfinished ...>'

function parseTrace(lines: string[]): TracedCall[] {
  const calls: TracedCall[] = []
  const unfinished = new Map<string, TracedCall>()
  lines.forEach((line, position) => {
    const [, thread = '', text = ''] = /^(\d+) +(.*)$/.exec(line) ?? []
    const [, rest] = /^<\.\.\. \w+ resumed>(.*)$/.exec(text) ?? []
    if (rest !== undefined) resume(unfinished.get(thread), rest, position)
    const [, name, args] = /^(\w+)\((.*)$/.exec(text) ?? []
    if (name === undefined || args === undefined) return
    const call = { thread, name, args, startedAt: position, endedAt: position }
    calls.push(call)
    if (!args.endsWith(UNFINISHED)) return
    call.args = args.slice(0, -UNFINISHED.length)
    unfinished.set(thread, call)
  })
  return calls
}

function resume(call: TracedCall | undefined, rest: string, position: number): void {
  if (!call) return
  call.args += rest
  call.endedAt = position
}

/** The path of a call's file; empty where it has none. */
export function pathOf({ args }: TracedCall): string {
  return /^\d+<([^>]*)>/.exec(args)?.[1] ?? /^"([^"]*)"/.exec(args)?.[1] ?? ''
}

const QUOTE = 34
const BACKSLASH = 92
const ESCAPES: Record<string, number> = { t: 9, n: 10, v: 11, f: 12, r: 13 }

/** The bytes of a call's string, as far as they were written down; none where it has no string. */
export function bytesOf({ args }: TracedCall): Buffer {
  const begin = args.indexOf('"')
  if (begin < 0) return Buffer.alloc(0)
  const bytes: number[] = []
  let at = begin + 1
  while (args.charCodeAt(at) !== QUOTE) {
    if (args.charCodeAt(at) !== BACKSLASH) {
      bytes.push(args.charCodeAt(at++))
      continue
    }
    const octal = /^[0-7]{1,3}/.exec(args.slice(at + 1, at + 4))?.[0]
    const escaped = args[at + 1]!
    bytes.push(octal ? Number.parseInt(octal, 8) : (ESCAPES[escaped] ?? escaped.charCodeAt(0)))
    at += 1 + (octal ?? escaped).length
  }
  return Buffer.from(bytes)
}

/** Where a `pwrite64` writes to. */
export function offsetOf({ args }: TracedCall): number {
  return Number(/, (\d+)\) += /.exec(args)?.[1])
}
