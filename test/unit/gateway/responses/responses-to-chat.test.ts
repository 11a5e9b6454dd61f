import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { AresError } from '../../../../src/errors.ts'
import { Refusals } from '../../../../src/gateway/form/refusals.ts'
import {
  type ResponsesBody,
  ResponsesRequest,
} from '../../../../src/gateway/responses/responses-schema.ts'
import { responsesToChat } from '../../../../src/gateway/responses/responses-to-chat.ts'

const WEATHER = {
  type: 'function',
  name: 'weather',
  description: 'The weather of a city',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
  strict: true,
}
const CHAT_WEATHER = {
  type: 'function',
  function: {
    name: 'weather',
    description: 'The weather of a city',
    parameters: WEATHER.parameters,
    strict: true,
  },
}
const CALL = {
  type: 'function_call',
  id: 'fc_1',
  call_id: 'call_1',
  name: 'weather',
  arguments: '{"city":"Rome"}',
  status: 'completed',
}
const CHAT_CALL = {
  id: 'call_1',
  type: 'function',
  function: { name: 'weather', arguments: '{"city":"Rome"}' },
}
const OUTPUT = { type: 'function_call_output', call_id: 'call_1', output: '21 degrees' }
const HELLO = [{ role: 'user', content: 'Hello' }]

/** The request as the route takes it: held against the schema, then translated. */
function translate(fields: object): object {
  const body: unknown = { model: 'small', input: 'Hello', ...fields }
  const refusals = new Refusals()
  refusals.check(ResponsesRequest, body, '')
  refusals.throwIfAny()
  return responsesToChat(body as ResponsesBody)
}

function refusedPaths(fields: object): string[] {
  try {
    translate(fields)
  } catch (error) {
    if (!(error instanceof AresError)) throw error
    const details = error.details ?? []
    expect(details.every(({ message }) => typeof message === 'string')).toBe(true)
    return details.map(({ path }) => path)
  }
  return []
}

const CONVERSATIONS: [string, object, object[]][] = [
  ['a string is a message of the user', { input: 'Hello' }, HELLO],
  [
    'instructions come first',
    { instructions: 'Be brief.' },
    [{ role: 'system', content: 'Be brief.' }, ...HELLO],
  ],
  [
    'an easy message needs no type; developer is said as system',
    { input: [{ role: 'developer', content: 'Be brief.' }, ...HELLO] },
    [{ role: 'system', content: 'Be brief.' }, ...HELLO],
  ],
  [
    'a single text is a string, several stay parts',
    {
      input: [
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'One' }] },
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'One' },
            { type: 'input_text', text: 'Two' },
          ],
        },
      ],
    },
    [
      { role: 'user', content: 'One' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'One' },
          { type: 'text', text: 'Two' },
        ],
      },
    ],
  ],
  [
    'images keep address and detail',
    {
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'What is this?' },
            { type: 'input_image', image_url: 'data:image/png;base64,AA==', detail: 'low' },
            { type: 'input_image', image_url: 'https://example.com/a.png' },
          ],
        },
      ],
    },
    [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==', detail: 'low' } },
          { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
        ],
      },
    ],
  ],
  [
    'an answer with its call and the reasoning before it is one message',
    {
      input: [
        ...HELLO,
        { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'x' },
        {
          type: 'message',
          id: 'msg_1',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: 'Let me see.', annotations: [], logprobs: [] }],
        },
        CALL,
        OUTPUT,
      ],
    },
    [
      ...HELLO,
      { role: 'assistant', content: 'Let me see.', tool_calls: [CHAT_CALL] },
      { role: 'tool', tool_call_id: 'call_1', content: '21 degrees' },
    ],
  ],
  [
    'calls in a row are one message; each output is one of its own',
    {
      input: [
        CALL,
        { ...CALL, call_id: 'call_2', parsed_arguments: { city: 'Rome' } },
        { ...OUTPUT, call_id: 'call_2', output: [{ type: 'input_text', text: 'rain' }] },
        OUTPUT,
      ],
    },
    [
      { role: 'assistant', content: null, tool_calls: [CHAT_CALL, { ...CHAT_CALL, id: 'call_2' }] },
      { role: 'tool', tool_call_id: 'call_2', content: 'rain' },
      { role: 'tool', tool_call_id: 'call_1', content: '21 degrees' },
    ],
  ],
  [
    'text after a call belongs to the message of the call',
    { input: [CALL, { role: 'assistant', content: 'I have asked.' }, OUTPUT] },
    [
      { role: 'assistant', content: 'I have asked.', tool_calls: [CHAT_CALL] },
      { role: 'tool', tool_call_id: 'call_1', content: '21 degrees' },
    ],
  ],
  [
    'a refusal stays one',
    { input: [{ role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] }, ...HELLO] },
    [{ role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] }, ...HELLO],
  ],
]

