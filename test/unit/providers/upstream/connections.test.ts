import { afterEach, describe, expect, test } from 'bun:test'
import { Http1Client } from '../../../../src/providers/http1/client.ts'
import { UpstreamFault } from '../../../../src/providers/upstream.ts'
import { TestClock } from '../../../harness.ts'
import { someTurns, until, untilItStands } from '../../../waiting.ts'
import { chunk, said } from './cases.ts'
import { type RawConnection, type RawServer, startRawServer } from './raw-server.ts'
import { ask, bodyOf, type ClientName, CLIENTS, endOf, outcomeOf, TestCall } from './test-call.ts'

/* What becomes of connections: kept, found dead, too slow, left. */

const HELLO = said(['HTTP/1.1 200 OK', 'Content-Length: 5'], 'hello')
const ANSWER = { status: 200, body: 'hello' }

let servers: RawServer[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.stop()
})

function start(script: (connection: RawConnection) => void | Promise<void>): RawServer {
  const server = startRawServer(script)
  servers.push(server)
  return server
}

/** Answers each request of a connection the same. */
async function serveAll(connection: RawConnection, says = HELLO): Promise<void> {
  for (;;) {
    await connection.request()
    await connection.write(says)
  }
}

/** Answers one request, then does that. */
function once(then: (connection: RawConnection) => void | Promise<void>, says = HELLO) {
  return async (connection: RawConnection): Promise<void> => {
    await connection.request()
    await connection.write(says)
    await then(connection)
  }
}

function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value)
}

async function faultOf(work: Promise<unknown>): Promise<UpstreamFault> {
  const error = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (error instanceof UpstreamFault) return error
  throw error ?? new Error('It was answered.')
}

