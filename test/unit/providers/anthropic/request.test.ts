import { describe, expect, test } from 'bun:test'
import { type Message, type Part, textMessage } from '../../../../src/form/parts.ts'
import type { ModelRequest } from '../../../../src/form/request.ts'
import { anthropicRequest } from '../../../../src/providers/anthropic/request.ts'
import { written } from '../asked.ts'
import { assistantCalling, toolResult } from '../messages.ts'

const asked = (
  request: Partial<ModelRequest>,
  thinks?: boolean,
  model: { upstreamId?: string; maxOutputTokens?: number; contextLength?: number } = {},
) =>
  written(anthropicRequest, request, {
    contextLength: 200_000,
    ...model,
    ...(thinks !== undefined && { supportsThinking: thinks }),
  })
const turns = (messages: Message[]) => asked({ messages }).body['messages']

const FIND = { name: 'find', parameters: { properties: {} } }

test.each<[Partial<ModelRequest>, object]>([
  [{}, { max_tokens: 8192 }],
  [
    { maxTokens: 9, topK: 5, topP: 0.5 },
    { max_tokens: 9, top_k: 5, top_p: 0.5 },
  ],
  [{ stop: ['x'] }, { stop_sequences: ['x'] }],
  [
    { format: { type: 'json_schema', name: 'n', description: 'D', schema: { type: 'object' } } },
    {
      output_config: {
        format: { type: 'json_schema', schema: { type: 'object', description: 'D' } },
      },
    },
  ],
  [
    { tools: [FIND, { name: 'now' }] },
    {
      tools: [
        { name: 'find', input_schema: { type: 'object', properties: {} } },
        { name: 'now', input_schema: { type: 'object' } },
      ],
    },
  ],
  [{ tools: [FIND], toolChoice: 'required' }, { tool_choice: { type: 'any' } }],
  [
    { tools: [FIND], toolChoice: { name: 'find' } },
    { tool_choice: { type: 'tool', name: 'find' } },
  ],
  [
    { tools: [FIND], parallelToolCalls: false },
    { tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
  ],
  [
    { tools: [FIND], toolChoice: 'none', parallelToolCalls: false },
    { tool_choice: { type: 'none' } },
  ],
])('%j is said as %j', (request, body) => {
  expect(asked(request)).toMatchObject({ body, refused: [], leftOut: [] })
})

describe('how long an answer may be', () => {
  test.each<[string, number]>([
    ['claude-3-haiku-20240307', 4096],
    ['claude-3-5-sonnet-20241022', 8192],
    ['anthropic.claude-3-5-haiku-20241022-v1:0', 8192],
    ['claude-opus-4-1-20250805', 32_000],
    ['claude-opus-4-20250514', 32_000],
    ['claude-opus-4-5-20251101', 64_000],
    ['claude-sonnet-4-6', 64_000],
    ['kimi-k2', 8192],
  ])('%s writes %d tokens where nobody says', (upstreamId, max_tokens) => {
    expect(asked({}, undefined, { upstreamId }).body).toMatchObject({ max_tokens })
  })

  test('the model’s own where the operator says, and never more', () => {
    const model = { maxOutputTokens: 9000 }
    expect(asked({}, undefined, model).body).toMatchObject({ max_tokens: 9000 })
    expect(asked({ maxTokens: 9001 }, undefined, model).body).toMatchObject({ max_tokens: 9000 })
    expect(asked({ maxTokens: 8999 }, undefined, model).body).toMatchObject({ max_tokens: 8999 })
    const small = { ...model, contextLength: 500 }
    expect(asked({}, undefined, small).body).toMatchObject({ max_tokens: 500 })
    const thinking = { type: 'effort' as const, effort: 'high' as const, family: 'anthropic' }
    expect(asked({ thinking }, true, model).body).toMatchObject(enabled(8999, 9000))
  })
})

test.each<[string, Partial<ModelRequest>, string]>([
  ['a temperature above 1', { temperature: 1.5 }, '/temperature'],
  ['JSON without a schema', { format: { type: 'json_object' } }, '/format/type'],
  [
    'a field of another family',
    { extras: [{ family: 'openai', name: 'seed', value: 1, at: '/seed' }] },
    '/seed',
  ],
])('%s is refused by name', (_, request, place) => {
  expect(asked(request).refused).toEqual([place])
})

test('system messages are one prompt; a hint makes it blocks', () => {
  const said = [textMessage('system', 'A'), textMessage('user', 'x'), textMessage('system', 'B')]
  expect(asked({ messages: said }).body['system']).toBe('A\n\nB')
  const cached: Message = {
    role: 'system',
    parts: [{ type: 'text', text: 'A', cache: { ttl: '1h' } }],
  }
  expect(asked({ messages: [cached] }).body['system']).toEqual([
    { type: 'text', text: 'A', cache_control: { type: 'ephemeral', ttl: '1h' } },
  ])
})

test.each<[string, Part, unknown]>([
  [
    'an image at an address',
    { type: 'image', source: { url: 'https://x' } },
    { type: 'image', source: { type: 'url', url: 'https://x' } },
  ],
  [
    'an image within the request',
    { type: 'image', source: { mediaType: 'image/jpg', data: 'QQ==' } },
    { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: 'QQ==' } },
  ],
  [
    'a file',
    { type: 'document', source: { mediaType: 'application/pdf', data: 'QQ==' }, name: 'a.pdf' },
    {
      type: 'document',
      source: { type: 'base64', media_type: 'application/pdf', data: 'QQ==' },
      title: 'a.pdf',
    },
  ],
  [
    'a file of text',
    { type: 'document', source: { text: 'T' } },
    { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'T' } },
  ],
  [
    'a hint',
    { type: 'text', text: 'T', cache: {} },
    { type: 'text', text: 'T', cache_control: { type: 'ephemeral' } },
  ],
])('%s', (_, part, block) => {
  expect(turns([{ role: 'user', parts: [part] }])).toEqual([{ role: 'user', content: [block] }])
})

