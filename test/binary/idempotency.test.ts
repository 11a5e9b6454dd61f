import { afterAll, expect, test } from 'bun:test'
import { hangBeforeHeaders } from '../scripted-faults.ts'
import { startScriptedProvider } from '../scripted-provider.ts'
import {
  ADMIN_SECRET,
  cleanUp,
  configFor,
  eventually,
  runAres,
  SLOW_MS,
  startAres,
} from './ares.ts'
import { client, type Json, provision } from './callers.ts'

afterAll(cleanUp)

const RUN = { path: '/v1/agents/assistant/run', body: { input: { message: 'Hello' } } }
const CHAT = {
  path: '/v1/chat',
  body: { model: 'm', messages: [{ role: 'user', content: 'Hello' }] },
}
const TENANT = { path: '/api/admin/tenants', body: { name: 'globex', tier: 'free' } }

interface Call {
  path: string
  body: unknown
}

test(
  'kill -9: what was answered is answered the same, what was under way has failed, and nothing runs twice',
  async () => {
    const provider = await startScriptedProvider()
    const killed = await startAres({ config: configFor(provider.url) })
    const tenant = await provision(killed)
    const send = async (url: string, { path, body }: Call, key: string) => {
      const headers = {
        'content-type': 'application/json',
        'idempotency-key': key,
        'x-admin-secret': ADMIN_SECRET,
        authorization: `Bearer ${tenant.secret}`,
      }
      const reply = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
      const text = await reply.text()
      const replayed = reply.headers.get('idempotent-replayed') === 'true'
      const said: Json = JSON.parse(text)
      return { status: reply.status, text, replayed, said }
    }

    const calls = [RUN, CHAT, TENANT]
    const answered = await Promise.all(calls.map((call) => send(killed.url, call, 'answered')))
    expect(answered.map(({ status }) => status)).toEqual([200, 200, 201])
    provider.reply(hangBeforeHeaders())
    const cutOff = [RUN, CHAT].map((call) => send(killed.url, call, 'cut off').catch(() => 'lost'))
    await eventually('both are under way', () => provider.requests.length === 4 || undefined)
    expect((await send(killed.url, RUN, 'cut off')).status).toBe(409)
    killed.signal('SIGKILL')
    expect(await Promise.all(cutOff)).toEqual(['lost', 'lost'])
    await killed.ended

    const server = await startAres({ cwd: killed.folder })
    for (const [index, call] of calls.entries()) {
      const { status, text } = answered[index]!
      expect(await send(server.url, call, 'answered')).toMatchObject({
        status,
        text,
        replayed: true,
      })
    }
    for (let again = 0; again < 2; again++) {
      const run = await send(server.url, RUN, 'cut off')
      const error = 'The server stopped before the run finished.'
      expect(run).toMatchObject({ status: 200, replayed: true, said: { status: 'failed', error } })
      const { body } = await client(server, tenant.secret).get('/v1/agents/assistant/runs')
      expect(body.runs.map((stored: Json) => stored.id)).toContain(run.said.id)
      expect(await send(server.url, CHAT, 'cut off')).toMatchObject({
        status: 503,
        replayed: true,
        said: { code: 'shutting_down', error },
      })
    }
    expect(provider.requests).toHaveLength(4)
    expect(await server.stop()).toBe(0)
    const { stdout } = await runAres(['check', '--database'], { cwd: killed.folder })
    expect(stdout).toMatch(/^.*\b4 runs re-added, every total is right\n$/s)
    provider.stop()
  },
  2 * SLOW_MS,
)
