import type { Form, ObjectForm } from './json-form.ts'

/** What goes into the blanks of a form. */
export interface Filling {
  /** The text of a string field, given its key. */
  textFor(key: string): string
  /** Numbers differ from one seed to another, and never for the same. */
  seed: string
}

const RANGE = /(-?\d+(?:\.\d+)?)\s*(?:\.{2,3}|…|–|-|to|and)\s*(-?\d+(?:\.\d+)?)/
const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/
const NUMBER_WORD = /^<?\s*(?:an? )?(?:number|float|decimal|double|integer|int)\b/i
const OR_NULL = /\bor null\b/i
const ALL_RANGE = new RegExp(`^<?\\s*${RANGE.source}\\s*>?$`)

/**
 * An object with exactly the keys of the form: numbers in the stated range (in its lower quarter, to agree
 * with the first option of an enumeration), the first of several options, null where that is allowed.
 */
export function fillForm(form: ObjectForm, filling: Filling): Record<string, unknown> {
  // fromEntries defines its keys, so that a key `__proto__` is one like any other.
  return Object.fromEntries(form.fields.map(([key, value]) => [key, fill(key, value, filling)]))
}

function fill(key: string, form: Form, filling: Filling): unknown {
  if (form.kind === 'object') return fillForm(form, filling)
  if (form.kind === 'list') return form.item ? [fill(key, form.item, filling)] : []
  if (OR_NULL.test(form.text)) return null
  return form.quoted ? fillQuoted(key, form.text, filling) : fillBare(key, form.text, filling)
}

/** A string in the form: options, a description of a number, or a description of the text. */
function fillQuoted(key: string, text: string, filling: Filling): unknown {
  if (NUMBER_WORD.test(text) || ALL_RANGE.test(text)) return numberFor(key, text, filling)
  return text.includes('|') ? firstOption(text) : (fillWord(text) ?? filling.textFor(key))
}

/** Something unquoted: an example (`0.5`, `true`), a range, a type, or options of these. */
function fillBare(key: string, text: string, filling: Filling): unknown {
  const option = firstOption(text)
  if (NUMBER.test(option)) return Number(option)
  if (NUMBER_WORD.test(option) || RANGE.test(option)) return numberFor(key, option, filling)
  const value = fillWord(option)
  if (value !== undefined) return value
  return text.includes('|') ? option : filling.textFor(key)
}

function firstOption(text: string): string {
  return (text.split('|')[0] ?? '').trim().replaceAll(/^["'<]+|["'>]+$/g, '')
}

/** Words that stand for themselves or for a type; undefined for any other text. */
function fillWord(word: string): unknown {
  switch (word.toLowerCase().replaceAll(/[<>]/g, '').trim()) {
    case 'true':
      return true
    case 'false':
    case 'boolean':
    case 'bool':
      return false
    case 'null':
      return null
    case 'array':
    case 'list':
      return []
    case 'object':
      return {}
    default:
      return undefined
  }
}

function numberFor(key: string, text: string, { seed }: Filling): number {
  const range = RANGE.exec(text)
  const [low, high] = [Number(range?.[1] ?? 0), Number(range?.[2] ?? 100)].toSorted((a, b) => a - b)
  if (low === undefined || high === undefined) return 0
  const share = (1 + (Bun.hash.crc32(`${key}\n${seed}`) % 25)) / 100
  const value = low + (high - low) * share
  const isWhole = Number.isInteger(low) && Number.isInteger(high) && high - low > 1
  const rounded = isWhole ? Math.round(value) : Number(value.toPrecision(3))
  return Math.min(high, Math.max(low, rounded))
}
