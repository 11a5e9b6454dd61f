import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { toAnthropicRequest } from '../../../../src/gateway/providers-side/anthropic-request.ts'
import type { ChatBody, ChatMessage } from '../../../../src/gateway/form/chat-format.ts'
import type { MessagesBody } from '../../../../src/gateway/messages/messages-schema.ts'
import { messagesToChat } from '../../../../src/gateway/messages/messages-to-chat.ts'
import { refusalsOf } from '../folding.ts'

const MODEL = { upstreamId: 'vendor/small-1', contextLength: 8192 }

const body = (fields: object = {}): ChatBody => ({
  model: 'small',
  messages: [{ role: 'user', content: 'Hello?' }],
  ...fields,
})

const request = (fields: object) => toAnthropicRequest(body(fields), MODEL)

test('the smallest request', () => {
  expect(request({})).toEqual({
    model: 'vendor/small-1',
    max_tokens: 4096,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello?' }] }],
  })
})

test('our own limit stays within a small model', () => {
  expect(toAnthropicRequest(body(), { ...MODEL, contextLength: 512 })).toMatchObject({
    max_tokens: 512,
  })
})

test('every field that has a counterpart, and those without effect', () => {
  const tool = {
    type: 'function',
    function: { name: 'calc', description: 'Works out.', strict: true },
  }
  const schema = { type: 'object', properties: {} }
  const json_schema = { name: 'sum', description: 'A sum.', schema, strict: true }
  expect(
    request({
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 5,
      max_completion_tokens: 50,
      temperature: 1,
      top_p: 0,
      stop: 'END',
      tools: [tool],
      tool_choice: 'required',
      parallel_tool_calls: false,
      response_format: { type: 'json_schema', json_schema },
      user: 'u-1',
      metadata: { a: 'b' },
      safety_identifier: 's',
      prompt_cache_key: 'k',
      n: 1,
      seed: null,
      logprobs: false,
      presence_penalty: 0,
      frequency_penalty: 0,
      logit_bias: {},
      store: false,
      modalities: ['text'],
      service_tier: 'auto',
      reasoning_effort: 'none',
      novelty: null,
    }),
  ).toEqual({
    model: 'vendor/small-1',
    max_tokens: 50,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello?' }] }],
    stream: true,
    temperature: 1,
    top_p: 0,
    stop_sequences: ['END'],
    tools: [
      { name: 'calc', description: 'Works out.', input_schema: { type: 'object' }, strict: true },
    ],
    tool_choice: { type: 'any', disable_parallel_tool_use: true },
    output_config: {
      format: { type: 'json_schema', schema: { description: 'A sum.', ...schema } },
    },
  })
})

describe('tool_choice', () => {
  const tools = [{ type: 'function', function: { name: 'calc' } }]
  test.each<[unknown, boolean | undefined, unknown]>([
    [undefined, undefined, undefined],
    [null, undefined, undefined],
    [undefined, true, undefined],
    [undefined, false, { type: 'auto', disable_parallel_tool_use: true }],
    ['auto', undefined, { type: 'auto' }],
    ['none', false, { type: 'none' }],
    ['required', undefined, { type: 'any' }],
    [{ type: 'function', function: { name: 'calc' } }, undefined, { type: 'tool', name: 'calc' }],
  ])('%p, parallel %p', (tool_choice, parallel_tool_calls, expected) => {
    const sent = request({ tools, tool_choice, parallel_tool_calls }) as { tool_choice?: unknown }
    expect(sent.tool_choice).toEqual(expected)
  })

  test('is not said without tools', () => {
    expect(request({ tool_choice: 'auto', parallel_tool_calls: false })).not.toHaveProperty(
      'tool_choice',
    )
  })
})

const call = (id: string, args: string) => ({
  id,
  type: 'function',
  function: { name: 'calc', arguments: args },
})

test('a conversation: turns in a row become one, tool results are the user’s side', () => {
  const messages = [
    { role: 'system', content: 'One.' },
    { role: 'user', content: 'First' },
    {
      role: 'developer',
      content: [{ type: 'text', text: 'Two.', cache_control: { type: 'ephemeral' } }],
    },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Second' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'auto' } },
        { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
      ],
    },
    {
      role: 'assistant',
      content: 'Let me see.',
      refusal: null,
      annotations: [],
      audio: null,
      tool_calls: [call('t1', '{"e":"1"}'), call('t2', '')],
    },
    { role: 'tool', tool_call_id: 't1', content: '1' },
    { role: 'tool', tool_call_id: 't2', content: [{ type: 'text', text: 'none' }] },
    { role: 'assistant', content: '' },
    { role: 'user', content: 'Third' },
    { role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] },
  ]
  expect(request({ messages })).toMatchObject({
    system: [
      { type: 'text', text: 'One.' },
      { type: 'text', text: 'Two.', cache_control: { type: 'ephemeral' } },
    ],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'First' },
          { type: 'text', text: 'Second' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
          { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'Let me see.' },
          { type: 'tool_use', id: 't1', name: 'calc', input: { e: '1' } },
          { type: 'tool_use', id: 't2', name: 'calc', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 't1', content: '1' },
          { type: 'tool_result', tool_use_id: 't2', content: [{ type: 'text', text: 'none' }] },
          { type: 'text', text: 'Third' },
        ],
      },
      { role: 'assistant', content: [{ type: 'text', text: 'No.' }] },
    ],
  })
})

