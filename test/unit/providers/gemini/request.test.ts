import { expect, test } from 'bun:test'
import { type Message, textMessage } from '../../../../src/form/parts.ts'
import type { ModelRequest } from '../../../../src/form/request.ts'
import { geminiRequest } from '../../../../src/providers/gemini/request.ts'
import { written } from '../asked.ts'

const asked = (
  request: Partial<ModelRequest>,
  model: { supportsThinking?: boolean; upstreamId?: string } = {},
) => written(geminiRequest, request, model)

const PARAMETERS = { type: 'object', properties: { id: { type: 'integer' } } }
const FIND = { name: 'find', description: 'Finds.', parameters: PARAMETERS }
const DECLARED = [
  {
    functionDeclarations: [
      { name: 'find', description: 'Finds.', parametersJsonSchema: PARAMETERS },
    ],
  },
]
const calling = (mode: string, rest: object = {}) => ({
  toolConfig: { functionCallingConfig: { mode, ...rest } },
})

test('hello is only what was said', () => {
  expect(asked({}).body).toEqual({ contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] })
})

test.each<[Partial<ModelRequest>, object]>([
  [{ maxTokens: 9, topK: 3 }, { generationConfig: { maxOutputTokens: 9, topK: 3 } }],
  [{ temperature: 2, topP: 0.5 }, { generationConfig: { temperature: 2, topP: 0.5 } }],
  [{ stop: ['x'] }, { generationConfig: { stopSequences: ['x'] } }],
  [
    { format: { type: 'json_object' } },
    { generationConfig: { responseMimeType: 'application/json' } },
  ],
  [
    { format: { type: 'json_schema', name: 'n', schema: { type: 'object' } } },
    {
      generationConfig: {
        responseMimeType: 'application/json',
        responseJsonSchema: { type: 'object' },
      },
    },
  ],
  [{ tools: [FIND] }, { tools: DECLARED }],
  [{ tools: [FIND], toolChoice: 'auto' }, calling('AUTO')],
  [{ tools: [FIND], toolChoice: 'none' }, calling('NONE')],
  [{ tools: [FIND], toolChoice: 'required' }, calling('ANY')],
  [
    { tools: [FIND], toolChoice: { name: 'find' } },
    calling('ANY', { allowedFunctionNames: ['find'] }),
  ],
  [
    {
      extras: [
        { family: 'gemini', name: 'safetySettings', value: [], at: '/safetySettings' },
        { family: 'gemini', name: 'generationConfig.seed', value: 7, at: '/generationConfig/seed' },
      ],
    },
    { safetySettings: [], generationConfig: { seed: 7 } },
  ],
])('%j is said as %j', (request, body) => {
  expect(asked(request)).toMatchObject({ body, refused: [], leftOut: [] })
})

test.each<[ModelRequest['thinking'], boolean | undefined, object | undefined]>([
  [{ type: 'off', family: 'openai' }, true, undefined],
  [{ type: 'effort', effort: 'low', family: 'openai' }, undefined, undefined],
  [{ type: 'effort', effort: 'low', family: 'openai' }, true, thought(2048)],
  [{ type: 'budget', tokens: 500, family: 'anthropic' }, true, thought(500)],
  [{ type: 'adaptive', family: 'anthropic' }, true, thought(-1)],
  [{ type: 'budget', tokens: 500, family: 'gemini' }, undefined, thought(500)],
  [{ type: 'budget', tokens: 0, family: 'gemini' }, undefined, { thinkingBudget: 0 }],
  [{ type: 'budget', tokens: 500, family: 'gemini' }, false, undefined],
])('thinking %j of a model that thinks: %p', (thinking, thinks, config) => {
  const given = asked(
    { thinking: thinking! },
    thinks === undefined ? {} : { supportsThinking: thinks },
  )
  expect(given.body['generationConfig']).toEqual(config && { thinkingConfig: config })
  const isLeftOut = config === undefined && thinking?.type !== 'off'
  expect(given.leftOut).toEqual(isLeftOut ? ['/thinking'] : [])
})

function thought(thinkingBudget: number): object {
  return { thinkingBudget, includeThoughts: true }
}

const seal = (data: string) => ({ family: 'gemini', data })

/** A round with two calls at once, of which the first carries the seal. */
const ROUND: Message[] = [
  textMessage('system', 'Be brief.'),
  textMessage('user', 'Find both.'),
  {
    role: 'assistant',
    parts: [
      { type: 'reasoning', text: 'Where?', signature: seal('S1') },
      { type: 'tool_call', id: 'a', name: 'find', arguments: '{"id":1}' },
      { type: 'tool_call', id: '', name: 'find', arguments: '{"id' },
    ],
  },
  {
    role: 'tool',
    parts: [
      { type: 'tool_result', callId: 'a', content: [{ type: 'text', text: '{"at":"home"}' }] },
      { type: 'tool_result', callId: '', isError: true, content: [{ type: 'text', text: 'No.' }] },
    ],
  },
  {
    role: 'tool',
    parts: [
      {
        type: 'tool_result',
        callId: 'a',
        content: [
          { type: 'text', text: 'Look.' },
          { type: 'image', source: { mediaType: 'image/png', data: 'QQ==' } },
        ],
      },
    ],
  },
]

test('a round of calls: the seal stands at the first, results say whose they are', () => {
  const { body } = asked({ messages: ROUND })
  expect(body).toEqual({
    systemInstruction: { parts: [{ text: 'Be brief.' }] },
    contents: [
      { role: 'user', parts: [{ text: 'Find both.' }] },
      {
        role: 'model',
        parts: [
          { text: 'Where?', thought: true },
          { functionCall: { id: 'a', name: 'find', args: { id: 1 } }, thoughtSignature: 'S1' },
          { functionCall: { name: 'find', args: {} } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'a', name: 'find', response: { at: 'home' } } },
          { functionResponse: { name: 'find', response: { error: 'No.' } } },
          { functionResponse: { id: 'a', name: 'find', response: { output: 'Look.' } } },
          { inlineData: { mimeType: 'image/png', data: 'QQ==' } },
        ],
      },
    ],
  })
})

test.each([
  ['gemini-2.5-flash', undefined],
  ['gemini-3-pro-preview', 'skip_thought_signature_validator'],
])('%s, given the call of another family’s model', (upstreamId, thoughtSignature) => {
  const call = { type: 'tool_call' as const, id: 'a', name: 'find', arguments: '{}' }
  const { body } = asked({ messages: [{ role: 'assistant', parts: [call] }] }, { upstreamId })
  const [content] = body['contents'] as { parts: { thoughtSignature?: string }[] }[]
  expect(content?.parts[0]?.thoughtSignature).toBe(thoughtSignature)
})

test('what it has no words for is left out or refused by its place', () => {
  const at = '/messages/0/content/0'
  const { refused, leftOut } = asked({
    tools: [{ ...FIND, cache: { at: '/tools/0/cache_control' } }],
    parallelToolCalls: false,
    messages: [
      {
        role: 'user',
        name: 'Ada',
        at: '/messages/0',
        parts: [{ type: 'image', source: { url: 'gs://bucket/x' }, detail: 'low', at }],
      },
    ],
    extras: [
      { family: 'openai', name: 'seed', value: 7, at: '/seed' },
      { family: 'openai', name: 'user', value: 'x', at: '/user', hint: true },
    ],
  })
  expect(refused).toEqual(['/seed', at])
  expect(leftOut.toSorted()).toEqual(
    ['/messages/0/name', at, '/tools/0/cache_control', '/parallelToolCalls', '/user'].toSorted(),
  )
})
