import { expect, test } from 'bun:test'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import type {
  ChatFinishReason,
  ChatReply,
  ChatReplyMessage,
} from '../../../../src/gateway/form/chat-format.ts'
import { responsesDialect } from '../../../../src/gateway/responses/responses-dialect.ts'
import { Response } from '../../../../src/gateway/responses/responses-reply-schema.ts'
import type { ResponsesBody } from '../../../../src/gateway/responses/responses-schema.ts'
import { closed } from '../../../closed-schema.ts'

const REPLY = TypeCompiler.Compile(closed(Response))
const RUN = '01a20416-e8be-7294-845b-0fefabd66ffe'
const HEX = '01a20416e8be7294845b0fefabd66ffe'
const CALLS = [
  { id: 'call_1', type: 'function' as const, function: { name: 'weather', arguments: '{"a":1}' } },
  { id: 'call_2', type: 'function' as const, function: { name: 'weather', arguments: '' } },
]

interface Answer {
  message?: Partial<ChatReplyMessage>
  finish?: ChatFinishReason
  logprobs?: unknown
  usage?: ChatReply['usage']
}

function render({ message, finish, logprobs, usage }: Answer, fields: object = {}) {
  const choice = {
    index: 0,
    message: { role: 'assistant' as const, content: null, ...message },
    finish_reason: finish ?? 'stop',
    logprobs,
  }
  const reply: ChatReply = {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_790_000_000,
    model: 'upstream',
    choices: [choice],
    ...(usage && { usage }),
  }
  const body: ResponsesBody = { model: 'small', input: 'Hello', ...fields }
  const context = { body, runId: RUN, created: 1_790_000_001 }
  const response = responsesDialect.renderReply(reply, context)
  expect([...REPLY.Errors(response)]).toEqual([])
  return response
}

function message(content: object[], status = 'completed') {
  return { id: `msg_${HEX}0`, type: 'message', status, role: 'assistant', content }
}

function text(words: string, logprobs: object[] = []) {
  return { type: 'output_text', text: words, annotations: [], logprobs }
}

test('a text is a whole response with the defaults that OpenAI documents', () => {
  const usage = {
    prompt_tokens: 12,
    completion_tokens: 7,
    total_tokens: 19,
    prompt_tokens_details: { cached_tokens: 4 },
    completion_tokens_details: { reasoning_tokens: 3 },
  }
  expect(render({ message: { content: 'Hello' }, usage })).toEqual({
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
      input_tokens_details: { cached_tokens: 4, cache_write_tokens: 0 },
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
  const said = {
    instructions: 'Be brief.',
    max_output_tokens: 9,
    temperature: 0,
    metadata: { a: 'b' },
    tool_choice: 'none',
    text: { format: { type: 'json_object' }, verbosity: 'low' },
    parallel_tool_calls: false,
  }
  const tools = [{ type: 'function', name: 'weather', strict: true }]
  expect(render({ message: { content: 'Hello' } }, { ...said, tools })).toMatchObject({
    ...said,
    tools: [
      { type: 'function', name: 'weather', description: null, parameters: null, strict: true },
    ],
  })
})

const OUTPUTS: [string, Answer, object[]][] = [
  [
    'calls come after the text',
    { message: { content: 'Well.', tool_calls: CALLS }, finish: 'tool_calls' },
    [message([text('Well.')]), call(1, 'call_1', '{"a":1}'), call(2, 'call_2', '')],
  ],
  [
    'calls alone have no message beside them',
    { message: { content: '', tool_calls: CALLS.slice(0, 1) }, finish: 'tool_calls' },
    [call(0, 'call_1', '{"a":1}')],
  ],
  ['a call without an id gets one', callWithoutId(), [call(0, `call_${HEX}0`, '{"a":1}')]],
  ['nothing is an empty text', { message: { content: null } }, [message([text('')])]],
  [
    'a refusal is a part of its own',
    { message: { content: null, refusal: 'No.' } },
    [message([{ type: 'refusal', refusal: 'No.' }])],
  ],
  [
    'token probabilities stand beside the text',
    { message: { content: 'Hi' }, logprobs: { content: [{ token: 'Hi', logprob: -1 }] } },
    [message([text('Hi', [{ token: 'Hi', logprob: -1 }])])],
  ],
]

test.each(OUTPUTS)('%s', (_, answer, output) => {
  expect(render(answer)).toMatchObject({ status: 'completed', output })
})

test.each([
  ['length', 'max_output_tokens'],
  ['content_filter', 'content_filter'],
] as const)('an answer that ended with %s is incomplete', (finish, reason) => {
  expect(render({ message: { content: 'Hal' }, finish })).toMatchObject({
    status: 'incomplete',
    incomplete_details: { reason },
    output: [message([text('Hal')], 'incomplete')],
    usage: null,
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

function callWithoutId(): Answer {
  return { message: { tool_calls: [{ ...CALLS[0]!, id: '' }] }, finish: 'tool_calls' }
}
