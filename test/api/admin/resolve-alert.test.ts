import { expect, test } from 'bun:test'
import { Alert, AlertList } from '../../../src/alerts/schema.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { ADMIN_SECRET, startApp } from '../../harness.ts'
import { answer } from '../../scripted-replies.ts'
import {
  ask,
  auditEntries,
  expectMethodsRefused,
  expectNotThere,
  expectStrangersRefused,
  IMPOSSIBLE_IDS,
  UNKNOWN_ID,
} from './refusals.ts'

const PATH = '/api/admin/alerts'
const app = await startApp({ config: '[tiers.free]\ntokens_per_month = 100' })

/** A tenant at 85 % of its quota; answers its alert. */
async function alerted(name: string): Promise<Alert> {
  const tenant = await app.tenant(name, { tier: 'free', agents: ['risk'] })
  app.provider.enqueue(answer({ usage: { input: 85, output: 0 } }))
  await tenant.run('risk')
  const { alerts } = await expectReply(await app.admin.get(PATH), 200, AlertList)
  return alerts.find(({ tenant_id }) => tenant_id === tenant.id)!
}

test('a resolved alert comes back, without any body sent', async () => {
  const alert = await alerted('acme-corp')
  app.clock.advance(3_600_000)
  const resolved = await expectReply(
    await app.fetch(`${PATH}/${alert.id}/resolve`, {
      method: 'POST',
      headers: { 'x-admin-secret': ADMIN_SECRET },
    }),
    200,
    Alert,
  )
  expect(resolved).toEqual({ ...alert, resolved: true, resolved_at: '2026-03-13T15:22:00Z' })
  const { alerts } = await expectReply(await app.admin.get(PATH), 200, AlertList)
  expect(alerts).toContainEqual(resolved)
  expect((await auditEntries(app)).at(-1)).toEqual({
    action: 'alert.resolved',
    actor: 'admin',
    details: { alert_id: alert.id, message: alert.message, tenant_id: alert.tenant_id },
    timestamp: '2026-03-13T15:22:00.250Z',
  })
})

test('resolving twice, also at once, changes nothing more', async () => {
  const alert = await alerted('twice')
  const path = `${PATH}/${alert.id}/resolve`
  const entries = (await auditEntries(app)).length
  const both = await Promise.all([app.admin.post(path), app.admin.post(path)])
  const [first, second] = await Promise.all(both.map((reply) => expectReply(reply, 200, Alert)))
  expect(second).toEqual(first)
  app.clock.advance(60_000)
  expect(await expectReply(await app.admin.post(path), 200, Alert)).toEqual(first!)
  expect(await auditEntries(app)).toHaveLength(entries + 1)
})

test('whatever body is sent is of no matter', async () => {
  for (const [index, body] of ['{}', '{', 'null', '{"resolved":false}', 'text'].entries()) {
    const alert = await alerted(`body-${index}`)
    const reply = await ask(app, { method: 'POST', path: `${PATH}/${alert.id}/resolve` }, { body })
    expect((await expectReply(reply, 200, Alert)).resolved).toBe(true)
  }
  const alert = await alerted('plain-text')
  const sent = { body: 'x', headers: { 'content-type': 'text/plain' } }
  const reply = await ask(app, { method: 'POST', path: `${PATH}/${alert.id}/resolve` }, sent)
  expect((await expectReply(reply, 200, Alert)).resolved).toBe(true)
})

test('but a body that is too large is', async () => {
  const path = `${PATH}/${UNKNOWN_ID}/resolve`
  const sent = { body: 'x'.repeat(10), headers: { 'content-length': '1048577' } }
  await expectRefusal(await ask(app, { method: 'POST', path }, sent), 413, 'body_too_large')
})

test('alerts that cannot exist or do not exist are the same 404', async () => {
  const tenant = await app.tenant('id-of-something-else')
  const endpoints = [UNKNOWN_ID, tenant.id, ...IMPOSSIBLE_IDS].map((id) => ({
    method: 'POST',
    path: `${PATH}/${id}/resolve`,
  }))
  await expectNotThere(app, endpoints, 'There is no such alert.')
})

test('strangers are refused', async () => {
  const alert = await alerted('guarded')
  await expectStrangersRefused(app, { method: 'POST', path: `${PATH}/${alert.id}/resolve` })
})

test('other methods are refused', () =>
  expectMethodsRefused(app, `${PATH}/${UNKNOWN_ID}/resolve`, 'POST'))
