import { afterAll, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { ADMIN_SECRET, cleanUp } from '../binary/ares.ts'
import { client, type Json, operator, provision } from '../binary/callers.ts'
import { CHROMIUM, closeBrowser, goInside, loaded, openPage, signIn } from './browser.ts'
import { BROWSER_MS, startConsole } from './console-server.ts'

afterAll(closeBrowser)
afterAll(cleanUp)

/** Reads the secret that is shown once, and says that it is stored. */
async function storeKey(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog')
  const secret = await dialog.locator('.secret code').innerText()
  await dialog.getByLabel('I have stored it').check()
  await dialog.getByRole('button', { name: 'Done' }).click()
  return secret
}

function keyNamed(body: Json, name: string): Json {
  return body.keys.find((key: Json) => key.name === name)
}

test.skipIf(CHROMIUM === undefined)(
  'an operator makes a key with limits, changes them, rotates and revokes it',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, { name: 'acme' })
    const { page, problems } = await openPage(server.url)
    const dialog = page.getByRole('dialog')
    const kept = async () => {
      const { body } = await operator(server).get(`/api/admin/tenants/${tenant.id}/api-keys`)
      return keyNamed(body, 'checkout')
    }
    await signIn(page, ADMIN_SECRET, `/console/tenants/${tenant.id}`)
    await page.getByRole('button', { name: 'New key' }).click()
    await dialog.getByLabel('Name').fill('checkout')
    expect(await dialog.getByLabel('Networks').isVisible()).toBe(false)
    await dialog.getByText('Limits', { exact: true }).click()
    await dialog.getByLabel('run agents').check()
    await dialog.getByLabel('Agents', { exact: true }).selectOption('some')
    await dialog.getByLabel('assistant').check()
    await dialog.getByLabel('Networks').fill('127.0.0.0/8, nowhere')
    await dialog.getByLabel('Runs a month').fill('50')
    await dialog.getByRole('button', { name: 'Create key' }).click()
    await dialog.locator('.problem').waitFor()
    await dialog.getByLabel('Networks').fill('127.0.0.0/8')
    await dialog.getByRole('button', { name: 'Create key' }).click()
    const secret = await storeKey(page)
    expect((await kept()).powers).toEqual({
      scopes: ['run'],
      allowed_agents: ['assistant'],
      allowed_models: null,
      allowed_networks: ['127.0.0.0/8'],
      runs_per_month: 50,
      tokens_per_month: null,
    })
    await page.getByText('may run · agent assistant · from 127.0.0.0/8 · 50 runs a month').waitFor()

    await page.getByRole('button', { name: 'Edit checkout' }).click()
    await dialog.getByLabel('chat, also').check()
    await dialog.getByLabel('Agents', { exact: true }).selectOption('all')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('may run, chat · from 127.0.0.0/8 · 50 runs a month').waitFor()

    await page.getByRole('button', { name: 'Rotate checkout' }).click()
    await dialog.getByLabel('The old one goes on').selectOption({ label: 'an hour' })
    await dialog.getByRole('button', { name: 'Rotate key' }).click()
    await dialog.getByText(/works until/).waitFor()
    const renewed = await storeKey(page)
    const body = { input: { message: 'Hello' } }
    for (const each of [secret, renewed]) {
      const reply = await client(server, each).post('/v1/agents/assistant/run', body)
      expect(reply.status).toBe(200)
    }
    expect((await client(server, renewed).get('/v1/usage')).status).toBe(403)

    const renewedRow = page.locator('tr', { hasText: renewed.slice(0, 9) })
    await renewedRow.getByRole('button', { name: 'Revoke checkout' }).click()
    await dialog.getByRole('button', { name: 'Revoke key' }).click()
    await page.getByText('The key checkout is revoked.').waitFor()
    const refused = await client(server, renewed).post('/v1/agents/assistant/run', body)
    expect(refused.status).toBe(401)

    await goInside(page, '/console/audit?action=api_key.updated')
    await page.locator('tbody').getByText('api_key.updated').waitFor()
    expect(problems).toEqual([])
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'a key limited to keys and reading opens those pages, and hands out no more than it has',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, { name: 'acme' })
    const limits = { scopes: ['read', 'keys'], runs_per_month: 10 }
    const made = await tenant.post('/v1/api-keys', { name: 'warden', ...limits })
    const { page, problems } = await openPage(server.url)
    const dialog = page.getByRole('dialog')
    await signIn(page, made.body.secret, '/console/keys')
    await page.getByRole('button', { name: 'New key' }).click()
    await dialog.getByLabel('Name').fill('reader')
    // The form begins with what the key itself may do.
    expect(await dialog.getByLabel('Runs a month').inputValue()).toBe('10')
    expect(await dialog.getByLabel('manage keys').isChecked()).toBe(true)
    await dialog.getByLabel('chat, also').check()
    await dialog.getByRole('button', { name: 'Create key' }).click()
    await dialog.locator('.problem').waitFor()
    await dialog.getByLabel('chat, also').uncheck()
    await dialog.getByLabel('manage keys').uncheck()
    await dialog.getByRole('button', { name: 'Create key' }).click()
    await storeKey(page)
    await page.getByText('may read · 10 runs a month').waitFor()

    await page.getByRole('button', { name: 'Rotate reader' }).click()
    await dialog.getByLabel('The old one goes on').selectOption('0')
    await dialog.getByRole('button', { name: 'Rotate key' }).click()
    await dialog.getByText('is refused from now on').waitFor()
    await storeKey(page)
    await page.getByRole('button', { name: 'Revoke reader' }).click()
    await dialog.getByRole('button', { name: 'Revoke key' }).click()
    // What is said of it stands for five seconds, which a busy machine may take to look.
    await page.getByRole('button', { name: 'Revoke reader' }).waitFor({ state: 'detached' })

    // Without the scope to chat there is no playground.
    await goInside(page, '/console/agents/assistant')
    await page.getByText('System prompt').waitFor()
    expect(await page.getByLabel('Message').count()).toBe(0)
    expect(problems).toEqual([])
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'the menu has what a key may use, and no page asks for what it may not',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, { name: 'acme' })
    for (const [scope, menu] of [
      ['read', ['Agents', 'Runs', 'Usage', 'This key']],
      ['keys', ['API keys', 'This key']],
      ['run', ['This key']],
      ['chat', ['This key']],
    ] as const) {
      const { body } = await tenant.post('/v1/api-keys', { name: scope, scopes: [scope] })
      const { page, problems } = await openPage(server.url)
      const refused: string[] = []
      await signIn(page, body.secret)
      page.on('response', (reply) => {
        if (reply.status() >= 400) refused.push(reply.url())
      })
      const entries = page.getByRole('navigation', { name: 'Pages' }).locator('li')
      expect(await entries.allInnerTexts()).toEqual([...menu])
      await loaded(page)
      for (const entry of menu) {
        await page.getByRole('link', { name: entry, exact: true }).click()
        await loaded(page)
      }
      await goInside(page, scope === 'keys' ? '/console/runs' : '/console/keys')
      await page.getByText('There is no page at this address.').waitFor()
      expect(refused).toEqual([])
      expect(problems).toEqual([])
    }
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'a key that may only run sees whose it is, what it may do, and how much',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, { name: 'acme' })
    const limits = { scopes: ['run'], allowed_agents: ['assistant'], runs_per_month: 12 }
    const { body } = await tenant.post('/v1/api-keys', { name: 'runner', ...limits })
    const { page, problems } = await openPage(server.url)
    await signIn(page, body.secret)
    await page.getByRole('heading', { name: 'This key', level: 1 }).waitFor()
    const main = page.locator('#main')
    for (const fact of ['runner', 'acme', 'run agents', 'assistant', '12', 'every model']) {
      await main.getByText(fact, { exact: true }).first().waitFor()
    }
    expect(problems).toEqual([])
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'agents and models are picked by keyboard, others typed; a list may be empty, an end taken away',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, { name: 'acme' })
    await tenant.post('/v1/api-keys', { name: 'temporary', expires_in_days: 3 })
    const kept = async () => keyNamed((await tenant.get('/v1/api-keys')).body, 'temporary')
    const { page, problems } = await openPage(server.url)
    const dialog = page.getByRole('dialog')
    const save = async () => {
      await dialog.getByRole('button', { name: 'Save' }).click()
      await dialog.waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Edit temporary' }).click()
    }
    await signIn(page, tenant.secret, '/console/keys')
    await page.getByRole('button', { name: 'Edit temporary' }).click()
    await dialog.getByText('Limits', { exact: true }).click()
    await dialog.getByLabel('Agents', { exact: true }).selectOption('some')
    await dialog.getByLabel('Find or add agents').fill('assis')
    await page.keyboard.press('Enter')
    expect(await dialog.getByLabel('assistant').isChecked()).toBe(true)
    await dialog.getByLabel('Find or add agents').fill('later-one')
    await page.keyboard.press('Enter')
    await dialog.getByLabel('Models', { exact: true }).selectOption('some')
    await dialog.getByLabel('unreachable').focus()
    await page.keyboard.press('Space')
    await dialog.getByLabel('Expires').selectOption('never')
    await save()
    expect(await kept()).toMatchObject({
      expires_at: null,
      powers: { allowed_agents: ['assistant', 'later-one'], allowed_models: ['unreachable'] },
    })

    await dialog.getByLabel('assistant').uncheck()
    await dialog.getByLabel('later-one').uncheck()
    await dialog.getByText('None chosen: no agent.').waitFor()
    await dialog.getByLabel('Models', { exact: true }).selectOption('all')
    await dialog.getByLabel('Expires').selectOption('days')
    await dialog.getByLabel('Days').fill('12')
    await save()
    expect((await kept()).powers).toMatchObject({ allowed_agents: [], allowed_models: null })
    expect((await kept()).expires_at).not.toBeNull()

    await dialog.getByLabel('Agents', { exact: true }).selectOption('all')
    await save()
    expect((await kept()).powers).toBeUndefined()
    expect(problems).toEqual([])
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'the form of a key with all its limits needs no scrolling on a laptop',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, { name: 'acme' })
    const { page } = await openPage(server.url, { viewport: { width: 1280, height: 860 } })
    await signIn(page, tenant.secret, '/console/keys?new=1')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Limits', { exact: true }).click()
    for (const list of ['Agents', 'Models']) {
      await dialog.getByLabel(list, { exact: true }).selectOption('some')
    }
    await dialog.getByLabel('assistant').waitFor()
    const hidden = await dialog.evaluate((one) => one.scrollHeight - one.clientHeight)
    expect(hidden).toBeLessThanOrEqual(0)
  },
  BROWSER_MS,
)
