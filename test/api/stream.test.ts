import { expect, test } from 'bun:test'
import { AresError } from '../../src/errors.ts'
import { startApp, type TestApp, type TestTenant } from '../harness.ts'
import {
  countedEndlessStream,
  eofMidStream,
  errorMidStream,
  hangBeforeHeaders,
  hangMidBody,
  rawStream,
  resetMidBody,
  status,
} from '../scripted-faults.ts'
import { startScriptedProvider } from '../scripted-provider.ts'
import { answer, streamEvents } from '../scripted-replies.ts'
import type { Reply } from '../scripted-wire.ts'
import { isWhole, listen, parseReply, RawClient, type RawReply } from './real-socket.ts'
import { until, untilItStands } from '../waiting.ts'
import { allRuns, expectTotalsMatch, settledRuns } from './totals.ts'

const HELLO = { model: 'm-tools', messages: [{ role: 'user', content: 'Hello' }] }

/** The last thing a stream says. */
const LAST_EVENT = /"finish_reason":"[a-z_]+"/

async function start(options: Parameters<typeof startApp>[0] = {}) {
  const app = await startApp(options)
  const { port, url } = listen(app)
  const acme = await app.tenant('acme', { agents: ['risk'] })
  return { app, port, url, acme }
}

/** The bytes of a POST with the tenant's key. */
function postBytes({ secret }: TestTenant, path: string, body: unknown): string {
  const text = JSON.stringify(body)
  return [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${secret}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
    '',
    text,
  ].join('\r\n')
}

function streamBytes(tenant: TestTenant, body: unknown = HELLO): string {
  return postBytes(tenant, '/v1/chat/stream', body)
}

/** A chunked body as the chunks that were sent: one per write of the server, as far as the server writes each by itself. */
function chunksOf({ body }: RawReply): string[] {
  const bytes = Buffer.from(body)
  const chunks: string[] = []
  let at = 0
  while (at < bytes.length) {
    const sizeEnd = bytes.indexOf('\r\n', at)
    const size = Number.parseInt(bytes.toString('latin1', at, sizeEnd), 16)
    if (Number.isNaN(size) || size === 0) break
    chunks.push(bytes.toString('utf8', sizeEnd + 2, sizeEnd + 2 + size))
    at = sizeEnd + 2 + size + 2
  }
  return chunks
}

interface Streamed {
  reply: RawReply
  /** The whole stream as text. */
  text: string
  /** Parsed `data:` lines. */
  events: { delta: string; finish_reason: string | null; tokens_used?: number; error?: string }[]
}

/** Streams one chat to its end. */
async function streamed(
  { port, acme }: { port: number; acme: TestTenant },
  body: unknown = HELLO,
): Promise<Streamed> {
  const client = await RawClient.send(port, streamBytes(acme, body))
  const reply = parseReply(await client.until(isWhole))!
  client.leave()
  const isChunked = reply.headers.get('transfer-encoding') === 'chunked'
  const text = isChunked ? chunksOf(reply).join('') : reply.body
  const events = text
    .split('\n\n')
    .filter((event) => event.startsWith('data: '))
    .map((event) => JSON.parse(event.slice(6)) as Streamed['events'][number])
  return { reply, text, events }
}

/** Waits until the provider has seen the newest of its connections closed. */
async function leftProvider(app: TestApp): Promise<void> {
  const request = app.provider.requests.at(-1)!
  await until(() => request.abortedAt !== null)
}

