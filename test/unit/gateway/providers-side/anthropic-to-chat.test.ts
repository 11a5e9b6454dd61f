import { describe, expect, test } from 'bun:test'
import { anthropicReplyToChat } from '../../../../src/gateway/providers-side/anthropic-reply-to-chat.ts'
import { AnthropicStreamToChat } from '../../../../src/gateway/providers-side/anthropic-stream-to-chat.ts'
import { messagesDialect } from '../../../../src/gateway/messages/messages-dialect.ts'
import { CONTEXT, dataOf, foldChunks, foldEvents, META } from '../folding.ts'

const fixture = (name: string) => Bun.file(`test/fixtures/providers/${name}`)

function chunksOf(data: string[]) {
  const mapper = new AnthropicStreamToChat(META)
  return data.flatMap((event) => mapper.push(event))
}

const events = (...list: object[]) => list.map((event) => JSON.stringify(event))

describe('whole answers', () => {
  test('text: the prompt includes what came from the cache and what went into it', async () => {
    expect(anthropicReplyToChat(await fixture('anthropic-plain.json').json(), META)).toEqual({
      ...META,
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: 'Hello! How can I help you today?',
            refusal: null,
          },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: {
        prompt_tokens: 2160,
        completion_tokens: 11,
        total_tokens: 2171,
        prompt_tokens_details: { cached_tokens: 2048 },
      },
    })
  })

  test('tool calls', async () => {
    const reply = anthropicReplyToChat(await fixture('anthropic-tool-call.json').json(), META)
    expect(reply.choices[0]).toMatchObject({
      message: {
        content: "I'll work that out.",
        tool_calls: [
          {
            type: 'function',
            function: { name: 'calculator', arguments: '{"expression":"17*23"}' },
          },
          { id: 'toolu_01B', function: { name: 'clock', arguments: '{}' } },
        ],
      },
      finish_reason: 'tool_calls',
    })
  })

  test.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['pause_turn', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['tool_use', 'tool_calls'],
    ['refusal', 'content_filter'],
    ['toString', 'stop'],
    [null, 'stop'],
  ] as const)('stop_reason %p is finish_reason %p', (stop_reason, finish_reason) => {
    const reply = anthropicReplyToChat({ content: [], stop_reason }, META)
    expect(reply.choices[0]).toMatchObject({ finish_reason, message: { content: null } })
    expect(reply).not.toHaveProperty('usage')
  })

  test('thinking is left out', () => {
    const content = [
      { type: 'thinking', thinking: 'Hm.' },
      { type: 'text', text: 'Yes.' },
    ]
    const usage = {
      input_tokens: 1,
      output_tokens: 5,
      output_tokens_details: { thinking_tokens: 3 },
    }
    const reply = anthropicReplyToChat({ content, stop_reason: 'end_turn', usage }, META)
    expect(reply.choices[0]?.message.content).toBe('Yes.')
    expect(reply.usage?.completion_tokens_details).toEqual({ reasoning_tokens: 3 })
  })
})

describe('streams', () => {
  test.each(['anthropic-stream.sse', 'anthropic-tool-call-stream.sse'])(
    '%s: the same whatever the network cuts, and back again',
    async (name) => {
      const bytes = new Uint8Array(await fixture(name).arrayBuffer())
      const whole = chunksOf(dataOf(bytes))
      for (let size = 1; size <= 64; size += 1) {
        expect(chunksOf(dataOf(bytes, size))).toEqual(whole)
      }
      expect(whole[0]?.choices[0]?.delta).toEqual({ role: 'assistant', content: '' })
      expect(whole.at(-1)).toMatchObject({ choices: [], usage: {} })

      const renderer = messagesDialect.renderStream(CONTEXT)
      const rendered = whole.map((chunk) => renderer.push(chunk)).join('') + renderer.end()
      expect(foldChunks(chunksOf(dataOf(rendered)))).toEqual(foldChunks(whole))
    },
  )

  test('a recorded tool call: calls are counted without the text before them', async () => {
    const whole = chunksOf(dataOf(await fixture('anthropic-tool-call-stream.sse').text()))
    expect(foldChunks(whole)).toEqual({
      content: "I'll work that out.",
      calls: [
        {
          id: 'toolu_01T1x1fJ34qAmk2tNTrN7Up6',
          name: 'calculator',
          arguments: '{"expression": "17*23"}',
        },
        { id: 'toolu_02', name: 'clock', arguments: '{}' },
      ],
      finish: 'tool_calls',
      usage: {
        prompt_tokens: 472,
        completion_tokens: 89,
        total_tokens: 561,
        prompt_tokens_details: { cached_tokens: 0 },
      },
    })
  })

  test('input that stands in the beginning of its block', () => {
    const block = { type: 'tool_use', id: 't', name: 'calc', input: { a: 1 } }
    const chunks = chunksOf(
      events(
        { type: 'content_block_start', index: 0, content_block: block },
        { type: 'content_block_stop', index: 0 },
      ),
    )
    expect(foldChunks(chunks).calls).toEqual([{ id: 't', name: 'calc', arguments: '{"a":1}' }])
  })

  test('pings, thinking and news are passed over', () => {
    const chunks = chunksOf(
      events(
        { type: 'ping' },
        { type: 'content_block_start', index: 0, content_block: { type: 'thinking' } },
        {
          type: 'content_block_delta',
          index: 0,
          delta: { type: 'thinking_delta', thinking: 'Hm' },
        },
        { type: 'content_block_stop', index: 0 },
        { type: 'novelty' },
      ),
    )
    expect(chunks).toEqual([])
  })

  test('a figure of the beginning that the end repeats as null stays', () => {
    const chunks = chunksOf(
      events(
        { type: 'message_start', message: { usage: { input_tokens: 5, output_tokens: 1 } } },
        {
          type: 'message_delta',
          delta: { stop_reason: 'end_turn' },
          usage: { input_tokens: null, output_tokens: 3 },
        },
        { type: 'message_stop' },
      ),
    )
    expect(chunks.at(-1)?.usage).toMatchObject({ prompt_tokens: 5, completion_tokens: 3 })
  })

  test('without the figures of the end there are none', () => {
    const chunks = chunksOf(
      events(
        { type: 'message_start', message: { usage: { input_tokens: 5, output_tokens: 1 } } },
        { type: 'message_stop' },
      ),
    )
    expect(chunks).toHaveLength(1)
  })

  test('an error breaks off', () => {
    const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }
    expect(() => chunksOf(events(error))).toThrow('The provider broke off with an error.')
    expect(() => chunksOf(['{broken'])).toThrow('cannot be read')
  })
})

test('a stream rendered from a recorded one is a good stream', async () => {
  const whole = chunksOf(dataOf(await fixture('anthropic-tool-call-stream.sse').text()))
  const renderer = messagesDialect.renderStream(CONTEXT)
  const message = foldEvents(whole.map((chunk) => renderer.push(chunk)).join('') + renderer.end())
  expect(message.content.map(({ type }) => type)).toEqual(['text', 'tool_use', 'tool_use'])
})
