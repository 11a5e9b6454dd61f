import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { parseLossless } from '../../../../src/form/lossless-json.ts'
import { Notes } from '../../../../src/form/notes.ts'
import { ChatCompletionRequest } from '../../../../src/gateway/chat/chat-schema.ts'
import { nativeChat } from '../../../../src/gateway/chat/native.ts'
import { chatRequest } from '../../../../src/gateway/chat/request.ts'
import { checkShape } from '../../../../src/gateway/form/check-shape.ts'
import { refusalsOf } from '../folding.ts'

const HELLO = { role: 'user', content: 'Hello' }
const WEATHER = { type: 'function', function: { name: 'weather', parameters: { type: 'object' } } }
const TOOL = { name: 'weather', parameters: { type: 'object' }, at: '/tools/0' }
const CALL = { id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"a":1}' } }

/** The request as the route takes it: held against the schema, then brought into the one form. */
function asked(fields: object) {
  const body: unknown = { model: 'small', messages: [HELLO], ...fields }
  const notes = new Notes()
  checkShape(ChatCompletionRequest, body, '', notes)
  notes.throwIfAny()
  const request = chatRequest(body as ChatCompletionRequest, notes)
  notes.throwIfAny()
  return { ...request, leftOut: notes.leftOut }
}

const refusedPaths = (fields: object) =>
  refusalsOf(() => asked(fields)).map((refusal) => refusal.split(': ')[0])

