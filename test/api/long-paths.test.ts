import { expect, test } from 'bun:test'
import { startApp } from '../harness.ts'

/* What somebody else named stays short where we repeat it. */

const LONGEST = 301

test('a path in the log is cut', async () => {
  const app = await startApp()
  await app.fetch(`/${'nothing/'.repeat(1000)}`)
  const { route } = JSON.parse(app.logged.at(-1)!) as { route: string }
  expect(route).toStartWith('/nothing/nothing/')
  expect(route).toEndWith('…')
  expect(route).toHaveLength(LONGEST)
})

const NAME = 'ü😀'.repeat(50_000)
const CHAT = { model: 'm-tools', messages: [{ role: 'user', content: 'Hello' }] }

test.each([
  ['/v1/agents/risk/run', { input: { message: 'Hello', [NAME]: 1 } }],
  ['/v1/chat', { ...CHAT, [NAME]: 1 }],
  ['/v1/chat/completions', { ...CHAT, model: 'm-claude', [NAME]: 1 }],
  ['/v1/responses', { model: 'm-tools', input: 'Hello', [NAME]: 1 }],
  ['/v1/messages', { ...CHAT, max_tokens: 9, [NAME]: 1 }],
  ['/v1/api-keys', { name: 'x', [NAME]: 1 }],
])('%s repeats the beginning of a long field name', async (path, body) => {
  const app = await startApp()
  const acme = await app.tenant('acme', { agents: ['risk'] })
  const reply = await acme.post(path, body)
  expect([400, 422]).toContain(reply.status)
  const text = await reply.text()
  expect(text).toContain('ü😀ü😀')
  expect(text.isWellFormed()).toBe(true)
  expect(text.length).toBeLessThan(1500)
  const { details = [] } = JSON.parse(text) as { details?: { path: string }[] }
  for (const { path } of details) expect(path.length).toBeLessThanOrEqual(LONGEST)
})
