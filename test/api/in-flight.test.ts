import { describe, expect, test } from 'bun:test'
import { startApp, type TestTenant } from '../harness.ts'
import { hangBeforeHeaders, hangMidBody, resetMidBody, status } from '../scripted-faults.ts'
import { answer } from '../scripted-replies.ts'
import type { Reply } from '../scripted-wire.ts'
import { until } from '../waiting.ts'
import { newAgent } from './v1/common.ts'
import { listen, RawClient, rawReply, type RawReply } from './real-socket.ts'
import { allRuns, expectTotalsMatch, settledRuns } from './totals.ts'

/* How many runs may be under way at once: for one tenant, on one provider, in all. */

interface Call {
  path: string
  body: unknown
}

const MESSAGES = [{ role: 'user', content: 'Hello' }]

function chat(model: string): Call {
  return { path: '/v1/chat', body: { model, messages: MESSAGES } }
}

const STREAM: Call = { ...chat('m-claude'), path: '/v1/chat/stream' }

/** The three ways to spend, all on `scripted-claude`, whose deadlines are long enough for a test to hold a call. */
const CALLS: Call[] = [
  { path: '/v1/agents/risk/run', body: { input: { message: 'Hello' } } },
  chat('m-claude'),
  STREAM,
]

async function start(limits: string, tiers = '') {
  const app = await startApp({ server: `[server]\n${limits}`, config: tiers })
  const { port } = listen(app)
  const tenant = async (name: string) => {
    const made = await app.tenant(name, { tier: 'free' })
    await newAgent(app, made, { name: 'risk', config: { model: 'm-claude' } })
    return made
  }
  /** Sends a call and waits for its answer. */
  const ask = (caller: TestTenant, call: Call) => rawReply(port, bytesOf(caller, call))
  return {
    app,
    tenant,
    ask,
    /** Sends a call until it is let in: a place is free a moment after its run is recorded. */
    askUntilFree: async (caller: TestTenant, call: Call) => {
      let reply = await ask(caller, call)
      await until(async () => {
        if (!reply!.body.includes('"rate_limited"')) return true
        reply = await ask(caller, call)
        return false
      })
      return reply
    },
    /** Sends a call that the provider does not answer to the end, and waits until it has it. */
    hold: async (caller: TestTenant, call: Call, reply = hangBeforeHeaders()) => {
      const before = app.provider.requests.length
      app.provider.enqueue(reply)
      const client = await RawClient.send(port, bytesOf(caller, call))
      await app.provider.received(before + 1)
      return client
    },
  }
}

