import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { AresError } from '../../../../src/errors.ts'
import { Notes } from '../../../../src/form/notes.ts'
import { checkShape } from '../../../../src/gateway/form/check-shape.ts'
import { responsesRequest } from '../../../../src/gateway/responses/request.ts'
import {
  type ResponsesBody,
  ResponsesRequest,
} from '../../../../src/gateway/responses/responses-schema.ts'

const PARAMETERS = { type: 'object', properties: { city: { type: 'string' } } }
const WEATHER = {
  type: 'function',
  name: 'weather',
  description: 'The weather of a city',
  parameters: PARAMETERS,
  strict: true,
}
const TOOL = {
  name: 'weather',
  description: 'The weather of a city',
  parameters: PARAMETERS,
  strict: true,
  at: '/tools/0',
}
const CALL = {
  type: 'function_call',
  id: 'fc_1',
  call_id: 'call_1',
  name: 'weather',
  arguments: '{"city":"Rome"}',
  status: 'completed',
}
const CALLED = { type: 'tool_call', id: 'call_1', name: 'weather', arguments: '{"city":"Rome"}' }
const OUTPUT = { type: 'function_call_output', call_id: 'call_1', output: '21 degrees' }
const RESULT = {
  role: 'tool',
  parts: [{ type: 'tool_result', callId: 'call_1', content: [{ text: '21 degrees' }] }],
}
const HELLO = [{ role: 'user', content: 'Hello' }]
const says = (role: string, ...texts: string[]) => ({
  role,
  parts: texts.map((text) => ({ type: 'text', text })),
})

/** The request as the route takes it: held against the schema, then brought into the one form. */
function asked(fields: object) {
  const body: unknown = { model: 'small', input: 'Hello', ...fields }
  const notes = new Notes()
  checkShape(ResponsesRequest, body, '', notes)
  notes.throwIfAny()
  const request = responsesRequest(body as ResponsesBody, notes)
  notes.throwIfAny()
  return { ...request, leftOut: notes.leftOut }
}

function refusedPaths(fields: object): string[] {
  try {
    asked(fields)
  } catch (error) {
    if (!(error instanceof AresError)) throw error
    const details = error.details ?? []
    expect(details.every(({ message }) => typeof message === 'string')).toBe(true)
    return details.map(({ path }) => path)
  }
  return []
}

const CONVERSATIONS: [string, object, object[]][] = [
  ['a string is a message of the user', { input: 'Hello' }, [says('user', 'Hello')]],
  [
    'instructions come first',
    { instructions: 'Be brief.' },
    [{ ...says('system', 'Be brief.'), at: '/instructions' }, says('user', 'Hello')],
  ],
  [
    'an easy message needs no type; developer is said as system',
    { input: [{ role: 'developer', content: 'Be brief.' }, ...HELLO] },
    [says('system', 'Be brief.'), says('user', 'Hello')],
  ],
  [
    'images and files keep address, detail and name',
    {
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'What is this?' },
            { type: 'input_image', image_url: 'data:image/jpg;base64,AA==', detail: 'low' },
            { type: 'input_image', image_url: 'https://example.com/a.png' },
            {
              type: 'input_file',
              file_data: 'data:application/pdf;base64,BB==',
              filename: 'a.pdf',
            },
            { type: 'input_file', file_url: 'https://example.com/a.pdf' },
          ],
        },
      ],
    },
    [
      {
        role: 'user',
        parts: [
          { type: 'text', text: 'What is this?', at: '/input/0/content/0' },
          { type: 'image', source: { mediaType: 'image/jpeg', data: 'AA==' }, detail: 'low' },
          { type: 'image', source: { url: 'https://example.com/a.png' } },
          {
            type: 'document',
            source: { mediaType: 'application/pdf', data: 'BB==' },
            name: 'a.pdf',
          },
          { type: 'document', source: { url: 'https://example.com/a.pdf' } },
        ],
      },
    ],
  ],
  [
    'an answer with its call and the reasoning before it is one message',
    {
      input: [
        ...HELLO,
        {
          type: 'reasoning',
          id: 'rs_1',
          summary: [{ type: 'summary_text', text: 'Hm.' }],
          encrypted_content: 'ares:anthropic:abc',
        },
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
      says('user', 'Hello'),
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'Hm.', signature: { family: 'anthropic', data: 'abc' } },
          { type: 'text', text: 'Let me see.' },
          CALLED,
        ],
      },
      RESULT,
    ],
  ],
  [
    'what another server sealed stays sealed',
    {
      input: [{ type: 'reasoning', summary: [], encrypted_content: 'gAAA' }, ...HELLO],
    },
    [
      {
        role: 'assistant',
        parts: [{ text: '', redacted: true, signature: { family: 'openai', data: 'gAAA' } }],
      },
      says('user', 'Hello'),
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
      { role: 'assistant', parts: [CALLED, { ...CALLED, id: 'call_2' }] },
      { role: 'tool', parts: [{ callId: 'call_2', content: [{ text: 'rain' }] }] },
      RESULT,
    ],
  ],
  [
    'free text for a tool, and a tool of a group',
    {
      input: [
        { type: 'custom_tool_call', call_id: 'c1', name: 'patch', input: '*** Begin' },
        { type: 'custom_tool_call_output', call_id: 'c1', output: 'Done' },
        { ...CALL, name: 'read', namespace: 'mcp__files__' },
        OUTPUT,
      ],
    },
    [
      { role: 'assistant', parts: [{ id: 'c1', arguments: '*** Begin', custom: true }] },
      { role: 'tool', parts: [{ callId: 'c1', content: [{ text: 'Done' }] }] },
      { role: 'assistant', parts: [{ ...CALLED, name: 'mcp__files__read' }] },
      RESULT,
    ],
  ],
  [
    'a refusal stays one',
    { input: [{ role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] }, ...HELLO] },
    [{ role: 'assistant', parts: [{ type: 'refusal', text: 'No.' }] }, says('user', 'Hello')],
  ],
]

