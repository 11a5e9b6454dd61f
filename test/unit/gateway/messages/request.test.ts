import { TypeCompiler } from '@sinclair/typebox/compiler'
import { describe, expect, test } from 'bun:test'
import { MessagesRequest } from '../../../../src/gateway/messages/messages-schema.ts'
import { parseLossless } from '../../../../src/form/lossless-json.ts'
import { Notes } from '../../../../src/form/notes.ts'
import { messagesRequest } from '../../../../src/gateway/messages/request.ts'
import type { MessagesBody } from '../../../../src/gateway/messages/messages-schema.ts'
import { explainValidation } from '../../../../src/http/validation.ts'
import { BODY, refusalsOf } from '../folding.ts'

const schema = TypeCompiler.Compile(MessagesRequest)

/** Refused by name; it is a body the schema lets pass, for Anthropic's own models take it. */
function refused(fields: object): string[] {
  const body = { ...BODY, ...fields }
  expect([...schema.Errors(body)]).toEqual([])
  return refusalsOf(() => asked(body))
}

/** The request in the one form. @throws AresError with what is wrong */
function asked(body: MessagesBody) {
  const notes = new Notes()
  const request = messagesRequest(body, notes)
  notes.throwIfAny()
  return { ...request, leftOut: notes.leftOut }
}

const said = (...content: object[]) => ({
  messages: [{ role: 'user' as const, content: content as { type: string }[] }],
})

test('the smallest request', () => {
  expect(asked(BODY)).toMatchObject({
    maxTokens: 100,
    messages: [
      {
        role: 'user',
        parts: [{ type: 'text', text: 'Hello?', at: '/messages/0/content' }],
        at: '/messages/0',
      },
    ],
    extras: [],
    leftOut: [],
  })
})

