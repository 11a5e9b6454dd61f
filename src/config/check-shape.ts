import {
  KindGuard,
  OptionalKind,
  type TArray,
  type TObject,
  type TRecord,
  type TSchema,
} from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { describeAllowed, literals } from './describe-schema.ts'
import { describeFound, isTable } from './describe-value.ts'
import type { Finding, KeyPath } from './finding.ts'
import { ConfigFile, type ConfigDraft } from './schema.ts'
import { closest, didYouMean } from './suggest.ts'

/** A finding, and the key that the operator probably had in mind. */
export interface ShapeFinding extends Finding {
  intended: KeyPath
}

/**
 * Holds a parsed file against the schema, key by key.
 *
 * @returns every mistake, and a draft: a copy with the defaults filled in and without what is wrong.
 *   The draft of a file without mistakes is a complete `ConfigFile`.
 */
export function checkShape(parsed: unknown): { draft: ConfigDraft; findings: ShapeFinding[] } {
  const findings: ShapeFinding[] = []
  const draft = readTable(ConfigFile, parsed, [], findings)
  return { draft: isDraft(draft) ? draft : {}, findings }
}

/** What `readTable` lets through is a draft; nothing else needs to be looked at. */
function isDraft(read: unknown): read is ConfigDraft {
  return read !== undefined
}

/** The value as the draft holds it; undefined, with a finding, when it is wrong. */
function readValue(
  schema: TSchema,
  value: unknown,
  path: KeyPath,
  findings: ShapeFinding[],
): unknown {
  if (KindGuard.IsObject(schema)) return readTable(schema, value, path, findings)
  if (KindGuard.IsArray(schema)) return readList(schema, value, path, findings)
  if (KindGuard.IsRecord(schema)) return readFreeTable(schema, value, path, findings)
  if (Value.Check(schema, value)) return value
  return refuse(schema, value, path, findings)
}

function readTable(
  schema: TObject,
  value: unknown,
  path: KeyPath,
  findings: ShapeFinding[],
): unknown {
  if (!isTable(value)) return refuse(schema, value, path, findings)
  const unknownKeys = Object.keys(value).filter((key) => !Object.hasOwn(schema.properties, key))
  const misspelt = unknownKeys.map((key) => unknownKey(schema, key, path))
  findings.push(...misspelt)

  const entries = Object.entries(schema.properties).map(([key, keySchema]) => {
    const keyPath = [...path, key]
    if (Object.hasOwn(value, key)) return [key, readValue(keySchema, value[key], keyPath, findings)]
    const isMisspelt = misspelt.some(({ intended }) => intended.at(-1) === key)
    return [key, readMissing(keySchema, keyPath, isMisspelt ? [] : findings)]
  })
  return Object.fromEntries(entries.filter(([, entry]) => entry !== undefined))
}

/** What stands in for a key that the file leaves out: its default, or undefined. */
function readMissing(schema: TSchema, path: KeyPath, findings: ShapeFinding[]): unknown {
  if (schema.default !== undefined) return readValue(schema, schema.default, path, findings)
  if (schema[OptionalKind] !== undefined) return undefined
  findings.push({
    path,
    intended: path,
    message: `missing; needed: ${describeAllowed(schema)}${headerOf(schema, path)}`,
  })
  return undefined
}

function readList(
  schema: TArray,
  value: unknown,
  path: KeyPath,
  findings: ShapeFinding[],
): unknown {
  if (!Array.isArray(value)) return refuse(schema, value, path, findings)
  return value.map((item, index) => readValue(schema.items, item, [...path, index], findings))
}

/** A table with keys of any name, whose values can leave as JSON. */
function readFreeTable(
  schema: TRecord,
  value: unknown,
  path: KeyPath,
  findings: ShapeFinding[],
): unknown {
  if (!isTable(value)) return refuse(schema, value, path, findings)
  const [item = schema] = Object.values(schema.patternProperties)
  return readJson(item, value, path, findings)
}

function readJson(
  schema: TSchema,
  value: unknown,
  path: KeyPath,
  findings: ShapeFinding[],
): unknown {
  const read = (key: string | number, item: unknown) =>
    readJson(schema, item, [...path, key], findings)
  if (Array.isArray(value)) return value.map((item, index) => read(index, item))
  if (isTable(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, read(key, item)]))
  }
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) {
    return value
  }
  return refuse(schema, value, path, findings)
}

function refuse(
  schema: TSchema,
  value: unknown,
  path: KeyPath,
  findings: ShapeFinding[],
): undefined {
  const isHidden =
    schema['writeOnly'] === true || KindGuard.IsObject(schema) || KindGuard.IsArray(schema)
  const hint = typeof value === 'string' ? didYouMean(value, literals(schema)) : ''
  const message = `found ${describeFound(value, isHidden)}; allowed: ${describeAllowed(schema)}${headerOf(schema, path)}${hint}`
  findings.push({ path, intended: path, message })
}

/** How the header of a table or of a list of tables is written: ` ([server])`, ` ([[providers]])`. */
function headerOf(schema: TSchema, path: KeyPath): string {
  const name = path.filter((part) => typeof part === 'string').join('.')
  if (KindGuard.IsObject(schema)) return typeof path.at(-1) === 'number' ? '' : ` ([${name}])`
  return KindGuard.IsArray(schema) && KindGuard.IsObject(schema.items) ? ` ([[${name}]])` : ''
}

function unknownKey(schema: TObject, key: string, path: KeyPath): ShapeFinding {
  const meant = closest(key, Object.keys(schema.properties))
  return {
    path: [...path, key],
    intended: [...path, meant ?? key],
    message: `unknown key; ${adviceFor(schema, key, meant)}`,
  }
}

/** The key of this table that was meant, or else the tables that have such a key, or else what this table has. */
function adviceFor(schema: TObject, key: string, meant: string | undefined): string {
  if (meant !== undefined) return `did you mean ${meant}?`
  const homes = tablesWith(key, ConfigFile, '')
  if (homes.length > 0) return `it belongs in ${homes.join(' or ')}`
  return `allowed: ${Object.keys(schema.properties).join(', ')}`
}

/** The headers under which a key of this name may stand: `[server]`, `[[providers]]`. */
function tablesWith(key: string, schema: TObject, path: string): string[] {
  return Object.entries(schema.properties).flatMap(([name, child]) => {
    const childPath = path === '' ? name : `${path}.${name}`
    const item = KindGuard.IsArray(child) ? child.items : child
    if (!KindGuard.IsObject(item)) return []
    const header = item === child ? `[${childPath}]` : `[[${childPath}]]`
    const here = Object.hasOwn(item.properties, key) ? [header] : []
    return [...here, ...tablesWith(key, item, childPath)]
  })
}