test('blank text says nothing; arguments that were cut off are none', () => {
  const call = { id: 'a', name: 'find', arguments: '{"id": 1' }
  expect(turns([textMessage('user', 'Go'), assistantCalling(' \n', [call])])).toEqual([
    { role: 'user', content: [{ type: 'text', text: 'Go' }] },
    { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'find', input: {} }] },
  ])
})

test('the result of a tool keeps its images and its failure', () => {
  const image: Part = { type: 'image', source: { url: 'https://x' } }
  const result: Part = { type: 'tool_result', callId: 'a', content: [image], isError: true }
  expect(turns([{ role: 'tool', parts: [result] }])).toEqual([
    {
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: 'a',
          is_error: true,
          content: [{ type: 'image', source: { type: 'url', url: 'https://x' } }],
        },
      ],
    },
  ])
})

const seal = { family: 'anthropic', data: 'c2VhbA==' }

test('thoughts go back under their own seal only', () => {
  const parts: Part[] = [
    { type: 'reasoning', text: 'One', signature: seal },
    { type: 'reasoning', text: '', signature: seal, redacted: true },
    { type: 'reasoning', text: 'Two', at: '/two' },
    { type: 'reasoning', text: 'Three', signature: { family: 'openai', data: 'x' }, at: '/three' },
    { type: 'text', text: 'Hi' },
  ]
  const { body, leftOut } = asked({ messages: [{ role: 'assistant', parts }] })
  expect(body['messages']).toEqual([
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'One', signature: seal.data },
        { type: 'redacted_thinking', data: seal.data },
        { type: 'text', text: 'Hi' },
      ],
    },
  ])
  expect(leftOut).toEqual(['/two', '/three'])
})

const enabled = (budget_tokens: number, max_tokens: number) => ({
  max_tokens,
  thinking: { type: 'enabled', budget_tokens },
})

describe('how much to think', () => {
  const own = { family: 'anthropic' }
  test.each<[Partial<ModelRequest>, boolean | undefined, object]>([
    [{ thinking: { type: 'budget', tokens: 2000, ...own } }, undefined, enabled(2000, 8192)],
    [{ thinking: { type: 'adaptive', ...own } }, undefined, { thinking: { type: 'adaptive' } }],
    [
      { thinking: { type: 'effort', effort: 'medium', family: 'openai' } },
      true,
      enabled(8192, 12_288),
    ],
    [
      { thinking: { type: 'effort', effort: 'max', ...own }, maxTokens: 5000 },
      undefined,
      enabled(4999, 5000),
    ],
    [{ thinking: { type: 'effort', effort: 'minimal', ...own } }, undefined, enabled(1024, 8192)],
    [{ thinking: { type: 'effort', effort: 'low', ...own } }, undefined, enabled(2048, 8192)],
    [{ thinking: { type: 'effort', effort: 'high', ...own } }, undefined, enabled(16_384, 20_480)],
    [{ thinking: { type: 'effort', effort: 'xhigh', ...own } }, undefined, enabled(24_576, 28_672)],
    [{ thinking: { type: 'effort', effort: 'max', ...own } }, undefined, enabled(32_768, 36_864)],
  ])('%j, for a model that thinks: %j, is %j', (request, thinks, fields) => {
    expect(asked(request, thinks)).toMatchObject({ body: fields, leftOut: [] })
  })

  const call = assistantCalling('', [{ id: 'a', name: 'find', arguments: '{}' }])
  const asks = textMessage('user', 'Go')

  test.each<[string, Partial<ModelRequest>, boolean | undefined]>([
    [
      'a model that is not said to',
      { thinking: { type: 'adaptive', family: 'openai' } },
      undefined,
    ],
    ['a model that does not', {}, false],
    ['no room', { maxTokens: 1024 }, true],
    ['none at all', { thinking: { type: 'effort', effort: 'none', ...own } }, true],
    ['another temperature', { temperature: 0.5 }, true],
    ['top_k', { topK: 5 }, true],
    ['a tool that must be called', { tools: [FIND], toolChoice: 'required' }, true],
    ['calls without their thoughts', { messages: [asks, call, toolResult('a', 'x')] }, true],
  ])('is left out for %s', (_, request, thinks) => {
    const thinking = { type: 'effort' as const, effort: 'low' as const, ...own }
    const { body, leftOut } = asked({ thinking, ...request }, thinks)
    expect(body).not.toHaveProperty('thinking')
    expect(leftOut).toEqual(['/thinking'])
  })

  test('goes on with the thoughts that led to the last calls', () => {
    const thought: Part = { type: 'reasoning', text: 'Hm', signature: seal }
    const messages: Message[] = [
      asks,
      { role: 'assistant', parts: [thought, ...call.parts] },
      toolResult('a', 'x'),
    ]
    const thinking = { type: 'budget' as const, tokens: 2000, ...own }
    expect(asked({ thinking, messages }).body).toHaveProperty('thinking')
  })

  test('off says nothing', () => {
    const { body, leftOut } = asked({ thinking: { type: 'off', ...own } })
    expect(body).not.toHaveProperty('thinking')
    expect(leftOut).toEqual([])
  })
})
