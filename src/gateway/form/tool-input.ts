import { parseLossless } from '../../form/lossless-json.ts'
import { isObject } from '../../providers/json-shape.ts'

/** Where the text of a tool call's input stands that is not JSON, so that the client can tell the model. */
const BROKEN_INPUT = 'invalid_json'

/**
 * The input of a call as a value. One that is not JSON (a model's mistake, or cut by `max_tokens`) stands as text under
 * `{"invalid_json": …}`. Models write nothing at all for a tool without parameters.
 */
export function inputOf(text: string): unknown {
  if (text.trim() === '') return {}
  try {
    return parseLossless(text)
  } catch {
    return { [BROKEN_INPUT]: text }
  }
}

/** The input as the JSON text it came in, broken or not. */
export function argumentsOf(input: unknown): string {
  const isBroken = isObject(input) && Object.keys(input).length === 1 && BROKEN_INPUT in input
  const broken = isBroken ? input[BROKEN_INPUT] : undefined
  return typeof broken === 'string' ? broken : JSON.stringify(input)
}