const MESSAGES: [string, object[], object[]][] = [
  [
    'developer is said as system, a name is kept',
    [
      { role: 'developer', content: 'Be brief.', name: 'ops' },
      { ...HELLO, name: 'ann' },
    ],
    [
      { role: 'system', name: 'ops', parts: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', name: 'ann', at: '/messages/1', parts: [{ at: '/messages/1/content' }] },
    ],
  ],
  [
    'images in either spelling, and files',
    [
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: 'data:image/jpg;base64,AA==', detail: 'low' } },
          { type: 'image_url', image_url: 'https://example.com/a.png' },
          { type: 'file', file: { file_data: 'data:application/pdf;base64,BB==', filename: 'a' } },
          { type: 'file', file: { file_data: 'QkI=' } },
        ],
      },
    ],
    [
      {
        parts: [
          { type: 'image', source: { mediaType: 'image/jpeg', data: 'AA==' }, detail: 'low' },
          { type: 'image', source: { url: 'https://example.com/a.png' } },
          { type: 'document', source: { mediaType: 'application/pdf', data: 'BB==' }, name: 'a' },
          { type: 'document', source: { mediaType: 'application/pdf', data: 'QkI=' } },
        ],
      },
    ],
  ],
  [
    'a cache hint stands where the client put it',
    [
      {
        role: 'user',
        content: [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl: '5m' } }],
        cache_control: { type: 'ephemeral' },
      },
    ],
    [{ cache: {}, parts: [{ text: 'x', cache: { ttl: '5m' } }] }],
  ],
  [
    'thoughts, text, refusal and calls of an earlier answer, and what the tool said',
    [
      HELLO,
      {
        role: 'assistant',
        reasoning_content: 'Hm.',
        content: [{ type: 'text', text: 'See.', refusal: null }],
        refusal: null,
        tool_calls: [
          CALL,
          { id: 'c2', type: 'custom', custom: { name: 'patch', input: '*** Begin' } },
        ],
      },
      { role: 'tool', tool_call_id: 'c1', name: 'weather', content: 'rain' },
    ],
    [
      {},
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'text', text: 'See.' },
          { type: 'tool_call', id: 'c1', name: 'weather', arguments: '{"a":1}' },
          { type: 'tool_call', id: 'c2', name: 'patch', arguments: '*** Begin', custom: true },
        ],
      },
      {
        role: 'tool',
        parts: [{ type: 'tool_result', callId: 'c1', content: [{ type: 'text', text: 'rain' }] }],
      },
    ],
  ],
  [
    'sealed thoughts, as routers tell them',
    [
      {
        role: 'assistant',
        content: 'x',
        reasoning: 'left aside',
        reasoning_details: [
          { type: 'reasoning.text', text: 'A', signature: 's', format: 'anthropic-claude-v1' },
          { type: 'reasoning.encrypted', data: 'e', format: 'openai-responses-v1' },
          { type: 'reasoning.summary', summary: 'B' },
        ],
        tool_calls: [{ ...CALL, extra_content: { google: { thought_signature: 'g' } } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: '' },
    ],
    [
      {
        parts: [
          { type: 'reasoning', text: 'A', signature: { family: 'anthropic', data: 's' } },
          { type: 'reasoning', redacted: true, signature: { family: 'openai', data: 'e' } },
          { type: 'reasoning', text: 'B' },
          { type: 'text', text: 'x' },
          { type: 'tool_call', signature: { family: 'gemini', data: 'g' } },
        ],
      },
      { parts: [{ type: 'tool_result', content: [] }] },
    ],
  ],
]

test.each(MESSAGES)('messages: %s', (_, messages, form) => {
  expect(asked({ messages }).messages).toMatchObject(form)
})

const SETTINGS: [object, object][] = [
  [{ max_tokens: 5, max_completion_tokens: 9 }, { maxTokens: 9 }],
  [
    { temperature: 0, top_p: 0.5, top_k: 3, stop: 'END' },
    { temperature: 0, topP: 0.5, topK: 3, stop: ['END'] },
  ],
  [{ response_format: { type: 'json_object' } }, { format: { type: 'json_object' } }],
  [
    {
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'n', schema: { a: 1 }, strict: true },
      },
    },
    { format: { type: 'json_schema', name: 'n', schema: { a: 1 }, strict: true } },
  ],
  [
    { tools: [WEATHER], tool_choice: 'any' },
    { tools: [TOOL], toolChoice: 'required' },
  ],
  [
    {
      tools: [WEATHER],
      tool_choice: { type: 'function', function: { name: 'weather' } },
      parallel_tool_calls: false,
    },
    { toolChoice: { name: 'weather' }, parallelToolCalls: false },
  ],
  [
    {
      tools: [WEATHER, { type: 'custom', custom: { name: 'patch', format: { type: 'text' } } }],
      tool_choice: {
        type: 'allowed_tools',
        allowed_tools: { mode: 'required', tools: [{ type: 'custom', custom: { name: 'patch' } }] },
      },
    },
    { tools: [{ name: 'patch', custom: { format: { type: 'text' } } }], toolChoice: 'required' },
  ],
  [
    { tools: [{ type: 'web_search' }, WEATHER] },
    { leftOut: ['/tools/0'], tools: [{ at: '/tools/1' }] },
  ],
  [{ reasoning_effort: 'high' }, { thinking: { type: 'effort', effort: 'high' } }],
  [{ reasoning_effort: 'utmost' }, { leftOut: ['/reasoning_effort'] }],
  [{ reasoning: { max_tokens: 2000 } }, { thinking: { type: 'budget', tokens: 2000 } }],
  [
    { thinking: { type: 'enabled', budget_tokens: 9 } },
    { thinking: { type: 'budget', tokens: 9 } },
  ],
  [{ thinking: { type: 'disabled' } }, { thinking: { type: 'off' } }],
  [{ enable_thinking: true }, { thinking: { type: 'adaptive' } }],
  [
    {
      tools: null,
      tool_choice: null,
      temperature: null,
      user: null,
      n: 1,
      logprobs: false,
      modalities: ['text'],
    },
    { extras: [], leftOut: [] },
  ],
  [{ seed: 7 }, { extras: [{ family: 'openai', name: 'seed', value: 7, at: '/seed' }] }],
  [
    { user: 'u' },
    { extras: [{ family: 'openai', name: 'user', value: 'u', at: '/user', hint: true }] },
  ],
]

test.each(SETTINGS)('%j is said as %j', (fields, form) => {
  expect(asked(fields)).toMatchObject(form)
})

test('integers of 64 bits: a seed, and the bounds of a schema', () => {
  const body = parseLossless(
    `{"seed":-9223372036854775808,"tools":[{"type":"function","function":{"name":"f","parameters":{"maximum":9223372036854775807}}}]}`,
  )
  const { tools, extras } = asked(body as object)
  expect(JSON.stringify(tools?.[0]?.parameters)).toBe('{"maximum":9223372036854775807}')
  expect(JSON.stringify(extras?.[0]?.value)).toBe('-9223372036854775808')
})

