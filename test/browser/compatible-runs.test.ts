import { afterAll, expect, test } from 'bun:test'
import { ADMIN_SECRET, cleanUp } from '../binary/ares.ts'
import { operator, provision } from '../binary/callers.ts'
import { CHROMIUM, closeBrowser, openPage, signIn } from './browser.ts'
import { BROWSER_MS, startConsole } from './console-server.ts'

afterAll(closeBrowser)
afterAll(cleanUp)

const HOSTILE = '<img src=x onerror="globalThis.struck = true">'

test.skipIf(CHROMIUM === undefined)(
  'calls of the compatible APIs are found by kind, and read turn by turn',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, { name: 'acme' })
    const call = { id: 'c1', type: 'function', function: { name: 'lookup', arguments: '{"id":7}' } }
    const completion = await tenant.post('/v1/chat/completions', {
      model: 'm',
      messages: [
        { role: 'user', content: [{ type: 'text', text: `Part ${HOSTILE}` }] },
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'tool', tool_call_id: 'c1', content: 'Found the seventh' },
        { role: 'user', content: 'And what is 6 * 7?' },
      ],
    })
    expect(completion.status).toBe(200)
    const message = await tenant.post('/v1/messages', {
      model: 'm',
      max_tokens: 50,
      messages: [{ role: 'user', content: 'A message of the other kind' }],
    })
    expect(message.status).toBe(200)

    const { page, problems } = await openPage(server.url)
    await signIn(page, ADMIN_SECRET, '/console/runs')
    await page.locator('tbody tr').nth(1).waitFor()
    await page.getByLabel('Kind').selectOption('completion')
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1)
    expect(page.url()).toEndWith('/console/runs?kind=completion')
    await page.locator('tbody tr').getByRole('link').first().click()
    const conversation = page.getByRole('group', { name: 'Conversation' }).first()
    await conversation.getByText(`Part ${HOSTILE}`).waitFor()
    const said = await conversation.innerText()
    for (const piece of ['calls lookup', '{"id":7}', 'Found the seventh', 'And what is 6 * 7?']) {
      expect(said).toContain(piece)
    }
    expect(await page.evaluate(() => 'struck' in globalThis)).toBe(false)

    const own = await openPage(server.url)
    await signIn(own.page, tenant.secret, '/console/runs?kind=message')
    await own.page.locator('tbody').getByText('message').waitFor()
    expect(await own.page.locator('tbody tr').count()).toBe(1)
    expect([...problems, ...own.problems]).toEqual([])
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'a tenant’s playground asks the agent of the page, also where another one’s type has its name',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, { name: 'acme' })
    const admin = operator(server)
    for (const [name, agent_type] of [
      ['impostor', 'genuine'],
      ['genuine', 'custom'],
    ]) {
      const agent = { name, agent_type, config: { model: 'm', system_prompt: 'Be brief.' } }
      const made = await admin.post(`/api/admin/tenants/${tenant.id}/agents`, agent)
      expect(made.status).toBe(201)
    }
    const { page, problems } = await openPage(server.url)
    await signIn(page, tenant.secret, '/console/agents/genuine')
    await page.getByLabel('Message').fill('What is 6 * 7?')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText(/\d+ tokens$/).waitFor()
    const { body } = await tenant.get('/v1/runs')
    expect(body.runs).toEqual([
      expect.objectContaining({ agent: 'genuine', kind: 'completion', status: 'completed' }),
    ])

    // What the API says is shown in its own words.
    await admin.patch(`/api/admin/tenants/${tenant.id}`, { status: 'suspended' })
    await page.getByLabel('Message').fill('And now?')
    await page.getByRole('button', { name: 'Send' }).click()
    await page
      .getByText(/suspended/)
      .first()
      .waitFor()
    expect(problems).toEqual([])
  },
  BROWSER_MS,
)
