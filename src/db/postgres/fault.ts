/** A failure with the code of the SQL standard, which drivers keep in places of their own. */
export class PostgresFault extends Error {
  constructor(
    readonly code: string,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause })
  }
}

/** No answer of the database came in time: `query_canceled`, as if it had said so itself. */
export const TIMED_OUT = '57014'
/** No connection is to be had: `connection_failure`. */
export const NO_CONNECTION = '08006'

/** What Bun's driver throws, as a fault: its `errno` is the standard's code, and its own codes are all about connections. */
export function toFault(error: unknown): unknown {
  if (error instanceof PostgresFault || !(error instanceof Error)) return error
  const { code, errno } = error as { code?: unknown; errno?: unknown }
  if (typeof code !== 'string' || !code.startsWith('ERR_POSTGRES')) return error
  if (typeof errno === 'string' && errno.length === 5)
    return new PostgresFault(errno, error.message, error)
  return new PostgresFault(NO_CONNECTION, error.message, error)
}

/** Whether the same work may do when it is tried again: it met another's, and one of both had to give way. */
export function isWorthARetry(error: unknown): boolean {
  return error instanceof PostgresFault && (error.code === '40P01' || error.code === '40001')
}
