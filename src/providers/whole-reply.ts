import { isSurelyWithin, JsonScan } from '../json-scan.ts'
import { answerTurns } from './byte-turns.ts'
import { tooComplex, unreadable } from './call-failure.ts'
import { isObject, parsed, withoutNaN } from './json-shape.ts'
import type { ResponseBody } from './response-body.ts'

/** So much of a reply is looked through at a time. */
const PIECE_CHARACTERS = 256 * 1024

/**
 * A plain reply as it came, and as JSON; a bare NaN in it is made null in both. A long one is looked through in pieces,
 * with turns of the event loop in between, and parsed in a turn of its own.
 *
 * @param freeNumbers as in `JsonScan`
 * @throws CallFailure as `ResponseBody.readAll`; for what is no JSON object, or passes the limits of `JsonScan`
 */
export async function readWholeReply(
  body: ResponseBody,
  provider: string,
  freeNumbers = 0,
): Promise<{ text: string; reply: Record<string, unknown> }> {
  const text = await body.readAll()
  if (!isSurelyWithin(text)) await lookThrough(text, freeNumbers)
  await answerTurns.take(text.length)
  const plain = parsed(text)
  const reply = plain ?? parsed(withoutNaN(text))
  if (!isObject(reply)) throw unreadable(provider)
  return { text: plain === undefined ? JSON.stringify(reply) : text, reply }
}

/** @throws CallFailure */
async function lookThrough(text: string, freeNumbers: number): Promise<void> {
  const scan = new JsonScan({ freeNumbers })
  for (let start = 0; start < text.length; start += PIECE_CHARACTERS) {
    const piece = text.slice(start, start + PIECE_CHARACTERS)
    await answerTurns.take(piece.length)
    scan.push(piece)
    if (scan.excess) throw tooComplex(scan.excess)
  }
}
