import { describe, expect, test } from 'bun:test'
import { Notes } from '../../../../src/form/notes.ts'
import type { GenerateBody } from '../../../../src/gateway/gemini/gemini-schema.ts'
import { geminiRequest } from '../../../../src/gateway/gemini/request.ts'
import { jsonSchemaOf } from '../../../../src/gateway/gemini/schema-dialect.ts'
import { sealIn, thoughtSignatureOf } from '../../../../src/gateway/gemini/seal.ts'
import { inFirstSpelling } from '../../../../src/gateway/gemini/spelling.ts'

const CONTENTS: GenerateBody['contents'] = [{ role: 'user', parts: [{ text: 'Hello' }] }]

function read(body: Partial<GenerateBody>) {
  const notes = new Notes()
  const request = geminiRequest({ model: 'm', contents: CONTENTS, ...body }, notes)
  return { request, leftOut: notes.leftOut }
}

describe('how much to think', () => {
  test.each([
    [{ thinkingBudget: -1 }, { type: 'adaptive' }],
    [{ thinkingBudget: 0 }, { type: 'off' }],
    [{ thinkingBudget: 100 }, { type: 'budget', tokens: 100 }],
    [{ thinkingLevel: 'LOW' }, { type: 'effort', effort: 'low' }],
    [
      { thinkingLevel: 'high', includeThoughts: true },
      { type: 'effort', effort: 'high' },
    ],
    [{ includeThoughts: true }, { type: 'adaptive' }],
    [{ includeThoughts: false }, undefined],
    [{ thinkingLevel: 'THINKING_LEVEL_UNSPECIFIED' }, undefined],
  ])('%j', (thinkingConfig, thinking) => {
    const told = read({ generationConfig: { thinkingConfig } }).request.thinking
    expect(told).toEqual(thinking && ({ ...thinking, family: 'gemini' } as typeof told))
  })

  test('a level that nobody knows is left out', () => {
    const { request, leftOut } = read({
      generationConfig: { thinkingConfig: { thinkingLevel: 'ENORMOUS' } },
    })
    expect(request.thinking).toBeUndefined()
    expect(leftOut).toEqual(['/generationConfig/thinkingConfig/thinkingLevel'])
  })
})

const model = (parts: object[]) => read({ contents: [{ role: 'model', parts }] }).request.messages

test('what Google’s models do by themselves is asked of no others', () => {
  const usual = read({ generationConfig: { topK: 64, topP: 0.95 } }).request
  expect([usual.topK, usual.topP]).toEqual([undefined, undefined])
  expect(usual.extras).toMatchObject([
    { name: 'generationConfig.topK', value: 64, at: '/generationConfig/topK', hint: true },
    { name: 'generationConfig.topP', value: 0.95, at: '/generationConfig/topP', hint: true },
  ])
  const asked = read({ generationConfig: { topK: 5, topP: 0.5 } }).request
  expect(asked).toMatchObject({ topK: 5, topP: 0.5, extras: [] })
})

describe('thoughts and their seals', () => {
  test('pieces are one thought, and the seal at what follows is its own', () => {
    const [message] = model([
      { text: 'Hm', thought: true },
      { text: '.', thought: true },
      { functionCall: { name: 'f', args: {} }, thoughtSignature: 'c2VhbA==' },
    ])
    expect(message!.parts).toMatchObject([
      { type: 'reasoning', text: 'Hm.', signature: { family: 'gemini', data: 'c2VhbA==' } },
      { type: 'tool_call', name: 'f' },
    ])
  })

  test('a seal alone stands for a thought that was not told', () => {
    const [message] = model([{ text: 'Yes.', thoughtSignature: 'c2VhbA==' }])
    expect(message!.parts).toMatchObject([
      { type: 'reasoning', text: '', signature: { data: 'c2VhbA==' } },
      { type: 'text', text: 'Yes.' },
    ])
  })

  test('of every family come back as they were', () => {
    const seals = [
      { signature: { family: 'gemini', data: 'c2VhbA==' } },
      { signature: { family: 'anthropic', data: 'EqoB:x' } },
      { signature: { family: 'anthropic', data: 'ü' }, redacted: true as const },
    ]
    for (const seal of seals) {
      const text = thoughtSignatureOf(seal)
      expect(Buffer.from(text, 'base64').toString('base64')).toBe(text)
      expect(sealIn(text)).toEqual(seal)
    }
  })
})

test('Google’s schemas are told as JSON Schema, and JSON Schema as it is', () => {
  const google = {
    type: 'OBJECT',
    nullable: true,
    property_ordering: ['type'],
    properties: {
      type: { type: 'STRING', enum: ['a'], nullable: true },
      list: { type: 'ARRAY', items: { type: 'NUMBER' }, min_items: '1', maxItems: '3' },
    },
    required: ['type'],
  }
  expect(jsonSchemaOf(google)).toEqual({
    type: ['object', 'null'],
    properties: {
      type: { type: ['string', 'null'], enum: ['a', null] },
      list: { type: 'array', items: { type: 'number' }, minItems: 1, maxItems: 3 },
    },
    required: ['type'],
  })
  const plain = {
    type: ['object', 'null'],
    $defs: { a: { const: 1 } },
    additionalProperties: false,
    anyOf: [{ $ref: '#/$defs/a' }],
  }
  expect(jsonSchemaOf(plain)).toEqual(plain)
})

test('only Google’s own names have a second spelling', () => {
  const own = { my_field: { its_own: 1 } }
  expect(
    inFirstSpelling({
      system_instruction: { parts: [{ thought_signature: 'x' }] },
      contents: [{ parts: [{ function_call: { name: 'a_b', args: own } }] }],
      tools: [{ function_declarations: [{ parameters: own, parameters_json_schema: own }] }],
      generation_config: { response_schema: own, _response_json_schema: own },
    }),
  ).toEqual({
    systemInstruction: { parts: [{ thoughtSignature: 'x' }] },
    contents: [{ parts: [{ functionCall: { name: 'a_b', args: own } }] }],
    tools: [{ functionDeclarations: [{ parameters: own, parametersJsonSchema: own }] }],
    generationConfig: { responseSchema: own, responseJsonSchema: own },
  })
})
