import { describe, expect, test } from 'bun:test'
import { readdirSync, readlinkSync } from 'node:fs'
import { someTurns, until } from '../../../waiting.ts'
import { openBlackhole } from '../blackhole.ts'
import { said } from './cases.ts'
import { startRawServer } from './raw-server.ts'
import { ask, type ClientName, CLIENTS, endOf, outcomeOf, TestCall } from './test-call.ts'

/* Addresses that swallow connections: the deadline for connecting is an error of its own. */

const linux = test.skipIf(process.platform !== 'linux')

function openSockets(): number {
  return readdirSync('/proc/self/fd').filter(isSocket).length
}

function isSocket(descriptor: string): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`).startsWith('socket:')
  } catch {
    return false
  }
}

describe.each(Object.keys(CLIENTS) as ClientName[])('%s', (name) => {
  linux('an address that swallows connections fails by the connect deadline', async () => {
    const hole = await openBlackhole()
    const client = CLIENTS[name]()
    const calls = [1, 2, 3].map(() => new TestCall(300))
    const ended = await Promise.allSettled(calls.map((call) => ask(client, hole.url, { call })))
    expect(ended.map((each) => String(each.status === 'rejected' && each.reason))).toEqual(
      Array<string>(3).fill('Error: connect'),
    )
    expect(calls.map(({ reached }) => reached)).toEqual([false, false, false])
    hole.close()
  })

  test('a server that thinks for longer than the connect deadline is left to think', async () => {
    const call = new TestCall(50)
    const server = startRawServer(async (connection) => {
      await connection.request()
      await Bun.sleep(200)
      await connection.write(said(['HTTP/1.1 200 OK', 'Content-Length: 5'], 'hello'))
    })
    expect(await outcomeOf(ask(CLIENTS[name](), server.url, { call }))).toEqual({
      status: 200,
      body: 'hello',
    })
    server.stop()
  })
})

describe('http1', () => {
  linux(
    'callers that give up leave no more descriptors behind than were under way at once',
    async () => {
      const hole = await openBlackhole()
      const client = CLIENTS.http1()
      const before = openSockets()
      const giveUp = async () => {
        const call = new TestCall()
        const work = ask(client, hole.url, { call })
        await someTurns(2)
        call.stop(new Error('enough'))
        expect(await endOf(work)).toBe('enough')
      }
      for (let i = 0; i < 20; i++) await giveUp()
      // The runtime cannot call its attempt off; all further ones were asked for by a scout, which can be.
      expect(openSockets()).toBeLessThanOrEqual(before + 1)
      hole.close()
    },
  )

  linux('an address that takes connections again is asked at once', async () => {
    const hole = await openBlackhole()
    const client = CLIENTS.http1()
    expect(await endOf(ask(client, hole.url, { call: new TestCall(100) }))).toBe('connect')
    const { port } = new URL(hole.url)
    const call = new TestCall()
    const waiting = outcomeOf(ask(client, hole.url, { call }))
    await someTurns(2)
    hole.close()
    // Nobody listens there any more, which is an answer too.
    expect(await waiting).toEqual({ fault: 'unreachable' })
    const server = startRawServer(
      async (connection) => {
        await connection.request()
        await connection.write(said(['HTTP/1.1 200 OK', 'Content-Length: 5'], 'hello'))
      },
      { port: Number(port) },
    )
    expect(await outcomeOf(ask(client, hole.url))).toEqual({ status: 200, body: 'hello' })
    server.stop()
  })

  test('a TLS server that never shakes hands fails by the connect deadline, and is left', async () => {
    const server = startRawServer(() => undefined)
    const url = server.url.replace('http:', 'https:')
    expect(await endOf(ask(CLIENTS.http1(), url, { call: new TestCall(100) }))).toBe('connect')
    await until(() => server.open === 0)
    server.stop()
  })
})
