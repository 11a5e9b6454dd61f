import { dataOf, eventsIn } from '../../providers/event-cutter.ts'
import { asArray, asString, isObject, parseJson } from '../../providers/json-shape.ts'
import type { Retelling } from '../form/native.ts'
import type { RenderContext } from '../form/surface.ts'
import { itemId, responseId } from './kept/ids.ts'
import type { ResponsesBody } from './responses-schema.ts'

type Fields = Readonly<Record<string, unknown>>

/** The events that tell the whole response once more. */
const LAST = new Set(['response.completed', 'response.incomplete'])

/**
 * A response that its provider made and that is kept here: it and its items have ids of ours, by which they can be
 * referred to, and it says what it goes on from. All else is as the provider wrote it.
 */
export class ResponseRetelling implements Retelling {
  whole: object | undefined
  readonly #context: RenderContext<ResponsesBody>

  constructor(context: RenderContext<ResponsesBody>) {
    this.#context = context
  }

  reply(response: Fields): object {
    this.whole = this.#response(response)
    return this.whole
  }

  events(bytes: Uint8Array): Uint8Array {
    return Buffer.concat(eventsIn(bytes).map((event) => this.#event(event)))
  }

  #event(event: Uint8Array): Uint8Array {
    const data = parseJson(dataOf(event))
    if (!isObject(data)) return event
    const told = this.#told(data)
    return Buffer.from(`event: ${asString(told['type'])}\ndata: ${JSON.stringify(told)}\n\n`)
  }

  #told(data: Record<string, unknown>): Record<string, unknown> {
    const { type, response, item, item_id: id, output_index: index } = data
    if (isObject(response)) {
      const told = this.#response(response)
      if (LAST.has(asString(type))) this.whole = told
      return { ...data, response: told }
    }
    if (typeof index !== 'number') return data
    return {
      ...data,
      ...(isObject(item) && { item: this.#item(item, index) }),
      ...(typeof id === 'string' && { item_id: this.#id(id, index) }),
    }
  }

  #response(response: Fields): object {
    const { body, runId } = this.#context
    return {
      ...response,
      id: responseId(runId),
      output: asArray(response['output']).map((item, index) =>
        isObject(item) ? this.#item(item, index) : item,
      ),
      previous_response_id: body.previous_response_id ?? null,
      store: true,
    }
  }

  #item(item: Fields, index: number): object {
    const { id } = item
    return typeof id === 'string' ? { ...item, id: this.#id(id, index) } : item
  }

  #id(theirs: string, index: number): string {
    return itemId(theirs.split('_', 1)[0]!, this.#context.runId, index)
  }
}
