import { expect, test } from 'bun:test'
import { AdminAgentDetail } from '../../../src/agents/schema.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { BAD_SETTINGS, FULL_CONFIG } from './bad-configs.ts'
import {
  auditEntries,
  expectBodiesRefused,
  expectFieldRefused,
  expectNotThere,
  expectStrangersRefused,
  expectTenantsNotThere,
  IMPOSSIBLE_NAMES,
  tableCounts,
} from './refusals.ts'

const app = await startApp()
const acme = await app.tenant('acme-corp', { agents: ['other'] })
const agents = `/api/admin/tenants/${acme.id}/agents`
const path = `${agents}/risk`
await app.admin.post(agents, { name: 'risk', agent_type: 'risk', config: FULL_CONFIG })
const endpoint = { method: 'PUT', path, body: { agent_type: 'risk' } }

const get = async (at = path) => expectReply(await app.admin.get(at), 200, AdminAgentDetail)
const update = async (body: object, at = path) =>
  expectReply(await app.admin.put(at, body), 200, AdminAgentDetail)

/** A new agent with this configuration; answers its path. */
async function agentWith(config: object): Promise<string> {
  const name = `agent-${crypto.randomUUID()}`
  const reply = await app.admin.post(agents, { name, agent_type: 'custom', config })
  await expectReply(reply, 201, AdminAgentDetail)
  return `${agents}/${name}`
}

test('only the fields given change', async () => {
  const before = await get()
  app.clock.advance(5000)
  const typed = await update({ agent_type: 'risk.v2' })
  expect(typed).toEqual({ ...before, agent_type: 'risk.v2' })
  const prompted = await update({ config: { system_prompt: 'New.' } })
  expect(prompted).toEqual({ ...typed, config: { ...FULL_CONFIG, system_prompt: 'New.' } })
  const paused = await update({ status: 'paused' })
  expect(paused).toEqual({ ...prompted, status: 'paused' })
  expect(await update({})).toEqual(paused)
  expect(await update({ config: {} })).toEqual(paused)
  expect(await get()).toEqual(paused)
  await update({ status: 'active', agent_type: 'risk', config: FULL_CONFIG })
})

test('the whole body of a create is taken too', async () => {
  const at = await agentWith({ model: 'm-plain', max_tokens: 5 })
  const whole = { name: 'whole', agent_type: 'full', status: 'paused', config: FULL_CONFIG }
  expect(await update(whole, at)).toMatchObject(whole)
  expect((await get(`${agents}/whole`)).config).toEqual(FULL_CONFIG)
})

test('null removes a setting, and only that one', async () => {
  for (const setting of [
    'system_prompt',
    'tools',
    'max_tokens',
    'temperature',
    'top_p',
    'metadata',
  ]) {
    const at = await agentWith(FULL_CONFIG)
    const { [setting as 'tools']: _, ...rest } = FULL_CONFIG
    expect((await update({ config: { [setting]: null } }, at)).config).toEqual(rest as never)
    // What is not there may be removed again.
    expect((await update({ config: { [setting]: null } }, at)).config).toEqual(rest as never)
  }
})

test('the model cannot be removed', async () => {
  const reply = await app.admin.put(path, { config: { model: null } })
  await expectRefusal(reply, 422, 'invalid', '/config/model')
  expect((await get()).config.model).toBe('m-tools')
})

test('metadata and tools are replaced as a whole', async () => {
  const at = await agentWith(FULL_CONFIG)
  const { config } = await update({ config: { metadata: { only: null }, tools: [] } }, at)
  expect(config).toEqual({ ...FULL_CONFIG, metadata: { only: null }, tools: [] })
})

test('metadata is kept as it was sent', async () => {
  const at = await agentWith({ model: 'm-tools' })
  const metadata =
    '{"__proto__":{"a":1},"b":[1.5,-0.25,1e21,"\\u0000\\ud83d\\ude00"],"a":{"":null}}'
  const reply = await app.admin.put(at, `{"config":{"metadata":${metadata}}}`)
  const text = await reply.text()
  expect(text).toContain('"metadata":{"__proto__":{"a":1}')
  const { config } = JSON.parse(await (await app.admin.get(at)).text()) as {
    config: { metadata: unknown }
  }
  expect(JSON.stringify(config.metadata)).toBe(JSON.stringify(JSON.parse(metadata)))
})

test('the next run has the change', async () => {
  const at = await agentWith({ model: 'm-tools', system_prompt: 'Old.' })
  const { name } = await update({ config: { system_prompt: 'Changed.', temperature: 0.5 } }, at)
  await acme.run(name)
  expect(app.provider.requests.at(-1)?.body).toMatchObject({
    temperature: 0.5,
    messages: [{ role: 'system', content: 'Changed.' }, { role: 'user' }],
  })
  await update({ config: { temperature: null, model: 'm-plain' } }, at)
  await acme.run(name)
  expect(app.provider.requests.at(-1)?.body).not.toHaveProperty('temperature')
  expect(app.provider.requests.at(-1)?.body.model).toBe('m-plain')
})

test('a paused agent does not run until it is active again', async () => {
  const at = await agentWith({ model: 'm-tools' })
  const { name } = await update({ status: 'paused' }, at)
  await expectRefusal(await acme.run(name), 409, 'agent_paused')
  await update({ status: 'active' }, at)
  expect((await acme.run(name)).status).toBe(200)
})

