import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler'
import { AresError } from '../errors.ts'
import { parseLossless } from '../form/lossless-json.ts'
import { nextTurn } from '../next-turn.ts'
import { type Admission, admissionOf } from './admission.ts'
import { parseInTurns } from './json-in-turns.ts'
import { findJsonFault } from './json-fault.ts'
import { type AllowedNumbers, scanJson, scanShortJson } from './json-scan.ts'
import { explainValidation } from './validation.ts'

/** The header that makes a creation, run or chat happen once (`idempotency/once.ts`). */
export const IDEMPOTENCY_KEY = 'idempotency-key'

/** Reads the body of a request, and refuses what its route's schema does not allow. @throws AresError */
export type BodyReader = (context: { request: Request }) => Promise<unknown>

/** What a route with a JSON body declares: its schema, and our own reader in place of Elysia's parsers. */
export function jsonBody<T extends TSchema>(
  schema: T,
  reading: JsonReading = {},
): { body: T; parse: [BodyReader] } {
  // For Elysia's types and document alone: the reader has checked it.
  const unchecked = Type.Unsafe<Static<T>>(schema) as unknown as T
  return { body: unchecked, parse: [readerOf(schema, reading)] }
}

/** How a body is read. */
export interface JsonReading extends AllowedNumbers {
  /** What the schema is to check, where that is not the body as it came. */
  normalize?: (value: unknown) => unknown
}

/** Refuses what the schema does not allow before Elysia can, which writes all of it into its error first. */
function readerOf(schema: TSchema, { normalize, ...numbers }: JsonReading): BodyReader {
  let compiled: TypeCheck<TSchema> | undefined
  return async ({ request }) => {
    const given = await readJson(request, numbers)
    const value = normalize ? normalize(given) : given
    // Not before it is needed: the start would have to wait for it.
    compiled ??= TypeCompiler.Compile(schema)
    if (!compiled.Check(value)) throw explainValidation(compiled.Errors(value))
    return value
  }
}

/**
 * The request's JSON, within its size and depth limits.
 *
 * @throws AresError `unsupported_media_type`, `body_too_large`, `overloaded`, `invalid_json`, `invalid`
 */
async function readJson(request: Request, numbers: AllowedNumbers): Promise<unknown> {
  const admission = admissionOf(request)
  const bytes = await readBytes(request, admission)
  admission.connection.holdOpen()
  if (bytes.byteLength === 0)
    throw new AresError('invalid_json', 'The body is empty; JSON is expected.')
  refuseOtherTypes(request.headers)
  if (request.headers.has(IDEMPOTENCY_KEY)) admission.bodyHash = await hashOf(bytes)
  if (bytes.byteLength > SMALL_BODY_BYTES) return valueInTurns(bytes, numbers)
  const text = decode(() => UTF8.decode(bytes))
  scanShortJson(text, numbers)
  return parse(text)
}

/** What a body says that takes its time. */
async function valueInTurns(bytes: Uint8Array, numbers: AllowedNumbers): Promise<unknown> {
  const text = await decodeInTurns(bytes)
  await scanJson(text, numbers)
  return text.length <= SMALL_TEXT ? parse(text) : parseLong(text)
}

function refuseOtherTypes(headers: Headers): void {
  if (!isJson(headers.get('content-type') ?? '')) {
    throw new AresError('unsupported_media_type', 'Send JSON, with Content-Type: application/json.')
  }
  if ((headers.get('content-encoding') ?? 'identity') !== 'identity') {
    throw new AresError('unsupported_media_type', 'Send the body without Content-Encoding.')
  }
}

function isJson(contentType: string): boolean {
  if (contentType === 'application/json') return true
  const [type, ...parameters] = contentType.split(';').map((part) => part.trim())
  if (type?.toLowerCase() !== 'application/json') return false
  return parameters.every((part) => part === '' || /^charset\s*=\s*"?utf-8"?$/i.test(part))
}

/** A body of at most this size is read at once: it has to arrive within one idle time-out of the server. */
const SMALL_BODY_BYTES = 65_536

async function readBytes(request: Request, admission: Admission): Promise<Uint8Array> {
  const length = request.headers.get('content-length')
  try {
    // The front door has compared the length already, and the parser holds the body to it.
    if (length !== null && Number(length) <= SMALL_BODY_BYTES) {
      admission.bodyShare?.grow(Number(length))
      return new Uint8Array(await request.arrayBuffer())
    }
    return request.body ? await readBounded(request.body, admission) : new Uint8Array()
  } catch (cause) {
    if (cause instanceof AresError) throw cause
    throw new AresError('bad_request', 'The body did not arrive whole.', { cause })
  }
}