const REFUSED: [object, string[]][] = [
  [{ messages: [{ role: 'user' }] }, ['/messages/0/content']],
  [{ messages: [{ role: 'tool', content: 'x' }] }, ['/messages/0/tool_call_id']],
  [{ messages: [{ ...HELLO, mood: 'good' }] }, ['/messages/0/mood']],
  [{ messages: [{ role: 'assistant', content: 'The', prefix: true }] }, ['/messages/0/prefix']],
  [
    { messages: [{ role: 'assistant', tool_calls: [{ id: 'c', type: 'function' }] }] },
    ['/messages/0/tool_calls/0/function'],
  ],
  [
    { messages: [{ role: 'assistant', tool_calls: [{ id: 'c', type: 'magic' }] }] },
    ['/messages/0/tool_calls/0/type'],
  ],
  [{ messages: [{ role: 'user', content: [{ type: 'text' }] }] }, ['/messages/0/content/0/text']],
  [
    { messages: [{ role: 'user', content: [{ type: 'input_audio', input_audio: {} }] }] },
    ['/messages/0/content/0'],
  ],
  [
    { messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'f' } }] }] },
    ['/messages/0/content/0/file/file_id'],
  ],
  [{ tools: [{ type: 'function' }] }, ['/tools/0/function']],
  [{ tools: [{ type: 'web_search' }], tool_choice: 'required' }, ['/tools/0/type', '/tool_choice']],
  [{ tools: [WEATHER], tool_choice: { type: 'function' } }, ['/tool_choice/function/name']],
  [{ tools: [WEATHER], tool_choice: { type: 'mcp' } }, ['/tool_choice/type']],
  [
    { tools: [WEATHER], tool_choice: { type: 'allowed_tools' } },
    ['/tool_choice/allowed_tools/mode'],
  ],
  [{ response_format: { type: 'grammar' } }, ['/response_format/type']],
  [{ response_format: { type: 'json_schema' } }, ['/response_format/json_schema']],
  [{ seed: 'x' }, ['/seed']],
]

test.each(REFUSED)('%j is refused by name', (fields, paths) => {
  expect(refusedPaths(fields)).toEqual(paths)
})

const native = (fields: object) =>
  nativeChat({ model: 'small', messages: [HELLO as never], ...fields })

describe('for a provider of the same family', () => {
  test('habits that every other server refuses are mended, the rest stays', () => {
    const content = [
      { type: 'text', text: 'x', refusal: null },
      { type: 'image_url', image_url: 'data:image/jpg;base64,AA==' },
      { type: 'input_audio', input_audio: { data: 'x' } },
    ]
    const messages = [{ role: 'user', content, prefix: false, mood: 'good' }]
    expect(native({ messages, tool_choice: 'any', temperature: null, novelty: 1 })).toEqual({
      model: 'small',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'x' },
            { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,AA==' } },
            { type: 'input_audio', input_audio: { data: 'x' } },
          ],
          mood: 'good',
        },
      ],
      tool_choice: 'required',
      novelty: 1,
    })
  })

  test('what is right already is not changed', () => {
    const body = { model: 'small', messages: [HELLO], tools: [WEATHER], seed: 7, stop: ['x'] }
    expect(native(body)).toEqual(body)
  })
})

const anything = fc.jsonValue({ maxDepth: 4 })

test('whatever a client sends is brought into the form, or refused as its mistake', () => {
  const message = fc.record({
    role: fc.constantFrom('user', 'assistant', 'tool', 'system'),
    content: fc.oneof(fc.string(), anything),
    tool_calls: anything,
    reasoning_details: anything,
    extra_content: anything,
  })
  const body = fc.record(
    {
      messages: fc.array(message, { maxLength: 3 }),
      tools: anything,
      tool_choice: anything,
      response_format: anything,
      reasoning: anything,
      thinking: anything,
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(body, (fields) => expect(refusedPaths(fields)).toBeArray()),
    { numRuns: 300 },
  )
})
