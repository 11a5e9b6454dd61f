import { afterAll, expect, test } from 'bun:test'
import { startScriptedProvider } from '../scripted-provider.ts'
import { answer } from '../scripted-replies.ts'
import { cleanUp, configFor, eventually, SLOW_MS, startAres } from './ares.ts'
import { operator, provision } from './callers.ts'
import { openStream } from './open-stream.ts'

afterAll(cleanUp)

const provider = await startScriptedProvider()
afterAll(() => provider.stop())

/** What one tenant may have under way by default, and more than Bun lets fetches be (256). */
const MANY_STREAMS = 1000
const STREAMS = 400

test.each([
  ['http1', MANY_STREAMS],
  ['fetch', STREAMS],
])(
  'by %s: %d slow streams run at the same time',
  async (http, count) => {
    const release = Promise.withResolvers<void>()
    const held: string[] = []
    provider.reply(async (request) => {
      held.push(request.path)
      // Nobody is answered before everybody is there.
      await release.promise
      return answer({ deltas: ['first ', 'second'], usage: { input: 1, output: 1 } })
    })
    const config = configFor(provider.url, { provider: `http = "${http}"` })
    const ares = await startAres({ config })
    const tenant = await provision(ares)
    const body = { messages: [{ role: 'user', content: 'Tell me' }], model: 'm' }
    const streams = await Promise.all(
      Array.from({ length: count }, () =>
        openStream(ares.url, { path: '/v1/chat/stream', secret: tenant.secret, body }),
      ),
    )
    await eventually(
      'every stream reaches the provider',
      () => (held.length === count ? true : undefined),
      30_000,
    )
    const health = await fetch(`${ares.url}/health`)
    expect(health.status).toBe(200)
    release.resolve()

    const texts = await Promise.all(streams.map(({ closed }) => closed))
    const complete = texts.filter((text) =>
      text.includes('data: {"delta":"","finish_reason":"stop","tokens_used":2}'),
    )
    expect(complete.length).toBe(count)
    const { body: totals } = await operator(ares).get(`/api/admin/tenants/${tenant.id}`)
    expect(totals).toMatchObject({ total_runs: count, total_tokens: 2 * count })
    expect(await ares.stop()).toBe(0)
  },
  SLOW_MS,
)

test(
  `${STREAMS} slow streams of one tenant, its limit, keep nobody else waiting`,
  async () => {
    const release = Promise.withResolvers<void>()
    let held = 0
    provider.reply(async (request) => {
      if (request.text.includes('Tell me')) {
        held++
        await release.promise
      }
      return answer({ deltas: ['done'] })
    })
    const server = `max_in_flight_per_tenant = ${STREAMS}`
    const ares = await startAres({ config: configFor(provider.url, { server }) })
    const slow = await provision(ares)
    const other = await provision(ares, { name: 'globex' })
    const body = { messages: [{ role: 'user', content: 'Tell me' }], model: 'm' }
    const streams = await Promise.all(
      Array.from({ length: STREAMS }, () =>
        openStream(ares.url, { path: '/v1/chat/stream', secret: slow.secret, body }),
      ),
    )
    await eventually(
      'every stream reaches the provider',
      () => (held === STREAMS ? true : undefined),
      30_000,
    )

    const refused = await slow.run()
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await other.run()).toMatchObject({ status: 200, body: { status: 'completed' } })

    release.resolve()
    const texts = await Promise.all(streams.map(({ closed }) => closed))
    expect(texts.filter((text) => text.includes('"finish_reason":"stop"')).length).toBe(STREAMS)
    expect((await slow.run()).status).toBe(200)
    expect(await ares.stop()).toBe(0)
  },
  SLOW_MS,
)
