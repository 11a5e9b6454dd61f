import { describe, expect, test } from 'bun:test'
import { AgentList } from '../../../src/agents/schema.ts'
import { startApp } from '../../harness.ts'
import { status } from '../../scripted-faults.ts'
import { BAD_PAGING, newAgent, testRefusals } from './common.ts'
import { expectReply } from '../../expect-reply.ts'
import { expectError } from './expect-error.ts'

describe('GET /v1/agents', () => {
  test('a tenant without agents gets an empty page', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    expect(await expectReply(await acme.get('/v1/agents'), 200, AgentList)).toEqual({
      agents: [],
      total: 0,
      page: 1,
      per_page: 20,
    })
  })

  test('an item shows identity, model and tools, and statistics', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const { id } = await newAgent(app, acme, {
      name: 'risk-analyzer',
      agent_type: 'classifier',
      config: {
        model: 'm-tools',
        system_prompt: 'secret prompt',
        tools: ['calculator'],
        max_tokens: 5,
      },
    })
    app.clock.advance(60_000)
    await acme.run('risk-analyzer')
    await acme.run('risk-analyzer')
    app.provider.reply(status(500))
    await acme.run('risk-analyzer')

    const { agents } = await expectReply(await acme.get('/v1/agents'), 200, AgentList)

    expect(agents).toEqual([
      {
        id,
        name: 'risk-analyzer',
        agent_type: 'classifier',
        status: 'active',
        config: { model: 'm-tools', tools: ['calculator'] },
        created_at: '2026-03-13T14:22:00Z',
        last_run: '2026-03-13T14:23:00Z',
        total_runs: 3,
        success_rate: 0.667,
      },
    ])
  })

  test('an agent without runs has null statistics, one without tools an empty list', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    const { agents } = await expectReply(await acme.get('/v1/agents'), 200, AgentList)
    expect(agents[0]).toMatchObject({
      config: { model: 'm-tools', tools: [] },
      last_run: null,
      total_runs: 0,
      success_rate: null,
    })
  })

  test('pages are by name and of the size asked for; paused agents are listed, deleted ones not', async () => {
    const app = await startApp()
    const names = ['e', 'd', 'c', 'b', 'a']
    const acme = await app.tenant('acme', { agents: [...names, 'z'] })
    await app.admin.delete(`/api/admin/tenants/${acme.id}/agents/z`)
    await app.admin.put(`/api/admin/tenants/${acme.id}/agents/c`, { status: 'paused' })
    const page = async (query: string) => {
      const body = await expectReply(await acme.get(`/v1/agents?${query}`), 200, AgentList)
      expect(body.total).toBe(5)
      return [body.page, body.per_page, body.agents.map(({ name }) => name).join('')]
    }
    expect(await page('')).toEqual([1, 20, 'abcde'])
    expect(await page('per_page=2')).toEqual([1, 2, 'ab'])
    expect(await page('page=2&per_page=2')).toEqual([2, 2, 'cd'])
    expect(await page('page=3&per_page=2')).toEqual([3, 2, 'e'])
    expect(await page('page=4&per_page=2')).toEqual([4, 2, ''])
    expect(await page('page=100&per_page=100')).toEqual([100, 100, ''])
    expect(await page('page=010&per_page=001')).toEqual([10, 1, ''])
    expect(await page('unknown=parameter')).toEqual([1, 20, 'abcde'])
  })

  test('every bad paging is 422', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    for (const query of BAD_PAGING) {
      const body = await expectError(await acme.get(`/v1/agents?${query}`), 422, 'invalid')
      expect(body.details![0]!.path).toMatch(/^\/(per_)?page$/)
    }
  })

  test('another tenant’s agents are neither listed nor counted, also where names are equal', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk', 'mine'] })
    const globex = await app.tenant('globex', { agents: ['risk'] })
    await acme.run('risk')
    const mine = await expectReply(await acme.get('/v1/agents'), 200, AgentList)
    const theirs = await expectReply(await globex.get('/v1/agents'), 200, AgentList)
    expect(mine.agents.map(({ name, total_runs }) => [name, total_runs])).toEqual([
      ['mine', 0],
      ['risk', 1],
    ])
    expect(theirs).toMatchObject({ total: 1, agents: [{ name: 'risk', total_runs: 0 }] })
    expect(theirs.agents[0]!.id).not.toBe(mine.agents[1]!.id)
  })

  testRefusals({ method: 'GET', path: '/v1/agents' })
})