test.each(CONVERSATIONS)('messages: %s', (_, fields, messages) => {
  expect(asked(fields).messages).toMatchObject(messages)
})

const SCHEMA = { type: 'object', properties: {}, additionalProperties: false }
const extra = (name: string, value: unknown, at: string, hint?: true) => ({
  extras: [{ family: 'openai', name, value, at, ...(hint && { hint }) }],
})
const FIELDS: [object, object][] = [
  [
    { stream: false, temperature: null },
    { extras: [], leftOut: [] },
  ],
  [
    { max_output_tokens: 9, temperature: 0.5, top_p: 0.9, stream: true },
    { maxTokens: 9, temperature: 0.5, topP: 0.9 },
  ],
  [{ user: 'u' }, extra('user', 'u', '/user', true)],
  [
    { reasoning: { effort: 'low', summary: 'auto' } },
    { thinking: { type: 'effort', effort: 'low' }, leftOut: ['/reasoning/summary'] },
  ],
  [
    { text: { format: { type: 'text' }, verbosity: 'low' } },
    extra('verbosity', 'low', '/text/verbosity', true),
  ],
  [{ text: { format: { type: 'json_object' } } }, { format: { type: 'json_object' } }],
  [
    { text: { format: { type: 'json_schema', name: 'n', schema: SCHEMA, strict: true } } },
    { format: { type: 'json_schema', name: 'n', schema: SCHEMA, strict: true } },
  ],
  [{ include: ['message.output_text.logprobs'] }, extra('logprobs', true, '/include')],
  [
    { top_logprobs: 0, include: ['reasoning.encrypted_content'] },
    { extras: [], leftOut: [] },
  ],
  [{ service_tier: 'flex' }, extra('service_tier', 'flex', '/service_tier', true)],
  [
    { service_tier: 'auto', store: false, background: false, truncation: 'disabled', prompt: null },
    { extras: [], leftOut: [] },
  ],
  [
    { metadata: { a: 'b' }, prompt_cache_key: 'k', client_metadata: { a: 'b' } },
    { leftOut: ['/client_metadata', '/metadata', '/prompt_cache_key'] },
  ],
  [
    { truncation: 'auto', max_tool_calls: 3, include: ['file_search_call.results'] },
    { leftOut: ['/truncation', '/max_tool_calls', '/include/0'] },
  ],
  [
    { tools: [WEATHER], tool_choice: 'required', parallel_tool_calls: false },
    { tools: [TOOL], toolChoice: 'required', parallelToolCalls: false },
  ],
  [
    { tools: [WEATHER], tool_choice: { type: 'function', name: 'weather' } },
    { tools: [TOOL], toolChoice: { name: 'weather' } },
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
    { tools: [TOOL], toolChoice: 'required' },
  ],
  [
    { tools: [{ type: 'custom', name: 'patch', description: 'P', format: { type: 'text' } }] },
    {
      tools: [
        { name: 'patch', description: 'P', custom: { format: { type: 'text' } }, at: '/tools/0' },
      ],
    },
  ],
  [
    { tools: [{ type: 'namespace', name: 'files', description: 'F', tools: [WEATHER] }] },
    { tools: [{ ...TOOL, name: 'files__weather', at: '/tools/0/tools/0' }] },
  ],
  [
    { tools: [WEATHER, { type: 'web_search' }], tool_choice: 'auto' },
    { tools: [TOOL], leftOut: ['/tools/1'] },
  ],
  [{ input: [{ type: 'web_search_call', id: 'ws_1' }, ...HELLO] }, { leftOut: ['/input/0'] }],
]

