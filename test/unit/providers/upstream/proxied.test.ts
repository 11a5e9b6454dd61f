import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { systemClock } from '../../../../src/clock.ts'
import { FetchClient } from '../../../../src/providers/fetch-client.ts'
import { ProxyFault } from '../../../../src/providers/upstream.ts'
import { type ScriptedProxy, startScriptedProxy } from '../../../scripted-proxy.ts'
import { openBlackhole } from '../blackhole.ts'
import { said } from './cases.ts'
import { type RawServer, startRawServer } from './raw-server.ts'
import { ask, bodyOf, endOf, TestCall } from './test-call.ts'

/* Requests through a forward proxy, byte for byte. */

let proxy: ScriptedProxy
let server: RawServer

beforeEach(async () => {
  proxy = await startScriptedProxy()
  server = startRawServer(async (connection) => {
    await connection.request()
    await connection.write(said(['HTTP/1.1 200 OK', 'Content-Length: 5'], 'hello'))
  })
})
afterEach(() => {
  proxy.stop()
  server.stop()
})

/** A client behind the proxy, whose password has a sign that URLs escape. */
function client(): FetchClient {
  return new FetchClient(systemClock, proxy.url.replace('//', '//user:p%40ss@'))
}

const CREDENTIALS = `Basic ${btoa('user:p@ss')}`

/** How a request failed, of which the proxy is to blame. */
async function faultOf(work: Promise<unknown>): Promise<Pick<ProxyFault, 'how' | 'status'>> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ProxyFault)) throw error
  const { how, status } = error
  return { how, status }
}

const https = () => server.url.replace('http:', 'https:')

test('an http address is handed to the proxy whole, with user and password', async () => {
  const answer = await ask(client(), server.url)
  expect([answer.status, await bodyOf(answer)]).toEqual([200, 'hello'])
  const [head = ''] = proxy.asked
  expect(head).toStartWith(`POST ${server.url} HTTP/1.1\r\n`)
  expect(head).toContain(`\r\nProxy-Authorization: ${CREDENTIALS}`)
})

test('for an https address the proxy is asked for a tunnel, and learns no header of the request', async () => {
  // What stands behind the tunnel here speaks no TLS, and hangs up once something has come that far.
  server.play(async (connection) => {
    await connection.until((received) => received.length > 0)
    connection.end()
  })
  expect(await faultOf(ask(client(), https()))).toEqual({ how: 'broken', status: null })
  const [head = ''] = proxy.asked
  expect(head.split('\r\n')).toEqual([
    `CONNECT 127.0.0.1:${server.port} HTTP/1.1`,
    `Host: 127.0.0.1:${server.port}`,
    'Proxy-Connection: Keep-Alive',
    `Proxy-Authorization: ${CREDENTIALS}`,
  ])
})

test('without one, none is asked, whatever the environment has', async () => {
  const answer = await ask(new FetchClient(systemClock), server.url)
  expect(await bodyOf(answer)).toBe('hello')
  expect(proxy.asked).toEqual([])
})

const status = (line: string) => ({
  says: `HTTP/1.1 ${line}\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnope`,
})

describe('what a proxy does instead of passing on', () => {
  test('it is down', async () => {
    proxy.stop()
    expect(await faultOf(ask(client(), server.url))).toEqual({ how: 'down', status: null })
    expect(await faultOf(ask(client(), https()))).toEqual({ how: 'down', status: null })
  })

  test('it wants other credentials', async () => {
    proxy.play(status('407 Proxy Authentication Required'))
    expect(await faultOf(ask(client(), server.url))).toEqual({ how: 'refused', status: 407 })
    expect(await faultOf(ask(client(), https()))).toEqual({ how: 'refused', status: 407 })
  })

  test.each([403, 502, 503])('it refuses the tunnel with status %d', async (code) => {
    proxy.play(status(`${code} No`))
    expect(await faultOf(ask(client(), https()))).toEqual({ how: 'refused', status: code })
  })

  test('it hangs up', async () => {
    proxy.play('close')
    expect(await faultOf(ask(client(), server.url))).toEqual({ how: 'broken', status: null })
    expect(await faultOf(ask(client(), https()))).toEqual({ how: 'broken', status: null })
  })

  test('it takes the request for a tunnel and says nothing: the connect deadline', async () => {
    proxy.play('hang')
    const call = new TestCall(200)
    expect(await endOf(ask(client(), https(), { call }))).toBe('connect')
    // The request and the look whether anybody is there, which says the same but what Bun adds.
    const [first = '', second = ''] = proxy.asked
    expect(second).toBe(first.replace('Proxy-Connection: Keep-Alive\r\n', ''))
  })

  test.skipIf(process.platform !== 'linux')('it swallows connections: the same', async () => {
    const hole = await openBlackhole()
    const behind = new FetchClient(systemClock, new URL(hole.url).origin)
    expect(await endOf(ask(behind, server.url, { call: new TestCall(200) }))).toBe('connect')
    hole.close()
  })

  test('a provider that thinks for longer than the connect deadline is left to think', async () => {
    server.play(async (connection) => {
      await connection.request()
      await Bun.sleep(200)
      await connection.write(said(['HTTP/1.1 200 OK', 'Content-Length: 5'], 'hello'))
    })
    const answer = await ask(client(), server.url, { call: new TestCall(50) })
    expect(await bodyOf(answer)).toBe('hello')
  })
})
