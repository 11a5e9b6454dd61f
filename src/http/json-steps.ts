import type { JsonPiece } from './json-text.ts'
import { LongBytes, LongText, STEP } from './long-pieces.ts'

const encoder = new TextEncoder()

/**
 * JSON in pieces, as it is written: a step at a time. After the last step, or when nobody wants the rest, the bytes among
 * the pieces are given back.
 */
export function* stepsOf(pieces: readonly JsonPiece[]): Generator<Uint8Array, void, void> {
  const readied = pieces.map((piece) => (isShort(piece) ? piece : longPiece(piece)))
  let small = ''
  try {
    for (const piece of readied) {
      if (typeof piece === 'string' && small.length + piece.length <= STEP) {
        small += piece
        continue
      }
      if (small !== '') yield encoder.encode(small)
      small = ''
      if (typeof piece === 'string') small = piece
      else while (!piece.isWritten) yield piece.next()
    }
    if (small !== '') yield encoder.encode(small)
  } finally {
    for (const piece of readied) if (typeof piece !== 'string') piece.giveBack()
  }
}

function isShort(piece: JsonPiece): piece is string {
  return typeof piece === 'string' && piece.length <= STEP
}

function longPiece(piece: JsonPiece) {
  return typeof piece === 'string' ? new LongText(piece) : new LongBytes(piece)
}
