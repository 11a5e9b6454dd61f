import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { AresError } from '../../../../src/errors.ts'
import { AnthropicStreamToChat } from '../../../../src/gateway/providers-side/anthropic-stream-to-chat.ts'
import type { ChatChunk, ToolCallDelta } from '../../../../src/gateway/form/chat-format.ts'
import { messagesDialect } from '../../../../src/gateway/messages/messages-dialect.ts'
import {
  chunk,
  CONTEXT,
  dataOf,
  foldChunks,
  foldEvents,
  MESSAGE_ID,
  META,
  usageChunk,
} from '../folding.ts'

const USAGE = {
  prompt_tokens: 120,
  completion_tokens: 7,
  total_tokens: 127,
  prompt_tokens_details: { cached_tokens: 100 },
}

function stream(chunks: ChatChunk[]): string {
  const renderer = messagesDialect.renderStream(CONTEXT)
  return chunks.map((given) => renderer.push(given)).join('') + renderer.end()
}

const opening = (index: number, id: string, name: string, args = ''): ToolCallDelta => ({
  index,
  id,
  type: 'function',
  function: { name, arguments: args },
})
const piece = (index: number, args: string): ToolCallDelta => ({
  index,
  function: { arguments: args },
})
const calls = (...fragments: ToolCallDelta[]) => chunk({ tool_calls: fragments })
const use = (id: string, name: string, input: unknown) => ({ type: 'tool_use', id, name, input })
const text = (said: string) => ({ type: 'text', text: said })

test('tens of thousands of fragments, while another call waits', () => {
  const pieces = Array.from({ length: 40_000 }, () => calls(piece(0, '}')))
  const { content } = foldEvents(
    stream([
      calls(opening(0, 'a', 'first', '{"text":"'), opening(1, 'b', 'second', '{}')),
      ...pieces,
      calls(piece(0, '"}')),
    ]),
  )
  expect(content).toEqual([use('a', 'first', { text: '}'.repeat(40_000) }), use('b', 'second', {})])
})

test('more calls than an answer may have, all at one place', () => {
  const renderer = messagesDialect.renderStream(CONTEXT)
  const push = (count: number) => {
    for (let index = 0; index < count; index++)
      renderer.push(calls(opening(0, `id_${index}`, 'tool', '{}')))
  }
  expect(() => push(129)).toThrow('more than 128 tools')
})

test('text, byte for byte', () => {
  const renderer = messagesDialect.renderStream(CONTEXT)
  const start = `event: message_start
data: {"type":"message_start","message":{"id":"${MESSAGE_ID}","type":"message","role":"assistant","model":"small","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":0,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0}}}

`
  expect(renderer.push(chunk({ role: 'assistant', content: '' }))).toBe(start)
  expect(renderer.push(chunk({ content: 'Hi' }))).toBe(`event: content_block_start
data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}

`)
  expect(renderer.push(chunk({}, 'stop'))).toBe('')
  expect(renderer.push(usageChunk(USAGE))).toBe('')
  expect(renderer.end()).toBe(`event: content_block_stop
data: {"type":"content_block_stop","index":0}

event: message_delta
data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"input_tokens":20,"cache_creation_input_tokens":0,"cache_read_input_tokens":100,"output_tokens":7}}

event: message_stop
data: {"type":"message_stop"}

`)
})

test('text after a tool call begins a new block', () => {
  const message = foldEvents(
    stream([
      chunk({ content: 'One' }),
      calls(opening(0, 't1', 'calc', '{"a":')),
      calls(piece(0, '1}')),
      chunk({ content: 'Two' }),
      calls(opening(1, 't2', 'clock')),
      chunk({}, 'tool_calls'),
    ]),
  )
  expect(message).toMatchObject({
    content: [text('One'), use('t1', 'calc', { a: 1 }), text('Two'), use('t2', 'clock', {})],
    stop_reason: 'tool_use',
  })
})

