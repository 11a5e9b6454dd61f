import { describe, expect, test } from 'bun:test'
import { AgentDetail } from '../../../src/agents/schema.ts'
import { startApp } from '../../harness.ts'
import { newAgent, sameAnswer, testRefusals } from './common.ts'
import { expectReply } from '../../expect-reply.ts'
import { expectError } from './expect-error.ts'

const CONFIG = {
  model: 'm-tools',
  system_prompt: 'You are a risk analysis agent…',
  tools: ['calculator'],
  max_tokens: 2048,
  temperature: 0.2,
  top_p: 0.9,
  metadata: { team: 'risk', nested: { deep: [1, 2.5, null] } },
}

describe('GET /v1/agents/{name}', () => {
  test('the detail has the complete configuration', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const { id } = await newAgent(app, acme, {
      name: 'risk-analyzer',
      agent_type: 'classifier',
      config: CONFIG,
    })
    const reply = await acme.get('/v1/agents/risk-analyzer')
    expect(await expectReply(reply, 200, AgentDetail)).toEqual({
      id,
      name: 'risk-analyzer',
      agent_type: 'classifier',
      status: 'active',
      config: CONFIG,
      created_at: '2026-03-13T14:22:00Z',
      last_run: null,
      total_runs: 0,
      success_rate: null,
    })
  })

  test('a new agent of a deleted one’s name starts empty', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    await acme.run('risk')
    const before = await expectReply(await acme.get('/v1/agents/risk'), 200, AgentDetail)
    expect(before.total_runs).toBe(1)
    await app.admin.delete(`/api/admin/tenants/${acme.id}/agents/risk`)
    await expectError(await acme.get('/v1/agents/risk'), 404, 'not_found')
    await newAgent(app, acme, { name: 'risk', config: { model: 'm-tools' } })
    const after = await expectReply(await acme.get('/v1/agents/risk'), 200, AgentDetail)
    expect(after).toMatchObject({ total_runs: 0, last_run: null, success_rate: null })
    expect(after.id).not.toBe(before.id)
    expect(await (await acme.get('/v1/agents/risk/runs')).json()).toMatchObject({
      runs: [],
      total: 0,
    })
  })

  test('an agent that is not there is 404', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    await expectError(await acme.get('/v1/agents/nobody'), 404, 'not_found')
  })

  test('another tenant’s agent is 404, as if it had never existed', async () => {
    const app = await startApp()
    await app.tenant('acme', { agents: ['risk'] })
    const globex = await app.tenant('globex')
    await sameAnswer(globex.get('/v1/agents/risk'), globex.get('/v1/agents/never-existed'))
    expect((await globex.get('/v1/agents/risk')).status).toBe(404)
  })

  test('agents of equal names in two tenants never mix', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const globex = await app.tenant('globex')
    for (const [tenant, prompt] of [
      [acme, 'of acme'],
      [globex, 'of globex'],
    ] as const) {
      await newAgent(app, tenant, {
        name: 'risk',
        config: { model: 'm-tools', system_prompt: prompt },
      })
    }
    await acme.run('risk')
    expect(await (await acme.get('/v1/agents/risk')).json()).toMatchObject({
      config: { system_prompt: 'of acme' },
      total_runs: 1,
    })
    expect(await (await globex.get('/v1/agents/risk')).json()).toMatchObject({
      config: { system_prompt: 'of globex' },
      total_runs: 0,
      last_run: null,
    })
    expect(app.provider.requests[0]!.text).toContain('of acme')
  })

  testRefusals({ method: 'GET', path: '/v1/agents/risk' })
})
