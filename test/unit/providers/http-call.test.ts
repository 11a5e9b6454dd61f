import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { UPSTREAM_HTTP } from '../../../src/config/upstream-http.ts'
import { textMessage } from '../../../src/form/parts.ts'
import { unreachable } from '../../../src/providers/call-failure.ts'
import {
  body,
  countedEndlessStream,
  endlessStream,
  hangBeforeHeaders,
  resetBeforeHeaders,
  status,
} from '../../scripted-faults.ts'
import { type ScriptedProvider, startScriptedProvider } from '../../scripted-provider.ts'
import { answer, plainBody } from '../../scripted-replies.ts'
import { someTurns, until, untilItStands } from '../../waiting.ts'
import { openBlackhole } from './blackhole.ts'
import { call, failureOf, HELLO, KEY, MODEL, never, providerOf } from './provider-under-test.ts'

/** Much less than the pause that must not be waited for, and enough for a busy machine. */
const NOT_WAITED_MS = 14_000

let upstream: ScriptedProvider

beforeEach(async () => {
  upstream = await startScriptedProvider()
})
afterEach(() => upstream.stop())

const messageOf = async (reply: Parameters<typeof upstream.reply>[0]) => {
  upstream.reply(reply)
  const error = await failureOf(call(providerOf({ baseUrl: upstream.url }), 'plain'))
  return error.message
}

const BOTH = UPSTREAM_HTTP.map((http) => [http] as const)

describe.each(BOTH)('retries, by %s', (http) => {
  test.each([408, 409, 429, 500, 502, 503, 529])('status %d is tried again', async (code) => {
    upstream.enqueue(status(code, { retryAfter: '0' }))
    const provider = providerOf({ http, baseUrl: upstream.url, maxRetries: 1 })
    expect((await call(provider, 'plain')).text).not.toBe('')
    expect(upstream.requests.length).toBe(2)
  })

  test.each([400, 401, 403, 404, 413, 422, 301, 304, 307])('status %d is not', async (code) => {
    upstream.reply(status(code))
    const error = await failureOf(
      call(providerOf({ http, baseUrl: upstream.url, maxRetries: 2 }), 'plain'),
    )
    expect([error.failure, error.status, error.usage]).toEqual(['rejected', code, null])
    expect(upstream.requests.length).toBe(1)
  })

  test('a connection that breaks before an answer is tried again, pooled ones too', async () => {
    const provider = providerOf({ http, baseUrl: upstream.url, maxRetries: 1 })
    await call(provider, 'plain')
    upstream.enqueue(resetBeforeHeaders())
    expect((await call(provider, 'stream')).text).not.toBe('')
    expect(upstream.requests.length).toBe(3)
  })

  test('a kept connection that had been closed is tried again, and counts', async () => {
    upstream.reply((request) =>
      request.text.includes('second') ? resetBeforeHeaders() : answer({ text: 'Hello' }),
    )
    const second = { model: MODEL, messages: [textMessage('user', 'second')] }
    for (const maxRetries of [0, 1]) {
      const provider = providerOf({ http, baseUrl: upstream.url, maxRetries })
      await call(provider, 'plain')
      const before = upstream.requests.length
      expect((await failureOf(call(provider, 'plain', second))).failure).toBe('unreachable')
      expect(upstream.requests.length - before).toBe(1 + maxRetries)
    }
  })

  test('no more than max_retries, with a growing pause', async () => {
    upstream.reply(status(503))
    const error = await failureOf(
      call(providerOf({ http, baseUrl: upstream.url, maxRetries: 2 }), 'plain'),
    )
    expect([error.failure, error.status, upstream.requests.length]).toEqual(['rejected', 503, 3])
    // Half of 500 ms and of twice that, for the dice of these tests always show 0.
    const [first = 0, second = 0, third = 0] = upstream.requests.map(({ receivedAt }) => receivedAt)
    expect(second - first).toBeGreaterThan(245)
    expect(third - second).toBeGreaterThan(495)
  })

  test('Retry-After is honoured', async () => {
    upstream.enqueue(status(429, { retryAfter: '1' }))
    await call(providerOf({ http, baseUrl: upstream.url, maxRetries: 1 }), 'plain')
    const [first = 0, second = 0] = upstream.requests.map(({ receivedAt }) => receivedAt)
    expect(second - first).toBeGreaterThan(990)
  })

  test.each(['21', '1000000000', 'Fri, 31 Dec 2100 23:59:59 GMT'])(
    'Retry-After %s fails at once',
    async (retryAfter) => {
      upstream.reply(status(429, { retryAfter }))
      await failureOf(call(providerOf({ http, baseUrl: upstream.url, maxRetries: 2 }), 'plain'))
      expect(upstream.requests.length).toBe(1)
    },
    NOT_WAITED_MS,
  )

  test(
    'a pause beyond the total deadline is not waited for',
    async () => {
      upstream.reply(status(429, { retryAfter: '19' }))
      const error = await failureOf(
        call(
          providerOf({ http, baseUrl: upstream.url, maxRetries: 2, timeoutMs: 15_000 }),
          'plain',
        ),
      )
      // Not `timeout`: the deadline had not come when it was given up.
      expect([error.failure, upstream.requests.length]).toEqual(['rejected', 1])
    },
    NOT_WAITED_MS,
  )

  test('an abort ends the pause, and nothing was used', async () => {
    upstream.reply(status(429, { retryAfter: '10' }))
    const controller = new AbortController()
    const pausing = Promise.withResolvers<void>()
    const changes = { http, baseUrl: upstream.url, maxRetries: 2, timeoutMs: 60_000 }
    const provider = providerOf(changes, () => {
      pausing.resolve()
      return 0
    })
    const work = failureOf(call(provider, 'plain', HELLO, controller.signal))
    await pausing.promise
    controller.abort()
    const error = await work
    expect([error.failure, error.usage]).toEqual(['aborted', null])
  })

  test('a time-out of ours is never tried again', async () => {
    upstream.reply(hangBeforeHeaders())
    const impatient = { firstByteTimeoutMs: 300, maxRetries: 2 }
    await failureOf(call(providerOf({ http, baseUrl: upstream.url, ...impatient }), 'plain'))
    expect(upstream.requests.length).toBe(1)
  })

  test('the total deadline spans all attempts', async () => {
    upstream.enqueue(status(503, { retryAfter: '0' }))
    upstream.reply(hangBeforeHeaders())
    const provider = providerOf({
      http,
      baseUrl: upstream.url,
      maxRetries: 2,
      timeoutMs: 400,
    })
    const error = await failureOf(call(provider, 'plain'))
    expect(error.message).toBe(
      'The provider groq timed out after 0.4 s without finishing its answer.',
    )
  })
})