describe('tool calls whose fragments come mixed', () => {
  test('in turns: what belongs to a block that is not open waits', () => {
    const renderer = messagesDialect.renderStream(CONTEXT)
    renderer.push(calls(opening(0, 't1', 'calc', '{"a"'), opening(1, 't2', 'calc', '{"b"')))
    expect(renderer.push(calls(piece(1, ':2}')))).toBe('')
    expect(renderer.push(chunk({ content: 'Both.' }))).toBe('')
    // The first is whole now: everything that waited follows.
    const rest = renderer.push(calls(piece(0, ':1}')))
    expect(dataOf(rest).map((data) => (JSON.parse(data) as { type: string }).type)).toEqual([
      'content_block_delta',
      'content_block_stop',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'content_block_start',
      'content_block_delta',
    ])
  })

  test('all at index 0 with ids of their own, as some servers send them', () => {
    const message = foldEvents(
      stream([
        calls(opening(0, 't1', 'calc', '{}')),
        calls(opening(0, 't2', 'clock', '{"z":1}')),
        chunk({}, 'stop'),
      ]),
    )
    expect(message.content).toEqual([use('t1', 'calc', {}), use('t2', 'clock', { z: 1 })])
    expect(message.stop_reason).toBe('tool_use')
  })

  test('a piece after the end of its call: blank space is nothing, more breaks the stream off', () => {
    const renderer = messagesDialect.renderStream(CONTEXT)
    renderer.push(calls(opening(0, 't1', 'calc', '{}'), opening(1, 't2', 'calc', '{"b"')))
    expect(renderer.push(calls(piece(0, '\n')))).toBe('')
    expect(() => renderer.push(calls(piece(0, '{}')))).toThrow('mixed up')
  })

  test('in any order, nothing is lost and every call is whole', () => {
    // As text, for JSON knows no negative zero.
    const input = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value))
    const inputs = fc.array(input, { minLength: 1, maxLength: 4 })
    const dice = fc.array(fc.nat(), { minLength: 40, maxLength: 40 })
    fc.assert(
      fc.property(inputs, dice, (given, rolled) => {
        const message = foldEvents(stream(shuffled(given, rolled)))
        const found = new Map(message.content.map((block) => [block.id, block.input]))
        given.forEach((json, index) => expect(found.get(`t${index}`)).toEqual(JSON.parse(json)))
        expect(message.content).toHaveLength(given.length)
      }),
      { numRuns: 100 },
    )
  })
})

/** The openings in order, the pieces of all calls mixed by the dice, each call's own in order. */
function shuffled(inputs: string[], dice: number[]): ChatChunk[] {
  const rest = inputs.map((json, index) => ({ index, json, opened: false }))
  const chunks: ChatChunk[] = []
  for (let turn = 0; rest.some(({ json }) => json !== ''); turn += 1) {
    const open = rest.filter(({ json }) => json !== '')
    const die = dice[turn % dice.length] ?? 0
    const call = open[die % open.length]
    if (!call) break
    const size = 1 + (die % 5)
    const args = call.json.slice(0, size)
    call.json = call.json.slice(size)
    chunks.push(
      calls(
        call.opened ? piece(call.index, args) : opening(call.index, `t${call.index}`, 'calc', args),
      ),
    )
    call.opened = true
  }
  return [...chunks, chunk({}, 'tool_calls')]
}

test('a failure in the middle', () => {
  const renderer = messagesDialect.renderStream(CONTEXT)
  const error = new AresError('provider_failed', 'The provider broke off.')
  expect(renderer.fail(error, 'req-1')).toBe(`event: error
data: {"type":"error","error":{"type":"api_error","message":"The provider broke off."},"request_id":"req-1"}

`)
})

test('a recorded stream of OpenAI there and back again', async () => {
  for (const name of [
    'openai-stream',
    'openai-tool-call-stream',
    'groq-stream',
    'ollama-tool-call-stream',
  ]) {
    const recorded = await Bun.file(`test/fixtures/providers/${name}.sse`).text()
    const chunks = dataOf(recorded)
      .filter((data) => data !== '[DONE]')
      .map((data) => JSON.parse(data) as ChatChunk)
    const back = new AnthropicStreamToChat(META)
    const returned = dataOf(stream(chunks)).flatMap((data) => back.push(data))
    const { usage: _, ...before } = foldChunks(chunks)
    // Ollama says `stop` after tool calls; here they have their own reason.
    if (before.calls.length > 0) before.finish = 'tool_calls'
    const { usage, ...after } = foldChunks(returned)
    expect([name, after]).toEqual([name, before])
    expect(usage).toHaveProperty('completion_tokens')
  }
})
