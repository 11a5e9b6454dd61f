import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test'
import type { ProviderConfig } from '../../../src/config/config.ts'
import type { ProviderFailure } from '../../../src/providers/provider.ts'
import {
  awkwardStream,
  body,
  drip,
  endlessStream,
  eofMidStream,
  errorMidStream,
  garbageJson,
  gzipBomb,
  halfJson,
  hangBeforeHeaders,
  hangMidBody,
  htmlPage,
  oversizedBody,
  rawStream,
  redirectToSelf,
  resetBeforeHeaders,
  resetMidBody,
  status,
} from '../../scripted-faults.ts'
import { type ScriptedProvider, startScriptedProvider } from '../../scripted-provider.ts'
import { answer } from '../../scripted-replies.ts'
import type { Reply, Wire } from '../../scripted-wire.ts'
import { until } from '../../waiting.ts'
import {
  call,
  failureOf,
  flat,
  HELLO,
  HELLO_TOKENS,
  never,
  providerOf,
} from './provider-under-test.ts'

/** What a failed call must carry: nothing, the prompt alone, or the prompt and the text received. */
type Used = 'nothing' | 'prompt' | 'prompt and text'

interface Fault {
  reply: Reply
  failure: ProviderFailure
  used: Used
  config?: Partial<ProviderConfig>
}

/** For a provider that says nothing more: that it is noticed is its deadline's doing. */
const IMPATIENT = { firstByteTimeoutMs: 300, idleTimeoutMs: 300 }

const eof = (text: string) => rawStream([text])

/** A plain reply that says how long it is, begins, and then does something else. */
const shortOfItsLength = (then: (wire: Wire) => void | Promise<void>): Reply => ({
  play: async (wire) => {
    await wire.head(200, { 'content-type': 'application/json', 'content-length': '500' })
    await wire.write('{"choices": [')
    await wire.sleep(20)
    await then(wire)
  },
})

/** Two lengths at once: the chunks are what counts. */
const chunkedBesideItsLength: Reply = {
  play: async (wire) => {
    const headers = { 'content-length': '5', 'transfer-encoding': 'chunked' }
    await wire.head(200, { 'content-type': 'application/json', ...headers })
    for (let i = 0; i < 30; i++) await wire.chunk(' '.repeat(100_000))
    await wire.closeStream()
  },
}

const EITHER: Record<string, Fault> = {
  'a hang before the headers': {
    reply: hangBeforeHeaders(),
    failure: 'timeout',
    used: 'prompt',
    config: IMPATIENT,
  },
  'a connection closed before the headers': {
    reply: resetBeforeHeaders(),
    failure: 'unreachable',
    used: 'nothing',
  },
  'status 400': { reply: status(400), failure: 'rejected', used: 'nothing' },
  'status 401': { reply: status(401), failure: 'rejected', used: 'nothing' },
  'status 500': { reply: status(500), failure: 'rejected', used: 'nothing' },
  'a redirect to itself': { reply: redirectToSelf(), failure: 'rejected', used: 'nothing' },
  'an HTML page': { reply: htmlPage(), failure: 'invalid_response', used: 'prompt' },
  'garbage JSON': { reply: garbageJson(), failure: 'invalid_response', used: 'prompt' },
  'half a JSON document': { reply: halfJson(), failure: 'invalid_response', used: 'prompt' },
  'JSON that is no object': {
    reply: body('application/json', '[1]'),
    failure: 'invalid_response',
    used: 'prompt',
  },
  'an empty body': {
    reply: body('application/json', ''),
    failure: 'invalid_response',
    used: 'prompt',
  },
  'no HTTP at all': {
    reply: { play: (wire) => wire.write('SSH-2.0-OpenSSH_9.2\r\n\r\n') },
    failure: 'invalid_response',
    used: 'prompt',
  },
  'a broken gzip body': {
    reply: body('application/json', 'not packed', { headers: { 'content-encoding': 'gzip' } }),
    failure: 'invalid_response',
    used: 'prompt',
  },
  'a body over the cap': { reply: oversizedBody(3_000_000), failure: 'too_large', used: 'prompt' },
  'a gzip bomb': { reply: gzipBomb(30_000_000), failure: 'too_large', used: 'prompt' },
  'one byte at a time': {
    reply: drip(50),
    failure: 'timeout',
    used: 'prompt',
    config: { timeoutMs: 600 },
  },
}