describe.each(BOTH)('connections, by %s', (http) => {
  test('calls one after the other share a connection, streams too', async () => {
    const provider = providerOf({ http, baseUrl: upstream.url })
    for (const manner of ['plain', 'stream', 'plain', 'stream'] as const)
      await call(provider, manner)
    expect(upstream.openConnections).toBe(1)
  })

  test('a second answer that nobody asked for is not given to the next caller', async () => {
    const provider = providerOf({ http, baseUrl: upstream.url })
    upstream.enqueue({
      play: async (wire) => {
        await wire.json(200, plainBody(wire.request, { text: 'mine' }))
        await wire.json(200, plainBody(wire.request, { text: 'stray' }))
      },
    })
    expect((await call(provider, 'plain')).text).toBe('mine')
    await someTurns(50)
    upstream.reply(answer({ text: 'yours' }))
    expect((await call(provider, 'plain')).text).toBe('yours')
  })

  test('a refused connection', async () => {
    upstream.stop()
    const error = await failureOf(call(providerOf({ http, baseUrl: upstream.url }), 'plain'))
    expect([error.failure, error.usage]).toEqual(['unreachable', null])
    expect(error.message).toBe('The provider groq could not be reached.')
  })

  test('a name that does not exist', async () => {
    const error = await failureOf(
      call(
        providerOf({ http, baseUrl: 'http://no-such-host.invalid/v1', firstByteTimeoutMs: 3000 }),
        'plain',
      ),
    )
    expect(error.message).not.toContain('no-such-host')
    expect(error.failure).toBe('unreachable')
  })

  test.skipIf(process.platform !== 'linux')(
    'an address that swallows connections fails by the connect deadline',
    async () => {
      const hole = await openBlackhole()
      const provider = providerOf({
        http,
        baseUrl: hole.url,
        connectTimeoutMs: 400,
        maxRetries: 2,
      })
      const errors = await Promise.all([1, 2, 3].map(() => failureOf(call(provider, 'plain'))))
      for (const error of errors) {
        expect([error.failure, error.usage]).toEqual(['timeout', null])
        expect(error.message).toBe('The provider groq timed out after 0.4 s without a connection.')
      }
      hole.close()
    },
  )

  test('a provider that thinks for longer than the connect deadline is left to think', async () => {
    upstream.reply(answer({ text: 'Done.', firstDelayMs: 500 }))
    const provider = providerOf({
      http,
      baseUrl: upstream.url,
      connectTimeoutMs: 100,
    })
    const calls = await Promise.all([1, 2, 3].map(() => call(provider, 'plain')))
    expect(calls.map(({ text }) => text)).toEqual(['Done.', 'Done.', 'Done.'])
  })

  test('one dead provider slows nobody else', async () => {
    upstream.reply(hangBeforeHeaders())
    const alive = await startScriptedProvider()
    const dead = providerOf({ http, baseUrl: upstream.url })
    const stuck = Array.from({ length: 100 }, () => failureOf(call(dead, 'plain')))
    await upstream.received(100)

    const good = providerOf({ http, baseUrl: alive.url })
    for (let i = 0; i < 20; i++) await call(good, 'plain')
    // All of them were answered while the hundred still wait.
    expect(upstream.openConnections).toBe(100)
    upstream.stop()
    await Promise.all(stuck)
    alive.stop()
  })

  test('a proxy in the environment is not used', async () => {
    const script = new URL('call-once.ts', import.meta.url).pathname
    const proxy = 'http://127.0.0.1:9'
    const env = {
      ...process.env,
      HTTP_PROXY: proxy,
      http_proxy: proxy,
      ALL_PROXY: proxy,
      NO_PROXY: '',
      no_proxy: '',
    }
    const child = Bun.spawn([process.execPath, script, upstream.url], { env, stdout: 'pipe' })
    expect(await child.stdout.text()).toBe('Hello from the scripted provider.\n')
  })

  test('an aborted or oversized answer leaves neither socket nor memory behind', async () => {
    upstream.reply(endlessStream())
    const provider = providerOf({ http, baseUrl: upstream.url })
    for (let i = 0; i < 50; i++) {
      const controller = new AbortController()
      const stream = await provider.stream(HELLO, controller.signal)
      await stream.read()
      if (i % 2 === 0) controller.abort()
      else stream.cancel()
    }
    await until(() => upstream.openConnections === 0)
  })

  test('nothing is read from the network while nobody reads the stream', async () => {
    const endless = countedEndlessStream()
    upstream.reply(endless.reply)
    const stream = await providerOf({
      http,
      baseUrl: upstream.url,
      maxResponseBytes: 200_000_000,
    }).stream(HELLO, never())
    // The kernel's buffers fill; the rest stays where it is.
    await untilItStands(endless.accepted)
    expect(endless.accepted()).toBeLessThan(30_000_000)
    stream.cancel()
  })
})

