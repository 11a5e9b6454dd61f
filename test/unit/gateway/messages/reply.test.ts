import { describe, expect, test } from 'bun:test'
import type { Answer, AnswerPart, FinishReason } from '../../../../src/form/answer.ts'
import { messagesReply } from '../../../../src/gateway/messages/reply.ts'
import { CONTEXT, MESSAGE_ID, USAGE } from '../folding.ts'

function render(
  parts: AnswerPart[],
  finishReason: FinishReason = 'stop',
  more: Partial<Answer> = {},
) {
  return messagesReply({ parts, finishReason, usage: USAGE, ...more }, CONTEXT)
}

const text = (said: string): AnswerPart => ({ type: 'text', text: said })
const call = (name: string, args: string, id = 'call_1'): AnswerPart => ({
  type: 'tool_call',
  id,
  name,
  arguments: args,
})

test('text: a whole message, what came from the cache and went into it beside the rest', () => {
  expect(render([text('Hi.')])).toEqual({
    id: MESSAGE_ID,
    type: 'message',
    role: 'assistant',
    model: 'small',
    content: [{ type: 'text', text: 'Hi.' }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: {
      input_tokens: 15,
      cache_creation_input_tokens: 5,
      cache_read_input_tokens: 100,
      output_tokens: 7,
    },
  })
})

test('text and tool calls, with parsed input', () => {
  const parts = [text('See:'), call('calc', '{"e":"1+1"}'), call('clock', '', '')]
  expect(render(parts, 'tool_calls')).toMatchObject({
    content: [
      { type: 'text', text: 'See:' },
      { type: 'tool_use', id: 'call_1', name: 'calc', input: { e: '1+1' } },
      { type: 'tool_use', id: `${MESSAGE_ID.replace('msg', 'toolu')}_1`, name: 'clock', input: {} },
    ],
    stop_reason: 'tool_use',
  })
})

test('input that is not JSON is kept as text, an integer that no number holds digit for digit', () => {
  expect(render([call('calc', '{"e":"1+')], 'length')).toMatchObject({
    content: [{ type: 'tool_use', input: { invalid_json: '{"e":"1+' } }],
    stop_reason: 'max_tokens',
  })
  const whole = render([call('find', '{"id":12345678901234567890}')], 'tool_calls')
  expect(JSON.stringify(whole)).toContain('"input":{"id":12345678901234567890}')
})

const thought = (family: string): AnswerPart => ({
  type: 'reasoning',
  text: 'Hm.',
  signature: { family, data: 'abc' },
})

test('thoughts with their seals, another family’s by its name', () => {
  const hidden: AnswerPart = {
    type: 'reasoning',
    text: '',
    redacted: true,
    signature: { family: 'anthropic', data: 'xyz' },
  }
  const open: AnswerPart = { type: 'reasoning', text: 'Well.' }
  expect(render([thought('anthropic'), hidden, thought('gemini'), open])).toMatchObject({
    content: [
      { type: 'thinking', thinking: 'Hm.', signature: 'abc' },
      { type: 'redacted_thinking', data: 'xyz' },
      { type: 'thinking', thinking: 'Hm.', signature: 'gemini:abc' },
      { type: 'thinking', thinking: 'Well.', signature: '' },
    ],
  })
})

describe('why it ended', () => {
  test.each<[string, AnswerPart, FinishReason]>([
    ['end_turn', text('x'), 'stop'],
    ['max_tokens', text('x'), 'length'],
    ['refusal', text('x'), 'content_filter'],
    ['refusal', { type: 'refusal', text: 'No.' }, 'stop'],
    ['tool_use', call('calc', '{}'), 'tool_calls'],
  ])('%s', (reason, part, finish) => {
    expect(render([part], finish)).toMatchObject({ stop_reason: reason, stop_sequence: null })
  })

  test('stop_sequence, which is told', () => {
    const ended = render([text('x')], 'stop', { stopSequence: 'END' })
    expect(ended).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: 'END' })
  })
})

test('an answer without a word', () => {
  expect(render([])).toMatchObject({ content: [] })
})
