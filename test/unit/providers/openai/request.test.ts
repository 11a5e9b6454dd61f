import { expect, test } from 'bun:test'
import type { Part } from '../../../../src/form/parts.ts'
import type { ModelRequest } from '../../../../src/form/request.ts'
import type { OpenAiHabits } from '../../../../src/providers/openai/habits.ts'
import { openAiRequest } from '../../../../src/providers/openai/request.ts'
import { written } from '../asked.ts'

const HABITS: OpenAiHabits = { maxTokensField: 'max_tokens', takesThoughts: true }
const asked = (
  request: Partial<ModelRequest>,
  { habits = HABITS, thinks }: { habits?: OpenAiHabits; thinks?: boolean } = {},
) =>
  written(
    (call, notes) => openAiRequest(call, notes, habits),
    request,
    thinks === undefined ? {} : { supportsThinking: thinks },
  )

const FIND = { name: 'find', parameters: { type: 'object' } }

test.each<[Partial<ModelRequest>, object]>([
  [{ stop: ['x'] }, { stop: ['x'] }],
  [{ format: { type: 'json_object' } }, { response_format: { type: 'json_object' } }],
  [
    { format: { type: 'json_schema', name: 'n', schema: {}, strict: true } },
    {
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'n', schema: {}, strict: true },
      },
    },
  ],
  [{ tools: [FIND], toolChoice: 'required' }, { tool_choice: 'required' }],
  [
    { tools: [FIND], toolChoice: { name: 'find' }, parallelToolCalls: false },
    {
      tool_choice: { type: 'function', function: { name: 'find' } },
      parallel_tool_calls: false,
    },
  ],
  [{ extras: [{ family: 'openai', name: 'seed', value: 7, at: '/seed' }] }, { seed: 7 }],
])('%j is said as %j', (request, body) => {
  expect(asked(request)).toMatchObject({ body, refused: [], leftOut: [] })
})

test('without tools nothing is said about calling them', () => {
  const { body } = asked({ toolChoice: 'auto', parallelToolCalls: false })
  expect(Object.keys(body)).toEqual(['model', 'messages'])
})

const at = '/messages/0/content/0'

test.each<[string, Part, unknown]>([
  [
    'an image',
    { type: 'image', source: { url: 'https://x' } },
    { type: 'image_url', image_url: { url: 'https://x' } },
  ],
  [
    'an image within the request',
    { type: 'image', source: { mediaType: 'image/png', data: 'QQ==' }, detail: 'low' },
    { type: 'image_url', image_url: { url: 'data:image/png;base64,QQ==', detail: 'low' } },
  ],
  [
    'a file',
    { type: 'document', source: { mediaType: 'application/pdf', data: 'QQ==' }, name: 'a.pdf' },
    { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,QQ==' } },
  ],
  ['a file of text', { type: 'document', source: { text: 'T' } }, { type: 'text', text: 'T' }],
])('%s', (_, part, json) => {
  const { body } = asked({ messages: [{ role: 'user', parts: [part] }] })
  expect(body['messages']).toEqual([{ role: 'user', content: [json] }])
})

test('a file at an address is refused where it stands', () => {
  const part: Part = { type: 'document', source: { url: 'https://x' }, at }
  expect(asked({ messages: [{ role: 'user', parts: [part] }] }).refused).toEqual([at])
})

const result = (callId: string, content: [Part & { type: 'image' | 'text' }]): Part => ({
  type: 'tool_result',
  callId,
  content,
})

test('what a tool shows besides text follows in a message of the user’s', () => {
  const image: Part = { type: 'image', source: { url: 'https://x' } }
  const parts = [result('a', [image]), result('b', [{ type: 'text', text: 'Found.' }])]
  expect(asked({ messages: [{ role: 'tool', parts }] }).body['messages']).toEqual([
    { role: 'tool', tool_call_id: 'a', content: expect.stringContaining('next message') },
    { role: 'tool', tool_call_id: 'b', content: 'Found.' },
    { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://x' } }] },
  ])
})

test('thoughts are sent back, but to OpenAI itself, which refuses the field', () => {
  const parts: Part[] = [
    { type: 'reasoning', text: 'Hm.' },
    { type: 'text', text: 'Hi.' },
  ]
  const messages = [{ role: 'assistant' as const, parts }]
  expect(asked({ messages }).body['messages']).toEqual([
    { role: 'assistant', content: 'Hi.', reasoning_content: 'Hm.' },
  ])
  const habits = { ...HABITS, takesThoughts: false }
  expect(asked({ messages }, { habits }).body['messages']).toEqual([
    { role: 'assistant', content: 'Hi.' },
  ])
})

test.each<[NonNullable<ModelRequest['thinking']>, boolean | undefined, string | undefined]>([
  [{ type: 'effort', effort: 'low', family: 'openai' }, undefined, 'low'],
  [{ type: 'effort', effort: 'max', family: 'openai' }, undefined, 'high'],
  [{ type: 'effort', effort: 'low', family: 'openai' }, false, undefined],
  [{ type: 'effort', effort: 'low', family: 'anthropic' }, undefined, undefined],
  [{ type: 'effort', effort: 'low', family: 'anthropic' }, true, 'low'],
  [{ type: 'budget', tokens: 2048, family: 'anthropic' }, true, 'low'],
  [{ type: 'budget', tokens: 8192, family: 'anthropic' }, true, 'medium'],
  [{ type: 'budget', tokens: 8193, family: 'anthropic' }, true, 'high'],
  [{ type: 'adaptive', family: 'anthropic' }, true, undefined],
])('%j, for a model that thinks: %j, is the effort %j', (thinking, thinks, effort) => {
  const places = { thinking: '/thinking' }
  const { body, leftOut } = asked({ thinking, places }, thinks === undefined ? {} : { thinks })
  expect(body['reasoning_effort']).toBe(effort)
  expect(leftOut).toEqual(effort === undefined ? ['/thinking'] : [])
})

test('what another family has is refused, what it hints is left out', () => {
  const extras = [
    { family: 'anthropic', name: 'container', value: {}, at: '/container' },
    { family: 'anthropic', name: 'metadata', value: {}, at: '/metadata', hint: true as const },
  ]
  const { body, refused, leftOut } = asked({ extras, topK: 5, places: { topK: '/top_k' } })
  expect([refused.toSorted((a, b) => a.localeCompare(b)), leftOut]).toEqual([
    ['/container', '/top_k'],
    ['/metadata'],
  ])
  expect(Object.keys(body)).toEqual(['model', 'messages'])
})