test('every field that has a notion, and where it stands', () => {
  const body = {
    ...BODY,
    system: [
      { type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral', ttl: '1h' } },
      { type: 'text', text: 'Be kind.' },
    ],
    stream: true,
    stop_sequences: ['END', 'STOP'],
    temperature: 0.5,
    top_p: 0.9,
    top_k: 5,
    tools: [
      { name: 'clock', input_schema: { type: 'object' }, cache_control: { type: 'ephemeral' } },
      { type: 'custom', name: 'calc', description: 'Works out.', input_schema: {}, strict: true },
    ],
    tool_choice: { type: 'tool' as const, name: 'calc', disable_parallel_tool_use: true },
    output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
    thinking: { type: 'disabled' },
    container: null,
    mcp_servers: [],
  }
  expect([...schema.Errors(body)]).toEqual([])
  expect(asked(body)).toMatchObject({
    maxTokens: 100,
    messages: [
      {
        role: 'system',
        at: '/system',
        parts: [
          { type: 'text', text: 'Be brief.', at: '/system/0', cache: { ttl: '1h' } },
          { type: 'text', text: 'Be kind.', at: '/system/1' },
        ],
      },
      { role: 'user', parts: [{ type: 'text', text: 'Hello?' }] },
    ],
    stop: ['END', 'STOP'],
    temperature: 0.5,
    topP: 0.9,
    topK: 5,
    tools: [
      { name: 'clock', parameters: { type: 'object' }, at: '/tools/0', cache: {} },
      { name: 'calc', description: 'Works out.', parameters: {}, strict: true, at: '/tools/1' },
    ],
    toolChoice: { name: 'calc' },
    parallelToolCalls: false,
    format: { type: 'json_schema', name: 'response', schema: { type: 'object' }, strict: true },
    thinking: { type: 'off' },
    places: { stop: '/stop_sequences', format: '/output_config/format', thinking: '/thinking' },
    extras: [],
    leftOut: [],
  })
})

test.each<[object, object]>([
  [{ thinking: { type: 'adaptive' } }, { type: 'adaptive' }],
  [{ thinking: { type: 'enabled', budget_tokens: 2048 } }, { type: 'budget', tokens: 2048 }],
  [{ output_config: { effort: 'high' } }, { type: 'effort', effort: 'high' }],
  [
    { thinking: { type: 'adaptive' }, output_config: { effort: 'max' } },
    { type: 'effort', effort: 'max' },
  ],
  [{ thinking: { type: 'disabled' }, output_config: { effort: 'max' } }, { type: 'off' }],
])('how much to think: %j', (fields, thinking) => {
  expect(asked({ ...BODY, ...fields }).thinking).toEqual({
    ...thinking,
    family: 'anthropic',
  } as never)
})

test.each([
  ['auto', 'auto'],
  ['any', 'required'],
  ['none', 'none'],
] as const)('tool_choice %s is %s', (type, choice) => {
  const tools = [{ name: 'clock', input_schema: {} }]
  expect(asked({ ...BODY, tools, tool_choice: { type } })).toMatchObject({ toolChoice: choice })
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
        { type: 'tool_use', id: 't2', name: 'clock', input: { invalid_json: '{"zone":' } },
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
          content: [{ type: 'text', text: 'No clock.' }],
        },
        { type: 'text', text: 'Go on.' },
      ],
    },
    { role: 'assistant' as const, content: [{ type: 'thinking', thinking: 'Alone.' }] },
    { role: 'system' as const, content: 'Hurry.' },
    { role: 'user' as const, content: [{ type: 'tool_result', tool_use_id: 't3' }] },
    { role: 'assistant' as const, content: 'The' },
  ]
  expect(asked({ ...BODY, messages }).messages).toMatchObject([
    { role: 'user', parts: [{ type: 'text' }] },
    {
      role: 'assistant',
      parts: [
        { type: 'reasoning', text: 'Hm.', signature: { family: 'anthropic', data: 'abc' } },
        { type: 'reasoning', redacted: true, signature: { family: 'anthropic', data: 'xyz' } },
        { type: 'text', text: 'Let me ' },
        { type: 'text', text: 'see.' },
        { type: 'tool_call', id: 't1', name: 'calc', arguments: '{"e":"1+1"}' },
        { type: 'tool_call', id: 't2', name: 'clock', arguments: '{"zone":' },
      ],
    },
    { role: 'tool', parts: [{ type: 'tool_result', callId: 't1', content: [{ text: '2' }] }] },
    {
      role: 'tool',
      parts: [
        { type: 'tool_result', callId: 't2', isError: true, content: [{ text: 'No clock.' }] },
      ],
    },
    { role: 'user', parts: [{ text: 'Here you are.' }, { text: 'Go on.' }] },
    { role: 'assistant', parts: [{ type: 'reasoning', text: 'Alone.' }] },
    { role: 'system', parts: [{ text: 'Hurry.' }] },
    { role: 'tool', parts: [{ type: 'tool_result', callId: 't3', content: [] }] },
    { role: 'assistant', parts: [{ text: 'The' }] },
  ])
})

