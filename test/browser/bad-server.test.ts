import { afterAll, expect, test } from 'bun:test'
import { ADMIN_SECRET, cleanUp } from '../binary/ares.ts'
import { provision } from '../binary/callers.ts'
import { CHROMIUM, closeBrowser, goInside, loaded, openPage, signIn } from './browser.ts'
import { BROWSER_MS, startConsole } from './console-server.ts'

afterAll(closeBrowser)
afterAll(cleanUp)

test.skipIf(CHROMIUM === undefined)(
  'a slow server shows skeletons, a failing one its own sentence and the request id, and the page recovers',
  async () => {
    const server = await startConsole()
    await provision(server, { name: 'acme' })
    const { page, problems } = await openPage(server.url)
    await signIn(page, ADMIN_SECRET)
    await loaded(page)

    const seen = Promise.withResolvers<void>()
    let answer: 'slow' | 'failing' | 'away' | 'well' = 'slow'
    await page.route('**/api/admin/tenant-list*', async (route) => {
      if (answer === 'slow') await seen.promise
      if (answer === 'away') return route.abort('connectionrefused')
      if (answer === 'failing') {
        return route.fulfill({
          status: 503,
          headers: { 'x-request-id': 'request-77', 'retry-after': '5' },
          json: { error: 'The database is busy.', code: 'overloaded', request_id: 'request-77' },
        })
      }
      return route.continue()
    })
    await page.getByRole('link', { name: 'Tenants', exact: true }).click()
    await page.locator('.skeleton').first().waitFor()
    seen.resolve()
    await page.getByRole('link', { name: 'acme' }).waitFor()

    // What is known stays on the page while the server is in trouble.
    answer = 'failing'
    await page.getByText('The database is busy.').waitFor()
    await page.getByText('Request request-77').waitFor()
    expect(await page.getByRole('link', { name: 'acme' }).count()).toBe(1)
    answer = 'away'
    await page.getByText('The server cannot be reached.').waitFor()
    answer = 'well'
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('alert').waitFor({ state: 'detached' })
    expect(problems).toEqual([])
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'a change that fails keeps what was typed, and trying again does nothing twice',
  async () => {
    const server = await startConsole()
    const { page } = await openPage(server.url)
    await signIn(page, ADMIN_SECRET, '/console/tenants?new=client')
    let lost = 0
    await page.route('**/api/admin/provision-client', async (route) => {
      if (lost > 0) return route.continue()
      lost++
      // The server does it, and its answer is lost on the way.
      await route.fetch()
      return route.abort('connectionreset')
    })
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('only-once')
    await dialog.getByRole('button', { name: 'Provision' }).click()
    await dialog.getByText('The server cannot be reached.').waitFor()
    expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe('only-once')
    await dialog.getByRole('button', { name: 'Provision' }).click()
    await dialog.getByText('only-once is ready').waitFor()
    await dialog.getByLabel('I have stored it').check()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await goInside(page, '/console/tenants')
    expect(await page.locator('tbody tr').count()).toBe(1)
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'a stream that is stopped says so, and one that fails shows why',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, { name: 'acme' })
    const { page } = await openPage(server.url)
    await signIn(page, ADMIN_SECRET, `/console/tenants/${tenant.id}/agents/assistant`)
    const stopped = Promise.withResolvers<void>()
    let held = true
    await page.route('**/chat/stream', async (route) => {
      if (!held) return route.continue()
      await stopped.promise
      return route.abort().catch(() => undefined)
    })
    await page.getByLabel('Message').fill('Hello')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText('Stopped.').waitFor()
    held = false
    stopped.resolve()
    await page.getByLabel('Status').selectOption('paused')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The agent is saved.').waitFor()
    await page.getByLabel('Message').fill('Hello again')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.locator('.talk').getByRole('alert').waitFor()
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'where the pages behind the door do not arrive, signing in says what to do',
  async () => {
    const server = await startConsole()
    const { page } = await openPage(server.url)
    await page.route('**/part-*.js', (route) => route.abort('connectionrefused'))
    await page.goto('/console')
    await page.getByLabel('Admin secret or API key').fill(ADMIN_SECRET)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('The console could not be loaded whole. Load this page again.').waitFor()
    await page.unroute('**/part-*.js')
    await signIn(page, ADMIN_SECRET)
    await loaded(page)
  },
  BROWSER_MS,
)