test.each(CONVERSATIONS)('messages: %s', (_, fields, messages) => {
  expect(translate(fields)).toEqual({ model: 'small', messages })
})

const SCHEMA = { type: 'object', properties: {}, additionalProperties: false }
const FIELDS: [object, object][] = [
  [{ stream: true }, { stream: true, stream_options: { include_usage: true } }],
  [{ stream: false, temperature: null }, {}],
  [
    { max_output_tokens: 9, temperature: 0.5, top_p: 0.9, user: 'u' },
    { max_tokens: 9, temperature: 0.5, top_p: 0.9, user: 'u' },
  ],
  [{ reasoning: { effort: 'low', summary: 'auto' } }, { reasoning_effort: 'low' }],
  [{ text: { format: { type: 'text' }, verbosity: 'low' } }, { verbosity: 'low' }],
  [{ text: { format: { type: 'json_object' } } }, { response_format: { type: 'json_object' } }],
  [
    { text: { format: { type: 'json_schema', name: 'n', schema: SCHEMA, strict: true } } },
    {
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'n', schema: SCHEMA, strict: true },
      },
    },
  ],
  [{ include: ['message.output_text.logprobs'] }, { logprobs: true }],
  [{ top_logprobs: 3 }, { logprobs: true, top_logprobs: 3 }],
  [{ top_logprobs: 0, include: ['reasoning.encrypted_content'] }, {}],
  [{ service_tier: 'flex' }, { service_tier: 'flex' }],
  [
    { service_tier: 'auto', store: false, background: false, truncation: 'disabled', prompt: null },
    {},
  ],
  [{ metadata: { a: 'b' }, prompt_cache_key: 'k', safety_identifier: 's' }, {}],
  [
    { tools: [WEATHER], tool_choice: 'required', parallel_tool_calls: false },
    { tools: [CHAT_WEATHER], tool_choice: 'required', parallel_tool_calls: false },
  ],
  [
    { tools: [WEATHER], tool_choice: { type: 'function', name: 'weather' } },
    {
      tools: [CHAT_WEATHER],
      tool_choice: { type: 'function', function: { name: 'weather' } },
    },
  ],
  [
    {
      tools: [WEATHER, { type: 'function', name: 'other', parameters: null, strict: null }],
      tool_choice: {
        type: 'allowed_tools',
        mode: 'required',
        tools: [{ type: 'function', name: 'weather' }],
      },
    },
    { tools: [CHAT_WEATHER], tool_choice: 'required' },
  ],
  [
    { tools: [{ type: 'function', name: 'other', parameters: null, strict: null }] },
    { tools: [{ type: 'function', function: { name: 'other' } }] },
  ],
  [{ tools: [], tool_choice: 'auto', parallel_tool_calls: true }, {}],
]

test.each(FIELDS)('%j is said as %j', (fields, said) => {
  expect(translate(fields)).toEqual({ model: 'small', messages: HELLO, ...said })
})

