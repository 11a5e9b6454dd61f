import { describe, expect, test } from 'bun:test'
import { rawStream, status } from '../../scripted-faults.ts'
import { sseData } from '../../scripted-replies.ts'
import { start } from '../v1/compatible.ts'
import { type Call, NOTHING, type Said } from './answers.ts'
import { type Family, FAMILIES, openAiResponses, saying } from './families.ts'
import { type Json, replyIn, responses, type Surface, SURFACES } from './surfaces.ts'

/* What holds between every client and every provider, however an answer is told. */

const pairs = [
  ...SURFACES.flatMap((surface) => FAMILIES.map((family) => ({ surface, family }))),
  { surface: responses, family: openAiResponses },
]
const MANNERS = ['whole', 'streamed'] as const
const ways = pairs.flatMap((pair) => MANNERS.map((manner) => ({ ...pair, manner })))
const named = <T extends { surface: Surface; family?: Family; manner?: string }>(cases: T[]) =>
  cases.map((each): [string, T] => [
    [each.surface.name, each.family?.name, each.manner].filter(Boolean).join(', '),
    each,
  ])

/** The largest id of 64 bits: no number of JavaScript's can hold it. */
const LARGE = '{"id":9223372036854775807}'

const ANSWER: Said = {
  thought: 'Where would it be?',
  seal: '',
  text: 'I will look.',
  calls: [
    { id: 'call_a', name: 'find', args: LARGE },
    { id: 'call_b', name: 'find', args: '{}' },
  ],
}

/** Asks, and says what the client is told and gets back. */
async function told(
  surface: Surface,
  manner: (typeof MANNERS)[number],
  ask: (body: Json) => Promise<Response>,
  body: Json,
) {
  const response = await ask({ ...body, stream: manner === 'streamed' })
  const text = await response.text()
  expect([response.status, response.status === 200 ? '' : text]).toEqual([200, ''])
  return manner === 'streamed' ? surface.streamed(text) : surface.whole(replyIn(text))
}

describe('thoughts, text and calls arrive, digit for digit', () => {
  test.each(named(ways))('%s', async (_, { surface, family, manner }) => {
    const { app, acme } = await start()
    app.provider.reply(saying(family, ANSWER))
    const body = surface.ask(family.model, [surface.user('Find it.')])
    const post = (asked: Json) => acme.post(...surface.asked(asked))
    expect(await told(surface, manner, post, body)).toEqual({ ...ANSWER, seal: family.seal })
  })
})

describe('lines may end with carriage returns alone', () => {
  test.each(named(pairs))('%s', async (_, { surface, family }) => {
    const { app, acme } = await start()
    const events = family.events(ANSWER).map((event) => event.replaceAll('\n', '\r'))
    const body = { ...surface.ask(family.model, [surface.user('Find it.')]), stream: true }
    for (const writes of [events, [events.join('')]]) {
      app.provider.reply(rawStream(writes))
      const text = await (await acme.post(...surface.asked(body))).text()
      // What is relayed is relayed as it came.
      const said = surface.streamed(text.replaceAll('\r', '\n'))
      expect(said).toEqual({ ...ANSWER, seal: family.seal })
    }
  })
})

describe('what a client got and sends back is said again, digit for digit', () => {
  test.each(named(pairs))('%s', async (_, { surface, family }) => {
    const { app, acme } = await start()
    app.provider.enqueue(saying(family, ANSWER), saying(family, { ...NOTHING, text: 'Here.' }))
    const items = [surface.user('Find it.')]
    const first = await acme.post(...surface.asked(surface.ask(family.model, items)))
    const reply = replyIn(await first.text())
    const results = surface.whole(reply).calls.map((call) => surface.result(call, 'Found.'))

    const body = surface.ask(family.model, [...items, ...surface.repeat(reply), ...results])
    expect((await acme.post(...surface.asked(body))).status).toBe(200)
    const { said, results: answered } = family.repeated(app.provider.requests[1]!)
    expect(said).toEqual({ ...ANSWER, seal: family.seal })
    expect(answered).toEqual(['Found.', 'Found.'])
  })
})

describe('a prompt that is too long is known as such', () => {
  test.each(named(ways))('%s', async (_, { surface, family, manner }) => {
    const { app, acme } = await start()
    app.provider.reply({ play: (wire) => wire.json(400, family.tooLong) })
    const body = surface.ask(family.model, [surface.user('Find it.')])
    const stream = manner === 'streamed'
    const response = await acme.post(...surface.asked({ ...body, stream }))
    expect(response.status).toBe(400)
    const { error } = (await response.json()) as { error: { message: string; code?: string } }
    expect(surface.knowsTooLong(error)).toBe(true)
  })
})