describe.each(Object.keys(CLIENTS) as ClientName[])('%s', (name) => {
  test('says what is asked, and how long it is', async () => {
    const asked = Promise.withResolvers<string>()
    const server = start(async (connection) => {
      asked.resolve(await connection.request())
      await connection.write(HELLO)
    })
    await outcomeOf(ask(CLIENTS[name](), `${server.url}?a=b%20c`, { body: '{"q":"Grüß 世界 👋"}' }))
    const [head = '', body = ''] = (await asked.promise).split('\r\n\r\n')
    const [line, ...fields] = head.split('\r\n')
    expect(line).toBe('POST /v1/test?a=b%20c HTTP/1.1')
    expect(fields.map((field) => field.toLowerCase()).toSorted()).toEqual([
      'accept-encoding: identity',
      'accept: */*',
      'connection: keep-alive',
      `content-length: ${Buffer.byteLength('{"q":"Grüß 世界 👋"}')}`,
      'content-type: application/json',
      `host: 127.0.0.1:${server.port}`,
      'user-agent: ares',
    ])
    expect(Buffer.from(body, 'latin1').toString()).toBe('{"q":"Grüß 世界 👋"}')
  })

  test('one request after the other shares a connection', async () => {
    const server = start(serveAll)
    const client = CLIENTS[name]()
    for (let i = 0; i < 5; i++) expect(await outcomeOf(ask(client, server.url))).toEqual(ANSWER)
    expect(server.connections.length).toBe(1)
  })

  test('requests at the same time have one each, which are kept', async () => {
    let asked = 0
    const server = start(async (connection) => {
      await connection.request()
      asked++
      await until(() => asked === 20)
      await connection.write(HELLO)
      await serveAll(connection)
    })
    const client = CLIENTS[name]()
    const round = () =>
      Promise.all(Array.from({ length: 20 }, () => outcomeOf(ask(client, server.url))))
    expect(await round()).toEqual(times(20, ANSWER))
    await round()
    expect(server.connections.length).toBe(20)
  })

  test.each([
    [
      'Connection: close',
      said(['HTTP/1.1 200 OK', 'Connection: close', 'Content-Length: 5'], 'hello'),
    ],
    [
      'Connection: x, Close',
      said(['HTTP/1.1 200 OK', 'Connection: x, Close', 'Content-Length: 5'], 'hello'),
    ],
    ['HTTP/1.0', said(['HTTP/1.0 200 OK', 'Content-Length: 5'], 'hello')],
    ['bytes behind the end', `${HELLO}stray`],
    ['an answer too many', HELLO + HELLO],
  ])('%s: the connection is not used again', async (_, says) => {
    const server = start(once(() => undefined, says))
    const client = CLIENTS[name]()
    expect(await outcomeOf(ask(client, server.url))).toEqual(ANSWER)
    await until(() => server.open === 0)
    server.play(serveAll)
    expect(await outcomeOf(ask(client, server.url))).toEqual(ANSWER)
    expect(server.connections.length).toBe(2)
  })

  test('a kept connection that the server has closed is noticed', async () => {
    const server = start(once((connection) => connection.end()))
    const client = CLIENTS[name]()
    await outcomeOf(ask(client, server.url))
    await until(() => server.open === 0)
    await someTurns(20)
    expect(await outcomeOf(ask(client, server.url))).toEqual(ANSWER)
  })

  test('what comes on a kept connection that nobody asked is nobody’s answer', async () => {
    const stray = said(['HTTP/1.1 200 OK', 'Content-Length: 5'], 'stray')
    const server = start(
      once(async (connection) => {
        await someTurns(20)
        await connection.write(stray)
      }),
    )
    const client = CLIENTS[name]()
    expect(await outcomeOf(ask(client, server.url))).toEqual(ANSWER)
    await until(() => server.open === 0)
    expect(await outcomeOf(ask(client, server.url))).toEqual(ANSWER)
  })

  test('a request that the server takes slowly arrives whole', async () => {
    const body = JSON.stringify({ text: 'Grüß '.repeat(2_000_000) })
    const asked = Promise.withResolvers<string>()
    const server = start(async (connection) => {
      connection.stopReading()
      await someTurns(50)
      connection.startReading()
      asked.resolve(await connection.request())
      await connection.write(HELLO)
    })
    expect(await outcomeOf(ask(CLIENTS[name](), server.url, { body }))).toEqual(ANSWER)
    const request = Buffer.from(await asked.promise, 'latin1').toString()
    expect(request.slice(request.indexOf('\r\n\r\n') + 4) === body).toBe(true)
  })

  test('an answer before the request was taken counts, and the connection does not', async () => {
    const early = said(['HTTP/1.1 413 Too Large', 'Content-Length: 5'], 'large')
    const server = start(async (connection) => {
      await connection.until((received) => received.length > 0)
      connection.stopReading()
      await connection.write(early)
    })
    const client = CLIENTS[name]()
    const body = 'x'.repeat(20_000_000)
    expect(await outcomeOf(ask(client, server.url, { body }))).toEqual({
      status: 413,
      body: 'large',
    })
    server.play(serveAll)
    expect(await outcomeOf(ask(client, server.url))).toEqual(ANSWER)
    expect(server.connections.length).toBe(2)
  })

  test('nothing is read from the network while nobody reads the answer', async () => {
    let taken = 0
    const server = start(async (connection) => {
      await connection.request()
      await connection.write(said(['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked']))
      const block = chunk('x'.repeat(64 * 1024))
      while (!connection.isClosed) {
        await connection.write(block)
        taken += block.length
      }
    })
    const call = new TestCall()
    const answer = await ask(CLIENTS[name](), server.url, { call })
    await answer.read()
    // The kernel's buffers fill; the rest stays where it is.
    await untilItStands(() => taken)
    expect(taken).toBeLessThan(30_000_000)
    const goesOn = taken + 1_000_000
    await until(async () => {
      await answer.read()
      return taken > goesOn
    })
    answer.cancel()
    await until(() => server.open === 0)
  })

  test('an answer that is read late leaves its connection as good as before', async () => {
    const large = 'x'.repeat(400_000)
    const server = start((connection) =>
      serveAll(connection, said(['HTTP/1.1 200 OK', `Content-Length: ${large.length}`], large)),
    )
    const client = CLIENTS[name]()
    for (let i = 0; i < 10; i++) {
      const answer = await ask(client, server.url)
      await someTurns(20)
      expect((await bodyOf(answer)).length).toBe(large.length)
    }
    expect(server.connections.length).toBe(1)
  })

  describe('a call that is stopped closes its connection', () => {
    const begin: Record<string, string> = {
      'before a byte of the answer': '',
      'in its head': 'HTTP/1.1 200 OK\r\nContent-',
      'in its body': said(['HTTP/1.1 200 OK', 'Content-Length: 5'], 'he'),
      'in a chunk': said(['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked'], '5\r\nhe'),
    }

    test.each(Object.entries(begin))('%s', async (_, says) => {
      const written = Promise.withResolvers<void>()
      const server = start(async (connection) => {
        await connection.request()
        if (says !== '') await connection.write(says)
        written.resolve()
      })
      const call = new TestCall()
      const work = outcomeOf(ask(CLIENTS[name](), server.url, { call }))
      await written.promise
      await someTurns(20)
      call.stop(new Error('enough'))
      expect(await endOf(work)).toBe('enough')
      await until(() => server.open === 0)
    })

    test('before it was sent: nothing is', async () => {
      const server = start(serveAll)
      const call = new TestCall()
      call.stop(new Error('enough'))
      expect(await endOf(ask(CLIENTS[name](), server.url, { call }))).toBe('enough')
      await someTurns(20)
      expect(server.connections.length).toBe(0)
    })

    test('while the request is still being sent', async () => {
      const server = start(async (connection) => {
        await connection.until((received) => received.length > 0)
        connection.stopReading()
      })
      const call = new TestCall()
      const work = ask(CLIENTS[name](), server.url, { call, body: 'x'.repeat(20_000_000) })
      await until(() => server.connections.some(({ received }) => received.length > 0))
      call.stop(new Error('enough'))
      expect(await endOf(work)).toBe('enough')
      server.connections[0]!.startReading()
      await until(() => server.open === 0)
    })

    test('cancelling an answer does too, and harms none that has ended', async () => {
      const server = start(once(() => undefined, said(['HTTP/1.1 200 OK'], 'hello')))
      const client = CLIENTS[name]()
      const answer = await ask(client, server.url)
      answer.cancel()
      await until(() => server.open === 0)
      server.play(serveAll)
      const whole = await ask(client, server.url)
      expect(await bodyOf(whole)).toBe('hello')
      whole.cancel()
      expect(await outcomeOf(ask(client, server.url))).toEqual(ANSWER)
      expect(server.connections.length).toBe(2)
    })
  })

  test('a refused connection', async () => {
    const server = start(() => undefined)
    server.stop()
    const call = new TestCall()
    const fault = await faultOf(ask(CLIENTS[name](), server.url, { call }))
    expect([fault.kind, fault.message.includes('127.0.0.1')]).toEqual(['unreachable', false])
  })

  test('a name that does not exist', async () => {
    const fault = await faultOf(ask(CLIENTS[name](), 'http://no-such-host.invalid/v1'))
    expect([fault.kind, fault.message.includes('no-such-host')]).toEqual(['unreachable', false])
  })

  test('an IPv6 literal, and a name with addresses of both kinds of which one answers', async () => {
    const six = startRawServer(serveAll, { hostname: '::1' })
    expect(await outcomeOf(ask(CLIENTS[name](), six.url))).toEqual(ANSWER)
    six.stop()
    const four = start(serveAll)
    const named = four.url.replace('127.0.0.1', 'localhost')
    expect(await outcomeOf(ask(CLIENTS[name](), named))).toEqual(ANSWER)
  })

  test('a thousand at once', async () => {
    const release = Promise.withResolvers<void>()
    let asked = 0
    const server = start(async (connection) => {
      await connection.request()
      asked++
      await connection.write(said(['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked'], chunk('he')))
      await release.promise
      await connection.write(`${chunk('llo')}0\r\n\r\n`)
    })
    // `fetch` lets 256 be under way, unless the process was begun with another limit.
    const count = name === 'fetch' ? 200 : 1000
    const client = CLIENTS[name]()
    const work = Array.from({ length: count }, () => outcomeOf(ask(client, server.url)))
    await until(() => asked === count)
    release.resolve()
    expect(await Promise.all(work)).toEqual(times(count, ANSWER))
  })
})

