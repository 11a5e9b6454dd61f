import { expect, test } from 'bun:test'
import Ajv from 'ajv/dist/2020'
import { fillSchema } from '../../../../src/providers/demo/fill-schema.ts'

const ajv = new Ajv({ strict: false })
const textFor = (key: string) => `sample ${key}`

const SCHEMAS: [string, object, unknown][] = [
  ['nothing', {}, 'sample answer'],
  ['a constant', { const: 7 }, 7],
  ['an enumeration', { enum: ['b', 'a'] }, 'b'],
  ['a choice', { anyOf: [{ type: 'null' }, { type: 'string' }] }, null],
  ['a list of types', { type: ['integer', 'null'], minimum: 3 }, 3],
  ['a bound', { type: 'number', exclusiveMinimum: 0 }, 1],
  ['an upper bound', { type: 'number', maximum: -4 }, -4],
  ['a short text', { type: 'string', maxLength: 3 }, 'sam'],
  ['a long text', { type: 'string', minLength: 20 }, 'sample answer.......'],
  [
    'an object with what is required',
    {
      type: 'object',
      required: ['city', 'hot'],
      properties: { city: { type: 'string' }, hot: { type: 'boolean' }, note: {} },
    },
    { city: 'sample city', hot: true },
  ],
  [
    'an object without required fields',
    { properties: { list: { type: 'array', items: { type: 'integer' }, minItems: 2 } } },
    { list: [1, 1] },
  ],
  [
    'a reference',
    { $defs: { 'a/b': { enum: ['x'] } }, type: 'array', items: { $ref: '#/$defs/a~1b' } },
    ['x'],
  ],
]

test.each(SCHEMAS)('%s', (_, schema, value) => {
  expect(fillSchema(schema as Record<string, unknown>, { textFor })).toEqual(value as never)
  expect(ajv.validate(schema, value)).toBe(true)
})

test('a schema that refers to itself comes to an end', () => {
  const tree = {
    type: 'object',
    properties: { child: { $ref: '#' }, list: { type: 'array', items: { $ref: '#' } } },
  }
  expect(JSON.stringify(fillSchema(tree, { textFor })).length).toBeLessThan(1_000_000)
})
