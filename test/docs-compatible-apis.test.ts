import { beforeAll, expect, test } from 'bun:test'
import { runPrintedCommands } from './printed-commands.ts'

/* What docs/compatible-apis.md shows, run as printed against the demo. */

let printed: string[] = []

beforeAll(async () => {
  printed = await runPrintedCommands('docs/compatible-apis.md')
}, 30_000)

test('there is a block for each surface', () => {
  expect(printed).toHaveLength(14)
})

const REPLIES: [number, string, object][] = [
  [0, 'a client with a key', { raw_api_key: expect.stringMatching(/^ares_/) }],
  [
    1,
    'models and agents are listed',
    {
      object: 'list',
      data: expect.arrayContaining([
        expect.objectContaining({ id: 'llama-3.3-70b', owned_by: 'demo' }),
        expect.objectContaining({ id: 'agent:kasino-risk', owned_by: 'agent' }),
      ]),
    },
  ],
  [
    2,
    'an agent answers a chat completion',
    {
      object: 'chat.completion',
      model: 'agent:kasino-risk',
      choices: [
        {
          message: { content: expect.stringContaining('"risk_score":') },
          finish_reason: 'stop',
        },
      ],
      usage: { total_tokens: expect.any(Number) },
    },
  ],
  [
    4,
    'a text is completed',
    {
      object: 'text_completion',
      choices: [{ text: expect.stringContaining('Demo model'), finish_reason: 'stop' }],
    },
  ],
  [
    5,
    'a response is made',
    {
      object: 'response',
      status: 'completed',
      store: true,
      output: [{ type: 'message', content: [{ text: expect.stringContaining('Demo model') }] }],
    },
  ],
  [
    6,
    'a message is made',
    {
      type: 'message',
      stop_reason: 'end_turn',
      content: [{ type: 'text', text: expect.stringContaining('Demo model') }],
    },
  ],
  [7, 'tokens are counted', { input_tokens: 5 }],
  [
    8,
    'content is generated',
    {
      candidates: [{ content: { parts: [{ text: expect.stringContaining('Demo model') }] } }],
    },
  ],
  [
    11,
    'OpenAI’s clients read errors in their form',
    {
      error: {
        message: expect.stringContaining('no such response'),
        type: 'invalid_request_error',
        param: 'previous_response_id',
        code: 'previous_response_not_found',
      },
    },
  ],
  [
    12,
    'Anthropic’s clients read errors in theirs',
    {
      type: 'error',
      error: {
        type: 'not_found_error',
        message: 'There is no such model here, nor an agent of that name.',
      },
    },
  ],
  [
    13,
    'Google’s clients read errors in theirs',
    {
      error: {
        code: 404,
        status: 'NOT_FOUND',
        message: 'There is no such model here, nor an agent of that name.',
      },
    },
  ],
]

test.each(REPLIES)('block %i: %s', (block, _, reply) => {
  expect(JSON.parse(printed[block]!)).toMatchObject(reply)
})

test('the stream ends with what was used, and [DONE]', () => {
  const events = printed[3]!.match(/^data: .*$/gm)!.map((line) => line.slice('data: '.length))
  expect(events.pop()).toBe('[DONE]')
  expect(JSON.parse(events.pop()!)).toMatchObject({
    choices: [],
    usage: { total_tokens: expect.any(Number) },
  })
  expect(events.length).toBeGreaterThan(5)
})

test('block 9: an agent’s content arrives in events', () => {
  const events = printed[9]!.match(/^data: .*$/gm)!.map((line) => line.slice('data: '.length))
  expect(events.length).toBeGreaterThan(1)
  expect(JSON.parse(events.pop()!)).toMatchObject({ candidates: [{ finishReason: 'STOP' }] })
})

test('block 10: what was left out is told in a header', () => {
  expect(printed[10]!.trim()).toBe('x-ares-left-out: /reasoning_effort, /user')
})
