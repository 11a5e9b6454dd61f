import { isObject, parseJson } from '../providers/json-shape.ts'

const FENCE = '```'

/**
 * A run's `output`: the JSON object that the model answered, otherwise `{ message: text }`.
 *
 * The object counts when it is the whole answer or stands in the answer's only fenced block (plain or
 * `json`), with or without prose around that. Lists, scalars, broken JSON and JSON beyond the limits of
 * `JsonScan` are a message. Keys such as `__proto__` are plain data. Never throws. Source: contract 5.2.
 */
export function toOutput(text: string): Record<string, unknown> {
  return parseObject(text) ?? parseObject(fencedText(text)) ?? { message: text }
}

/** From the first fence to the last. With a second block in between it is no JSON, which is what we want. */
function fencedText(text: string): string {
  const start = text.indexOf(FENCE)
  const end = text.lastIndexOf(FENCE)
  if (start === -1 || end <= start) return ''
  return text.slice(start + FENCE.length, end).replace(/^json(?=[\s{])/i, '')
}

function parseObject(text: string): Record<string, unknown> | undefined {
  const json = text.trim()
  if (!json.startsWith('{') || !json.endsWith('}')) return undefined
  const value = parseJson(json)
  return isObject(value) ? value : undefined
}
