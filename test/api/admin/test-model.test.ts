import { expect, test } from 'bun:test'
import { ModelTest } from '../../../src/platform/test-model.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp, type TestApp } from '../../harness.ts'
import { hangBeforeHeaders, status } from '../../scripted-faults.ts'
import { answer, heldBack } from '../../scripted-replies.ts'
import { allRuns } from '../totals.ts'
import { auditEntries, expectMethodsRefused, expectStrangersRefused } from './refusals.ts'

const pathOf = (id: string) => `/api/admin/models/${encodeURIComponent(id)}/test`
const tested = async (app: TestApp, id = 'm-tools') =>
  expectReply(await app.admin.post(pathOf(id)), 200, ModelTest)

const ODD_MODELS = `
[[providers]]
name = "odd"
type = "demo"
[[providers.models]]
id = "meta/llama-3?x#y%2F"
context_length = 1000
`

test('a real call of a few tokens is made, which costs no tenant anything', async () => {
  const app = await startApp()
  app.provider.enqueue(() => {
    app.clock.advance(321)
    return answer({ text: 'OK', usage: { input: 15, output: 2, cached: 4 } })
  })
  expect(await tested(app)).toEqual({
    ok: true,
    latency_ms: 321,
    text: 'OK',
    usage: { input_tokens: 15, output_tokens: 2, cached_tokens: 4, estimated: false },
  })
  const { body } = app.provider.requests[0]!
  expect(body).toMatchObject({ model: 'upstream-tools', max_tokens: 16 })
  expect(await allRuns(app)).toEqual([])
})

test('each model is called in its provider’s way, the demo included', async () => {
  const app = await startApp()
  expect((await tested(app, 'm-claude')).ok).toBe(true)
  expect(app.provider.requests[0]!.path).toEndWith('/messages')
  expect((await tested(app, 'm-demo')).text).toContain('Demo model')
})

test('an id with any characters may be tested', async () => {
  const app = await startApp({ config: ODD_MODELS })
  expect((await tested(app, 'meta/llama-3?x#y%2F')).ok).toBe(true)
})

test('a call that fails is an answer too, with the sentence and no secret', async () => {
  const app = await startApp({ patienceMs: 1000 })
  app.provider.enqueue(status(401, { message: 'Bad key sk-scripted-sentinel' }))
  const { ok, error } = await tested(app)
  expect(ok).toBe(false)
  expect(error).toContain('401')
  expect(error).not.toContain('sentinel')
  app.provider.enqueue(hangBeforeHeaders())
  expect((await tested(app)).error).toContain('timed out')
  expect(await tested(app, 'm-keyless')).toMatchObject({ ok: false, error: expect.any(String) })
})

test('health hears of it: failures raise the provider’s alert, a success resolves it', async () => {
  const app = await startApp()
  app.provider.reply(status(500))
  for (let call = 0; call < 5; call++) expect((await tested(app)).ok).toBe(false)
  const open = async () =>
    (
      (await (await app.admin.get('/api/admin/alerts?resolved=false')).json()) as {
        alerts: object[]
      }
    ).alerts
  expect(await open()).toMatchObject([{ message: 'Provider scripted failed 5 calls in a row' }])
  app.provider.reply(answer())
  await tested(app)
  expect(await open()).toEqual([])
})

test('each test is in the audit log', async () => {
  const app = await startApp()
  await tested(app)
  expect(await auditEntries(app)).toEqual([
    {
      action: 'model.tested',
      actor: 'admin',
      details: { model: 'm-tools', provider: 'scripted' },
      timestamp: '2026-03-13T14:22:00.250Z',
    },
  ])
})

test('a model that is not there is 404', async () => {
  const app = await startApp()
  for (const id of ['m-none', 'M-TOOLS', 'm-tools ', '../m-tools', '__proto__']) {
    const { error } = await expectRefusal(await app.admin.post(pathOf(id)), 404, 'not_found')
    expect(error).toBe('There is no such model.')
  }
  expect(await auditEntries(app)).toEqual([])
})

test('at most three at a time', async () => {
  const app = await startApp()
  const held = heldBack()
  app.provider.reply(held.reply)
  const three = [1, 2, 3].map(() => app.admin.post(pathOf('m-tools')))
  await app.provider.received(3)
  const refused = await app.admin.post(pathOf('m-tools'))
  expect(refused.headers.get('retry-after')).toBe('1')
  await expectRefusal(refused, 429, 'rate_limited')
  held.letGo()
  for (const reply of await Promise.all(three)) expect(reply.status).toBe(200)
  app.provider.reply(answer())
  expect((await tested(app)).ok).toBe(true)
})

test('at most twenty a minute', async () => {
  const app = await startApp()
  for (let call = 0; call < 20; call++) await tested(app, 'm-demo')
  const refused = await app.admin.post(pathOf('m-demo'))
  expect(refused.headers.get('retry-after')).toBe('3')
  await expectRefusal(refused, 429, 'rate_limited')
  app.clock.advance(3000)
  await tested(app, 'm-demo')
})

test('a full provider is 503, and makes no room by being asked', async () => {
  const app = await startApp({ server: '[server]\nmax_in_flight = 1' })
  const acme = await app.tenant('acme-corp', { agents: ['risk'] })
  const held = heldBack()
  app.provider.reply(held.reply)
  const running = acme.run('risk')
  await app.provider.received(1)
  for (let call = 0; call < 5; call++) {
    await expectRefusal(await app.admin.post(pathOf('m-tools')), 503, 'overloaded')
  }
  held.letGo()
  await running
  expect((await tested(app)).ok).toBe(true)
})

test('strangers are refused', async () =>
  expectStrangersRefused(await startApp(), { method: 'POST', path: pathOf('m-tools') }))

test('other methods are refused', async () =>
  expectMethodsRefused(await startApp(), pathOf('m-tools'), 'POST'))
