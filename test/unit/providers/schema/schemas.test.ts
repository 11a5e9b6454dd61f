import { describe, expect, test } from 'bun:test'
import { promisedSchema, takesSchema } from '../../../../src/providers/anthropic/schemas.ts'
import { geminiSchema } from '../../../../src/providers/gemini/schema.ts'
import { argumentsSchema } from '../../../../src/providers/schema/arguments-schema.ts'
import type { Schema } from '../../../../src/providers/schema/map-schema.ts'
import { MODEL } from '../provider-under-test.ts'

const NAME = { type: 'string' }
const json = (schema: Schema) => JSON.parse(JSON.stringify(schema)) as unknown

describe('arguments of a tool', () => {
  test.each<[string, Schema | undefined, object]>([
    ['nothing', undefined, { type: 'object', properties: {} }],
    ['an empty schema', {}, { type: 'object', properties: {} }],
    [
      'no type',
      { properties: { name: NAME }, required: ['name'] },
      { type: 'object', properties: { name: NAME }, required: ['name'] },
    ],
    [
      'alternatives at the top',
      {
        description: 'Who.',
        oneOf: [
          { properties: { id: NAME, all: NAME }, required: ['id', 'all'] },
          { properties: { name: NAME, all: NAME }, required: ['name', 'all'] },
        ],
      },
      {
        type: 'object',
        properties: { id: NAME, all: NAME, name: NAME },
        required: ['all'],
        description: 'Who.\n\n{one of: [["id","all"],["name","all"]]}',
      },
    ],
    [
      'parts at the top',
      {
        allOf: [{ properties: { id: NAME }, required: ['id'] }, { $ref: '#/definitions/named' }],
        definitions: { named: { properties: { name: NAME }, required: ['name'] } },
      },
      {
        type: 'object',
        properties: { id: NAME, name: NAME },
        required: ['id', 'name'],
        $defs: { named: { properties: { name: NAME }, required: ['name'] } },
      },
    ],
    [
      'a reference at the top, as zod-to-json-schema writes it',
      {
        $ref: '#/definitions/Input',
        definitions: { Input: { type: 'object', properties: { name: NAME } } },
        $schema: 'http://json-schema.org/draft-07/schema#',
      },
      {
        type: 'object',
        properties: { name: NAME },
        $defs: { Input: { type: 'object', properties: { name: NAME } } },
      },
    ],
    [
      'what an object may not be, at the top',
      { type: 'object', properties: { name: NAME }, not: { required: ['id'] } },
      {
        type: 'object',
        properties: { name: NAME },
        description: '{not: {"required":["id"]}}',
      },
    ],
    [
      'words of older editions and of other formats',
      {
        properties: {
          a: { type: 'number', minimum: 1, exclusiveMinimum: true },
          b: { type: 'array', items: [NAME, NAME] },
          c: { type: 'string', nullable: true, required: true },
          d: { type: 'any', description: 'Whatever.' },
          e: { maximum: 1, exclusiveMaximum: false },
        },
      },
      {
        type: 'object',
        properties: {
          a: { type: 'number', exclusiveMinimum: 1 },
          b: { type: 'array', prefixItems: [NAME, NAME] },
          c: { type: ['string', 'null'] },
          d: { description: 'Whatever.' },
          e: { maximum: 1 },
        },
        required: ['c'],
      },
    ],
    [
      'a property named like a keyword, and values that are no schemas',
      { properties: { type: { enum: [{ nullable: true }] }, items: NAME } },
      { type: 'object', properties: { type: { enum: [{ nullable: true }] }, items: NAME } },
    ],
  ])('%s', (_, given, schema) => {
    expect(json(argumentsSchema(given))).toEqual(schema)
  })
})

const BOUNDED = {
  type: 'object',
  properties: {
    age: { type: 'integer', description: 'In years.', minimum: 0, maximum: 150 },
    name: { type: 'string', minLength: 1, pattern: '^[a-z]+$', format: 'x-name' },
    at: { type: 'string', format: 'date-time' },
    tags: { type: 'array', items: NAME, minItems: 1, uniqueItems: true },
    kind: { const: 'person' },
  },
  required: ['age'],
}

test('what Anthropic’s API promises is closed, and bounds are told in words', () => {
  expect(json(promisedSchema(BOUNDED))).toEqual({
    type: 'object',
    additionalProperties: false,
    properties: {
      age: { type: 'integer', description: 'In years.\n\n{minimum: 0, maximum: 150}' },
      name: {
        type: 'string',
        description: '{minLength: 1, pattern: "^[a-z]+$", format: "x-name"}',
      },
      at: { type: 'string', format: 'date-time' },
      tags: { type: 'array', items: NAME, minItems: 1, description: '{uniqueItems: true}' },
      kind: { const: 'person' },
    },
    required: ['age'],
  })
})

test('what Gemini’s API does not know is told in words', () => {
  expect(json(geminiSchema(BOUNDED))).toEqual({
    type: 'object',
    properties: {
      age: { type: 'integer', description: 'In years.', minimum: 0, maximum: 150 },
      name: {
        type: 'string',
        description: '{minLength: 1, pattern: "^[a-z]+$", format: "x-name"}',
      },
      at: { type: 'string', format: 'date-time' },
      tags: { type: 'array', items: NAME, minItems: 1, description: '{uniqueItems: true}' },
      kind: { enum: ['person'] },
    },
    required: ['age'],
  })
  const ref = { properties: { a: { $ref: '#/$defs/a', description: 'A.' }, b: { const: true } } }
  expect(json(geminiSchema(ref))).toEqual({
    properties: { a: { $ref: '#/$defs/a' }, b: { description: '{const: true}' } },
  })
})

const takes = (schema: Schema, upstreamId: string, supportsSchemas?: boolean) =>
  takesSchema(
    { type: 'json_schema', name: 'n', schema },
    {
      model: { ...MODEL, upstreamId, ...(supportsSchemas !== undefined && { supportsSchemas }) },
      messages: [],
    },
  )

describe('whether Anthropic’s API promises a schema', () => {
  test.each<[string, boolean]>([
    ['claude-sonnet-4-5-20250929', true],
    ['claude-opus-4-6', true],
    ['anthropic.claude-haiku-4-5-20251001-v1:0', true],
    ['claude-sonnet-5', true],
    ['claude-sonnet-4-20250514', false],
    ['claude-opus-4-1-20250805', false],
    ['claude-3-5-sonnet-20241022', false],
    ['kimi-k2', false],
  ])('of %s: %j', (upstreamId, isTaken) => {
    expect(takes(BOUNDED, upstreamId)).toBe(isTaken)
    expect(takes(BOUNDED, upstreamId, !isTaken)).toBe(!isTaken)
  })

  test.each<[string, Schema, boolean]>([
    ['an object of anything', { type: 'object' }, false],
    ['an object that stays open', { ...BOUNDED, additionalProperties: true }, false],
    ['a map', { properties: { a: { type: 'object', additionalProperties: NAME } } }, false],
    ['a reference', { properties: { a: { $ref: '#/$defs/a' } }, $defs: { a: NAME } }, true],
    [
      'one that refers to itself',
      {
        properties: { a: { $ref: '#/$defs/a' } },
        $defs: {
          a: { properties: { b: { $ref: '#/$defs/b' } } },
          b: { anyOf: [{ $ref: '#/$defs/a' }] },
        },
      },
      false,
    ],
    ['one that refers to all of it', { properties: { a: { $ref: '#' } } }, false],
  ])('%s: %j', (_, schema, isTaken) => {
    expect(takes(schema, 'claude-sonnet-4-6')).toBe(isTaken)
  })
})