test('a stream is exactly its events: one line each, a blank line, nothing else', async () => {
  const context = await start()
  const usage = { input: 300, output: 12 }
  context.app.provider.reply(
    answer({ deltas: ['Based on', ' Q1 ', 'é✓\n"x"'], usage, delayMs: 30 }),
  )

  const { reply, text } = await streamed(context)

  expect(text).toBe(
    [
      'data: {"delta":"Based on","finish_reason":null}\n\n',
      'data: {"delta":" Q1 ","finish_reason":null}\n\n',
      'data: {"delta":"é✓\\n\\"x\\"","finish_reason":null}\n\n',
      'data: {"delta":"","finish_reason":"stop","tokens_used":312}\n\n',
    ].join(''),
  )
  expect(reply.status).toBe(200)
  expect(reply.headers.get('content-type')).toStartWith('text/event-stream')
  expect(reply.headers.get('cache-control')).toContain('no-store')
  expect(reply.headers.get('x-accel-buffering')).toBe('no')
  expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
  expect(reply.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(reply.headers.get('transfer-encoding')).toBe('chunked')
})

test('each event is a write of its own, even when the provider sends them together', async () => {
  const context = await start()
  context.app.provider.reply(answer({ deltas: ['a'.repeat(3000)] }))

  const { reply } = await streamed(context)

  for (const chunk of chunksOf(reply)) expect(chunk).toMatch(/^data: \{[^\n]*\}\n\n$/)
})

/** Holds back whoever asks whether what is committed is on the disk. */
function holdDisk({ database: { writer } }: TestApp): PromiseWithResolvers<void> {
  const gate = Promise.withResolvers<void>()
  const durable = writer.durable.bind(writer)
  writer.durable = () => gate.promise.then(durable)
  return gate
}

test('no byte leaves before the run is on the disk', async () => {
  const { app, port, acme } = await start()
  app.provider.reply(answer({ deltas: ['Hello'] }))
  const disk = holdDisk(app)
  const client = await RawClient.send(port, streamBytes(acme))
  await untilItStands(() => app.provider.requests.length)
  expect(app.provider.requests).toHaveLength(1)
  expect(client.text).toBe('')
  disk.resolve()
  expect(await client.until(isWhole)).toMatch(LAST_EVENT)
})

test('a disk that fails before the first byte makes it an error, and the run is settled', async () => {
  const { app, port, acme } = await start()
  const disk = holdDisk(app)
  app.provider.reply(countedEndlessStream().reply)
  const client = await RawClient.send(port, streamBytes(acme))
  await until(() => app.provider.requests.length === 1)
  disk.reject(new AresError('storage_unavailable', 'The database cannot be written.'))
  expect(parseReply(await client.until(isWhole))!.status).toBe(503)
  await leftProvider(app)
  expect(await settledRuns(app)).toMatchObject([{ status: 'failed' }])
})

test('deltas leave as they arrive', async () => {
  const { app, port, acme } = await start()
  const first = Promise.withResolvers<void>()
  app.provider.reply({
    play: async (wire) => {
      await wire.openStream()
      await wire.chunk('data: {"choices":[{"index":0,"delta":{"content":"one"}}]}\n\n')
      await first.promise
      await wire.chunk('data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n')
      await wire.chunk('data: [DONE]\n\n')
      await wire.closeStream()
    },
  })

  const client = await RawClient.send(port, streamBytes(acme))
  // The provider is still in the middle of its answer.
  expect(await client.until((text) => text.includes('"one"'))).not.toMatch(LAST_EVENT)
  first.resolve()
  expect(await client.until((text) => LAST_EVENT.test(text))).toContain('"finish_reason":"stop"')
  client.leave()
})

test('the run is recorded when the last event arrives', async () => {
  const { app, port, acme } = await start()
  app.provider.reply(answer({ text: 'Hello', usage: { input: 3, output: 4 } }))

  const client = await RawClient.send(port, streamBytes(acme))
  await client.until((text) => LAST_EVENT.test(text))
  const [run] = await allRuns(app)
  client.leave()

  expect(run).toMatchObject({
    kind: 'chat',
    status: 'completed',
    input_tokens: 3,
    output_tokens: 4,
    lease_until: null,
  })
  expect(JSON.parse(run!.output!)).toEqual({ content: 'Hello' })
  await expectTotalsMatch(app)
})

test.each([
  ['length', 'length'],
  ['content_filter', 'content_filter'],
] as const)('a provider that finishes with %s is reported as %s', async (finish, reported) => {
  const context = await start()
  context.app.provider.reply(answer({ text: 'Hel', finish }))
  const { events } = await streamed(context)
  expect(events.at(-1)).toEqual({ delta: '', finish_reason: reported, tokens_used: 19 })
})

test('an Anthropic model streams the same events', async () => {
  const context = await start()
  context.app.provider.reply(answer({ deltas: ['Hel', 'lo'], usage: { input: 5, output: 6 } }))
  const { events } = await streamed(context, { ...HELLO, model: 'm-claude' })
  expect(events.map(({ delta }) => delta).join('')).toBe('Hello')
  expect(events.at(-1)).toEqual({ delta: '', finish_reason: 'stop', tokens_used: 11 })
})

test('the tool loop streams the text of all its steps and sums their tokens', async () => {
  const context = await start()
  const { app, acme } = context
  const agent = {
    name: 'calc',
    agent_type: 'calc',
    config: { model: 'm-tools', tools: ['calculator'] },
  }
  expect((await app.admin.post(`/api/admin/tenants/${acme.id}/agents`, agent)).status).toBe(201)
  app.provider.enqueue(
    answer({
      deltas: ['Let me see. '],
      toolCalls: [{ name: 'calculator', arguments: { expression: '6*7' } }],
      usage: { input: 10, output: 1 },
    }),
    answer({ deltas: ['It is 42.'], usage: { input: 20, output: 2 } }),
  )

  const { events } = await streamed(context, { messages: HELLO.messages, agent_type: 'calc' })

  expect(events.map(({ delta }) => delta).join('')).toBe('Let me see. It is 42.')
  expect(events.at(-1)).toEqual({ delta: '', finish_reason: 'stop', tokens_used: 33 })
  await expectTotalsMatch(app)
})

const BEFORE_FIRST_DELTA: [string, Reply, number, string][] = [
  ['an error status', status(500), 502, 'provider_failed'],
  ['a refused key', status(401), 502, 'provider_failed'],
  ['no answer', hangBeforeHeaders(), 504, 'provider_timeout'],
  ['an empty stream', rawStream([]), 502, 'provider_failed'],
  ['a stream of nothing but [DONE]', rawStream(['data: [DONE]\n\n']), 502, 'provider_failed'],
  ['a truncated stream without text', eofMidStream([]), 502, 'provider_failed'],
  ['an error event', errorMidStream([]), 502, 'provider_failed'],
  ['garbage', rawStream(['data: {{{\n\n']), 502, 'provider_failed'],
]

test.each(BEFORE_FIRST_DELTA)(
  'before the first delta, %s is an ordinary JSON error and a failed run',
  async (_fault, reply, expectedStatus, code) => {
    const context = await start({ patienceMs: 1000 })
    context.app.provider.reply(reply)

    const { reply: got } = await streamed(context)

    expect(got.status).toBe(expectedStatus)
    expect(got.headers.get('content-type')).toStartWith('application/json')
    expect(JSON.parse(got.body)).toMatchObject({ code, request_id: expect.any(String) })
    const runs = await allRuns(context.app)
    expect(runs).toHaveLength(1)
    expect(runs[0]).toMatchObject({ kind: 'chat', status: 'failed', lease_until: null })
    expect(runs[0]!.error).toBeString()
    await expectTotalsMatch(context.app)
  },
)

const AFTER_FIRST_DELTA: [string, Reply][] = [
  ['a truncated stream', eofMidStream(['Hello'])],
  ['an error event', errorMidStream(['Hello'])],
  ['a torn connection', resetMidBody({ deltas: ['Hello'] })],
  ['a silent provider', hangMidBody({ deltas: ['Hello'] })],
]

test.each(AFTER_FIRST_DELTA)(
  'after the first delta, %s is a last event that says so',
  async (_fault, reply) => {
    const context = await start({ patienceMs: 1000 })
    context.app.provider.reply(reply)

    const { reply: got, events } = await streamed(context)

    expect(got.status).toBe(200)
    expect(events).toHaveLength(2)
    expect(events[0]).toEqual({ delta: 'Hello', finish_reason: null })
    expect(events[1]).toEqual({
      delta: '',
      finish_reason: 'error',
      error: expect.any(String),
      tokens_used: expect.any(Number),
    })
    const [run] = await allRuns(context.app)
    expect(run).toMatchObject({ status: 'failed', tokens_estimated: 1, output: null })
    expect(run!.input_tokens + run!.output_tokens).toBe(events[1]!.tokens_used!)
    expect(events[1]!.tokens_used).toBeGreaterThan(0)
    await expectTotalsMatch(context.app)
  },
)

test('a provider that finishes without a word gives a stream of its last event alone', async () => {
  const context = await start()
  context.app.provider.reply(answer({ deltas: [], usage: { input: 9, output: 0 } }))
  const { events } = await streamed(context)
  expect(events).toEqual([{ delta: '', finish_reason: 'stop', tokens_used: 9 }])
})

test('a huge delta becomes events under 8 KiB, cut between characters', async () => {
  const context = await start()
  // A prime-length mix, so that every kind of character meets a cut.
  const text = 'a\u0000é✓😀\u001f"\\𝄞'.repeat(10_000)
  expect(text.length).toBeGreaterThan(100_000)
  context.app.provider.reply(answer({ deltas: [text] }))

  const { text: stream, events } = await streamed(context)

  for (const event of stream.split(/(?<=\n\n)/)) {
    expect(Buffer.byteLength(event)).toBeLessThan(8192)
  }
  for (const { delta } of events) expect(delta.isWellFormed()).toBe(true)
  expect(events.map(({ delta }) => delta).join('')).toBe(text)
})

test('a heartbeat comment fills a silence', async () => {
  const provider = await startScriptedProvider()
  const config = `
[[providers]]
name = "patient"
type = "openai"
base_url = "${provider.url}"
[[providers.models]]
id = "m-patient"
context_length = 1000`
  const context = await start({ config })
  provider.reply({
    play: async (wire) => {
      const [opening, one, two, ...end] = streamEvents(wire.request, { deltas: ['one', 'two'] })
      await wire.openStream()
      await wire.chunk(`${opening}${one}`)
      await wire.sleep(5600)
      await wire.chunk([two, ...end].join(''))
      await wire.closeStream()
    },
  })

  const { text } = await streamed(context, { ...HELLO, model: 'm-patient' })
  provider.stop()

  const [one, ...rest] = text.split(/(?<=\n\n)/)
  expect(one).toBe('data: {"delta":"one","finish_reason":null}\n\n')
  expect(rest[0]).toMatch(/^:[^\n]*\n\n$/)
  const told = rest.filter((event) => !event.startsWith(':'))
  expect(told).toHaveLength(2)
}, 15_000)

test('a client that leaves mid-stream stops the provider', async () => {
  const { app, port, acme } = await start()
  app.provider.reply(hangMidBody({ deltas: ['Some words that count.'] }))
  const client = await RawClient.send(port, streamBytes(acme))
  await client.until((text) => text.includes('Some words'))

  client.leave()

  await leftProvider(app)
  const [run] = await settledRuns(app)
  expect(run).toMatchObject({ status: 'failed', error_code: 'client_gone', tokens_estimated: 1 })
  expect(run!.error).toContain('client went away')
  expect(run!.input_tokens).toBeGreaterThan(0)
  expect(run!.output_tokens).toBeGreaterThan(0)
  await expectTotalsMatch(app)
})

test('a client that leaves before the first delta stops the provider', async () => {
  const { app, port, acme } = await start()
  app.provider.reply(hangBeforeHeaders())
  const client = await RawClient.send(port, streamBytes(acme))
  await app.provider.received(1)

  client.leave()

  await leftProvider(app)
  const [run] = await settledRuns(app)
  expect(run).toMatchObject({ status: 'failed', error_code: 'client_gone' })
  await expectTotalsMatch(app)
})

test.each([
  ['run', '/v1/agents/risk/run', { input: { message: 'Hello' } }],
  ['chat', '/v1/chat', HELLO],
])('a client that leaves during a %s stops the provider', async (kind, path, body) => {
  const { app, port, acme } = await start()
  app.provider.reply(hangMidBody({ text: 'Half an answer' }))
  const client = await RawClient.send(port, postBytes(acme, path, body))
  await app.provider.received(1)

  client.leave()

  await leftProvider(app)
  const [run] = await settledRuns(app)
  expect(run).toMatchObject({ kind, status: 'failed', error_code: 'client_gone' })
  expect(run!.error).toContain('client went away')
  expect(run!.input_tokens).toBeGreaterThan(0)
  await expectTotalsMatch(app)
})

test('clients that leave at any moment leave no run open', async () => {
  const { app, port, acme } = await start()
  app.provider.reply(answer({ deltas: Array<string>(20).fill('word '), delayMs: 1 }))
  const clients = 200
  await Promise.all(
    Array.from({ length: clients }, async (_, index) => {
      await Bun.sleep((index % 20) * 5)
      const client = await RawClient.send(port, streamBytes(acme))
      await Bun.sleep(index % 37)
      client.leave()
    }),
  )
  // Whoever left before the request was read has no run.
  await until(() => app.provider.openConnections === 0)
  const runs = await settledRuns(app)
  expect(runs.length).toBeLessThanOrEqual(clients)
  expect(new Set(runs.map((run) => run.status)).has('running')).toBe(false)
  expect(await expectTotalsMatch(app)).toBe(runs.length)
}, 15_000)

test('a client that does not read holds the provider back instead of filling the memory', async () => {
  const { app, port, acme } = await start()
  const endless = countedEndlessStream()
  app.provider.reply(endless.reply)
  const client = await RawClient.send(port, streamBytes(acme))
  await client.until((text) => text.includes('data:'))
  client.pause()

  // What was accepted sits in the kernel's buffers of two connections, whose size is the kernel's business.
  await untilItStands(endless.accepted)

  client.leave()
  await leftProvider(app)
  const [run] = await settledRuns(app)
  expect(run!.status).toBe('failed')
  // Estimated at four bytes a token: what we took from the provider for a client that takes nothing.
  expect(run!.output_tokens * 4).toBeLessThan(8_000_000)
  await expectTotalsMatch(app)
}, 15_000)

test('a stop ends streams with an error event and settles them, read or not', async () => {
  const { app, port, acme } = await start()
  app.provider.reply(hangMidBody({ deltas: ['Hello'] }))
  const reader = await RawClient.send(port, streamBytes(acme))
  await reader.until((text) => text.includes('Hello'))
  const endless = countedEndlessStream()
  app.provider.reply(endless.reply)
  const sleeper = await RawClient.send(port, streamBytes(acme))
  await sleeper.until((text) => text.includes('data:'))
  sleeper.pause()
  await untilItStands(endless.accepted)

  await app.server.shutDown(0)

  expect(await reader.until((text) => LAST_EVENT.test(text))).toContain('"finish_reason":"error"')
  const runs = await allRuns(app)
  expect(runs.map((run) => run.status)).toEqual(['failed', 'failed'])
  for (const run of runs) expect(run.error).toContain('server was stopped')
  await expectTotalsMatch(app)
  sleeper.leave()
  reader.leave()
}, 15_000)

test('a stream with another tenant’s agent is 404, and mixes nothing where names are equal', async () => {
  const context = await start()
  const { app, port } = context
  const globex = await app.tenant('globex')
  app.provider.reply(answer({ text: 'Hello' }))
  const wanted = { messages: HELLO.messages, agent_type: 'risk' }
  const { reply } = await streamed({ port, acme: globex }, wanted)
  expect(reply.status).toBe(404)
  expect(app.provider.requests).toHaveLength(0)
  expect((await streamed(context, wanted)).reply.status).toBe(200)
  expect(await allRuns(app)).toHaveLength(1)
})
