import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler'
import { AresError } from '../errors.ts'
import { parseLossless } from '../form/lossless-json.ts'
import { nextTurn } from '../next-turn.ts'
import { type Admission, admissionOf } from './admission.ts'
import { parseInTurns } from './json-in-turns.ts'
import { type AllowedNumbers, scanJson } from './json-scan.ts'
import { explainValidation } from './validation.ts'

/** The header that makes a creation, run or chat happen once (`idempotency/once.ts`). */
export const IDEMPOTENCY_KEY = 'idempotency-key'

type BodyReader = (context: { request: Request }) => Promise<unknown>

/** What a route with a JSON body declares: its schema, and our own reader in place of Elysia's parsers. */
export function jsonBody<T extends TSchema>(
  schema: T,
  numbers: AllowedNumbers = {},
): { body: T; parse: [BodyReader] } {
  // For Elysia's types and document alone: the reader has checked it.
  const unchecked = Type.Unsafe<Static<T>>(schema) as unknown as T
  return { body: unchecked, parse: [readerOf(schema, numbers)] }
}

/** Refuses what the schema does not allow before Elysia can, which writes all of it into its error first. */
function readerOf(schema: TSchema, numbers: AllowedNumbers): BodyReader {
  let compiled: TypeCheck<TSchema> | undefined
  return async ({ request }) => {
    const value = await readJson(request, numbers)
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
  const text = await decode(bytes)
  await scanJson(text, numbers)
  return parse(text)
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
  const [type, ...parameters] = contentType.split(';').map((part) => part.trim())
  if (type?.toLowerCase() !== 'application/json') return false
  return parameters.every((part) => part === '' || /^charset\s*=\s*"?utf-8"?$/i.test(part))
}

/** A body of at most this size may be read at once: it has to arrive within one idle time-out of the server. */
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

/** The bytes in pieces, with turns for everybody else in between. */
async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.byteLength; from += PIECE_BYTES) {
    if (from > 0) await nextTurn()
    yield bytes.subarray(from, from + PIECE_BYTES)
  }
}

async function hashOf(bytes: Uint8Array): Promise<string> {
  const hasher = new Bun.CryptoHasher('sha256')
  for await (const piece of piecesOf(bytes)) hasher.update(piece)
  return hasher.digest('hex')
}

async function decode(bytes: Uint8Array): Promise<string> {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  try {
    let text = ''
    for await (const piece of piecesOf(bytes)) text += utf8.decode(piece, { stream: true })
    return text + utf8.decode()
  } catch (cause) {
    throw new AresError('invalid_json', 'The body is not valid UTF-8.', { cause })
  }
}

/** Longer texts are parsed in turns. */
const SMALL_TEXT = 1_048_576

async function parse(text: string): Promise<unknown> {
  try {
    if (text.length <= SMALL_TEXT) return parseLossless(text)
    return await parseInTurns(text, parseLossless)
  } catch {
    throw new AresError('invalid_json', 'The body is not valid JSON.')
  }
}