function bytesOf({ secret }: TestTenant, { path, body }: Call): string {
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

function expectRefusal(reply: RawReply | null, code: 'rate_limited' | 'overloaded') {
  expect(reply!.status).toBe(code === 'overloaded' ? 503 : 429)
  expect(reply!.headers.get('retry-after')).toBe('1')
  expect(JSON.parse(reply!.body)).toEqual({
    error: expect.stringContaining('under way'),
    code,
    request_id: reply!.headers.get('x-request-id'),
  })
}

describe.each(CALLS)('$path', (call) => {
  test('beyond the tenant’s limit is 429, takes nothing of the quota and is no run', async () => {
    const { app, tenant, ask, askUntilFree, hold } = await start(
      'max_in_flight_per_tenant = 1',
      '[tiers.free]\nruns_per_month = 2',
    )
    const acme = await tenant('acme')
    const held = await hold(acme, call)
    for (const other of CALLS) {
      const reply = await ask(acme, other)
      expectRefusal(reply, 'rate_limited')
      expect(reply!.headers.get('x-quota-runs-remaining')).toBe('1')
    }
    expect(await allRuns(app)).toHaveLength(1)
    expect(app.provider.requests).toHaveLength(1)

    held.leave()
    expect((await askUntilFree(acme, call))!.status).toBe(200)
    expect(JSON.parse((await ask(acme, call))!.body).code).toBe('quota_runs_exceeded')
    expect(await expectTotalsMatch(app)).toBe(2)
  })

  test('of another tenant passes all the same', async () => {
    const { tenant, ask, hold } = await start('max_in_flight_per_tenant = 1')
    const acme = await tenant('acme')
    const globex = await tenant('globex')
    const held = await hold(acme, call)
    expectRefusal(await ask(acme, call), 'rate_limited')
    expect((await ask(globex, call))!.status).toBe(200)
    held.leave()
  })

  test('beyond the provider’s limit is 503, whoever asks, and other providers go on', async () => {
    const { app, tenant, ask, hold } = await start(
      'max_in_flight = 4\nmax_in_flight_per_tenant = 4',
    )
    const [acme, globex] = [await tenant('acme'), await tenant('globex')]
    const held = [await hold(acme, call), await hold(acme, call)]
    for (const caller of [acme, globex]) {
      expectRefusal(await ask(caller, call), 'overloaded')
      expect((await ask(caller, chat('m-tools')))!.status).toBe(200)
      expect((await ask(caller, chat('m-demo')))!.status).toBe(200)
    }
    expect(await allRuns(app)).toHaveLength(2 + 4)
    for (const client of held) client.leave()
  })

  test('beyond the limit of the whole server is 503, and what needs no model goes on', async () => {
    const { app, tenant, ask, hold } = await start('max_in_flight = 1')
    const [acme, globex] = [await tenant('acme'), await tenant('globex')]
    const held = await hold(acme, call)
    expectRefusal(await ask(globex, chat('m-demo')), 'overloaded')
    expect((await globex.get('/v1/usage')).status).toBe(200)
    expect((await app.fetch('/ready')).status).toBe(200)
    expect(await allRuns(app)).toHaveLength(1)
    held.leave()
  })

  const ends: [string, Reply][] = [
    ['an answer', answer()],
    ['a refusal of the provider', status(500)],
    ['a broken connection', resetMidBody()],
  ]
  test.each(ends)('its place is free again after %s', async (_, reply) => {
    const { app, tenant, ask } = await start('max_in_flight_per_tenant = 1')
    const acme = await tenant('acme')
    app.provider.enqueue(reply)
    expect((await ask(acme, call))!.status).not.toBe(429)
    expect((await ask(acme, call))!.status).toBe(200)
  })

  test('its place is free again after the client has gone', async () => {
    const { app, tenant, askUntilFree, hold } = await start('max_in_flight_per_tenant = 1')
    const acme = await tenant('acme')
    const held = await hold(acme, call)
    held.leave()
    expect((await askUntilFree(acme, call))!.status).toBe(200)
    expect((await settledRuns(app, 2)).map((run) => run.status)).toEqual(['failed', 'completed'])
  })

  test('its place is free again after a quota has refused it', async () => {
    const { tenant, ask } = await start(
      'max_in_flight_per_tenant = 1',
      '[tiers.free]\nruns_per_month = 0',
    )
    const acme = await tenant('acme')
    for (let i = 0; i < 3; i++) {
      const { code } = JSON.parse((await ask(acme, call))!.body)
      expect(code).toBe('quota_runs_exceeded')
    }
  })
})

test('a stream’s place is free again after the client has gone in the middle', async () => {
  const { app, tenant, ask, askUntilFree, hold } = await start('max_in_flight_per_tenant = 1')
  const acme = await tenant('acme')
  const held = await hold(acme, STREAM, hangMidBody({ deltas: ['Hello'] }))
  await held.until((text) => text.includes('Hello'))
  expectRefusal(await ask(acme, STREAM), 'rate_limited')
  held.leave()
  expect((await askUntilFree(acme, STREAM))!.status).toBe(200)
  expect((await settledRuns(app, 2)).map((run) => run.status)).toEqual(['failed', 'completed'])
})