const REFUSED: [object, string[]][] = [
  [{ input: 7 }, ['/input']],
  [{ input: [] }, ['/input']],
  [{ input: [7] }, ['/input/0']],
  [{ input: [{ role: 'user' }] }, ['/input/0/content']],
  [{ input: [{ role: 'robot', content: 'x' }] }, ['/input/0/role']],
  [{ input: [{ role: 'user', content: 'x', mood: 'good' }] }, ['/input/0/mood']],
  [{ input: [{ role: 'user', content: 7 }] }, ['/input/0/content']],
  [{ input: [{ type: 'item_reference', id: 'msg_1' }] }, ['/input/0/type']],
  [{ input: [{ type: 'web_search_call', id: 'ws_1' }] }, ['/input/0/type']],
  [{ input: [{ type: 'constructor' }] }, ['/input/0/type']],
  [{ input: [CALL] }, ['/input/0/call_id']],
  [{ input: [OUTPUT] }, ['/input/0/call_id']],
  [
    { input: [{ role: 'user', content: [{ type: 'input_file', file_id: 'f' }] }] },
    ['/input/0/content/0/type'],
  ],
  [
    { input: [{ role: 'user', content: [{ type: 'input_image', file_id: 'f' }] }] },
    ['/input/0/content/0/image_url', '/input/0/content/0/file_id'],
  ],
  [{ previous_response_id: 'resp_1' }, ['/previous_response_id']],
  [{ conversation: 'conv_1' }, ['/conversation']],
  [{ store: true, background: true, prompt: { id: 'p' } }, ['/store', '/background', '/prompt']],
  [{ truncation: 'auto' }, ['/truncation']],
  [{ max_tool_calls: 3 }, ['/max_tool_calls']],
  [{ include: ['file_search_call.results'] }, ['/include/0']],
  [{ logit_bias: {} }, ['/logit_bias']],
  [{ temperature: 3 }, ['/temperature']],
  [{ reasoning: { summary: 'detailed' } }, ['/reasoning/summary']],
  [{ stream_options: { include_obfuscation: true } }, ['/stream_options/include_obfuscation']],
  [{ tools: [WEATHER, { type: 'web_search' }] }, ['/tools/1/type']],
  [{ tools: [{ type: 'custom', name: 'x' }] }, ['/tools/0/type']],
  [{ tools: [{ type: 'function' }] }, ['/tools/0/name']],
  [{ tools: [{ ...WEATHER, defer_loading: true }] }, ['/tools/0/defer_loading']],
  [{ tool_choice: 'required' }, ['/tool_choice']],
  [{ tool_choice: 'any', tools: [WEATHER] }, ['/tool_choice']],
  [{ tool_choice: { type: 'mcp' }, tools: [WEATHER] }, ['/tool_choice/type']],
  [
    {
      tools: [WEATHER],
      tool_choice: {
        type: 'allowed_tools',
        mode: 'auto',
        tools: [{ type: 'function', name: 'snow' }],
      },
    },
    ['/tool_choice/tools/0/name'],
  ],
  [{ text: { format: { type: 'grammar' } } }, ['/text/format/type']],
  [{ text: { format: { type: 'json_schema', name: 'n' } } }, ['/text/format/schema']],
]

test.each(REFUSED)('%j is refused by name', (fields, paths) => {
  expect(refusedPaths(fields)).toEqual(paths)
})

test('one answer names everything that cannot be honoured', () => {
  const fields = { store: true, tools: [{ type: 'mcp' }], include: ['x'], input: [OUTPUT] }
  expect(refusedPaths(fields).toSorted()).toEqual([
    '/include/0',
    '/input/0/call_id',
    '/store',
    '/tools/0/type',
  ])
})

const anything = fc.jsonValue({ maxDepth: 4 })
const typed = fc.constantFrom(
  'message',
  'function_call',
  'function_call_output',
  'reasoning',
  'function',
  'json_schema',
  'allowed_tools',
  'input_text',
  'input_image',
  '__proto__',
)
const almost = fc.oneof(
  anything,
  fc.record(
    {
      type: typed,
      role: fc.constantFrom('user', 'assistant'),
      content: fc.oneof(fc.string(), fc.array(fc.record({ type: typed, text: fc.string() }))),
      call_id: fc.constantFrom('a', 'b'),
      name: fc.string(),
      arguments: fc.string(),
      output: anything,
      format: anything,
    },
    { requiredKeys: ['type'] },
  ),
)

test('whatever a client sends is translated, or refused as its mistake', () => {
  const later = {
    input: fc.oneof(almost, fc.array(almost, { maxLength: 5 })),
    tools: fc.array(almost, { maxLength: 3 }),
    tool_choice: almost,
    text: almost,
    reasoning: almost,
    stream_options: almost,
    store: anything,
  }
  fc.assert(
    fc.property(fc.record(later, { requiredKeys: ['input'] }), (fields) => {
      expect(refusedPaths(fields)).toBeArray()
    }),
    { numRuns: 300 },
  )
})
