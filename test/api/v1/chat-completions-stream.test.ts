import { describe, expect, test } from 'bun:test'
import {
  awkwardStream,
  countedEndlessStream,
  endlessStream,
  eofMidStream,
  errorMidStream,
  hangBeforeHeaders,
  hangMidBody,
  rawStream,
  resetMidBody,
  status,
} from '../../scripted-faults.ts'
import { answer, type ScriptedAnswer, streamEvents } from '../../scripted-replies.ts'
import type { RecordedRequest, Reply } from '../../scripted-wire.ts'
import { untilItStands } from '../../waiting.ts'
import { listen } from '../real-socket.ts'
import { allRuns, expectTotalsMatch, settledRuns } from '../totals.ts'
import { newAgent } from './common.ts'
import {
  CHAT,
  dataIn,
  eventsIn,
  expectOpenAiError,
  MESSAGES,
  start,
  textIn,
  type World,
} from './compatible.ts'

const PATH = '/v1/chat/completions'
const STREAM = { ...CHAT, stream: true }
const WITH_USAGE = { ...STREAM, stream_options: { include_usage: true } }
const SAID: ScriptedAnswer = { deltas: ['Hé', 'llo ✓'], usage: { input: 5, output: 2 } }

async function streamed({ acme }: World, body: object = STREAM): Promise<string> {
  const reply = await acme.post(PATH, body)
  expect(reply.status).toBe(200)
  expect(reply.headers.get('content-type')).toStartWith('text/event-stream')
  return reply.text()
}

/** The bytes that the provider has sent for the newest request, as text. */
function sent({ app }: World, given: ScriptedAnswer): string[] {
  return streamEvents(app.provider.requests.at(-1) as RecordedRequest, given)
}

const saysUsageOnly = (event: string) => event.includes('"choices":[]')

/** What a client gets of the chunks that say that the usage is still to come. */
const withoutEmptyUsage = (text: string) => text.replaceAll(',"usage":null', '')

describe('relayed', () => {
  test('every byte is the provider’s, apart from the usage that was not asked for', async () => {
    const world = await start()
    const tools: ScriptedAnswer = {
      ...SAID,
      toolCalls: [{ name: 'weather', arguments: { city: 'Oslo' } }],
    }
    for (const given of [SAID, tools]) {
      world.app.provider.reply(answer(given))
      const text = await streamed(world)
      const events = sent(world, given)
      expect(events.filter(saysUsageOnly)).toHaveLength(1)
      const shown = events.filter((event) => !saysUsageOnly(event)).map(withoutEmptyUsage)
      expect(text).toBe(shown.join(''))
      expect(shown.join('')).not.toBe(events.join(''))
      expect(await streamed(world, WITH_USAGE)).toBe(events.map(withoutEmptyUsage).join(''))
    }
    const [first] = world.app.provider.requests
    expect(first!.body).toEqual({ ...WITH_USAGE, model: 'upstream-tools' })
  })

  test('whatever the network cuts apart', async () => {
    const world = await start()
    world.app.provider.reply(awkwardStream(SAID))
    const text = await streamed(world)
    const all = `: comment\n\n${sent(world, SAID).join(': ping\n\n')}`.replaceAll('\n', '\r\n')
    const usage = all.split('\r\n\r\n').find(saysUsageOnly)!
    expect(text).toBe(withoutEmptyUsage(all.replace(`${usage}\r\n\r\n`, '')))
    const [run] = await allRuns(world.app)
    expect(run).toMatchObject({ status: 'completed', input_tokens: 5, output_tokens: 2 })
  })

  test('a provider that leaves out [DONE] is completed', async () => {
    const world = await start()
    const finish = 'data: {"choices":[{"index":0,"delta":{"content":"x"},"finish_reason":"stop"}]}'
    world.app.provider.reply(rawStream([`${finish}\n\n`]))
    expect(dataIn(await streamed(world)).at(-1)).toBe('[DONE]')
    const [run] = await allRuns(world.app)
    expect(run).toMatchObject({ status: 'completed', tokens_estimated: 1 })
  })

  test.each([
    ['spelled otherwise', 'bye', 'data:[DONE]\n\n', 'data:[DONE]\n\n'],
    ['without its blank line', 'bye', 'data: [DONE]', 'data: [DONE]\n\n'],
    ['left out behind a text of that name', 'data: [DONE]', '', '\n\ndata: [DONE]\n\n'],
  ])('[DONE] %s is said once, and as an event', async (_how, text, last, shown) => {
    const world = await start()
    const choice = { index: 0, delta: { content: text }, finish_reason: 'stop' }
    const event = `data: ${JSON.stringify({ choices: [choice] })}\n\n`
    world.app.provider.reply(rawStream([event + last]))
    expect(await streamed(world)).toBe(event + shown)
  })

  test('events leave as they arrive, and the finish reason once the run is recorded', async () => {
    const { app, acme } = await start()
    const { url } = listen(app)
    const gate = Promise.withResolvers<void>()
    app.provider.reply({
      play: async (wire) => {
        const events = streamEvents(wire.request, SAID)
        await wire.openStream()
        await wire.chunk(events.slice(0, 2).join(''))
        await gate.promise
        for (const event of events.slice(2)) await wire.chunk(event)
        await wire.closeStream()
      },
    })
    const reply = await fetch(url + PATH, request(acme.secret))
    const reader = reply.body!.getReader()
    let text = ''
    const until = async (mark: string) => {
      while (!text.includes(mark)) text += Buffer.from((await reader.read()).value ?? '').toString()
    }
    await until('Hé')
    expect((await allRuns(app))[0]!.status).toBe('running')
    gate.resolve()
    await until('"finish_reason":"stop"')
    expect((await allRuns(app))[0]).toMatchObject({ status: 'completed', input_tokens: 5 })
    await until('[DONE]')
    await reader.cancel()
    await expectTotalsMatch(app)
  })
})

