import type { ReasoningPart } from '../../form/parts.ts'
import { asArray, asObject, asString } from '../../providers/json-shape.ts'

/*
 * How thoughts are told in chat completions, which have no field for them: as DeepSeek and those after it do, text in
 * `reasoning_content` (`reasoning` elsewhere), and with the provider's seal as OpenRouter does, in `reasoning_details`.
 * What a client got in one of these and sends back in a history is the same thought again.
 */

/** The formats that seals are told in, and the families they belong to. */
const FORMATS: Readonly<Record<string, string>> = {
  anthropic: 'anthropic-claude-v1',
  openai: 'openai-responses-v1',
  gemini: 'google-gemini-v1',
}
const FAMILIES = new Map(Object.entries(FORMATS).map(([family, format]) => [format, family]))

/** One entry of `reasoning_details`. */
export type ReasoningDetail = { index: number; format?: string } & (
  | { type: 'reasoning.text'; text: string; signature?: string }
  | { type: 'reasoning.encrypted'; data: string }
)

/** The thoughts of an earlier answer. */
export function reasoningIn(
  message: Readonly<Record<string, unknown>>,
  at: string,
): ReasoningPart[] {
  const details = asArray(message['reasoning_details'])
  if (details.length > 0) {
    return details.flatMap((detail, index) =>
      detailPart(asObject(detail), `${at}/reasoning_details/${index}`),
    )
  }
  for (const field of ['reasoning_content', 'reasoning']) {
    const text = asString(message[field])
    if (text !== '') return [{ type: 'reasoning', text, at: `${at}/${field}` }]
  }
  return []
}

function detailPart(detail: Readonly<Record<string, unknown>>, at: string): ReasoningPart[] {
  const { type, format } = detail
  const family = FAMILIES.get(asString(format)) ?? asString(format)
  if (type === 'reasoning.encrypted') {
    const signature = { family, data: asString(detail['data']) }
    return [{ type: 'reasoning', text: '', redacted: true, signature, at }]
  }
  const text = asString(detail['text']) + asString(detail['summary'])
  const seal = asString(detail['signature'])
  if (text === '' && seal === '') return []
  return [
    { type: 'reasoning', text, at, ...(seal !== '' && { signature: { family, data: seal } }) },
  ]
}

/** A thought with a seal, as its client gets it and sends it back. */
export function reasoningDetail(
  { text, signature, redacted }: Pick<ReasoningPart, 'text' | 'signature' | 'redacted'>,
  index: number,
): ReasoningDetail {
  const format = signature && (FORMATS[signature.family] ?? signature.family)
  const head = { index, ...(format !== undefined && { format }) }
  if (redacted) return { ...head, type: 'reasoning.encrypted', data: signature?.data ?? '' }
  const seal = signature && { signature: signature.data }
  return { ...head, type: 'reasoning.text', text, ...seal }
}