test.each(FIELDS)('%j is said as %j', (fields, said) => {
  expect(asked(fields)).toMatchObject(said)
})

test('without any tool there is nothing to choose', () => {
  const request = asked({ tools: [], tool_choice: 'auto', parallel_tool_calls: true })
  expect(Object.keys(request)).not.toContainAnyValues(['tools', 'toolChoice', 'parallelToolCalls'])
})

const REFUSED: [object, string[]][] = [
  [{ input: 7 }, ['/input']],
  [{ input: [] }, ['/input']],
  [{ input: [7] }, ['/input/0']],
  [{ input: [{ role: 'user' }] }, ['/input/0/content']],
  [{ input: [{ role: 'robot', content: 'x' }] }, ['/input/0/role']],
  [{ input: [{ role: 'user', content: 7 }] }, ['/input/0/content']],
  [{ input: [{ type: 'item_reference', id: 'msg_1' }] }, ['/input/0/type']],
  [{ input: [{ type: 'constructor' }] }, ['/input/0/type']],
  [{ input: [CALL] }, ['/input/0/call_id']],
  [{ input: [OUTPUT] }, ['/input/0/call_id']],
  [
    { input: [{ role: 'user', content: [{ type: 'input_file', file_id: 'f' }] }] },
    ['/input/0/content/0/file_id'],
  ],
  [
    { input: [{ role: 'user', content: [{ type: 'input_image', file_id: 'f' }] }] },
    ['/input/0/content/0/image_url', '/input/0/content/0/file_id'],
  ],
  [{ conversation: 'conv_1' }, ['/conversation']],
  [{ background: true, prompt: { id: 'p' } }, ['/background', '/prompt']],
  [{ logit_bias: {} }, ['/logit_bias']],
  [{ temperature: 3 }, ['/temperature']],
  [{ tools: [WEATHER, { type: 'web_search' }], tool_choice: 'required' }, ['/tools/1/type']],
  [{ tools: [{ type: 'function' }] }, ['/tools/0/name']],
  [{ tools: [{ type: 'namespace', name: 'x' }] }, ['/tools/0/tools']],
  [{ tool_choice: 'required' }, ['/tool_choice']],
  [{ tool_choice: 'any', tools: [WEATHER] }, ['/tool_choice']],
  [{ tool_choice: { type: 'mcp' }, tools: [WEATHER] }, ['/tool_choice/type']],
  [{ tool_choice: { type: 'function' }, tools: [WEATHER] }, ['/tool_choice/name']],
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

test('whatever a client sends is brought into the form, or refused as its mistake', () => {
  const later = {
    input: fc.oneof(almost, fc.array(almost, { maxLength: 5 })),
    tools: fc.array(almost, { maxLength: 3 }),
    tool_choice: almost,
    text: almost,
    reasoning: almost,
    stream_options: almost,
  }
  fc.assert(
    fc.property(fc.record(later, { requiredKeys: ['input'] }), (fields) => {
      expect(refusedPaths(fields)).toBeArray()
    }),
    { numRuns: 300 },
  )
})
