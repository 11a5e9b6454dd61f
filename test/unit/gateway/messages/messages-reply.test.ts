import { describe, expect, test } from 'bun:test'
import type {
  ChatFinishReason,
  ChatReply,
  ChatReplyMessage,
} from '../../../../src/gateway/form/chat-format.ts'
import { messagesDialect } from '../../../../src/gateway/messages/messages-dialect.ts'
import { CONTEXT, MESSAGE_ID, META } from '../folding.ts'

const USAGE = {
  prompt_tokens: 120,
  completion_tokens: 7,
  total_tokens: 127,
  prompt_tokens_details: { cached_tokens: 100 },
}

function reply(message: Partial<ChatReplyMessage>, finish: ChatFinishReason = 'stop'): ChatReply {
  return {
    ...META,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: null, ...message },
        finish_reason: finish,
      },
    ],
    usage: USAGE,
  }
}

const render = (given: ChatReply) => messagesDialect.renderReply(given, CONTEXT)

const call = (name: string, args: string, id = 'call_1') => ({
  id,
  type: 'function' as const,
  function: { name, arguments: args },
})

test('text: a whole message, what came from the cache beside the rest', () => {
  expect(render(reply({ content: 'Hi.' }))).toEqual({
    id: MESSAGE_ID,
    type: 'message',
    role: 'assistant',
    model: 'small',
    content: [{ type: 'text', text: 'Hi.' }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: {
      input_tokens: 20,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 100,
      output_tokens: 7,
    },
  })
})

test('text and tool calls, with parsed input', () => {
  const tool_calls = [call('calc', '{"e":"1+1"}'), call('clock', '', '')]
  expect(render(reply({ content: 'See:', tool_calls }, 'tool_calls'))).toMatchObject({
    content: [
      { type: 'text', text: 'See:' },
      { type: 'tool_use', id: 'call_1', name: 'calc', input: { e: '1+1' } },
      { type: 'tool_use', id: `${MESSAGE_ID.replace('msg', 'toolu')}_1`, name: 'clock', input: {} },
    ],
    stop_reason: 'tool_use',
  })
})

test('input that is not JSON is kept as text', () => {
  const tool_calls = [call('calc', '{"e":"1+')]
  expect(render(reply({ tool_calls }, 'length'))).toMatchObject({
    content: [{ type: 'tool_use', input: { invalid_json: '{"e":"1+' } }],
    stop_reason: 'max_tokens',
  })
})

describe('why it ended', () => {
  test.each<[string, Partial<ChatReplyMessage>, ChatFinishReason]>([
    ['end_turn', { content: 'x' }, 'stop'],
    ['max_tokens', { content: 'x' }, 'length'],
    ['refusal', { content: 'x' }, 'content_filter'],
    ['refusal', { refusal: 'No.' }, 'stop'],
    ['tool_use', { tool_calls: [call('calc', '{}')] }, 'stop'],
    ['end_turn', { content: 'x' }, 'novelty' as ChatFinishReason],
  ])('%s', (reason, message, finish) => {
    expect(render(reply(message, finish))).toMatchObject({ stop_reason: reason })
  })
})

test('an answer without a word or figures', () => {
  const { usage: _, ...silent } = reply({})
  expect(render(silent)).toMatchObject({
    content: [],
    usage: { input_tokens: 0, output_tokens: 0 },
  })
})
