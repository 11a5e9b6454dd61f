import type { Caller } from '../../../caller/caller.ts'
import { parseInTurns } from '../../../http/json-in-turns.ts'
import { nextTurn } from '../../../next-turn.ts'
import type { StatementReader } from '../../../db/statements.ts'
import { AresError, invalid } from '../../../errors.ts'
import { parseLossless } from '../../../form/lossless-json.ts'
import { asArray, asObject, isObject } from '../../../providers/json-shape.ts'
import type { Recalled } from '../../form/surface.ts'
import type { ResponsesBody } from '../responses-schema.ts'
import { runOfItem, runOfResponse } from './ids.ts'
import { findKept, type KeptHead, readKept } from './store.ts'

/** Responses that one request may go on from, one behind the other. */
const MAX_DEPTH = 1000
/** JSON that one request may have read again. */
const MAX_BYTES = 16 * 1024 * 1024

const PREVIOUS = '/previous_response_id'

/**
 * A request with what it refers to put in its place: the conversation before it, and earlier items of answers. Its
 * instructions are its own alone, as OpenAI has it.
 *
 * @throws AresError `not_found` for what is not kept, or not the caller's; `invalid` where it is too much
 */
export async function recall(
  reads: StatementReader,
  caller: Caller,
  body: ResponsesBody,
): Promise<Recalled<ResponsesBody>> {
  const { previous_response_id: previous, store, ...asked } = body
  const memory = new Memory(reads, caller)
  const before = previous ? await memory.conversation(previous) : []
  const given = itemsOf(body.input)
  const refers = given.some((item) => referredBy(item) !== undefined)
  const own = refers ? await memory.resolved(given) : given
  const input = previous || refers ? ([...before, ...own] as typeof body.input) : body.input
  return {
    body: { ...asked, input },
    placeOf: (at) => placeOf(at, before.length, typeof body.input === 'string'),
    kept: store === false ? null : { previous_id: runOf(previous), input: JSON.stringify(own) },
  }
}

function runOf(previous: string | null | undefined): string | null {
  return (previous && runOfResponse(previous)) || null
}

/** Text is a message of the user's. What is no input at all is refused where it is read. */
function itemsOf(input: unknown): readonly unknown[] {
  if (typeof input !== 'string') return asArray(input)
  return [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: input }] }]
}

/** Where the client wrote what stands there in the whole conversation. */
function placeOf(at: string, before: number, isText: boolean): string {
  const [, place, rest] = /^\/input\/(\d+)(.*)$/s.exec(at) ?? []
  if (place === undefined) return at
  if (Number(place) < before) return PREVIOUS
  return isText ? '/input' : `/input/${Number(place) - before}${rest}`
}

/** What one request has read again. */
class Memory {
  readonly #reads: StatementReader
  readonly #caller: Caller
  /** The items of answers, by their run. */
  readonly #outputs = new Map<string, readonly unknown[]>()
  #bytes = 0

  constructor(reads: StatementReader, caller: Caller) {
    this.#reads = reads
    this.#caller = caller
  }

  /** All that was said up to the end of that response. */
  async conversation(id: string): Promise<unknown[]> {
    const runs: string[] = []
    let next: string | null | undefined = runOfResponse(id) ?? ''
    while (next !== null) {
      if (runs.length === MAX_DEPTH) throw tooMuch(PREVIOUS)
      const head: KeptHead = await this.#find(next, PREVIOUS)
      runs.push(head.run_id)
      next = head.previous_id
    }
    const items: unknown[] = []
    for (const run of runs.toReversed()) {
      const { input, output } = await this.#read(run, PREVIOUS)
      for (const item of [...input, ...output]) items.push(item)
    }
    return items
  }

  /** The same items, each reference replaced with what it refers to. */
  async resolved(items: readonly unknown[]): Promise<unknown[]> {
    const resolved: unknown[] = []
    for (const [index, item] of items.entries()) {
      const id = referredBy(item)
      resolved.push(id === undefined ? item : await this.#item(id, `/input/${index}/id`))
    }
    return resolved
  }

  async #item(id: string, at: string): Promise<unknown> {
    const run = runOfItem(id) ?? ''
    const output = this.#outputs.get(run) ?? (await this.#outputOf(run, at))
    const item = output.find((known) => asObject(known)['id'] === id)
    if (!item) throw notKept(at)
    return item
  }

  async #outputOf(run: string, at: string): Promise<readonly unknown[]> {
    await this.#find(run, at)
    return (await this.#read(run, at)).output
  }

  async #find(run: string, at: string): Promise<KeptHead> {
    const head = run === '' ? undefined : await findKept(this.#reads, this.#caller, run)
    if (!head) throw notKept(at)
    this.#bytes += head.input_bytes + head.response_bytes
    if (this.#bytes > MAX_BYTES) throw tooMuch(at)
    return head
  }

  async #read(run: string, at: string): Promise<Record<'input' | 'output', readonly unknown[]>> {
    const texts = await readKept(this.#reads, run)
    if (!texts) throw notKept(at)
    await nextTurn()
    const response = await parseInTurns(texts.response, parseLossless)
    const output = asArray(asObject(response)['output'])
    this.#outputs.set(run, output)
    return { input: asArray(await parseInTurns(texts.input, parseLossless)), output }
  }
}

/** The id that an item refers to; undefined for one that says something itself. OpenAI's type of a reference may be null. */
function referredBy(item: unknown): string | undefined {
  if (!isObject(item)) return undefined
  const { type, id, role } = item
  const isReference = type === 'item_reference' || ((type ?? null) === null && role === undefined)
  return isReference && typeof id === 'string' ? id : undefined
}

/** The same for what never was, is kept no longer, is not the caller's, and what its key may not use. */
function notKept(at: string): AresError {
  const message = 'There is no such response here, or it is not kept any longer.'
  return new AresError('not_found', message, { details: [{ path: at, message }] })
}

function tooMuch(at: string): AresError {
  return invalid(at, 'The conversation before it is too long: send what matters of it as input.')
}
