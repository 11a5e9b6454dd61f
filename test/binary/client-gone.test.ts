import { afterAll, expect, test } from 'bun:test'
import { startScriptedProvider } from '../scripted-provider.ts'
import { answer } from '../scripted-replies.ts'
import { cleanUp, configFor, eventually, runAres, SLOW_MS, startAres } from './ares.ts'
import { operator, provision } from './callers.ts'
import { openStream } from './open-stream.ts'

afterAll(cleanUp)

const provider = await startScriptedProvider()
afterAll(() => provider.stop())

const CHAT = { messages: [{ role: 'user', content: 'Tell me' }], model: 'm' }
const calls = [
  { path: '/v1/agents/assistant/run', body: { input: { message: 'Tell me' } } },
  { path: '/v1/chat', body: CHAT },
  { path: '/v1/chat/stream', body: CHAT },
]

test.each(calls)(
  'a client that goes away during $path stops the provider, and the run is recorded',
  async ({ path, body }) => {
    provider.requests.length = 0
    provider.reply((request) =>
      answer({
        deltas: ['first ', 'second'],
        delayMs: 60_000,
        firstDelayMs: request.body.stream ? 0 : 60_000,
      }),
    )
    const ares = await startAres({ config: configFor(provider.url) })
    const tenant = await provision(ares)
    const stream = await openStream(ares.url, { path, secret: tenant.secret, body })
    if (path.endsWith('stream')) await stream.until(/first/)
    const request = await eventually('the call reaches the provider', () => provider.requests[0])

    stream.leave()
    await eventually('the provider is left', () => request.abortedAt ?? undefined)
    const totals = await eventually('the run is recorded', async () => {
      const { body } = await operator(ares).get('/api/admin/stats')
      return body.total_tokens_today > 0 ? body : undefined
    })
    expect(totals.total_runs_today).toBe(1)
    expect(await ares.stop()).toBe(0)
    const { code, stdout } = await runAres(['check', '--database'], { cwd: ares.folder })
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('1 runs') })
  },
  SLOW_MS,
)
