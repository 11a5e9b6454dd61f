import { beforeAll, expect, test } from 'bun:test'
import { runPrintedCommands } from './printed-commands.ts'

/* What docs/compatible-apis.md shows, run as printed against the demo. */

let printed: string[] = []

beforeAll(async () => {
  printed = await runPrintedCommands('docs/compatible-apis.md')
}, 30_000)

test('there is a block for each surface', () => {
  expect(printed).toHaveLength(10)
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
    'a response is made',
    {
      object: 'response',
      status: 'completed',
      store: true,
      output: [{ type: 'message', content: [{ text: expect.stringContaining('Demo model') }] }],
    },
  ],
  [
    5,
    'a message is made',
    {
      type: 'message',
      stop_reason: 'end_turn',
      content: [{ type: 'text', text: expect.stringContaining('Demo model') }],
    },
  ],
  [6, 'tokens are counted', { input_tokens: 5 }],
  [
    8,
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
    9,
    'Anthropic’s clients read errors in theirs',
    {
      type: 'error',
      error: {
        type: 'not_found_error',
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

test('block 7: what was left out is told in a header', () => {
  expect(printed[7]!.trim()).toBe('x-ares-left-out: /reasoning_effort, /user')
})
