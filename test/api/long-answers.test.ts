import { describe, expect, test } from 'bun:test'
import { AdminAgentDetail } from '../../src/agents/schema.ts'
import { AuditLog } from '../../src/audit/admin-routes.ts'
import {
  AdminRunDetail,
  AdminRunItemList,
  RunDetail,
  RunItemList,
} from '../../src/runs/list-schema.ts'
import { AdminRunList, Run, RunList } from '../../src/runs/schema.ts'
import { expectReply } from '../expect-reply.ts'
import { startApp, type TestApp, type TestTenant } from '../harness.ts'
import { answer } from '../scripted-replies.ts'
import { expectError } from './v1/expect-error.ts'
import { isWhole, listen, RawClient } from './real-socket.ts'

const LIST_BYTES = 4 * 1024 * 1024
const RUNS = '/v1/agents/risk/runs'
/** Of two bytes each, so that a step may not end anywhere. */
const LONG = 'é'.repeat(450_000)

/** Five runs of 900 kB each: more than a list holds. */
async function startLong(options: Parameters<typeof startApp>[0] = {}) {
  const app = await startApp(options)
  const acme = await app.tenant('acme', { agents: ['risk'] })
  const runs: Run[] = []
  for (let n = 0; n < 5; n++)
    runs.push(await expectReply(await acme.run('risk', `${n}${LONG}`), 200, Run))
  return { app, acme, runs: runs.toReversed() }
}

describe('a history', () => {
  test('that is longer than an answer shows the beginnings of the longest, and says so', async () => {
    const { acme, runs } = await startLong()
    const short = await expectReply(await acme.run('risk', 'short'), 200, Run)
    const reply = await acme.get(RUNS)
    const text = await reply.clone().text()
    const list = await expectReply(reply, 200, RunList)
    expect(Buffer.byteLength(text)).toBeLessThan(LIST_BYTES)
    expect(list.runs).toEqual([
      short,
      ...runs.map((run) => ({
        ...run,
        input: { message: (run.input as { message: string }).message.slice(0, 1024) },
        content_truncated: true as const,
        input_bytes: Buffer.byteLength(JSON.stringify(run.input)),
        output_bytes: Buffer.byteLength(JSON.stringify(run.output)),
      })),
    ])
  })

  test('shows whole what fits into an answer', async () => {
    const { acme, runs } = await startLong()
    const { runs: listed } = await expectReply(await acme.get(`${RUNS}?per_page=4`), 200, RunList)
    expect(listed).toEqual(runs.slice(0, 4))
  })

  test('shortens long outputs to the beginning of their JSON', async () => {
    const { app, acme } = await startLong()
    const verdict = { verdict: 'z'.repeat(1_000_000) }
    app.provider.enqueue(answer({ text: JSON.stringify(verdict) }))
    await acme.run('risk', 'short')
    const [run] = (await expectReply(await acme.get(RUNS), 200, RunList)).runs
    expect(run).toMatchObject({
      input: { message: 'short' },
      output: { message: JSON.stringify(verdict).slice(0, 2048) },
      content_truncated: true,
      output_bytes: JSON.stringify(verdict).length,
    })
  })

  test('leaves a long context out, also where an earlier version kept it first', async () => {
    const { app, acme } = await startLong()
    const context = { long: 'c'.repeat(950_000) }
    const run = await acme.post('/v1/agents/risk/run', { input: { context, message: 'hello' } })
    const { id } = await expectReply(run, 200, Run)
    const shown = async () =>
      (await expectReply(await acme.get(RUNS), 200, RunList)).runs.find((item) => item.id === id)
    expect(await shown()).toMatchObject({ input: { message: 'hello' }, content_truncated: true })
    const input = JSON.stringify({ context, message: 'from earlier' })
    await app.database.writer.transaction((trx) =>
      trx.updateTable('run_contents').set({ input }).where('run_id', '=', id).execute(),
    )
    expect((await shown())?.input).toEqual({ message: 'from earlier' })
  })
})

