import { StorageDamaged } from '../db/errors.ts'

/** JSON that is text already, to stand in an answer as it is: neither parsed nor written anew. */
export class JsonText {
  constructor(readonly pieces: readonly string[]) {}
}

/**
 * The JSON of an object, some of whose fields may be JSON text; fields that are undefined are left out.
 *
 * @returns pieces that follow each other: what is long is not copied to be put together
 */
export function jsonOf(fields: object): string[] {
  const pieces: string[] = []
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
export function jsonList(items: string[][]): JsonText {
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
  if (IMPOSSIBLE.test(text)) throw new StorageDamaged('a stored text is no JSON')
  return new JsonText([text])
}