test('images and documents, within the request and at an address', () => {
  const content = [
    { type: 'image', source: { type: 'base64', media_type: 'image/jpg', data: 'AAAA' } },
    { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
    {
      type: 'document',
      title: 'Report',
      source: { type: 'base64', media_type: 'application/pdf', data: 'BBBB' },
    },
    { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Plain.' } },
  ]
  expect(asked({ ...BODY, ...said(...content) }).messages[0]?.parts).toMatchObject([
    { type: 'image', source: { mediaType: 'image/jpeg', data: 'AAAA' } },
    { type: 'image', source: { url: 'https://example.com/a.png' } },
    { type: 'document', name: 'Report', source: { mediaType: 'application/pdf', data: 'BBBB' } },
    { type: 'document', source: { text: 'Plain.' } },
  ])
})

test('an integer that no number holds stays as it was written', () => {
  const text = `{"model":"small","max_tokens":1,"messages":[{"role":"assistant","content":[
    {"type":"tool_use","id":"t1","name":"find","input":{"id":12345678901234567890}}]}]}`
  const [message] = asked(parseLossless(text) as MessagesBody).messages
  expect(message?.parts).toMatchObject([{ arguments: '{"id":12345678901234567890}' }])
})

describe('hints are left out, and told', () => {
  const tool = { name: 'calc', input_schema: {} }
  const serverTool = { type: 'web_search_20250305', name: 'web_search' }
  test.each<[string, object]>([
    ['/tools/0', { tools: [serverTool] }],
    ['/tools/0', { tools: [serverTool], tool_choice: { type: 'auto' } }],
    ['/tools/0/defer_loading', { tools: [{ ...tool, defer_loading: true }] }],
    ['/tools/0/input_examples', { tools: [{ ...tool, input_examples: [{}] }] }],
    ['/tools/0/allowed_callers', { tools: [{ ...tool, allowed_callers: ['code_execution'] }] }],
    ['/output_config/effort', { output_config: { effort: 'utmost' } }],
    ['/messages/0/content/0', said({ type: 'server_tool_use', id: 's' })],
  ])('%s', (at, fields) => {
    expect(asked({ ...BODY, ...fields }).leftOut).toEqual([at])
  })

  test.each(['metadata', 'service_tier', 'speed', 'context_management', 'betas'])(
    '%s is a hint of the family’s own',
    (name) => {
      const extra = { family: 'anthropic', name, at: `/${name}`, hint: true, value: { x: 1 } }
      expect(asked({ ...BODY, [name]: { x: 1 } }).extras).toEqual([extra as never])
    },
  )
})

describe('what has no counterpart is refused by name', () => {
  const tool = { name: 'calc', input_schema: {} }
  test.each<[string, object]>([
    ['/max_tokens', { max_tokens: 0 }],
    ['/output_config/format/type', { output_config: { format: { type: 'xml', schema: {} } } }],
    ['/output_format/schema', { output_format: { type: 'json_schema' } }],
    ['/tools/0/input_schema', { tools: [{ name: 'calc' }] }],
    ['/tools/0/novelty', { tools: [{ ...tool, novelty: 1 }] }],
    ['/tool_choice/name', { tool_choice: { type: 'tool' } }],
    [
      '/tool_choice,/tools/0/type',
      { tools: [{ type: 'bash_20250124', name: 'bash' }], tool_choice: { type: 'any' } },
    ],
    ['/output_config/novelty', { output_config: { novelty: 1 } }],
    ['/system/1/source', { system: [{ type: 'text', text: 'A' }, { type: 'image' }] }],
    ['/messages/0/content/0', said({ type: 'container_upload', file_id: 'f' })],
    [
      '/messages/0/content/0/citations',
      said({ type: 'document', citations: { enabled: true }, source: { type: 'text', data: 'x' } }),
    ],
    ['/messages/0/content/0/text', said({ type: 'text' })],
    ['/messages/0/content/0/source/type', said({ type: 'image', source: { type: 'file' } })],
    [
      '/messages/0/content/0/source/data',
      said({ type: 'image', source: { type: 'base64', media_type: 'image/png' } }),
    ],
    [
      '/messages/0/content/0/content/0/source',
      said({ type: 'tool_result', tool_use_id: 't', content: [{ type: 'image' }] }),
    ],
    ['/messages/0/content/0/tool_use_id', said({ type: 'tool_result' })],
    ['/messages/0/name', { messages: [{ role: 'user', content: 'x', name: 'Ann' }] }],
  ])('%s', (path, fields) => {
    const paths = refused(fields).map((refusal) => refusal.split(':')[0])
    expect(paths.toSorted((a = '', b = '') => a.localeCompare(b)).join()).toBe(path)
  })

  test('all of it in one answer', () => {
    expect(refused({ max_tokens: 0, tool_choice: { type: 'tool' } })).toEqual([
      '/tool_choice/name: this field is required',
      '/max_tokens: expected 1 or more for this model',
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
  const { details } = explainValidation(schema.Errors({ ...BODY, ...fields }))
  expect(details?.[0]?.path).toBe(path)
})