describe('what is never shortened', () => {
  test('a run and its replay', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    const run = () =>
      app.fetch('/v1/agents/risk/run', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${acme.secret}`,
          'content-type': 'application/json',
          'idempotency-key': 'once',
        },
        body: JSON.stringify({ input: { message: LONG } }),
      })
    const first = await (await run()).text()
    expect(JSON.parse(first)).toMatchObject({ input: { message: LONG } })
    const replayed = await run()
    expect(replayed.headers.get('idempotent-replayed')).toBe('true')
    expect(await replayed.text()).toBe(first)
  })

  test('the detail of a run, for its tenant and for operators', async () => {
    const { app, acme, runs } = await startLong()
    const { id, input, output } = runs[0]!
    const own = await expectReply(await acme.get(`/v1/runs/${id}`), 200, RunDetail)
    expect(own).toMatchObject({ input, output })
    const reply = await app.admin.get(`/api/admin/runs/${id}`)
    expect(await expectReply(reply, 200, AdminRunDetail)).toMatchObject({ input, output })
  })
})

describe('lists without what was said', () => {
  test('are short however long that is', async () => {
    const { app, acme } = await startLong()
    const LISTS = [
      [await acme.get('/v1/runs'), RunItemList],
      [await acme.get('/v1/runs?q=é'), RunItemList],
      [await app.admin.get('/api/admin/runs'), AdminRunItemList],
      [await app.admin.get('/api/admin/runs?q=é'), AdminRunItemList],
      [await app.admin.get(`/api/admin/tenants/${acme.id}/agents/risk/runs`), AdminRunList],
    ] as const
    for (const [reply, schema] of LISTS) {
      expect((await reply.clone().text()).length).toBeLessThan(10_000)
      expect((await expectReply(reply, 200, schema)).runs).toHaveLength(5)
    }
  })

  test('of agents neither read nor show a configuration, and show what it became', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const path = `/api/admin/tenants/${acme.id}/agents`
    const created = await app.admin.post(path, {
      name: 'risk',
      agent_type: 'custom',
      config: { model: 'm-tools', system_prompt: 'p'.repeat(200_000) },
    })
    await expectReply(created, 201, AdminAgentDetail)
    const config = { tools: ['calculator'] }
    await expectReply(await app.admin.put(`${path}/risk`, { config }), 200, AdminAgentDetail)
    // Whoever decodes it fails.
    await app.database.writer.transaction((trx) =>
      trx.updateTable('agents').set({ config: 'nobody reads this' }).execute(),
    )
    const shown = { name: 'risk', model: 'm-tools' }
    const LISTS = [
      [await acme.get('/v1/agents'), { name: 'risk', config: { model: 'm-tools', ...config } }],
      [await app.admin.get(path), shown],
      [await app.admin.get('/api/admin/agents'), shown],
      [await app.admin.get('/api/admin/agent-list'), shown],
    ] as const
    for (const [reply, agent] of LISTS) {
      expect(reply.status).toBe(200)
      expect(await reply.json()).toMatchObject({ agents: [agent] })
    }
    expect(await (await acme.get('/v1/models')).text()).toInclude('"agent:risk"')
  })

  test('as a table take a place of the operators until they are read', async () => {
    const app = await startApp()
    const table = () => app.admin.get('/api/admin/usage.csv')
    const [first, second] = [await table(), await table()]
    let isThere = false
    const third = table().then((reply) => {
      isThere = true
      return reply
    })
    expect((await app.admin.get('/api/admin/tenants')).status).toBe(200)
    expect(isThere).toBe(false)
    await first.text()
    expect((await third).status).toBe(200)
    await second.body!.cancel()
  })

  test('the audit log ends a page where it is long, and goes on from there', async () => {
    const app = await startApp()
    const count = 90
    await app.database.writer.transaction((trx) =>
      trx
        .insertInto('audit_log')
        .values(
          Array.from({ length: count }, (_, n) => ({
            seq: n + 1,
            number: n + 1,
            id: Bun.randomUUIDv7(),
            action: 'tenant.created',
            actor: 'admin',
            details: JSON.stringify({ note: 'n'.repeat(100_000) }),
            timestamp: '2026-03-13T14:22:00.000Z',
            hash: null,
          })),
        )
        .execute(),
    )
    const seqs: (number | null)[] = []
    let cursor = ''
    do {
      const reply = await app.admin.get(`/api/admin/audit-log?limit=1000${cursor}`)
      const text = await reply.clone().text()
      expect(text.length).toBeLessThan(LIST_BYTES + 200_000)
      const page = await expectReply(reply, 200, AuditLog)
      seqs.push(...page.entries.map(({ seq }) => seq))
      cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`
    } while (cursor !== '')
    expect(seqs).toEqual(Array.from({ length: count }, (_, n) => count - n))
  })
})

