import { afterAll, expect, test } from 'bun:test'
import { ADMIN_SECRET, cleanUp } from '../binary/ares.ts'
import { client, operator, provision } from '../binary/callers.ts'
import { CHROMIUM, closeBrowser, openPage, signIn } from './browser.ts'
import { BROWSER_MS, startConsole } from './console-server.ts'

afterAll(closeBrowser)
afterAll(cleanUp)

test.skipIf(CHROMIUM === undefined)(
  'a newcomer provisions, edits, plays, watches the quota fill, resolves the alert and finds it all in the audit',
  async () => {
    const server = await startConsole()
    const { page, problems } = await openPage(server.url)
    // `/` leads to the console.
    await signIn(page, ADMIN_SECRET, '/')
    expect(new URL(page.url()).pathname).toBe('/console')

    await page.getByRole('link', { name: 'Provision a client' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('first-client')
    await dialog.getByRole('button', { name: 'Provision' }).click()
    const key = await dialog.locator('.secret code').textContent()
    expect(key).toMatch(/^ares_[a-z0-9]{37}$/)
    // The only look at the key is not lost by a slip of the hand.
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    const done = dialog.getByRole('button', { name: 'Done' })
    expect(await done.isDisabled()).toBe(true)
    await dialog.getByLabel('I have stored it').check()
    await done.click()
    await page.getByRole('heading', { name: 'first-client' }).waitFor()
    expect((await client(server, key!).get('/v1/agents')).status).toBe(200)

    await page.getByRole('link', { name: 'assistant' }).click()
    await page.getByLabel('System prompt').fill('Answer in one sentence.')
    await page.getByLabel('Max tokens').fill('lots')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('.problem').waitFor()
    await page.getByLabel('Max tokens').fill('200')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The agent is saved.').waitFor()

    for (const turn of [1, 2, 3, 4]) {
      await page.getByLabel('Message').fill(`What is 6 * ${turn}?`)
      await page.getByRole('button', { name: 'Send' }).click()
      await page.getByText(/\d+ tokens$/).waitFor()
      await page.getByRole('button', { name: 'Send' }).waitFor()
    }
    expect(await page.locator('.said').count()).toBe(8)

    await page.getByRole('link', { name: 'first-client' }).click()
    await page.getByText('of 5 · 80%').waitFor()

    await page
      .getByRole('navigation', { name: 'Pages' })
      .getByRole('link', { name: 'Runs' })
      .click()
    await page.locator('tbody tr').nth(3).waitFor()
    await page.locator('tbody tr').first().getByRole('link').first().click()
    await page.getByText('What is 6 * 4?').first().waitFor()

    await page.getByRole('link', { name: /^Alerts/ }).click()
    await page.getByText('Tenant first-client approaching run quota (80%)').first().waitFor()
    await page.getByRole('button', { name: /^Resolve/ }).click()
    await page.getByText('Nothing needs you').waitFor()

    await page.getByRole('link', { name: 'Audit' }).click()
    for (const action of ['alert.resolved', 'agent.updated', 'api_key.created', 'tenant.created']) {
      await page.locator('tbody').getByText(action).first().waitFor()
    }

    // The way back is the browser's own.
    await page.goBack()
    await page.getByRole('heading', { name: 'Alerts' }).waitFor()
    expect(problems).toEqual([])
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'a tenant is suspended, reactivated and deleted, the last only when its name was typed',
  async () => {
    const server = await startConsole()
    const { page, problems } = await openPage(server.url)
    await signIn(page, ADMIN_SECRET, '/console/tenants?new=tenant')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Not A Name')
    await dialog.getByRole('button', { name: 'Create tenant' }).click()
    await dialog.locator('.problem').waitFor()
    await dialog.getByLabel('Name').fill('short-lived')
    await dialog.getByRole('button', { name: 'Create tenant' }).click()
    await page.getByRole('heading', { name: 'short-lived' }).waitFor()

    await page.getByRole('button', { name: 'Suspend' }).click()
    await dialog.getByRole('button', { name: 'Suspend' }).click()
    await page.locator('.page-head').getByText('suspended').waitFor()
    await page.getByRole('button', { name: 'Reactivate' }).click()
    await dialog.getByRole('button', { name: 'Reactivate' }).click()
    await page.locator('.page-head').getByText('active').waitFor()

    await page.getByRole('button', { name: 'Delete' }).click()
    const remove = dialog.getByRole('button', { name: 'Delete tenant' })
    await dialog.getByLabel('Type short-lived to confirm').fill('short')
    expect(await remove.isDisabled()).toBe(true)
    await dialog.getByLabel('Type short-lived to confirm').fill('short-lived')
    await remove.click()
    await page.getByText('No tenants yet').waitFor()
    expect(problems).toEqual([])
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'what is not saved is not lost without a question',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, { name: 'acme' })
    const { page } = await openPage(server.url)
    await signIn(page, ADMIN_SECRET, `/console/tenants/${tenant.id}`)
    await page.getByRole('link', { name: 'assistant' }).click()
    const prompt = page.getByLabel('System prompt')
    await prompt.fill('Half a thought')
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.message())
      void (asked.length < 3 ? dialog.dismiss() : dialog.accept())
    })
    await page.getByRole('link', { name: 'Overview' }).click()
    expect(await prompt.inputValue()).toBe('Half a thought')
    await page.goBack()
    expect(await prompt.inputValue()).toBe('Half a thought')
    expect(new URL(page.url()).pathname).toEndWith('/agents/assistant')
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    expect(asked).toEqual(Array(3).fill(expect.stringContaining('not saved')))
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'tools are picked from those that the server offers',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, { name: 'acme' })
    const path = `/api/admin/tenants/${tenant.id}/agents/assistant`
    const tools = async () => (await operator(server).get(path)).body.config.tools
    const { page, problems } = await openPage(server.url)
    await signIn(page, ADMIN_SECRET, `/console/tenants/${tenant.id}/agents/assistant`)
    await page.getByLabel('calculator').check()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The agent is saved.').waitFor()
    expect(await tools()).toEqual(['calculator'])
    await page.getByLabel('calculator').uncheck()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Save', disabled: true }).waitFor()
    expect((await tools()) ?? []).toEqual([])
    expect(problems).toEqual([])
  },
  BROWSER_MS,
)