function request(secret: string, body: object = STREAM, signal?: AbortSignal) {
  return {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  }
}

const BEFORE_THE_FIRST: [string, Reply, number, string][] = [
  ['an error status', status(500), 502, 'provider_failed'],
  ['a refusal of the request', status(400, { message: 'no such seed' }), 400, 'bad_request'],
  ['no answer', hangBeforeHeaders(), 504, 'provider_timeout'],
  ['an empty stream', rawStream([]), 502, 'provider_failed'],
  ['nothing but comments', rawStream([': hello\n\n']), 502, 'provider_failed'],
  ['nothing but [DONE]', rawStream(['data: [DONE]\n\n']), 502, 'provider_failed'],
  ['an error event', rawStream(['data: {"error":{"message":"no"}}\n\n']), 502, 'provider_failed'],
]

test.each(BEFORE_THE_FIRST)(
  'before the first event, %s is an ordinary error and a failed run',
  async (_what, fault, expected, code) => {
    const { app, acme } = await start({ patienceMs: 1000 })
    app.provider.reply(fault)
    await expectOpenAiError(await acme.post(PATH, STREAM), expected, code)
    const runs = await allRuns(app)
    expect(runs).toHaveLength(1)
    expect(runs[0]).toMatchObject({ kind: 'completion', status: 'failed' })
    await expectTotalsMatch(app)
  },
)

const IN_THE_MIDDLE: [string, Reply][] = [
  ['an error event', errorMidStream(['Hello'], 'Overloaded at http://10.0.0.1:80')],
  [
    'an error event in the same read',
    rawStream([
      'data: {"choices":[{"index":0,"delta":{"content":"Hello"}}]}\n\ndata: {"error":{"message":"Overloaded"}}\n\n',
    ]),
  ],
  ['a silent end', eofMidStream(['Hello'])],
  ['a reset', resetMidBody({ deltas: ['Hello'] })],
  ['silence', hangMidBody({ deltas: ['Hello'] })],
]

/** In OpenAI's format alone, or with the deadlines of that provider. */
const OF_M_TOOLS = new Set(['an error event in the same read', 'silence'])

describe.each(['m-tools', 'm-claude'])('in the middle of an answer of %s', (model) => {
  test.each(IN_THE_MIDDLE.filter(([what]) => model === 'm-tools' || !OF_M_TOOLS.has(what)))(
    '%s is an error event, without [DONE], and a failed run',
    async (_what, fault) => {
      const { app, acme } = await start({ patienceMs: 1000 })
      app.provider.reply(fault)
      const text = await (await acme.post(PATH, { ...STREAM, model })).text()

      expect(text).not.toContain('[DONE]')
      expect(text).not.toContain('10.0.0.1')
      const events = eventsIn(text)
      expect(textIn(text.slice(0, text.indexOf('data: {"error"')))).toBe('Hello')
      expect(events.at(-1)).toEqual({
        error: {
          message: expect.stringMatching(/provider/),
          type: 'server_error',
          param: null,
          code: expect.stringMatching(/^provider_/),
        },
      })
      const [run] = await settledRuns(app)
      expect(run).toMatchObject({ status: 'failed', tokens_estimated: 1, output: null })
      expect(run!.output_tokens).toBeGreaterThan(0)
      await expectTotalsMatch(app)
    },
  )
})

