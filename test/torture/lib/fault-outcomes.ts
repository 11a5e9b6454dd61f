import type { FaultMode } from './fault-modes.ts'

/** The deadlines of the faulty providers, in ms; tight, so that passing them takes no patience. */
export const DEADLINES = { connect: 500, firstByte: 1000, idle: 1000, total: 3000 }

/** What becomes of a run, a chat and a stream. */
export interface Outcome {
  run: 'completed' | 'failed'
  /** The status of the answer. */
  chat: number
  /** A refusal's status; or how the stream ends. */
  stream: number | 'stop' | 'length' | 'content_filter' | 'error'
  /** Whether there are tokens to pay for. */
  tokens: 'none' | 'some'
  /** Which deadline has to pass first, in ms. */
  deadlineMs: number
}

const outcome = (given: Partial<Outcome>): Outcome => ({
  run: 'failed',
  chat: 502,
  stream: 502,
  tokens: 'some',
  deadlineMs: 0,
  ...given,
})

/** The provider has not worked, so nobody pays. */
const refused = outcome({ tokens: 'none' })
/** What was asked has to be paid for; nothing readable came back. */
const unreadable = outcome({})
const silent = outcome({ chat: 504, stream: 504, deadlineMs: DEADLINES.firstByte })
/** Text has arrived in a stream before the fault. */
const cutOff = outcome({ stream: 'error' })
const answered = outcome({ run: 'completed', chat: 200, stream: 'stop' })

/** What each fault has to lead to, with a provider that is asked once. */
export const OUTCOMES: Record<FaultMode, Outcome> = {
  'hang-before-headers': silent,
  'reset-before-headers': refused,
  'status-400': refused,
  'status-401': refused,
  'status-403': refused,
  'status-404': refused,
  'status-408': refused,
  'status-409': refused,
  'status-429': refused,
  'status-429-forever': refused,
  'status-500': refused,
  'status-502': refused,
  'status-503': refused,
  'status-529': refused,
  redirect: refused,
  'html-page': unreadable,
  'garbage-json': unreadable,
  'half-json': unreadable,
  'json-array': unreadable,
  'empty-body': unreadable,
  'no-http': unreadable,
  'broken-gzip': unreadable,
  'gzip-bomb': unreadable,
  'oversized-body': unreadable,
  'one-byte-at-a-time': outcome({ chat: 504, stream: 504, deadlineMs: DEADLINES.total }),
  'hang-mid-body': outcome({ chat: 504, stream: 'error', deadlineMs: DEADLINES.idle }),
  'reset-mid-body': cutOff,
  'hang-short-of-length': outcome({ chat: 504, stream: 504, deadlineMs: DEADLINES.idle }),
  'end-short-of-length': unreadable,
  'end-mid-stream': cutOff,
  'error-mid-stream': cutOff,
  'empty-stream': unreadable,
  'only-comments': unreadable,
  'event-not-json': unreadable,
  'event-cut-off': unreadable,
  'endless-stream': cutOff,
  'endless-line': unreadable,
  'awkward-bytes': outcome({ stream: 'stop' }),
  'tool-calls-forever': unreadable,
  'unknown-tool-forever': unreadable,
  'no-usage': answered,
  'negative-usage': answered,
  'enormous-usage': answered,
  'textual-usage': answered,
  'cut-at-length': outcome({ ...answered, stream: 'length' }),
  'content-filter': outcome({ ...answered, stream: 'content_filter' }),
}

/** What providers lead to that do not get as far as answering, by model. */
export const UNREACHED: Record<string, Outcome> = {
  'nobody-listens': refused,
  'no-such-host': refused,
  'no-key': outcome({ chat: 503, stream: 503, tokens: 'none' }),
  'connects-never': outcome({
    chat: 504,
    stream: 504,
    tokens: 'none',
    deadlineMs: DEADLINES.connect,
  }),
}

/** Asked three times in all, within the same deadline. */
export const RETRIED: Partial<Record<FaultMode, Outcome>> = {
  'status-500': outcome({ tokens: 'none', deadlineMs: DEADLINES.total }),
  'status-429-forever': refused,
  'reset-before-headers': outcome({ tokens: 'none', deadlineMs: DEADLINES.total }),
  'hang-before-headers': silent,
}
