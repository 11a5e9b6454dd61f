import { expect, test } from 'bun:test'
import { startApp } from '../harness.ts'
import { status } from '../scripted-faults.ts'
import { answer, heldBack } from '../scripted-replies.ts'

const CHAT = { model: 'm-tools', messages: [{ role: 'user', content: 'Hi' }] }

/** The phases an answer names, with their milliseconds. */
function phasesOf(reply: Response): Record<string, number> {
  const header = reply.headers.get('server-timing') ?? ''
  const phases = header.split(', ').map((phase) => {
    expect(phase).toMatch(/^[a-z]+;dur=\d+(\.\d{1,2})?$/)
    const [name, ms] = phase.split(';dur=') as [string, string]
    return [name, Number(ms)] as const
  })
  return Object.fromEntries(phases)
}

test('runs and chats say where the time went', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme', { agents: ['risk'] })
  for (const ask of [() => acme.run('risk'), () => acme.post('/v1/chat', CHAT)]) {
    const held = heldBack()
    app.provider.reply(held.reply)
    const before = app.provider.requests.length
    const asked = ask()
    await app.provider.received(before + 1)
    app.clock.advance(40)
    held.letGo()
    const reply = await asked
    expect(reply.status).toBe(200)
    const phases = phasesOf(reply)
    expect(Object.keys(phases)).toEqual(['auth', 'reserve', 'provider', 'settle'])
    expect(Object.values(phases).reduce((sum, ms) => sum + ms)).toBe(40)
  }
})

test('a stream says it up to its first text', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme')
  app.provider.reply(answer({ deltas: ['a', 'b'], delayMs: 30 }))
  const reply = await acme.post('/v1/chat/stream', CHAT)
  expect(Object.keys(phasesOf(reply))).toEqual(['auth', 'reserve', 'provider'])
  await reply.text()
})

test('a failed chat says it too; what spends nothing does not', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme')
  app.provider.reply(status(400))
  const failed = await acme.post('/v1/chat', CHAT)
  expect(failed.status).toBe(502)
  expect(Object.keys(phasesOf(failed))).toEqual(['auth', 'reserve', 'provider', 'settle'])
  const listed = await acme.get('/v1/agents')
  expect(listed.headers.has('server-timing')).toBe(false)
})
