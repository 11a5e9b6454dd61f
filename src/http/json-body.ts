import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler'
import { AresError } from '../errors.ts'
import { parseLossless } from '../form/lossless-json.ts'
import { type Admission, admissionOf } from './admission.ts'
import { scanJson } from './json-scan.ts'
import { explainValidation } from './validation.ts'

/** The header that makes a creation, run or chat happen once (`idempotency/once.ts`). */
export const IDEMPOTENCY_KEY = 'idempotency-key'

type BodyReader = (context: { request: Request }) => Promise<unknown>

/** How a body is read. */
export interface JsonReading {
  /** Integers that no number can hold are kept as they came (`isRawNumber`); otherwise they are refused. */
  anyInteger?: boolean
}

/** What a route with a JSON body declares: its schema, and our own reader in place of Elysia's parsers. */
export function jsonBody<T extends TSchema>(
  schema: T,
  reading: JsonReading = {},
): { body: T; parse: [BodyReader] } {
  // For Elysia's types and document alone: the reader has checked it.
  const unchecked = Type.Unsafe<Static<T>>(schema) as unknown as T
  return { body: unchecked, parse: [readerOf(schema, reading)] }
}

/** Refuses what the schema does not allow before Elysia can, which writes all of it into its error first. */
function readerOf(schema: TSchema, reading: JsonReading): BodyReader {
  let compiled: TypeCheck<TSchema> | undefined
  return async ({ request }) => {
    const value = await readJson(request, reading)
    // Not before it is needed: the start would have to wait for it.
    compiled ??= TypeCompiler.Compile(schema)
    if (!compiled.Check(value)) throw explainValidation(compiled.Errors(value))
    return value
  }
}

/**
 * The request's JSON, within its size and depth limits.
 *
 * @throws AresError `unsupported_media_type`, `body_too_large`, `invalid_json`, `invalid`
 */
async function readJson(request: Request, { anyInteger }: JsonReading): Promise<unknown> {
  const admission = admissionOf(request)
  const bytes = await readBytes(request, admission)
  admission.connection.holdOpen()
  if (bytes.byteLength === 0)
    throw new AresError('invalid_json', 'The body is empty; JSON is expected.')
  refuseOtherTypes(request.headers)
  if (request.headers.has(IDEMPOTENCY_KEY)) {
    admission.bodyHash = Bun.CryptoHasher.hash('sha256', bytes, 'hex')
  }
  const text = decode(bytes)
  scanJson(text, anyInteger)
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

/** Whether a body comes so slowly that its sender only holds the connection. */
export function isTooSlow(receivedBytes: number, elapsedMs: number): boolean {
  return elapsedMs > BODY_TIME_MS + (receivedBytes / BODY_BYTES_PER_S) * 1000
}

async function readBounded(
  body: ReadableStream<Uint8Array>,
  admission: Admission,
): Promise<Uint8Array> {
  const { maxBodyBytes, connection } = admission
  const chunks: Uint8Array[] = []
  const startedMs = performance.now()
  let size = 0
  const reader = body.getReader()
  while (true) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks)
    connection.stillReading()
    size += value.byteLength
    const refusal = refusalOf(size, performance.now() - startedMs, maxBodyBytes)
    if (refusal) {
      admission.bodyGivenUp = true
      void reader.cancel()
      throw refusal
    }
    chunks.push(value)
  }
}

function refusalOf(size: number, elapsedMs: number, limit: number): AresError | undefined {
  if (size > limit) return bodyTooLarge(limit)
  if (isTooSlow(size, elapsedMs))
    return new AresError('bad_request', 'The body arrives too slowly.')
  return undefined
}

export function bodyTooLarge(limit: number): AresError {
  return new AresError('body_too_large', `The body is larger than ${limit} bytes.`)
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw new AresError('invalid_json', 'The body is not valid UTF-8.', { cause })
  }
}

function parse(text: string): unknown {
  try {
    return parseLossless(text)
  } catch {
    throw new AresError('invalid_json', 'The body is not valid JSON.')
  }
}
