import { asArray, asObject, asString, isObject } from '../../providers/json-shape.ts'
import type { NativeAsk } from '../form/native.ts'
import { runOfItem } from './kept/ids.ts'
import { signatureOf } from './reasoning.ts'
import type { ResponsesBody } from './responses-schema.ts'

const SEALED_THOUGHTS = 'reasoning.encrypted_content'

/**
 * The request for a provider that has OpenAI's Responses API: as its client wrote it, but for what is kept. That is ours,
 * so that nothing is kept there, and thoughts come sealed where someone may go on from them.
 */
export function nativeResponse(body: ResponsesBody, ask: NativeAsk): Record<string, unknown> {
  const { input, ...rest } = withoutNulls(body)
  return {
    ...rest,
    input: Array.isArray(input) ? input.flatMap((item, index) => itemOf(item, index, ask)) : input,
    store: false,
    ...(wantsSeals(body, ask) && { include: withSeals(body.include) }),
  }
}

function withoutNulls(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}

/** An item as the provider can take it: it knows none by an id of ours, and opens no seals of others. */
function itemOf(item: unknown, index: number, { notes }: NativeAsk): unknown[] {
  if (!isObject(item)) return [item]
  const { id, ...rest } = item
  if (item['type'] === 'reasoning' && !isKnownThere(item)) {
    notes.leaveOut(`/input/${index}`)
    return []
  }
  return [runOfItem(asString(id)) === undefined ? item : rest]
}

/** Whether a thought says itself, or is sealed by the provider's own family; what is neither it would have had to keep. */
function isKnownThere({ encrypted_content: sealed, content }: Record<string, unknown>): boolean {
  const seal = asString(sealed)
  if (seal !== '') return signatureOf(seal).family === 'openai'
  return asArray(content).length > 0
}

/** Models that do not think refuse to be asked for sealed thoughts. */
function wantsSeals({ reasoning }: ResponsesBody, { keeps, thinks }: NativeAsk): boolean {
  return keeps && (thinks ?? Object.keys(asObject(reasoning)).length > 0)
}

function withSeals(include: ResponsesBody['include']): string[] {
  return [...new Set([...(include ?? []), SEALED_THOUGHTS])]
}
