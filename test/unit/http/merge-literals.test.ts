import { expect, test } from 'bun:test'
import { mergeLiterals } from '../../../src/http/merge-literals.ts'

const TIER = {
  description: 'the plan',
  anyOf: [
    { type: 'string', const: 'free' },
    { type: 'string', const: 'pro' },
  ],
}
const MERGED = { description: 'the plan', type: 'string', enum: ['free', 'pro'] }

test.each([
  ['a choice between literals', TIER, MERGED],
  [
    'one deep inside',
    { properties: { tier: TIER }, allOf: [TIER] },
    { properties: { tier: MERGED }, allOf: [MERGED] },
  ],
  [
    'one that may be null stays a choice between the enum and null',
    { anyOf: [TIER, { type: 'null' }] },
    { anyOf: [MERGED, { type: 'null' }] },
  ],
])('%s is an enum', (_, schema, merged) => {
  expect(mergeLiterals(schema)).toEqual(merged)
})

test.each([
  ['a single literal', { anyOf: [{ type: 'string', const: 'free' }] }],
  [
    'literals of several types',
    {
      anyOf: [
        { type: 'string', const: 'all' },
        { type: 'number', const: 0 },
      ],
    },
  ],
  ['types', { anyOf: [{ type: 'string' }, { type: 'null' }] }],
  ['whatever is no schema', { example: ['anyOf', null, 1, true] }],
])('%s stays as it is', (_, schema) => {
  expect(mergeLiterals(schema)).toEqual(schema)
})
