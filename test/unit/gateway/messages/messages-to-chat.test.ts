import { TypeCompiler } from '@sinclair/typebox/compiler'
import { describe, expect, test } from 'bun:test'
import { MessagesRequest } from '../../../../src/gateway/messages/messages-schema.ts'
import { messagesToChat } from '../../../../src/gateway/messages/messages-to-chat.ts'
import { BODY, refusalsOf } from '../folding.ts'

const schema = TypeCompiler.Compile(MessagesRequest)

/** Refused by name; it is a body the schema lets pass, for Anthropic's own models take it. */
function refused(fields: object): string[] {
  const body = { ...BODY, ...fields }
  expect([...schema.Errors(body)]).toEqual([])
  return refusalsOf(() => messagesToChat(body))
}

const said = (...content: object[]) => ({
  messages: [{ role: 'user' as const, content: content as { type: string }[] }],
})

test('the smallest request', () => {
  expect(messagesToChat(BODY)).toEqual({
    model: 'small',
    max_tokens: 100,
    messages: [{ role: 'user', content: 'Hello?' }],
  })
})

test('every field that has a counterpart', () => {
  const body = {
    ...BODY,
    system: [
      { type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } },
      { type: 'text', text: 'Be kind.' },
    ],
    stream: true,
    stop_sequences: ['END', 'STOP'],
    temperature: 0.5,
    top_p: 0.9,
    tools: [
      { name: 'clock', input_schema: { type: 'object' }, cache_control: { type: 'ephemeral' } },
      { type: 'custom', name: 'calc', description: 'Works out.', input_schema: {}, strict: true },
    ],
    tool_choice: { type: 'tool' as const, name: 'calc', disable_parallel_tool_use: true },
    output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
    metadata: { user_id: 'u-1' },
    service_tier: 'auto',
    thinking: { type: 'disabled' },
    container: null,
  }
  expect([...schema.Errors(body)]).toEqual([])
  expect(messagesToChat(body)).toEqual({
    model: 'small',
    max_tokens: 100,
    messages: [
      { role: 'system', content: 'Be brief.\n\nBe kind.' },
      { role: 'user', content: 'Hello?' },
    ],
    stream: true,
    stream_options: { include_usage: true },
    stop: ['END', 'STOP'],
    temperature: 0.5,
    top_p: 0.9,
    tools: [
      { type: 'function', function: { name: 'clock', parameters: { type: 'object' } } },
      {
        type: 'function',
        function: { name: 'calc', description: 'Works out.', parameters: {}, strict: true },
      },
    ],
    tool_choice: { type: 'function', function: { name: 'calc' } },
    parallel_tool_calls: false,
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'response', schema: { type: 'object' }, strict: true },
    },
  })
})

test.each([
  ['auto', 'auto'],
  ['any', 'required'],
  ['none', 'none'],
] as const)('tool_choice %s is %s', (type, choice) => {
  expect(messagesToChat({ ...BODY, tool_choice: { type } })).toMatchObject({ tool_choice: choice })
})

test('a conversation with tools: each result is a message, before what else its message says', () => {
  const messages = [
    { role: 'user' as const, content: 'What is 1+1, and what time is it?' },
    {
      role: 'assistant' as const,
      content: [
        { type: 'thinking', thinking: 'Hm.', signature: 'abc' },
        { type: 'redacted_thinking', data: 'xyz' },
        { type: 'text', text: 'Let me ', citations: null },
        { type: 'text', text: 'see.' },
        {
          type: 'tool_use',
          id: 't1',
          name: 'calc',
          input: { e: '1+1' },
          caller: { type: 'direct' },
        },
        { type: 'tool_use', id: 't2', name: 'clock', input: {} },
      ],
    },
    {
      role: 'user' as const,
      content: [
        { type: 'text', text: 'Here you are.' },
        { type: 'tool_result', tool_use_id: 't1', content: '2' },
        {
          type: 'tool_result',
          tool_use_id: 't2',
          is_error: true,
          content: [
            { type: 'text', text: 'No clock.' },
            { type: 'text', text: 'Sorry.' },
          ],
        },
        { type: 'text', text: 'Go on.' },
      ],
    },
    { role: 'assistant' as const, content: [{ type: 'thinking', thinking: 'Alone.' }] },
    { role: 'system' as const, content: 'Hurry.' },
    { role: 'user' as const, content: [{ type: 'tool_result', tool_use_id: 't3' }] },
  ]
  expect(messagesToChat({ ...BODY, messages }).messages).toEqual([
    { role: 'user', content: 'What is 1+1, and what time is it?' },
    {
      role: 'assistant',
      content: 'Let me see.',
      tool_calls: [
        { id: 't1', type: 'function', function: { name: 'calc', arguments: '{"e":"1+1"}' } },
        { id: 't2', type: 'function', function: { name: 'clock', arguments: '{}' } },
      ],
    },
    { role: 'tool', tool_call_id: 't1', content: '2' },
    { role: 'tool', tool_call_id: 't2', content: 'Error: No clock.\n\nSorry.' },
    { role: 'user', content: 'Here you are.\n\nGo on.' },
    { role: 'system', content: 'Hurry.' },
    { role: 'tool', tool_call_id: 't3', content: '' },
  ])
})

