import type { ServerConfig } from './config/config.ts'

export type LogLevel = ServerConfig['logLevel']
export type LogFields = Record<string, string | number | boolean | null | undefined>

/** `cause` is the failure behind the event, told with its stack. */
export type LogEntryWriter = (message: string, fields?: LogFields, cause?: unknown) => void

/** One event per line. Fields never hold a key, a secret or message text. */
export interface Log {
  debug: LogEntryWriter
  info: LogEntryWriter
  warn: LogEntryWriter
  error: LogEntryWriter
}

export interface LogOptions {
  level: LogLevel
  /** For eyes instead of machines: a terminal is watching. */
  pretty: boolean
  write: (text: string) => void
  now: () => Date
}

const LEVELS: LogLevel[] = ['debug', 'info', 'warn', 'error']

/** A log that writes JSON lines, or aligned text when a terminal is watching. */
export function createLog({ level, pretty, write, now }: LogOptions): Log {
  const threshold = LEVELS.indexOf(level)
  const format = pretty ? prettyLine : jsonLine
  const at =
    (entryLevel: LogLevel): LogEntryWriter =>
    (message, fields, cause) => {
      if (LEVELS.indexOf(entryLevel) < threshold) return
      const said = cause === undefined ? fields : { ...fields, ...told(cause) }
      write(format({ time: now().toISOString(), level: entryLevel, message }, said))
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** Longest stack or cause text that goes into one line. */
const MAX_CAUSE_CHARS = 4000

function told(cause: unknown): LogFields {
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : JSON.stringify(cause)
  return { cause: text?.slice(0, MAX_CAUSE_CHARS) }
}

interface Head {
  time: string
  level: LogLevel
  message: string
}

/** The head and the fields are written one behind the other: there is a line for each request, and copying costs more. */
function jsonLine(head: Head, fields: LogFields = {}): string {
  const rest = JSON.stringify(fields)
  const start = JSON.stringify(head).slice(0, -1)
  return rest === '{}' ? `${start}}\n` : `${start},${rest.slice(1)}\n`
}

function prettyLine({ time, level, message }: Head, fields: LogFields = {}): string {
  const rest = Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name}=${printable(value)}`)
  return `${time.slice(11, 23)} ${level.padEnd(5)} ${message} ${rest.join(' ')}\n`
}

function printable(value: unknown): string {
  const text = String(value)
  return /^[\w./:@-]*$/.test(text) ? text : JSON.stringify(text)
}

/** Lines kept while standard error takes none; more are dropped, for a stuck pipe must not fill the memory. */
const MAX_WAITING_LINES = 10_000

/** Collects the lines of one turn of the event loop into one write to standard error; a closed pipe is no fault of ours. */
export function standardErrorWriter(): (text: string) => void {
  let waiting: string[] = []
  let scheduled = false
  process.stderr.on('error', () => {})
  const flush = () => {
    scheduled = false
    const text = waiting.join('')
    waiting = []
    process.stderr.write(text)
  }
  return (text) => {
    if (waiting.length < MAX_WAITING_LINES) waiting.push(text)
    if (scheduled) return
    scheduled = true
    setImmediate(flush)
  }
}
