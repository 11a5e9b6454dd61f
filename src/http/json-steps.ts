import type { JsonPiece } from './json-text.ts'

/** Characters, or bytes, that are written in one turn. */
export const STEP = 64 * 1024

const encoder = new TextEncoder()

/**
 * JSON in pieces, as it is written: a step at a time. After the last step, or when nobody wants the rest, the bytes among
 * the pieces are given back and may not be looked at again.
 */
export function* stepsOf(pieces: readonly JsonPiece[]): Generator<Uint8Array, void, void> {
  let small = ''
  try {
    for (const piece of pieces) {
      if (typeof piece === 'string' && small.length + piece.length <= STEP) {
        small += piece
        continue
      }
      if (small !== '') yield encoder.encode(small)
      small = ''
      if (typeof piece !== 'string') yield* copiesOf(piece)
      else if (piece.length > STEP) yield* slicesOf(piece)
      else small = piece
    }
    if (small !== '') yield encoder.encode(small)
  } finally {
    pieces.forEach(giveBack)
  }
}

/** Copies (the `slice` of a `Buffer` is none), for what was handed out may be looked at long after the next step. */
function* copiesOf(bytes: Uint8Array): Generator<Uint8Array, void, void> {
  for (let start = 0; start < bytes.byteLength; start += STEP)
    yield new Uint8Array(bytes.subarray(start, start + STEP))
}

function* slicesOf(text: string): Generator<Uint8Array, void, void> {
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = Math.min(start + STEP, text.length)
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end--
    yield encoder.encode(text.slice(start, end))
  }
}

/** The first half of a character: it cannot be encoded without the other. */
function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}

/**
 * The memory of bytes that have it to themselves is free again at once. Left to the collector, sixty callers of runs of
 * a megabyte have it hold hundreds of them.
 */
function giveBack(piece: JsonPiece): void {
  if (typeof piece === 'string' || piece.byteLength < piece.buffer.byteLength) return
  if (!piece.buffer.detached) piece.buffer.transfer(0)
}
