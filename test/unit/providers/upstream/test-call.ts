import { systemClock } from '../../../../src/clock.ts'
import { FetchClient } from '../../../../src/providers/fetch-client.ts'
import { Http1Client } from '../../../../src/providers/http1/client.ts'
import {
  type FaultKind,
  type UpstreamAnswer,
  type UpstreamCall,
  type UpstreamClient,
  UpstreamFault,
} from '../../../../src/providers/upstream.ts'

/** Both ways of carrying a request. */
export const CLIENTS: Record<'http1' | 'fetch', () => UpstreamClient> = {
  http1: () => new Http1Client(systemClock),
  fetch: () => new FetchClient(systemClock),
}

export type ClientName = keyof typeof CLIENTS

/** No deadline passes because the machine is busy. */
const PATIENCE_MS = 60_000

/** A call that a test stops when it wants to. */
export class TestCall implements UpstreamCall {
  stopped: Error | null = null
  onStopped: (() => void) | null = null
  reached = false

  constructor(readonly connectTimeoutMs = PATIENCE_MS) {}

  connectTimedOut(): void {
    this.stop(new Error('connect'))
  }

  stop(reason: Error): void {
    if (this.stopped !== null) return
    this.stopped = reason
    this.onStopped?.()
  }
}

const HEADERS = new Headers({
  'content-type': 'application/json',
  'accept-encoding': 'identity',
  'user-agent': 'ares',
})

/** Sends a request, small unless told otherwise. */
export function ask(
  client: UpstreamClient,
  url: string,
  { call = new TestCall(), body = '{}' }: { call?: UpstreamCall; body?: string } = {},
): Promise<UpstreamAnswer> {
  return client.send({ url, headers: HEADERS, body }, call)
}

/** The rest of a body, read by read, a character a byte. */
export async function bodyOf(answer: UpstreamAnswer): Promise<string> {
  let text = ''
  for (;;) {
    const bytes = await answer.read()
    if (bytes === null) return text
    text += Buffer.from(bytes).toString('latin1')
  }
}

/** What came of a request: an answer, or how it failed. */
export type Outcome = { status: number; body: string } | { fault: FaultKind }

export async function outcomeOf(work: Promise<UpstreamAnswer>): Promise<Outcome> {
  try {
    const answer = await work
    return { status: answer.status, body: await bodyOf(answer) }
  } catch (error) {
    if (error instanceof UpstreamFault) return { fault: error.kind }
    throw error
  }
}

/** The message of what a call ended with that must not be answered. */
export function endOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'It was answered.',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
}
