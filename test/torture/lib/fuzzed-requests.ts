import * as fc from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { bodiesOf } from './fuzzed-bodies.ts'
import type { JsonSchema, Operation } from './openapi.ts'

/** A generated request, before it is known what it is aimed at. */
export interface FuzzedRequest {
  /** What stands in each placeholder of the path, ready for it; null for something that is there. */
  slots: (string | null)[]
  /** With its question mark, or empty. */
  query: string
  /** Instead of the right one; null for the right one. */
  credential: string | null
  contentType: string
  body: string | Uint8Array<ArrayBuffer> | undefined
}

/** Requests for one operation: good ones, nearly good ones, and nonsense. */
export function fuzzedRequests(operation: Operation): Arbitrary<FuzzedRequest> {
  return fc.record({
    slots: fc.tuple(...operation.slots.map(() => mostly(fc.constant(null), oddSlots))),
    query: queries(operation),
    credential: rarely(null, fc.constantFrom(...ODD_CREDENTIALS)),
    contentType: rarely('application/json', fc.constantFrom(...ODD_TYPES)),
    body: operation.body ? bodiesOf(operation.body) : fc.constant(undefined),
  })
}

/** The usual value nine times out of ten. */
function rarely<T>(usual: T, odd: Arbitrary<T>): Arbitrary<T> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd })
}

function mostly<T, U>(usual: Arbitrary<T>, odd: Arbitrary<U>): Arbitrary<T | U> {
  return fc.oneof({ weight: 3, arbitrary: usual }, { weight: 1, arbitrary: odd })
}

const ODD_CREDENTIALS = [
  '',
  'Bearer',
  'Bearer ',
  'Basic YTpi',
  "Bearer ' OR '1'='1",
  'Bearer ares_%',
  `Bearer ares_${'0'.repeat(37)}`,
  `Bearer ${'x'.repeat(8000)}`,
]

const ODD_TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/json; charset=UTF-8',
  'APPLICATION/JSON',
  'application/json;application/json',
]

/** Percent-encoded. None of them means another path: no empty part, no dots alone. */
const oddSlots = fc.oneof(
  fc.constantFrom(
    '%',
    '%ff',
    '%c3%28',
    '%00',
    '..%2f..%2fetc%2fpasswd',
    'a%2fb',
    'A',
    '-a',
    'a--b',
    'a'.repeat(64),
    'a'.repeat(4000),
    '%27%20or%20%271%27%3d%271',
    '__proto__',
    'constructor',
    '00000000-0000-7000-8000-000000000000',
    '00000000-0000-7000-8000-00000000000',
    'assistant%20',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map(asPathPart),
)

function asPathPart(text: string): string {
  return /^\.{1,2}$/.test(text) ? 'dots' : encodeURIComponent(text)
}

const ODD_VALUES = [
  '',
  '0',
  '-1',
  '+5',
  '%205',
  '5.0',
  '1e1',
  '0x10',
  '007',
  '10000000000',
  '9007199254740993',
  'NaN',
  'null',
  'true',
  'false',
  '%00',
  '%ff',
  '%',
  '[]',
  '{}',
  'critical',
  'kasino',
  '%F0%9F%92%A9',
]

function queries({ query }: Operation): Arbitrary<string> {
  const names = [...query.map(({ name }) => name), 'unknown', '__proto__', 'page[]']
  const odd = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...ODD_VALUES))
  const good = query.map(({ name, schema }) =>
    fc.option(fc.tuple(fc.constant(name), sensible(schema)), { nil: undefined }),
  )
  const goodOnes = fc.tuple(...good).map((pairs) => pairs.filter((pair) => pair !== undefined))
  return mostly(goodOnes, fc.array(odd, { minLength: 1, maxLength: 4 })).map((pairs) =>
    pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`,
  )
}

/** Within the bounds of a parameter, and on them. */
function sensible({
  minimum = 1,
  maximum = 10_000,
  type,
  enum: choices,
}: JsonSchema): Arbitrary<string> {
  if (choices) return fc.constantFrom(...choices.map(String))
  if (type === 'boolean') return fc.constantFrom('true', 'false')
  if (type === 'integer') return mostly(fc.nat(20), fc.constantFrom(minimum, maximum)).map(String)
  return fc.constantFrom('generic', 'kasino', 'ehb')
}