describe('error messages', () => {
  test('say what the provider said, without keys and addresses', async () => {
    const message = `Bad key ${KEY}, also gsk_abcdef123; see https://console.example.com/keys?x=1 or 10.0.0.7:8080`
    expect(await messageOf(status(400, { message }))).toBe(
      'The provider groq answered with status 400: Bad key [redacted], also [redacted]; see [address] or [address]',
    )
  })

  test('say nothing of credentials', async () => {
    expect(await messageOf(status(401, { message: 'organization acme is banned' }))).toBe(
      'The provider groq answered with status 401.',
    )
  })

  test.each([
    ['a page', body('text/html', '<html>nginx</html>', { status: 502 })],
    ['a body of megabytes', body('text/plain', 'x '.repeat(1_000_000), { status: 502 })],
    ['nothing', body('text/plain', '', { status: 502 })],
  ])('leave out %s', async (_, reply) => {
    expect(await messageOf(reply)).toBe('The provider groq answered with status 502.')
  })

  test('are short', async () => {
    expect(
      (await messageOf(status(400, { message: 'word '.repeat(500) }))).length,
    ).toBeLessThanOrEqual(300)
  })

  test('an error body that never ends does not hold the retry', async () => {
    upstream.enqueue({
      play: async (wire) => {
        await wire.head(503, { 'content-type': 'text/plain', 'transfer-encoding': 'chunked' })
        await wire.chunk('slow')
        await wire.hang()
      },
    })
    const provider = providerOf({ baseUrl: upstream.url, maxRetries: 1 })
    expect((await call(provider, 'plain')).text).toBe('Hello from the scripted provider.')
    await until(() => upstream.openConnections === 1)
  })
})

test('without its key a provider is unavailable and calls fail before they begin', async () => {
  const provider = providerOf({ baseUrl: upstream.url, apiKey: null, keyMissing: true })
  expect(provider.available).toBe(false)
  for (const manner of ['plain', 'stream'] as const) {
    const error = await failureOf(call(provider, manner))
    expect([error.failure, error.usage]).toEqual(['not_configured', null])
  }
  expect(upstream.requests.length).toBe(0)
})

test('where a kept connection had been closed there is nothing to wait for', () => {
  expect(unreachable('groq', null, true).retryAfter).toBe('0')
  expect(unreachable('groq', null).retryAfter).toBeNull()
})