const PLAIN: Record<string, Fault> = {
  'a hang in the middle': {
    reply: hangMidBody(),
    failure: 'timeout',
    used: 'prompt',
    config: IMPATIENT,
  },
  'a reset in the middle': { reply: resetMidBody(), failure: 'truncated', used: 'prompt' },
  'a hang short of its length': {
    reply: shortOfItsLength((wire) => wire.hang()),
    failure: 'timeout',
    used: 'prompt',
    config: IMPATIENT,
  },
  'a clean end short of its length': {
    reply: shortOfItsLength((wire) => wire.hangUp()),
    failure: 'truncated',
    used: 'prompt',
  },
  'a reset short of its length': {
    reply: shortOfItsLength((wire) => wire.reset()),
    failure: 'truncated',
    used: 'prompt',
  },
  'a length over the cap': {
    reply: body('application/json', ' '.repeat(3_000_000)),
    failure: 'too_large',
    used: 'prompt',
  },
  'chunks over the cap beside a small length': {
    reply: chunkedBesideItsLength,
    failure: 'too_large',
    used: 'prompt',
  },
}

const STREAM: Record<string, Fault> = {
  'a hang in the middle': {
    reply: hangMidBody(),
    failure: 'timeout',
    used: 'prompt and text',
    config: IMPATIENT,
  },
  'a reset in the middle': { reply: resetMidBody(), failure: 'truncated', used: 'prompt and text' },
  'a clean end without a finish reason': {
    reply: eofMidStream(),
    failure: 'truncated',
    used: 'prompt and text',
  },
  'an empty stream': { reply: eof(''), failure: 'truncated', used: 'prompt' },
  'a stream of comments': {
    reply: eof(': hello\n\n: again\n\n'),
    failure: 'truncated',
    used: 'prompt',
  },
  'an event that is no JSON': {
    reply: eof('data: }{\n\n'),
    failure: 'invalid_response',
    used: 'prompt',
  },
  'an event cut off by the end': {
    reply: eof('data: {"choi'),
    failure: 'truncated',
    used: 'prompt',
  },
  'an error object after some text': {
    reply: errorMidStream(),
    failure: 'rejected',
    used: 'prompt and text',
  },
  'an endless stream': { reply: endlessStream(), failure: 'too_large', used: 'prompt and text' },
  'one endless line': {
    reply: rawStream(Array<string>(200).fill('x'.repeat(10_000)), 0),
    failure: 'too_large',
    used: 'prompt',
  },
}