describe('http1', () => {
  test('a kept connection that is reset under a request says that there is no reason to wait', async () => {
    const server = start(
      once(async (connection) => {
        await connection.request()
        connection.reset()
      }),
    )
    const client = CLIENTS.http1()
    await Promise.all([ask(client, server.url), ask(client, server.url)].map(outcomeOf))
    const fault = await faultOf(ask(client, server.url))
    expect([fault.kind, fault.stale]).toEqual(['unreachable', true])
    // The other one is as old: it is not tried.
    server.play(serveAll)
    expect(await outcomeOf(ask(client, server.url))).toEqual(ANSWER)
    expect(server.connections.length).toBe(3)
  })

  test('a new connection that is reset under a request is like any other fault', async () => {
    const server = start(async (connection) => {
      await connection.request()
      connection.reset()
    })
    expect((await faultOf(ask(CLIENTS.http1(), server.url))).stale).toBe(false)
  })

  test('chunks beside a length: the connection is not used again', async () => {
    const says = said(
      ['HTTP/1.1 200 OK', 'Content-Length: 3', 'Transfer-Encoding: chunked'],
      `${chunk('hello')}0\r\n\r\n`,
    )
    const server = start(once(() => undefined, says))
    expect(await outcomeOf(ask(CLIENTS.http1(), server.url))).toEqual(ANSWER)
    await until(() => server.open === 0)
  })

  test('connections wait for work as long as servers commonly let them, and as this one says', async () => {
    const clock = new TestClock('2026-03-13T14:22:00Z')
    const client = new Http1Client(clock)
    const kept = start(serveAll)
    const briefly = start((connection) =>
      serveAll(
        connection,
        said(['HTTP/1.1 200 OK', 'Keep-Alive: timeout=5, max=100', 'Content-Length: 5'], 'hello'),
      ),
    )
    const askBoth = async () => {
      for (const { url } of [kept, briefly]) await outcomeOf(ask(client, url))
      return [kept.connections.length, briefly.connections.length]
    }
    expect(await askBoth()).toEqual([1, 1])
    clock.advance(3900)
    expect(await askBoth()).toEqual([1, 1])
    clock.advance(4100)
    expect(await askBoth()).toEqual([1, 2])
    clock.advance(55_000)
    expect(await askBoth()).toEqual([2, 3])
  })

  test('whether the provider may be at work is known: not before the request is sent', async () => {
    const server = start(() => undefined)
    const call = new TestCall()
    const work = ask(CLIENTS.http1(), server.url, { call })
    expect(call.reached).toBe(false)
    await until(() => call.reached)
    call.stop(new Error('enough'))
    expect(await endOf(work)).toBe('enough')
  })
})
