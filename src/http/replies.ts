import { nextTurn } from '../next-turn.ts'
import type { ReplyBudget, ReplyOwner, ReplySize, Room } from '../limits/reply-budget.ts'
import type { Admission } from './admission.ts'
import { stepsOf } from './json-steps.ts'
import type { JsonPiece } from './json-text.ts'
import { STEP } from './long-pieces.ts'

/** The request that is answered. */
export interface Asked {
  request: Request
  admission: Admission
}

/** A reply as JSON text, whole or in pieces that follow each other; 200 unless it says otherwise. */
export interface JsonReply {
  text: string | readonly JsonPiece[]
  status?: number
  headers?: Record<string, string>
}

/** What a row of a list takes, apart from what was said. */
export const ROW_BYTES = 700

const JSON_INIT = { headers: { 'content-type': 'application/json' } }

/*
 * What was said may be long. Replies that hold it are made and written in steps, between which everybody else has
 * their turn, only as fast as the client reads, and within a budget of bytes.
 */
export class Replies {
  readonly #budget: ReplyBudget

  constructor(budget: ReplyBudget) {
    this.#budget = budget
  }

  /**
   * Replies with JSON, made once there is room for it.
   *
   * @throws AresError `rate_limited`, `overloaded`, or what `make` throws
   */
  async send(asked: Asked, size: ReplySize, make: () => Promise<JsonReply>): Promise<Response> {
    const owner = ownerOf(asked.admission)
    const room = await this.#budget.enter(owner, size, asked.request.signal)
    try {
      return written(asked, await make(), room)
    } catch (error) {
      room.leave()
      throw error
    }
  }

  /** The same for a list of rows that hold nothing long. @param make what is answered */
  sendRows(asked: Asked, rows: number, make: () => object): Promise<Response> {
    const size = { bytes: rows * ROW_BYTES }
    return this.send(asked, size, async () => ({ text: JSON.stringify(make()) }))
  }

  /**
   * Room for a reply that its route writes by itself, as fast as the client reads.
   *
   * @returns to be called at its end, however it ends
   * @throws AresError as `send`
   */
  async hold(asked: Asked, size: ReplySize): Promise<() => void> {
    const { request, admission } = asked
    const room = await this.#budget.enter(ownerOf(admission), size, request.signal)
    return beginStream(asked, room, 200)
  }

  /** The reply to what was metered, which is there already and is never refused. */
  sendMetered(asked: Asked, reply: object | string): Response {
    const text = typeof reply === 'string' ? reply : JSON.stringify(reply)
    if (text.length <= STEP) return new Response(text, JSON_INIT)
    const room = this.#budget.note(ownerOf(asked.admission), Buffer.byteLength(text))
    return written(asked, { text }, room)
  }

  /** Refuses what would be metered while replies that nobody reads fill the budget. @throws AresError as `send` */
  checkRoom(admission: Admission): void {
    this.#budget.check(ownerOf(admission), STEP)
  }
}

function ownerOf({ caller }: Admission): ReplyOwner {
  return caller ? caller.tenantId : null
}

function written(
  asked: Asked,
  { text, status = 200, headers = {} }: JsonReply,
  room: Room,
): Response {
  const init = { status, headers: { ...headers, 'content-type': 'application/json' } }
  const pieces = typeof text === 'string' ? [text] : text
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  // What is no longer leaves at once.
  if (length > STEP && asked.admission.method !== 'HEAD')
    return new Response(inSteps(pieces, beginStream(asked, room, status)), init)
  room.leave()
  return new Response(pieces.map(textOf).join(''), init)
}

const decoder = new TextDecoder()

function textOf(piece: JsonPiece): string {
  return typeof piece === 'string' ? piece : decoder.decode(piece)
}

/** @returns what ends it; does so by itself when the client has gone */
function beginStream({ request, admission }: Asked, room: Room, status: number): () => void {
  const { signal } = request
  let ended = false
  const end = () => {
    if (ended) return
    ended = true
    signal.removeEventListener('abort', end)
    room.leave()
    admission.finish(status)
  }
  admission.beginStream()
  signal.addEventListener('abort', end, { once: true })
  // Of a stream to nobody, nothing may be asked for.
  if (signal.aborted || admission.method === 'HEAD') end()
  return end
}

/** @param end called with the last byte, or when the client has gone */
function inSteps(pieces: readonly JsonPiece[], end: () => void): ReadableStream<Uint8Array> {
  const steps = stepsOf(pieces)
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      await nextTurn()
      const { value, done } = steps.next()
      if (!done) return controller.enqueue(value)
      end()
      controller.close()
    },
    cancel() {
      steps.return()
      end()
    },
  })
}