describe.each([
  ['openai', 'http1'],
  ['openai', 'fetch'],
  ['anthropic', 'http1'],
  ['anthropic', 'fetch'],
] as const)('%s, by %s', (type, http) => {
  let upstream: ScriptedProvider

  beforeAll(async () => {
    upstream = await startScriptedProvider()
  })
  afterEach(() => until(() => upstream.openConnections <= 1))
  afterAll(() => upstream.stop())

  const faulty = async (manner: 'plain' | 'stream', fault: Fault) => {
    upstream.reply(fault.reply)
    const provider = providerOf({ baseUrl: upstream.url, http, type, ...fault.config })
    const error = await failureOf(call(provider, manner))

    expect(error.failure).toBe(fault.failure)
    expect(error.message).toStartWith(
      error.failure === 'too_large' ? 'The answer' : 'The provider groq',
    )
    expect(error.message).not.toContain('127.0.0.1')
    expect(String(error.cause)).not.toContain('127.0.0.1')
    expectUsage(fault.used, error.usage)
  }

  const expectUsage = (used: Used, usage: unknown) => {
    if (used === 'nothing') return expect(usage).toBeNull()
    // Anthropic reports the prompt at the beginning of a stream.
    const reported = type === 'anthropic' && used === 'prompt and text'
    const outputTokens = used === 'prompt' ? 0 : expect.any(Number)
    const inputTokens = reported ? 12 : HELLO_TOKENS
    expect(usage).toEqual({
      inputTokens,
      outputTokens,
      cachedTokens: 0,
      cacheWriteTokens: 0,
      estimated: true,
    })
    if (used === 'prompt and text') expect(usage).not.toMatchObject({ outputTokens: 0 })
  }

  test.each(Object.entries(EITHER))('plain: %s', (_, fault) => faulty('plain', fault))
  test.each(Object.entries(PLAIN))('plain: %s', (_, fault) => faulty('plain', fault))
  test.each(Object.entries(EITHER))('stream: %s', (_, fault) => faulty('stream', fault))
  test.each(Object.entries(STREAM))('stream: %s', (_, fault) => faulty('stream', fault))

  describe.each(['plain', 'stream'] as const)('%s', (manner) => {
    test.each([
      ['missing', null],
      ['negative', { input: -1, output: -1 }],
      ['a string', { input: '12', output: '7' }],
      ['a fraction', { input: 1.5, output: 2.5 }],
      ['enormous', { input: 1e18, output: 1e18 }],
      ['null', { input: null, output: null }],
    ])('usage that is %s is counted instead', async (_, usage) => {
      upstream.reply(answer({ text: 'Hello', usage }))
      const completion = await call(providerOf({ baseUrl: upstream.url, http, type }), manner)
      expect(completion.usage).toEqual({
        inputTokens: HELLO_TOKENS,
        outputTokens: 1,
        cachedTokens: 0,
        cacheWriteTokens: 0,
        estimated: true,
      })
    })

    test('cached tokens are part of the prompt, and never more than it', async () => {
      const provider = providerOf({ baseUrl: upstream.url, http, type })
      upstream.reply(answer({ usage: { input: 100, output: 5, cached: 64 } }))
      const { usage } = await call(provider, manner)
      const inputTokens = type === 'anthropic' ? 164 : 100
      expect(usage).toEqual({
        inputTokens,
        outputTokens: 5,
        cachedTokens: 64,
        cacheWriteTokens: 0,
        estimated: false,
      })

      upstream.reply(answer({ usage: { input: 100, output: 5, cached: 1000 } }))
      const { usage: odd } = await call(provider, manner)
      expect(odd.cachedTokens).toBeLessThanOrEqual(odd.inputTokens)
    })
  })

  test('CRLF, comments, and every byte in its own network write', async () => {
    upstream.reply(awkwardStream({ deltas: ['Grüß ', '世界 ', '👋🏽'] }))
    const { text } = await call(providerOf({ baseUrl: upstream.url, http, type }), 'stream')
    expect(text).toBe('Grüß 世界 👋🏽')
  })

  test('a line of a megabyte below the cap is text like any other', async () => {
    const long = 'long '.repeat(200_000)
    upstream.reply(answer({ text: long }))
    const provider = providerOf({ baseUrl: upstream.url, http, type, maxResponseBytes: 2_000_000 })
    expect((await call(provider, 'stream')).text).toBe(long)
  })

  test('an abort before the headers closes the connection', async () => {
    upstream.reply(hangBeforeHeaders())
    const controller = new AbortController()
    const before = upstream.requests.length
    const work = failureOf(
      call(providerOf({ baseUrl: upstream.url, http, type }), 'plain', HELLO, controller.signal),
    )
    await upstream.received(before + 1)
    await expectAbort(controller, work)
  })

  test.each([
    ['of known length', shortOfItsLength((wire) => wire.hang())],
    ['of unknown length', hangMidBody()],
  ])('an abort in the middle of a plain body %s does too', async (_, reply) => {
    upstream.reply(reply)
    const controller = new AbortController()
    const before = upstream.requests.length
    const work = failureOf(
      call(providerOf({ baseUrl: upstream.url, http, type }), 'plain', HELLO, controller.signal),
    )
    await upstream.received(before + 1)
    await expectAbort(controller, work)
  })

  test('an abort in the middle of a stream does too, and keeps what was used', async () => {
    upstream.reply(hangMidBody())
    const controller = new AbortController()
    const stream = await providerOf({ baseUrl: upstream.url, http, type }).stream(
      HELLO,
      controller.signal,
    )
    expect(await stream.read()).toEqual([{ type: 'text', text: 'Hello' }])
    const error = await expectAbort(controller, failureOf(stream.read()))
    expect(error.usage).toMatchObject({ outputTokens: 1, estimated: true })
  })

  test('an abort between two reads closes the connection, and the next read says so', async () => {
    upstream.reply(hangMidBody())
    const controller = new AbortController()
    const stream = await providerOf({ baseUrl: upstream.url, http, type }).stream(
      HELLO,
      controller.signal,
    )
    await stream.read()
    controller.abort()
    await until(() => upstream.requests.at(-1)?.abortedAt !== null)
    expect((await failureOf(stream.read())).failure).toBe('aborted')
  })

  test('cancel does the same, also while a read waits', async () => {
    upstream.reply(hangMidBody())
    const stream = await providerOf({ baseUrl: upstream.url, http, type }).stream(HELLO, never())
    await stream.read()
    const reading = failureOf(stream.read())
    stream.cancel()
    expect((await reading).failure).toBe('aborted')
    await until(() => upstream.requests.at(-1)?.abortedAt !== null)
  })

  test('cancelling a finished stream is harmless', async () => {
    upstream.reply(answer({ text: 'x' }))
    const stream = await providerOf({ baseUrl: upstream.url, http, type }).stream(HELLO, never())
    while ((await stream.read()) !== null) continue
    stream.cancel()
    expect(flat(stream.answer).text).toBe('x')
    expect(await stream.read()).toBeNull()
  })

  test('an abort before the call sends nothing', async () => {
    const before = upstream.requests.length
    const provider = providerOf({ baseUrl: upstream.url, http, type })
    const error = await failureOf(provider.complete(HELLO, AbortSignal.abort()))
    expect([error.failure, error.usage]).toEqual(['aborted', null])
    expect(upstream.requests.length).toBe(before)
  })

  async function expectAbort(controller: AbortController, work: ReturnType<typeof failureOf>) {
    controller.abort()
    const error = await work
    expect(error.failure).toBe('aborted')
    await until(() => upstream.requests.at(-1)?.abortedAt !== null)
    return error
  }
})