test('a renamed agent keeps its past, and its old name is free', async () => {
  const at = await agentWith({ model: 'm-tools' })
  const { name: old, id } = await get(at)
  await acme.run(old)
  const renamed = await update({ name: 'renamed' }, at)
  expect(renamed).toMatchObject({ id, name: 'renamed', total_runs: 1 })
  await expectRefusal(await app.admin.get(at), 404, 'not_found')
  await expectRefusal(await acme.run(old), 404, 'not_found')
  const runs = await app.admin.get(`${agents}/renamed/runs`)
  expect(((await runs.json()) as { runs: unknown[] }).runs).toHaveLength(1)
  const again = { name: old, agent_type: 'custom', config: { model: 'm-tools' } }
  expect((await app.admin.post(agents, again)).status).toBe(201)
})

test('a name that another agent of the tenant has is a conflict; its own is none', async () => {
  const before = await tableCounts(app)
  const reply = await app.admin.put(path, { name: 'other', agent_type: 'changed' })
  const { error } = await expectRefusal(reply, 409, 'conflict')
  expect(error).toBe('An agent with this name exists.')
  expect(await tableCounts(app)).toEqual(before)
  expect((await get()).agent_type).toBe('risk')
  expect((await update({ name: 'risk' })).name).toBe('risk')
})

test('the log tells what changed', async () => {
  const at = await agentWith({ model: 'm-tools' })
  const { id, name } = await get(at)
  await update({ name: 'logged', status: 'paused', config: { temperature: 1 } }, at)
  expect((await auditEntries(app)).at(-1)).toMatchObject({
    action: 'agent.updated',
    actor: 'admin',
    details: {
      tenant_id: acme.id,
      tenant_name: 'acme-corp',
      agent_id: id,
      agent_name: 'logged',
      previous_name: name,
      changed: ['name', 'status', 'config'],
    },
  })
})

test('the configuration is checked as it will be, not as it was', async () => {
  const tooled = await agentWith({ model: 'm-tools', tools: ['calculator'], temperature: 1.5 })
  for (const [config, at] of [
    [{ model: 'm-plain' }, '/config/tools'],
    [{ model: 'm-plain', tools: ['calculator'] }, '/config/tools'],
    [{ model: 'm-claude' }, '/config/temperature'],
    [{ model: 'm-claude', temperature: 1.1 }, '/config/temperature'],
  ] as const) {
    await expectRefusal(await app.admin.put(tooled, { config }), 422, 'invalid', at)
  }
  expect((await get(tooled)).config.model).toBe('m-tools')
  const plain = await update({ config: { model: 'm-plain', tools: null } }, tooled)
  expect(plain.config).toEqual({ model: 'm-plain', temperature: 1.5 })
  const refused = await app.admin.put(tooled, { config: { tools: ['calculator'] } })
  await expectRefusal(refused, 422, 'invalid', '/config/tools')
  const claude = await update({ config: { model: 'm-claude', temperature: 1 } }, tooled)
  expect(claude.config).toEqual({ model: 'm-claude', temperature: 1 })
  const hot = await app.admin.put(tooled, { config: { temperature: 1.5 } })
  await expectRefusal(hot, 422, 'invalid', '/config/temperature')
})

test.each(BAD_SETTINGS)('a wrong %s is refused where it stands', async (setting, values) => {
  const before = [await tableCounts(app), await get()]
  for (const value of values) {
    const reply = await app.admin.put(path, { config: { [setting]: value } })
    const { details } = await expectRefusal(reply, 422, 'invalid')
    expect(details?.[0]?.path).toStartWith(`/config/${setting}`)
  }
  expect([await tableCounts(app), await get()]).toEqual(before)
})

test('two changes at once both count', async () => {
  const at = await agentWith({ model: 'm-tools' })
  await Promise.all([
    update({ config: { temperature: 1 } }, at),
    update({ config: { max_tokens: 7 } }, at),
    update({ agent_type: 'both' }, at),
  ])
  expect(await get(at)).toMatchObject({
    agent_type: 'both',
    config: { model: 'm-tools', temperature: 1, max_tokens: 7 },
  })
})

test('strangers are refused, whatever they send', () => expectStrangersRefused(app, endpoint))

test('a body that is no JSON object of this shape is refused', () =>
  expectBodiesRefused(app, endpoint))

test('name, type, status and config are held to their rules', async () => {
  await expectFieldRefused(app, endpoint, 'name', ['', 'Risk', 'a--b', 'x'.repeat(64), 5, null, []])
  await expectFieldRefused(app, endpoint, 'agent_type', ['', ' a', 'a b', 'x'.repeat(64), 5, null])
  await expectFieldRefused(app, endpoint, 'status', ['', 'deleted', 'Active', true, null])
  await expectFieldRefused(app, endpoint, 'config', ['m-tools', 5, null, []])
  await expectFieldRefused(app, endpoint, 'config/prompt', ['unknown setting'])
})

test('agents that cannot exist, do not exist or are deleted are the same 404', async () => {
  const gone = await agentWith({ model: 'm-tools' })
  await app.admin.delete(gone)
  const paths = [gone, ...['nobody', ...IMPOSSIBLE_NAMES].map((name) => `${agents}/${name}`)]
  const endpoints = paths.map((at) => ({ ...endpoint, path: at }))
  await expectNotThere(app, endpoints, 'There is no such agent.')
})

test('tenants that cannot exist, do not exist or are deleted are the same 404', async () => {
  for (const name of ['risk', 'nobody', 'IMPOSSIBLE']) {
    await expectTenantsNotThere(app, (id) => ({
      ...endpoint,
      path: `/api/admin/tenants/${id}/agents/${name}`,
    }))
  }
})