describe('a provider that is busy is said to be, and for how long', () => {
  test.each(named(ways))('%s', async (_, { surface, family, manner }) => {
    const { app, acme } = await start()
    const body = surface.ask(family.model, [surface.user('Find it.')])
    for (const [sent, told] of [
      [429, 429],
      [503, 503],
      [529, 503],
    ] as const) {
      for (const retryAfter of ['7', undefined]) {
        app.provider.reply(status(sent, retryAfter === undefined ? {} : { retryAfter }))
        const response = await acme.post(
          ...surface.asked({ ...body, stream: manner === 'streamed' }),
        )
        const waits = response.headers.get('retry-after')
        expect([sent, response.status, waits]).toEqual([sent, told, retryAfter ?? '5'])
        const text = await response.text()
        expect(text).toMatch(
          told === 429
            ? /provider_rate_limited|rate_limit_error/i
            : /provider_overloaded|overloaded_error/i,
        )
      }
    }
  })
})

describe('nothing half-formed is our fault', () => {
  test.each(named(SURFACES.map((surface) => ({ surface }))))('%s', async (_, { surface }) => {
    const { acme } = await start()
    for (const model of [
      ...FAMILIES.map((family) => family.model),
      'm-responses',
      'm-demo',
      'agent:risk',
    ]) {
      for (const odd of surface.halfFormed) {
        const body = { ...surface.ask(model, [surface.user('Hello')]), ...odd }
        const { status } = await acme.post(...surface.asked(body))
        expect([model, odd, status < 500]).toEqual([model, odd, true])
      }
    }
  })
})

const piece = (call: object) =>
  sseData({ choices: [{ index: 0, delta: { tool_calls: [call] }, finish_reason: null }] })
const END = `${sseData({ choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] })}data: [DONE]\n\n`
const calling = (name: string, args: string) => ({ name, arguments: args })

/** The habits of those who copy OpenAI's format. */
const HABITS: [string, string[]][] = [
  [
    'every call at index 0',
    [
      piece({ index: 0, id: 'call_a', function: calling('find', LARGE) }),
      piece({ index: 0, id: 'call_b', function: calling('find', '{}') }),
    ],
  ],
  [
    'no index',
    [
      piece({ id: 'call_a', function: calling('find', '') }),
      piece({ function: { arguments: LARGE } }),
      piece({ id: 'call_b', function: calling('find', '{}') }),
    ],
  ],
  [
    'arguments before the name, repeated ids',
    [
      piece({ index: 0, id: 'call_a', function: { arguments: LARGE.slice(0, 9) } }),
      piece({ index: 0, id: 'call_a', function: calling('find', LARGE.slice(9)) }),
      piece({ index: 1, id: 'call_b', function: calling('find', '') }),
      piece({ index: 1, id: '', function: { name: '', arguments: '{}' } }),
    ],
  ],
  [
    'no arguments at all, and text behind the end',
    [
      piece({ index: 0, id: 'call_a', function: calling('find', LARGE) }),
      piece({ index: 1, id: 'call_b', function: { name: 'find' } }),
      `${END}data: {"choices":[{"delta":{"content":"more"}}]}\n\n: bye`,
    ],
  ],
]

describe('calls are told apart, whatever the habits of their provider', () => {
  const cases = SURFACES.flatMap((surface) =>
    HABITS.map(([habit, events]): [string, string, Surface, string[]] => [
      surface.name,
      habit,
      surface,
      events,
    ]),
  )
  test.each(cases)('%s: %s', async (_, _habit, surface, events) => {
    const { app, acme } = await start()
    const post = (asked: Json) => acme.post(...surface.asked(asked))
    // An agent, for a provider of the client's own format is relayed as it is.
    const body = surface.ask('agent:risk', [surface.user('Find it.')])
    for (const writes of [[...events, END], [[...events, END].join('')]]) {
      app.provider.reply(rawStream(writes))
      const { calls } = await told(surface, 'streamed', post, body)
      expect(calls).toEqual(ANSWER.calls)
    }
  })

  test.each(SURFACES.map((surface): [string, Surface] => [surface.name, surface]))(
    '%s: without ids they get different ones',
    async (_, surface) => {
      const { app, acme } = await start()
      const events = [0, 1].map((index) => piece({ index, function: calling('find', '{}') }))
      app.provider.reply(rawStream([...events, END]))
      const body = surface.ask('agent:risk', [surface.user('Find it.')])
      const post = (asked: Json) => acme.post(...surface.asked(asked))
      const { calls } = await told(surface, 'streamed', post, body)
      const ids = calls.map(({ id }: Call) => id)
      expect(calls).toHaveLength(2)
      expect(new Set(ids).size).toBe(2)
      expect(ids.every((id) => id.length > 3)).toBe(true)
    },
  )
})