function asking(path: string, { secret }: TestTenant): string {
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${secret}\r\n\r\n`
}

describe('clients that do not read', () => {
  /** More than the system's buffers hold. */
  const PIPELINED = 20

  /** Two connections that hold both places of the tenant. */
  async function holdBoth(app: TestApp, acme: TestTenant, path: string) {
    const { port } = listen(app)
    const clients = await Promise.all(
      [0, 1].map(async () => {
        const client = await RawClient.send(port, asking(path, acme).repeat(PIPELINED))
        client.pause()
        return client
      }),
    )
    return { port, clients }
  }

  test('keep their tenant’s places until they leave, and nobody else’s', async () => {
    const { app, acme, runs } = await startLong()
    const globex = await app.tenant('globex', { agents: ['risk'] })
    const theirs = await expectReply(await globex.run('risk', LONG), 200, Run)
    const path = `/v1/runs/${runs[0]!.id}`
    const { port, clients } = await holdBoth(app, acme, `${RUNS}?per_page=4`)
    const other = await RawClient.send(port, asking(`/v1/runs/${theirs.id}`, globex))
    expect(await other.until(isWhole)).toStartWith('HTTP/1.1 200')
    for (const client of clients) client.leave()
    const next = await RawClient.send(port, asking(path, acme))
    expect(await next.until(isWhole)).toStartWith('HTTP/1.1 200')
  })

  test('leave no room: then a further answer, and a run, are 429', async () => {
    const { app, acme, runs } = await startLong({ server: '[server]\nmax_answer_bytes = 1048576' })
    const reply = await acme.get(`/v1/runs/${runs[0]!.id}`)
    const refused = await acme.get(`/v1/runs/${runs[1]!.id}`)
    await expectError(refused, 429, 'rate_limited')
    expect(refused.headers.get('retry-after')).toBe('5')
    const asked = app.provider.requests.length
    await expectError(await acme.run('risk'), 429, 'rate_limited')
    expect(app.provider.requests.length).toBe(asked)
    expect((await acme.get('/v1/usage')).status).toBe(200)
    await reply.body!.cancel()
    await expectReply(await acme.run('risk'), 200, Run)
  })

  test('of many tenants leave no room for one more: 503, but operators are answered', async () => {
    const app = await startApp({ server: '[server]\nmax_answer_bytes = 1048576' })
    const tenants = await Promise.all(
      ['acme', 'globex'].map((name) => app.tenant(name, { agents: ['risk'] })),
    )
    const [mine, theirs] = await Promise.all(
      tenants.map(async (tenant) => expectReply(await tenant.run('risk', LONG), 200, Run)),
    )
    const reply = await tenants[0]!.get(`/v1/runs/${mine!.id}`)
    await expectError(await tenants[1]!.get(`/v1/runs/${theirs!.id}`), 503, 'overloaded')
    await expectReply(await app.admin.get(`/api/admin/runs/${theirs!.id}`), 200, AdminRunDetail)
    await reply.body!.cancel()
    await expectReply(await tenants[1]!.get(`/v1/runs/${theirs!.id}`), 200, RunDetail)
  })
})
