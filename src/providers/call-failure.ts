import { type JsonExcess, MAX_JSON_DEPTH, MAX_JSON_ITEMS } from '../json-scan.ts'
import type { ProviderFailure } from './provider.ts'
import type { Verdict } from './wire-fault.ts'

/** Characters; a provider's own words are cut to fit. */
const LONGEST_MESSAGE = 300

export interface CallFailureOptions {
  /** Whether the provider may have worked on the request, so that it has to be paid for. */
  reached: boolean
  status?: number
  /** What the provider named its fault, where it did. */
  verdict?: Pick<Verdict, 'code' | 'param'>
  /** Present when the same request may be sent again; the value of `Retry-After`, or null without one. */
  retryAfter?: string | null
  /** The same in whole seconds, where it says so. */
  retryAfterS?: number
  cause?: unknown
}

/** A failed call, before anyone has worked out what it used; the adapters turn it into a `ProviderError`. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure'
  readonly reached: boolean
  readonly status: number | undefined
  readonly verdict: Pick<Verdict, 'code' | 'param'> | undefined
  readonly retryAfter: string | null | undefined
  readonly retryAfterS: number | undefined

  constructor(
    readonly failure: ProviderFailure,
    message: string,
    options: CallFailureOptions,
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.reached = options.reached
    this.status = options.status
    this.verdict = options.verdict
    this.retryAfter = options.retryAfter
    this.retryAfterS = options.retryAfterS
  }
}

/** What a deadline of ours waited for, as the end of a sentence. */
export type Phase = 'connect' | 'proxy' | 'first_byte' | 'idle' | 'total'

const WAITED_FOR: Record<Phase, string> = {
  connect: 'without a connection',
  proxy: 'without a connection through its proxy',
  first_byte: 'without a first byte',
  idle: 'of silence in the middle of its answer',
  total: 'without finishing its answer',
}

export function timedOut(
  provider: string,
  phase: Phase,
  ms: number,
  reached: boolean,
): CallFailure {
  const message = `The provider ${provider} timed out after ${ms / 1000} s ${WAITED_FOR[phase]}.`
  return new CallFailure('timeout', message, { reached })
}

/**
 * No connection, or one that broke before the answer began; the request may be sent again.
 *
 * @param stale whether a kept connection had been closed meanwhile: then there is nothing to wait for
 */
export function unreachable(provider: string, cause: unknown, stale = false): CallFailure {
  const options = { reached: false, retryAfter: stale ? '0' : null, cause: harmless(cause) }
  return new CallFailure('unreachable', `The provider ${provider} could not be reached.`, options)
}

/** An error status, with what the provider says about it. */
export function rejected(
  provider: string,
  status: number,
  { message: detail, code, param }: Verdict,
  retry: Pick<CallFailureOptions, 'retryAfter' | 'retryAfterS'> = {},
): CallFailure {
  const message = told(`The provider ${provider} answered with status ${status}`, detail)
  const verdict = { code, param }
  return new CallFailure('rejected', message, { reached: false, status, verdict, ...retry })
}

export function truncated(provider: string, cause?: unknown): CallFailure {
  const message = `The provider ${provider} stopped in the middle of its answer.`
  return new CallFailure('truncated', message, { reached: true, cause: harmless(cause) })
}

export function unreadable(provider: string, cause?: unknown): CallFailure {
  const message = `The provider ${provider} sent an answer that cannot be read.`
  return new CallFailure('invalid_response', message, { reached: true, cause: harmless(cause) })
}

/** An error object where an answer should be, under status 200. */
export function rejectedInBody(
  provider: string,
  { message: detail, code, param }: Verdict,
): CallFailure {
  const message = told(`The provider ${provider} broke off with an error`, detail)
  return new CallFailure('rejected', message, {
    reached: true,
    status: 200,
    verdict: { code, param },
  })
}

function told(sentence: string, detail: string): string {
  return detail === '' ? `${sentence}.` : `${sentence}: ${detail}`.slice(0, LONGEST_MESSAGE)
}

export function tooLarge(provider: string, maxBytes: number): CallFailure {
  const message = `The answer of the provider ${provider} is larger than ${maxBytes} bytes.`
  return new CallFailure('too_large', message, { reached: true })
}

const EXCESSES: Record<JsonExcess, string> = {
  depth: `The model's answer is nested deeper than ${MAX_JSON_DEPTH} levels.`,
  items: `The model's answer has more than ${MAX_JSON_ITEMS} items in its lists and objects.`,
}

/** JSON that would cost more to read than it may. */
export function tooComplex(excess: JsonExcess): CallFailure {
  return new CallFailure('invalid_response', EXCESSES[excess], { reached: true })
}

export function tooManyToolCalls(most: number): CallFailure {
  const message = `The model asked for more than ${most} tools in one answer.`
  return new CallFailure('invalid_response', message, { reached: true })
}

/** @param maxCharacters what a model may write in one answer */
export function wroteTooMuch(maxCharacters: number): CallFailure {
  const message = `The model wrote more than ${maxCharacters} characters in one answer.`
  return new CallFailure('too_large', message, { reached: true })
}

/** @param maxCharacters what an event may have */
export function eventTooLarge(maxCharacters: number): CallFailure {
  const message = `One event of the model's answer is longer than ${maxCharacters} characters.`
  return new CallFailure('too_large', message, { reached: true })
}

export function aborted(reached: boolean): CallFailure {
  return new CallFailure('aborted', 'The call to the model was cancelled.', { reached })
}

/** Bun's own errors name the address they were talking to; only their code is kept. */
function harmless(cause: unknown): unknown {
  if (!(cause instanceof Error)) return undefined
  const code = 'code' in cause ? cause.code : undefined
  return new Error(typeof code === 'string' ? code : cause.name)
}