const said = (message: object) => ({ messages: [message] })

describe('what has no counterpart is refused by name', () => {
  const user = (part: object) => said({ role: 'user', content: [part] })
  const called = (call: object) => said({ role: 'assistant', tool_calls: [call] })
  test.each<[string, object]>([
    ['/temperature', { temperature: 1.1 }],
    ['/n', { n: 2 }],
    ['/seed', { seed: 0 }],
    ['/logprobs', { logprobs: true }],
    ['/top_logprobs', { top_logprobs: 3 }],
    ['/logit_bias', { logit_bias: { 50256: -100 } }],
    ['/presence_penalty', { presence_penalty: 0.1 }],
    ['/frequency_penalty', { frequency_penalty: -1 }],
    ['/modalities', { modalities: ['text', 'audio'] }],
    ['/audio', { audio: { voice: 'alloy' } }],
    ['/store', { store: true }],
    ['/service_tier', { service_tier: 'flex' }],
    ['/reasoning_effort', { reasoning_effort: 'high' }],
    ['/web_search_options', { web_search_options: {} }],
    ['/functions', { functions: [] }],
    ['/toString', { toString: 1 }],
    ['/response_format/type', { response_format: { type: 'json_object' } }],
    [
      '/response_format/json_schema/schema',
      { response_format: { type: 'json_schema', json_schema: { name: 'x' } } },
    ],
    ['/tools/0/type', { tools: [{ type: 'custom', custom: { name: 'x' } }] }],
    [
      '/tool_choice',
      {
        tools: [{ type: 'function', function: { name: 'x' } }],
        tool_choice: { type: 'allowed_tools' },
      },
    ],
    ['/messages/0/role', said({ role: 'function', name: 'f', content: 'x' })],
    ['/messages/0/name', said({ role: 'user', name: 'Ann', content: 'x' })],
    ['/messages/0/audio', said({ role: 'assistant', audio: { id: 'a' } })],
    ['/messages/0/content/0', user({ type: 'input_audio', input_audio: {} })],
    [
      '/messages/0/content/0/image_url/detail',
      user({ type: 'image_url', image_url: { url: 'https://x.test', detail: 'high' } }),
    ],
    [
      '/messages/0/content/0/image_url/url',
      user({ type: 'image_url', image_url: { url: 'file:///etc/passwd' } }),
    ],
    [
      '/messages/0/content/0',
      said({
        role: 'system',
        content: [{ type: 'image_url', image_url: { url: 'https://x.test' } }],
      }),
    ],
    ['/messages/0/tool_calls/0/type', called({ id: 't', type: 'custom', custom: {} })],
    [
      '/messages/0/tool_calls/0/function/arguments',
      called({ id: 't', type: 'function', function: { name: 'f', arguments: '{broken' } }),
    ],
  ])('%s', (path, fields) => {
    expect(refusalsOf(() => request(fields)).map((refusal) => refusal.split(':')[0])).toEqual([
      path,
    ])
  })
})

const words = fc.string({ minLength: 1 })
const toolCalls = fc.array(fc.tuple(words, fc.dictionary(words, fc.jsonValue())), { maxLength: 3 })

/** A user’s question, an answer with calls, their results: what both formats can say. */
const turns = fc
  .array(fc.tuple(words, words, toolCalls, words), { minLength: 1, maxLength: 4 })
  .map((list) => list.flatMap(exchange))

function exchange(
  [question, text, calls, result]: [string, string, [string, object][], string],
  turn: number,
): ChatMessage[] {
  const tool_calls = calls.map(([name, input], index) => ({
    id: `t${turn}-${index}`,
    type: 'function' as const,
    function: { name, arguments: JSON.stringify(input) },
  }))
  return [
    { role: 'user', content: question },
    { role: 'assistant', content: text, ...(calls.length > 0 && { tool_calls }) },
    ...tool_calls.map(({ id }) => ({ role: 'tool' as const, tool_call_id: id, content: result })),
    ...(calls.length > 0 ? [{ role: 'assistant' as const, content: text }] : []),
  ]
}

test('there and back again, nothing is changed', () => {
  fc.assert(
    fc.property(turns, words, (history, system) => {
      const messages: ChatMessage[] = [
        { role: 'system', content: system },
        ...history,
        { role: 'user', content: 'Well?' },
      ]
      const there = toAnthropicRequest(body({ messages, max_tokens: 9 }), MODEL) as MessagesBody
      expect(messagesToChat(there)).toEqual({ model: MODEL.upstreamId, max_tokens: 9, messages })
    }),
    { numRuns: 100 },
  )
})