/** A larger body has this long to arrive, and one more second for each so many bytes that have. */
const BODY_TIME_MS = 30_000
const BODY_BYTES_PER_S = 4096
/** What is beyond takes from the room of others, and has to come faster. */
const PATIENT_BYTES = 1_048_576
const FURTHER_BYTES_PER_S = 65_536

/** Whether a body comes so slowly that its sender only holds the connection. */
export function isTooSlow(receivedBytes: number, elapsedMs: number): boolean {
  const further = Math.max(0, receivedBytes - PATIENT_BYTES)
  const seconds = (receivedBytes - further) / BODY_BYTES_PER_S + further / FURTHER_BYTES_PER_S
  return elapsedMs > BODY_TIME_MS + seconds * 1000
}

async function readBounded(
  body: ReadableStream<Uint8Array>,
  admission: Admission,
): Promise<Uint8Array> {
  const { connection, clock } = admission
  const chunks: Uint8Array[] = []
  const startedMs = clock.monotonicMs()
  let size = 0
  const reader = body.getReader()
  while (true) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks)
    connection.stillReading()
    size += value.byteLength
    try {
      checkArrival(size, clock.monotonicMs() - startedMs, admission.maxBodyBytes)
      admission.bodyShare?.grow(value.byteLength)
    } catch (refusal) {
      admission.bodyGivenUp = true
      void reader.cancel()
      throw refusal
    }
    chunks.push(value)
  }
}

/** @throws AresError `body_too_large`, `bad_request` */
function checkArrival(size: number, elapsedMs: number, limit: number): void {
  if (size > limit) throw bodyTooLarge(limit)
  if (isTooSlow(size, elapsedMs)) throw new AresError('bad_request', 'The body arrives too slowly.')
}

export function bodyTooLarge(limit: number): AresError {
  return new AresError('body_too_large', `The body is larger than ${limit} bytes.`)
}

/** Bytes of a body that are worked on in one turn. */
const PIECE_BYTES = 1_048_576

/** Does something with the bytes in pieces, with turns for everybody else in between. */
async function inPieces(bytes: Uint8Array, work: (piece: Uint8Array) => void): Promise<void> {
  for (let from = 0; from < bytes.byteLength; from += PIECE_BYTES) {
    if (from > 0) await nextTurn()
    work(bytes.subarray(from, from + PIECE_BYTES))
  }
}

async function hashOf(bytes: Uint8Array): Promise<string> {
  const hasher = new Bun.CryptoHasher('sha256')
  await inPieces(bytes, (piece) => hasher.update(piece))
  return hasher.digest('hex')
}

function utf8(): TextDecoder {
  return new TextDecoder('utf-8', { fatal: true })
}

/** For whole bodies, between which it remembers nothing. */
const UTF8 = utf8()

async function decodeInTurns(bytes: Uint8Array): Promise<string> {
  const decoder = utf8()
  let text = ''
  await inPieces(bytes, (piece) => {
    text += decode(() => decoder.decode(piece, { stream: true }))
  })
  return text + decode(() => decoder.decode())
}

/** @throws AresError `invalid_json` */
function decode(read: () => string): string {
  try {
    return read()
  } catch (cause) {
    throw new AresError('invalid_json', 'The body is not valid UTF-8.', { cause })
  }
}

/** Longer texts are parsed in turns. */
const SMALL_TEXT = 1_048_576

function parse(text: string): unknown {
  try {
    return parseLossless(text)
  } catch {
    throw notJson(text)
  }
}

async function parseLong(text: string): Promise<unknown> {
  try {
    return await parseInTurns(text, parseLossless)
  } catch {
    throw notJson()
  }
}

/** @param text given where it is short enough to be looked through again for the place */
function notJson(text?: string): AresError {
  const fault = text === undefined ? null : findJsonFault(text)
  if (fault === null) return new AresError('invalid_json', 'The body is not valid JSON.')
  const { line, column, found } = fault
  const what = found === null ? 'it ends too early' : `${JSON.stringify(found)} may not stand there`
  return new AresError(
    'invalid_json',
    `The body is not valid JSON: line ${line}, column ${column}: ${what}.`,
  )
}
