import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { type ScriptedProvider, startScriptedProvider } from '../../scripted-provider.ts'
import { type ScriptedProxy, startScriptedProxy } from '../../scripted-proxy.ts'
import { call, failureOf, providerOf } from './provider-under-test.ts'

/* What tenants are told when a proxy stands between, and whether it is tried again. */

let upstream: ScriptedProvider
let proxy: ScriptedProxy

beforeEach(async () => {
  upstream = await startScriptedProvider()
  proxy = await startScriptedProxy()
})
afterEach(() => {
  upstream.stop()
  proxy.stop()
})

const PASSWORD = 'secret-word'

function behindProxy(changes: Parameters<typeof providerOf>[0] = {}) {
  const proxyUrl = proxy.url.replace('//', `//user:${PASSWORD}@`)
  return providerOf({ baseUrl: upstream.url, proxyUrl, ...changes })
}

/** How a call fails, on an https address unless it is told otherwise. */
async function failure(changes: Parameters<typeof providerOf>[0] = {}) {
  const baseUrl = upstream.url.replace('http:', 'https:')
  const error = await failureOf(call(behindProxy({ baseUrl, ...changes }), 'plain'))
  expect(`${error.message} ${String(error.cause)} ${error.stack}`).not.toContain(PASSWORD)
  expect(error.message).not.toContain(String(proxy.port))
  return [error.failure, error.message]
}

test.each(['plain', 'stream'] as const)('a %s answer comes through a proxy', async (way) => {
  expect((await call(behindProxy(), way)).text).not.toBe('')
  expect(proxy.asked).toHaveLength(1)
})

const says = (line: string) => ({ says: `HTTP/1.1 ${line}\r\nContent-Length: 0\r\n\r\n` })

describe('a proxy that does not pass a request on is told from the provider', () => {
  test('down', async () => {
    proxy.stop()
    expect(await failure()).toEqual([
      'unreachable',
      'The proxy on the way to the provider groq could not be reached.',
    ])
  })

  const refused = 'The proxy on the way to the provider groq'
  test.each([
    ['407 No', `${refused} wants a user and a password, or others (status 407).`, 1],
    ['401 No', `${refused} wants a user and a password, or others (status 401).`, 1],
    ['403 Forbidden', `${refused} refused to open a connection (status 403).`, 1],
    ['503 Busy', `${refused} refused to open a connection (status 503).`, 2],
  ])('%s', async (line, message, attempts) => {
    proxy.play(says(line))
    expect(await failure({ maxRetries: 1 })).toEqual(['unreachable', message])
    expect(proxy.asked).toHaveLength(attempts)
  })

  test('407 for an http address', async () => {
    proxy.play(says('407 No'))
    const [kind, message] = await failure({ baseUrl: upstream.url, maxRetries: 1 })
    expect([kind, message]).toEqual([
      'unreachable',
      `${refused} wants a user and a password, or others (status 407).`,
    ])
    expect(proxy.asked).toHaveLength(1)
  })

  test('hanging up', async () => {
    proxy.play('close')
    expect(await failure()).toEqual([
      'unreachable',
      'The provider groq could not be reached through its proxy.',
    ])
  })

  test('slow', async () => {
    proxy.play('hang')
    expect(await failure({ connectTimeoutMs: 200 })).toEqual([
      'timeout',
      'The provider groq timed out after 0.2 s without a connection through its proxy.',
    ])
  })
})