test('a client that goes away stops the provider, and what was used counts', async () => {
  const { app, acme } = await start()
  const { url } = listen(app)
  app.provider.reply(endlessStream('word '))
  const leaving = new AbortController()
  const reply = await fetch(url + PATH, request(acme.secret, STREAM, leaving.signal))
  await reply.body!.getReader().read()
  leaving.abort()
  const [run] = await settledRuns(app)
  expect(run).toMatchObject({ status: 'failed', error_code: 'client_gone', tokens_estimated: 1 })
  expect(run!.error).toContain('client went away')
  expect(run!.output_tokens).toBeGreaterThan(0)
  expect(app.provider.requests[0]!.abortedAt).not.toBeNull()
  await expectTotalsMatch(app)
})

test('a client that does not read holds the provider back', async () => {
  const { app, acme } = await start()
  const endless = countedEndlessStream()
  app.provider.reply(endless.reply)
  const reply = await acme.post(PATH, STREAM)
  const reader = reply.body!.getReader()
  await reader.read()
  await untilItStands(endless.accepted)
  await reader.cancel()
  const [run] = await settledRuns(app)
  expect(run!.output_tokens).toBeLessThan(500_000)
  expect(run).toMatchObject({ error_code: 'client_gone' })
})

test('a provider of the other family is translated event by event', async () => {
  const world = await start()
  world.app.provider.reply(
    answer({
      ...SAID,
      toolCalls: [{ id: 'toolu_1', name: 'weather', arguments: { city: 'Oslo' } }],
    }),
  )
  const text = await streamed(world, { ...WITH_USAGE, model: 'm-claude' })
  const events = eventsIn(text)
  expect(textIn(text)).toBe('Héllo ✓')
  const [run] = await allRuns(world.app)
  expect(new Set(events.map(({ id }) => id))).toEqual(new Set([`chatcmpl-${run!.id}`]))
  const calls = events.flatMap((event) => event.choices?.[0]?.delta.tool_calls ?? [])
  expect(calls[0]).toMatchObject({ index: 0, id: 'toolu_1', function: { name: 'weather' } })
  expect(calls.map((call) => call.function.arguments).join('')).toBe('{"city":"Oslo"}')
  expect(events.at(-2)!.choices?.[0]?.finish_reason).toBe('tool_calls')
  expect(events.at(-1)).toMatchObject({
    choices: [],
    usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 },
  })
  expect(dataIn(text).at(-1)).toBe('[DONE]')
  expect(
    eventsIn(await streamed(world, { ...STREAM, model: 'm-claude' })).at(-1),
  ).not.toHaveProperty('usage')
  expect(run).toMatchObject({ input_tokens: 5, output_tokens: 2, tokens_estimated: 0 })
})

test('an agent streams the text of all its steps, and what they used together', async () => {
  const world = await start()
  const { app, acme } = world
  const config = { model: 'm-tools', tools: ['calculator'] }
  await newAgent(app, acme, { name: 'calc', config })
  app.provider.enqueue(
    answer({
      deltas: ['Let me see. '],
      toolCalls: [{ name: 'calculator', arguments: { expression: '6*7' } }],
    }),
    answer({ deltas: ['It is 42.'] }),
  )
  const text = await streamed(world, { ...WITH_USAGE, model: 'agent:calc' })
  const events = eventsIn(text)
  expect(textIn(text)).toBe('Let me see. It is 42.')
  expect(events[0]!.choices?.[0]?.delta.role).toBe('assistant')
  expect(events.at(-2)!.choices?.[0]?.finish_reason).toBe('stop')
  expect(events.at(-1)!.usage).toMatchObject({ prompt_tokens: 24, completion_tokens: 14 })
  expect(dataIn(text).at(-1)).toBe('[DONE]')
  const [run] = await allRuns(app)
  expect(JSON.parse(run!.output!)).toEqual({ content: 'Let me see. It is 42.' })
  expect(JSON.parse(run!.input!)).toEqual({ messages: MESSAGES })
})

test('an Idempotency-Key is refused', async () => {
  const { app, acme } = await start()
  const init = request(acme.secret)
  const headers = { ...init.headers, 'idempotency-key': 'once' }
  const reply = await app.fetch(PATH, { ...init, headers })
  await expectOpenAiError(reply, 400, 'invalid', 'Idempotency-Key')
  expect(await allRuns(app)).toHaveLength(0)
})
