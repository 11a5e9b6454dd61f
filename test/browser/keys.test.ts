import { afterAll, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { ADMIN_SECRET, cleanUp } from '../binary/ares.ts'
import { client, operator, provision } from '../binary/callers.ts'
import { CHROMIUM, closeBrowser, goInside, openPage, signIn } from './browser.ts'
import { BROWSER_MS, startConsole } from './console-server.ts'

afterAll(closeBrowser)
afterAll(cleanUp)

function menuOf(page: Page): Promise<string[]> {
  return page.getByRole('navigation', { name: 'Pages' }).locator('li').allInnerTexts()
}

/** Takes the key that is shown this once. */
async function storeKey(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog')
  const secret = await dialog.locator('.secret code').textContent()
  await dialog.getByLabel('I have stored it').check()
  await dialog.getByRole('button', { name: 'Done' }).click()
  return secret!
}

test.skipIf(CHROMIUM === undefined)(
  'an operator makes a limited key, changes its limits and rotates it; the audit says so',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, { name: 'acme', tier: 'pro' })
    const { page, problems } = await openPage(server.url)
    await signIn(page, ADMIN_SECRET, `/console/tenants/${tenant.id}`)
    await page.getByRole('button', { name: 'New key' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('checkout')
    await dialog.getByText('Limits', { exact: true }).click()
    await dialog.getByLabel('run agents', { exact: true }).check()
    await dialog.getByLabel('Agents', { exact: true }).fill('assistant')
    await dialog.getByLabel('Models', { exact: true }).fill('nobody-knows-it')
    await dialog.getByLabel('Networks', { exact: true }).fill('127.0.0.0/8, ::1')
    await dialog.getByLabel('Runs a month').fill('50000')
    await dialog.getByRole('button', { name: 'Create key' }).click()
    await dialog.getByText('This model is not configured here.').first().waitFor()
    await dialog.getByLabel('Models', { exact: true }).fill('')
    await dialog.getByRole('button', { name: 'Create key' }).click()
    const limited = client(server, await storeKey(page))
    await page.getByText('may run · agent assistant · from 127.0.0.0/8, ::1').waitFor()
    expect((await limited.get('/v1/usage')).status).toBe(403)

    await page.getByRole('button', { name: 'Edit checkout' }).click()
    expect(await dialog.getByLabel('Networks', { exact: true }).inputValue()).toBe(
      '127.0.0.0/8, ::1',
    )
    await dialog.getByLabel('read agents, runs, usage and models').check()
    await dialog.getByLabel('Runs a month').fill('')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The key checkout is changed.').waitFor()
    await page.getByText('may run, read · agent assistant').waitFor()
    expect((await limited.get('/v1/usage')).status).toBe(200)
    expect((await limited.get('/v1/me')).body.key.powers.runs_per_month).toBeNull()

    await page.getByRole('button', { name: 'Rotate checkout' }).click()
    await dialog.getByRole('button', { name: 'Rotate key' }).click()
    await dialog.getByText('works until').waitFor()
    const renewed = client(server, await storeKey(page))
    // Both, for the day of the overlap.
    expect((await limited.get('/v1/usage')).status).toBe(200)
    expect((await renewed.get('/v1/usage')).status).toBe(200)

    await goInside(page, '/console/audit?action=api_key.updated')
    await page.getByText('runs per month 50000 → none').waitFor()
    await page.getByLabel('Action').selectOption('api_key.rotated')
    await page.locator('tbody').getByText('api_key.rotated').waitFor()
    expect(problems).toEqual([])
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'a tenant rotates a key of its own, and the old one ends at once when that is asked for',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, { name: 'acme', tier: 'pro' })
    const old = await tenant.post('/v1/api-keys', { name: 'old' })
    const { page, problems } = await openPage(server.url)
    await signIn(page, tenant.secret, '/console/keys')
    await page.getByRole('button', { name: 'Rotate old' }).click()
    await page.getByLabel('The old one goes on working for').selectOption('0')
    await page.getByRole('button', { name: 'Rotate key' }).click()
    await page.getByText('is refused from now on').waitFor()
    const secret = await storeKey(page)
    expect((await client(server, old.body.secret).get('/v1/me')).status).toBe(401)
    expect((await client(server, secret).get('/v1/me')).status).toBe(200)
    expect(problems).toEqual([])
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'a limited key sees the pages it may use, and no others',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, { name: 'acme', tier: 'pro' })
    const keyFor = async (...scopes: string[]) => {
      const { body } = await tenant.post('/v1/api-keys', { name: scopes.join('-'), scopes })
      return body.secret as string
    }

    const reader = await openPage(server.url)
    await signIn(reader.page, await keyFor('read'))
    expect(await menuOf(reader.page)).toEqual(['Agents', 'Runs', 'Usage'])
    await goInside(reader.page, '/console/agents/assistant')
    expect(await reader.page.getByLabel('Message').count()).toBe(0)
    await goInside(reader.page, '/console/keys')
    await reader.page.getByText('Or this API key does not open it.').waitFor()

    const keeper = await openPage(server.url)
    await signIn(keeper.page, await keyFor('keys'))
    expect(await menuOf(keeper.page)).toEqual(['API keys'])
    await keeper.page.getByRole('button', { name: 'Revoke read', exact: true }).waitFor()

    const runner = await openPage(server.url)
    await runner.page.goto('/console')
    await runner.page.getByLabel('Admin secret or API key').fill(await keyFor('run'))
    await runner.page.getByRole('button', { name: 'Sign in' }).click()
    await runner.page.getByText('This API key lacks the scope “read”.').waitFor()
    for (const { page, problems } of [reader, keeper, runner]) {
      expect(await page.getByRole('alert').count()).toBe(0)
      expect(problems).toEqual([])
    }
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'a tenant’s playground asks the agent by its name; what the compatible APIs did is readable and found by its kind',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, { name: 'acme', tier: 'pro' })
    // An agent whose type is the other’s name, which asking by type would find.
    await operator(server).post(`/api/admin/tenants/${tenant.id}/agents`, {
      name: 'impostor',
      agent_type: 'assistant',
      config: { model: 'unreachable' },
    })
    await tenant.post('/v1/chat/completions', {
      model: 'm',
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Said in parts.' }] },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            {
              id: 'c1',
              type: 'function',
              function: { name: 'look_up', arguments: '{"city":"Ulm"}' },
            },
          ],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'Rain.' },
        { role: 'user', content: 'And now?' },
      ],
    })
    const { page, problems } = await openPage(server.url)
    await signIn(page, tenant.secret, '/console/agents/assistant')
    await page.getByLabel('Message').fill('What is 6 * 7?')
    await page.getByLabel('Message').press('Enter')
    await page.getByText(/\d+ tokens$/).waitFor()
    const { body } = await tenant.get('/v1/runs?limit=1')
    expect(body.runs[0]).toMatchObject({ agent: 'assistant', kind: 'completion' })

    await goInside(page, '/console/runs')
    await page.getByLabel('Kind').selectOption('embedding')
    await page.getByText('No run fits').waitFor()
    await page.getByLabel('Kind').selectOption('completion')
    await page.locator('tbody tr').nth(1).getByRole('link').first().click()
    await page.getByText('Said in parts.').waitFor()
    await page.getByText('calls look_up').waitFor()
    await page.getByText('Rain.').waitFor()
    expect(problems).toEqual([])
  },
  BROWSER_MS,
)
