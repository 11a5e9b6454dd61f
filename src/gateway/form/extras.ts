import type { Extra } from '../../form/request.ts'
import { isObject } from '../../providers/json-shape.ts'

/** What a surface does with its fields. */
export interface FieldTable {
  /** The family whose words they are. */
  family: string
  /** Those that have a notion in the one form. */
  translated: ReadonlySet<string>
  /** Those that change how an answer comes about, is billed or is filed, but ask for no other one. */
  hints: ReadonlySet<string>
  /** The values that ask for what happens anyway, beside null and what is empty. */
  neutral: Readonly<Record<string, readonly unknown[]>>
  /** What other families call some of them, where it is the same thing. */
  elsewhere?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** The fields of a request that its format alone knows, those left out that ask for nothing. */
export function extrasOf(body: Readonly<Record<string, unknown>>, table: FieldTable): Extra[] {
  const { family, translated, hints, elsewhere = {} } = table
  return Object.entries(body)
    .filter(([name, value]) => !translated.has(name) && !isNeutral(name, value, table))
    .map(([name, value]) => {
      const extra: Extra = { family, name, value, at: `/${name}` }
      if (hints.has(name)) extra.hint = true
      if (Object.hasOwn(elsewhere, name)) extra.elsewhere = elsewhere[name]!
      return extra
    })
}

function isNeutral(name: string, value: unknown, { neutral }: FieldTable): boolean {
  if (value === null || value === undefined) return true
  const values = Object.hasOwn(neutral, name) ? neutral[name]! : []
  if (Array.isArray(value)) return value.every((each) => values.includes(each))
  if (isObject(value)) return Object.keys(value).length === 0
  return values.includes(value)
}