test('images, within the request and at an address', () => {
  const content = [
    { type: 'text', text: 'Compare' },
    { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
    { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
  ]
  expect(messagesToChat({ ...BODY, ...said(...content) }).messages).toEqual([
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Compare' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
        { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
      ],
    },
  ])
})

describe('what has no counterpart is refused by name', () => {
  const toolUse = { type: 'tool_use', id: 't1', name: 'calc', input: {} }
  const tool = { name: 'calc', input_schema: {} }
  test.each<[string, object]>([
    ['/top_k', { top_k: 5 }],
    ['/max_tokens', { max_tokens: 0 }],
    ['/thinking', { thinking: { type: 'enabled', budget_tokens: 1024 } }],
    ['/speed', { speed: 'fast' }],
    ['/container', { container: { id: 'c' } }],
    ['/mcp_servers', { mcp_servers: [] }],
    ['/a~1b~0c', { 'a/b~c': 1 }],
    ['/output_config/effort', { output_config: { effort: 'high' } }],
    ['/output_config/format/type', { output_config: { format: { type: 'xml', schema: {} } } }],
    ['/output_format/schema', { output_format: { type: 'json_schema' } }],
    ['/tools/0/type', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] }],
    ['/tools/0/input_schema', { tools: [{ name: 'calc' }] }],
    ['/tools/0/defer_loading', { tools: [{ ...tool, defer_loading: true }] }],
    ['/tools/0/input_examples', { tools: [{ ...tool, input_examples: [{}] }] }],
    ['/tools/0/allowed_callers', { tools: [{ ...tool, allowed_callers: ['code_execution'] }] }],
    ['/tools/0/novelty', { tools: [{ ...tool, novelty: 1 }] }],
    ['/tool_choice/name', { tool_choice: { type: 'tool' } }],
    ['/system/1', { system: [{ type: 'text', text: 'A' }, { type: 'image' }] }],
    ['/messages/0/content/0', said({ type: 'document', source: { type: 'text', data: 'x' } })],
    ['/messages/0/content/0', said({ type: 'server_tool_use', id: 's' })],
    ['/messages/0/content/0/text', said({ type: 'text' })],
    ['/messages/0/content/0/source/type', said({ type: 'image', source: { type: 'file' } })],
    [
      '/messages/0/content/0/source/data',
      said({ type: 'image', source: { type: 'base64', media_type: 'image/png' } }),
    ],
    [
      '/messages/0/content/0/transformations',
      said({ type: 'image', transformations: {}, source: { type: 'url', url: 'https://x.test' } }),
    ],
    [
      '/messages/0/content/0/content/0',
      said({ type: 'tool_result', tool_use_id: 't', content: [{ type: 'image' }] }),
    ],
    ['/messages/0/content/0/tool_use_id', said({ type: 'tool_result' })],
    ['/messages/0/name', { messages: [{ role: 'user', content: 'x', name: 'Ann' }] }],
    ['/messages/1/role', { messages: [BODY.messages[0], { role: 'assistant', content: 'The' }] }],
    [
      '/messages/0/content/0/caller',
      {
        messages: [
          { role: 'assistant', content: [{ ...toolUse, caller: { type: 'code' } }] },
          BODY.messages[0],
        ],
      },
    ],
  ])('%s', (path, fields) => {
    expect(refused(fields).map((refusal) => refusal.split(':')[0])).toEqual([path])
  })

  test('all of it in one answer, and the first in the sentence', () => {
    expect(refused({ top_k: 5, speed: 'fast', thinking: { type: 'adaptive' } })).toEqual([
      '/top_k: this cannot be honoured by the model asked for',
      '/thinking: this cannot be honoured by the model asked for',
      '/speed: this cannot be honoured by the model asked for',
    ])
  })
})

test.each<[string, object]>([
  ['/max_tokens', { max_tokens: undefined }],
  ['/temperature', { temperature: 1.5 }],
  ['/messages', { messages: [] }],
  ['/messages/0/role', { messages: [{ role: 'tool', content: 'x' }] }],
  ['/messages/0/content', { messages: [{ role: 'user', content: 1 }] }],
  ['/tool_choice/type', { tool_choice: { type: 'some' } }],
  ['/stream', { stream: 'yes' }],
  ['/thread', { thread: { type: 'create' } }],
])('the schema refuses a wrong %s', (path, fields) => {
  expect(schema.Errors({ ...BODY, ...fields }).First()?.path).toBe(path)
})
