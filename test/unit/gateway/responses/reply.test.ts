import { expect, test } from 'bun:test'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { AnswerPart, FinishReason, TokenUsage } from '../../../../src/form/answer.ts'
import { responsesReply } from '../../../../src/gateway/responses/reply.ts'
import { Response } from '../../../../src/gateway/responses/reply-schema.ts'
import type { ResponsesBody } from '../../../../src/gateway/responses/responses-schema.ts'
import { closed } from '../../../closed-schema.ts'

const REPLY = TypeCompiler.Compile(closed(Response))
const RUN = '01a20416-e8be-7294-845b-0fefabd66ffe'
const HEX = '01a20416e8be7294845b0fefabd66ffe'
const USAGE: TokenUsage = {
  inputTokens: 12,
  outputTokens: 7,
  cachedTokens: 4,
  cacheWriteTokens: 2,
  reasoningTokens: 3,
  estimated: false,
}

function render(parts: AnswerPart[], finishReason: FinishReason = 'stop', fields: object = {}) {
  const body: ResponsesBody = { model: 'small', input: 'Hello', ...fields }
  const context = { body, runId: RUN, created: 1_790_000_001 }
  const response = responsesReply({ parts, finishReason, usage: USAGE }, context)
  expect([...REPLY.Errors(response)]).toEqual([])
  return response
}

const said = (text: string, logprobs?: object[]): AnswerPart => ({
  type: 'text',
  text,
  ...(logprobs && { logprobs }),
})
const asks = (id: string, args: string, name = 'weather'): AnswerPart => ({
  type: 'tool_call',
  id,
  name,
  arguments: args,
})

function message(content: object[], status = 'completed') {
  return { id: `msg_${HEX}0`, type: 'message', status, role: 'assistant', content }
}

function text(words: string, logprobs: object[] = []) {
  return { type: 'output_text', text: words, annotations: [], logprobs }
}

test('a text is a whole response with the defaults that OpenAI documents', () => {
  const response: unknown = render([said('Hello')])
  expect(response).toEqual({
    id: `resp_${HEX}`,
    object: 'response',
    created_at: 1_790_000_001,
    status: 'completed',
    error: null,
    incomplete_details: null,
    model: 'small',
    output: [message([text('Hello')])],
    usage: {
      input_tokens: 12,
      input_tokens_details: { cached_tokens: 4, cache_write_tokens: 2 },
      output_tokens: 7,
      output_tokens_details: { reasoning_tokens: 3 },
      total_tokens: 19,
    },
    instructions: null,
    max_output_tokens: null,
    parallel_tool_calls: true,
    temperature: 1,
    top_p: 1,
    top_logprobs: 0,
    tool_choice: 'auto',
    tools: [],
    text: { format: { type: 'text' }, verbosity: 'medium' },
    reasoning: { effort: null, summary: null },
    metadata: {},
    user: null,
    safety_identifier: null,
    prompt_cache_key: null,
    access_programs: null,
    background: false,
    max_tool_calls: null,
    previous_response_id: null,
    store: false,
    truncation: 'disabled',
  })
})

test('the response repeats what the request said', () => {
  const echoed = {
    instructions: 'Be brief.',
    max_output_tokens: 9,
    temperature: 0,
    metadata: { a: 'b' },
    tool_choice: 'none',
    text: { format: { type: 'json_object' }, verbosity: 'low' },
    parallel_tool_calls: false,
  }
  const tools = [{ type: 'function', name: 'weather', strict: true }]
  expect(render([said('Hello')], 'stop', { ...echoed, tools })).toMatchObject({
    ...echoed,
    tools: [
      { type: 'function', name: 'weather', description: null, parameters: null, strict: true },
    ],
  })
})

const OUTPUTS: [string, AnswerPart[], object[]][] = [
  [
    'everything stands in the order in which it was said',
    [said('Well.'), asks('call_1', '{"a":1}'), asks('call_2', ''), said('So.')],
    [
      message([text('Well.')]),
      call(1, 'call_1', '{"a":1}'),
      call(2, 'call_2', ''),
      { type: 'message', content: [text('So.')] },
    ],
  ],
  ['calls alone have no message beside them', [asks('c', '{}')], [call(0, 'c', '{}')]],
  ['a call without an id gets one', [asks('', '{}')], [call(0, `call_${HEX}0`, '{}')]],
  ['nothing is an empty text', [], [message([text('')])]],
  [
    'a refusal is a part of its own',
    [{ type: 'refusal', text: 'No.' }],
    [message([{ type: 'refusal', refusal: 'No.' }])],
  ],
  [
    'token probabilities stand beside the text',
    [said('Hi', [{ token: 'Hi', logprob: -1 }])],
    [message([text('Hi', [{ token: 'Hi', logprob: -1 }])])],
  ],
  [
    'a thought is an item of its own, its seal says whose it is',
    [
      { type: 'reasoning', text: 'Hm.', signature: { family: 'anthropic', data: 'abc' } },
      { type: 'reasoning', text: 'Well.' },
    ],
    [
      {
        id: `rs_${HEX}0`,
        type: 'reasoning',
        summary: [{ type: 'summary_text', text: 'Hm.' }],
        encrypted_content: 'ares:anthropic:abc',
      },
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Well.' }] },
      { type: 'message', content: [text('')] },
    ],
  ],
  [
    'free text for a tool that takes it',
    [{ type: 'tool_call', id: 'c', name: 'patch', arguments: '*** Begin', custom: true }],
    [
      {
        id: `ctc_${HEX}0`,
        type: 'custom_tool_call',
        call_id: 'c',
        name: 'patch',
        input: '*** Begin',
      },
    ],
  ],
]

test.each(OUTPUTS)('%s', (_, parts, output) => {
  expect(render(parts)).toMatchObject({ status: 'completed', output })
})

test('a tool of a group is called by the group’s name and its own', () => {
  const tools = [
    { type: 'namespace', name: 'mcp__files__', tools: [{ type: 'function', name: 'read' }] },
  ]
  const [item] = render([asks('c', '{}', 'mcp__files__read')], 'tool_calls', { tools }).output
  expect(item).toMatchObject({ name: 'read', namespace: 'mcp__files__' })
})

test.each([
  ['length', 'max_output_tokens'],
  ['content_filter', 'content_filter'],
] as const)('an answer that ended with %s is incomplete', (finish, reason) => {
  expect(render([said('Hal')], finish)).toMatchObject({
    status: 'incomplete',
    incomplete_details: { reason },
    output: [message([text('Hal')], 'incomplete')],
  })
})

function call(index: number, call_id: string, words: string) {
  const id = `fc_${HEX}${index}`
  return {
    id,
    type: 'function_call',
    status: 'completed',
    call_id,
    name: 'weather',
    arguments: words,
  }
}
