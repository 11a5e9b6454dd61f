import { StorageDamaged } from '../db/errors.ts'
import { nextTurn } from '../next-turn.ts'

/**
 * A piece of JSON text. What is long is better kept as the bytes of its UTF-8: their memory is given back when they have
 * been written, that of a string when it is collected.
 */
export type JsonPiece = string | Uint8Array<ArrayBuffer>

/** JSON that is text already, to stand in an answer as it is: neither parsed nor written anew. */
export class JsonText {
  constructor(readonly pieces: readonly JsonPiece[]) {}
}

/**
 * The JSON of an object, some of whose fields may be JSON text; fields that are undefined are left out.
 *
 * @returns pieces that follow each other: what is long is not copied to be put together
 */
export function jsonOf(fields: object): JsonPiece[] {
  const pieces: JsonPiece[] = []
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue
    pieces.push(`${pieces.length === 0 ? '{' : ','}${JSON.stringify(name)}:`)
    if (value instanceof JsonText) pieces.push(...value.pieces)
    else pieces.push(JSON.stringify(value))
  }
  pieces.push(pieces.length === 0 ? '{}' : '}')
  return pieces
}

/** A list of JSON texts, each in pieces. */
export function jsonList(items: JsonPiece[][]): JsonText {
  const separated = items.flatMap((pieces, index) => (index === 0 ? pieces : [',', ...pieces]))
  return new JsonText(['[', ...separated, ']'])
}

/** No JSON has these anywhere; a damaged page of text has hundreds of them. */
const IMPOSSIBLE = /[^\P{Cc}\t\n\r\x7f-\x9f]/u

/**
 * A JSON column as it stands in an answer; null stays null.
 *
 * @throws StorageDamaged for what was never written by us. It is looked at and not parsed: that takes fifty times as long
 */
export function jsonColumn(text: string | null): JsonText | null {
  if (text === null) return null
  if (IMPOSSIBLE.test(text)) throw noJson()
  return new JsonText([text])
}

/** `IMPOSSIBLE`, in UTF-8. */
const IMPOSSIBLE_BYTES = Array.from({ length: 0x20 }, (_, byte) => byte).filter(
  (byte) => byte !== 0x09 && byte !== 0x0a && byte !== 0x0d,
)
/** Bytes that are looked at in one turn: some milliseconds. */
const LOOKED_AT = 4 * 1024 * 1024

/** The same of a column that was read as bytes. @throws StorageDamaged as `jsonColumn` */
export async function jsonBytes(bytes: Uint8Array<ArrayBuffer>): Promise<JsonText> {
  for (let start = 0; start < bytes.byteLength; start += LOOKED_AT) {
    if (start > 0) await nextTurn()
    const part = bytes.subarray(start, start + LOOKED_AT)
    if (IMPOSSIBLE_BYTES.some((byte) => part.includes(byte))) throw noJson()
  }
  return new JsonText([bytes])
}

function noJson(): StorageDamaged {
  return new StorageDamaged('a stored text is no JSON')
}
