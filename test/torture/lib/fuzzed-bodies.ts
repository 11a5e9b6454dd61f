import * as fc from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { FAULT_MODES } from './fault-modes.ts'
import type { JsonSchema } from './openapi.ts'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** Bodies for a schema: right, on its bounds, wrong in one place, and JSON that only a parser could love. */
export function bodiesOf(schema: JsonSchema): Arbitrary<string | Uint8Array<ArrayBuffer>> {
  const good = valuesOf(schema, '')
  const text = good.map((value) => JSON.stringify(value))
  return fc.oneof(
    { weight: 4, arbitrary: text },
    { weight: 4, arbitrary: fc.tuple(good, fc.nat(), fc.constantFrom(...ODDITIES)).map(oddInside) },
    { weight: 2, arbitrary: fc.tuple(text, fc.constantFrom(...DISTORTIONS)).map(distorted) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
  )
}

/** Few names, so that they collide and the platform stays small. */
const NAMES = Array.from({ length: 30 }, (_, index) => `fuzz-${index}`)

const MESSAGES = [
  'Hello',
  ' ',
  'Grüß 世界 👋🏽',
  '\u0000',
  '\u202e\ufeff',
  "'; drop table runs; --",
  '<img src=x onerror=alert(1)>',
  'x'.repeat(20_000),
  ...Object.keys(FAULT_MODES).map((mode) => `[fault ${mode}]`),
]

/** What certain fields have to say to get beyond validation. */
const KNOWN: Record<string, string[]> = {
  name: [...NAMES, 'a', 'a'.repeat(63)],
  model: ['m', 'm', 'no-such-model'],
  agent_type: ['assistant', 'custom', 'no-such-type'],
  product_type: ['generic', 'kasino', 'ehb', 'no-such-product'],
  tier: ['free', 'dev', 'pro', 'enterprise'],
  tools: ['calculator', 'no-such-tool'],
  // The last message of a chat has to be the user's.
  role: ['user', 'user', 'user', 'system', 'assistant'],
  message: MESSAGES,
  content: MESSAGES,
}

/** Values that the schema allows, its bounds among them; `field` is where they will stand. */
function valuesOf(schema: JsonSchema, field: string): Arbitrary<Json> {
  const known = KNOWN[field]
  if (known) return mostlyKnown(known, schema)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => valuesOf(each, field)))
  if (schema.enum) return fc.constantFrom(...(schema.enum as Json[]))
  if (schema.const !== undefined) return fc.constant(schema.const as Json)
  switch (schema.type) {
    case 'object':
      return objectsOf(schema)
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, field), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 3),
      })
    case 'string':
      return stringsOf(schema)
    case 'integer':
    case 'number':
      return numbersOf(schema)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return anything
  }
}

const anything = fc.jsonValue({ maxDepth: 3 }) as Arbitrary<Json>

function objectsOf(schema: JsonSchema): Arbitrary<Json> {
  const { properties = {}, required = [], additionalProperties } = schema
  const fields = Object.entries(properties).map(([name, each]) => [name, valuesOf(each, name)])
  if (fields.length === 0 && additionalProperties === true) {
    return fc.dictionary(fc.string({ maxLength: 10 }), anything, { maxKeys: 4 })
  }
  const model = Object.fromEntries(fields) as Record<string, Arbitrary<Json>>
  return fc.record<Record<string, Json>>(model, { requiredKeys: required })
}

/** What gets beyond validation nine times out of ten, in a list where a list is wanted. */
function mostlyKnown(known: string[], schema: JsonSchema): Arbitrary<Json> {
  const one = fc.constantFrom(...known)
  const isList = [schema, ...(schema.anyOf ?? [])].some(({ type }) => type === 'array')
  const usual: Arbitrary<Json> = isList ? fc.array(one, { maxLength: 2 }) : one
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: valuesOf(schema, '') })
}

function stringsOf({ minLength = 0, maxLength = 5000 }: JsonSchema): Arbitrary<string> {
  const longest = Math.min(maxLength, 5000)
  return fc.oneof(
    fc.string({ minLength, maxLength: Math.min(longest, 40) }),
    fc.string({ unit: 'binary', minLength, maxLength: Math.min(longest, 40) }),
    fc.constantFrom('x'.repeat(minLength), 'x'.repeat(longest)),
  )
}

function numbersOf({ type, minimum = -1e6, maximum = 1e6 }: JsonSchema): Arbitrary<number> {
  const inside =
    type === 'integer'
      ? fc.integer({ min: minimum, max: maximum })
      : fc.double({ min: minimum, max: maximum, noNaN: true })
  const around = fc.constantFrom(minimum, maximum, minimum - 1, maximum + 1)
  return fc.oneof({ weight: 7, arbitrary: inside }, { weight: 1, arbitrary: around })
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

/** JSON text for the place of one value: of the wrong type, too large, or read differently by every parser. */
const ODDITIES = [
  'null',
  'true',
  '0',
  '-1',
  '-0',
  '0.5',
  '"5"',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '1e400',
  '-1e400',
  '9007199254740993',
  '1e-400',
  '01',
  'NaN',
  'Infinity',
  "'single'",
  '"\t"',
  '[]',
  '{}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"a":1,"a":2}',
  '{"toString":null}',
  nested(60),
  nested(1000),
  nested(50_000),
  `"${'y'.repeat(300_000)}"`,
]

const PLACE = '\u0001here\u0001'

/** The value with an oddity in one of its places, as text. */
function oddInside([value, choice, oddity]: [Json, number, string]): string {
  const places = placesOf(value)
  const text = JSON.stringify(withPlace(value, places[choice % places.length]!))
  return text.replace(JSON.stringify(PLACE), () => oddity)
}

type Path = (string | number)[]

/** Every place inside a value, the whole of it first. */
function placesOf(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [path, ...inner.flatMap(([name, each]) => placesOf(each, [...path, name]))]
}

function withPlace(value: Json, [name, ...rest]: Path): Json {
  if (name === undefined) return PLACE
  if (Array.isArray(value)) {
    return value.map((each, index) => (index === name ? withPlace(each, rest) : each))
  }
  const object = value as { [name: string]: Json }
  return { ...object, [name]: withPlace(object[name]!, rest) }
}

/** Ways to spoil a whole body. */
const DISTORTIONS: ((text: string) => string | Uint8Array<ArrayBuffer>)[] = [
  () => '',
  () => ' ',
  () => 'null',
  (text) => text.slice(0, -1),
  (text) => `${text}}`,
  (text) => `${text}${text}`,
  (text) => `\ufeff${text}`,
  (text) => text.replaceAll('"', "'"),
  (text) => text.replace('}', ',}'),
  (text) => text.replace('{', '{/* comment */'),
  (text) => text.replace('{', '{"unknown":1,'),
  (text) => text.replace('{', '{"__proto__":{"tier":"enterprise"},'),
  (text) => text.replace('{', '{"tenant_id":"00000000-0000-7000-8000-000000000000",'),
  (text) => `{${[text.slice(1, -1), text.slice(1, -1)].filter((part) => part !== '').join(',')}}`,
  (text) => `[${text}]`,
  (text) => JSON.stringify(text),
  (text) => `${text}${' '.repeat(1_048_577)}`,
  (text) =>
    new Uint8Array([...Buffer.from(text.slice(0, -2)), 0xc3, 0x28, ...Buffer.from(text.slice(-2))]),
  (text) => new Uint8Array(Buffer.from(text, 'utf16le')),
  (text) => Bun.gzipSync(Buffer.from(text)),
]

function distorted([text, distort]: [string, (typeof DISTORTIONS)[number]]) {
  return distort(text)
}
