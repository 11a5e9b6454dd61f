import { afterAll, describe, expect, test } from 'bun:test'
import { startScriptedProvider } from '../scripted-provider.ts'
import { answer } from '../scripted-replies.ts'
import { cleanUp, configFor, eventually, runAres, SLOW_MS, startAres, within } from './ares.ts'
import { operator, provision, tenantCaller } from './callers.ts'
import { openStream } from './open-stream.ts'

afterAll(cleanUp)

const provider = await startScriptedProvider()
afterAll(() => provider.stop())

const words = Array.from({ length: 20 }, (_, index) => `word${index} `)
const CHAT = { messages: [{ role: 'user', content: 'Tell me' }], model: 'm' }

/** Answers in about `ms`, as a stream and as a plain reply. */
function slowly(ms: number) {
  provider.reply((request) =>
    answer({
      deltas: words,
      delayMs: ms / words.length,
      firstDelayMs: request.body.stream ? 0 : ms,
    }),
  )
}

/** A server with one stream and one run under way. */
async function busyServer(server = '') {
  provider.requests.length = 0
  const ares = await startAres({ config: configFor(provider.url, { server }) })
  const tenant = await provision(ares)
  const run = tenant.run()
  const stream = await openStream(ares.url, {
    path: '/v1/chat/stream',
    secret: tenant.secret,
    body: CHAT,
  })
  await stream.until(/word0/)
  await eventually('both calls reach the provider', () =>
    provider.requests.length === 2 ? true : undefined,
  )
  return { ares, tenant, run, stream }
}

/** Deltas joined, and the last event. */
function eventsOf(text: string) {
  const events = [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json!))
  return { said: events.map(({ delta }) => delta).join(''), last: events.at(-1) }
}

async function totals(folder: string, id: string) {
  const again = await startAres({ cwd: folder })
  const { body } = await operator(again).get(`/api/admin/tenants/${id}`)
  await again.stop()
  const { code, stdout } = await runAres(['check', '--database'], { cwd: folder })
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('every total') })
  return body
}

describe('SIGTERM', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s lets an open stream and a slow run finish, and ends with 0',
    async (signal) => {
      slowly(1500)
      const { ares, tenant, run, stream } = await busyServer()
      ares.signal(signal)
      await eventually('the server accepts no more', async () => {
        const refused = await fetch(`${ares.url}/v1/agents`, {
          headers: { authorization: `Bearer ${tenant.secret}` },
        }).then(
          (response) => (response.status === 503 ? response.headers.get('retry-after') : null),
          () => 'closed',
        )
        return refused ?? undefined
      })

      expect((await run).body).toMatchObject({ status: 'completed', tokens_used: 19 })
      const { said, last } = eventsOf(await stream.closed)
      expect(said).toBe(words.join(''))
      expect(last).toEqual({ delta: '', finish_reason: 'stop', tokens_used: 19 })
      expect(await within(5000, ares.ended, () => 'the end')).toBe(0)
      expect(await totals(ares.folder, tenant.id)).toMatchObject({
        total_runs: 2,
        total_tokens: 38,
      })
    },
    SLOW_MS,
  )

  test(
    'ends at once when nothing is under way, although connections are kept alive',
    async () => {
      // Were the grace waited for, this test would run into its time limit.
      const config = configFor(provider.url, { server: 'shutdown_timeout_s = 300' })
      const ares = await startAres({ config })
      await fetch(`${ares.url}/health`)
      ares.signal('SIGTERM')
      expect(await ares.ended).toBe(0)
    },
    SLOW_MS,
  )

  test(
    'past its grace it aborts what is left, records it as failed, and still ends with 0',
    async () => {
      slowly(60_000)
      const { ares, tenant, run, stream } = await busyServer('shutdown_timeout_s = 1')
      const started = performance.now()
      ares.signal('SIGTERM')

      expect((await run).body).toMatchObject({ status: 'failed', output: null })
      expect((await run).body.error).toMatch(/server/i)
      const { last } = eventsOf(await stream.closed)
      expect(last).toMatchObject({ delta: '', finish_reason: 'error' })
      expect(await ares.ended).toBe(0)
      expect(performance.now() - started).toBeGreaterThan(900)
      for (const request of provider.requests) expect(request.abortedAt).not.toBeNull()

      const again = await startAres({ cwd: ares.folder })
      const { body } = await tenantCaller(again, tenant.id, tenant.secret).get(
        '/v1/agents/assistant/runs',
      )
      expect(body.runs).toEqual([(await run).body])
      // It was settled before the end, not by the start after it.
      expect(again.stderr()).not.toContain('interrupted')
      await again.stop()
      expect(await totals(ares.folder, tenant.id)).toMatchObject({ total_runs: 2 })
    },
    SLOW_MS,
  )

  test(
    'a second signal ends it with 1 at once; the next start records what was cut off',
    async () => {
      slowly(60_000)
      const { ares, tenant, run, stream } = await busyServer()
      const cut = run.then(
        () => 'answered',
        () => 'cut off',
      )
      ares.signal('SIGTERM')
      await eventually('the first signal', () =>
        /stopping/.test(ares.stderr()) ? true : undefined,
      )
      ares.signal('SIGTERM')
      // Ended by the signal: the calls under way would have taken a minute, and then it would be 0.
      expect(await ares.ended).toBe(1)
      expect(await cut).toBe('cut off')
      await stream.closed

      const again = await startAres({ cwd: ares.folder })
      const { body } = await tenantCaller(again, tenant.id, tenant.secret).get(
        '/v1/agents/assistant/runs',
      )
      expect(body.runs).toMatchObject([{ status: 'failed', output: null }])
      expect(body.runs[0].error).toMatch(/server stopped/)
      await again.stop()
      expect(await totals(ares.folder, tenant.id)).toMatchObject({ total_runs: 2 })
    },
    SLOW_MS,
  )

  test(
    'a signal as soon as the address is told is a clean stop',
    async () => {
      const ares = await startAres({ config: configFor(provider.url) })
      expect(await ares.stop()).toBe(0)
    },
    SLOW_MS,
  )
})
