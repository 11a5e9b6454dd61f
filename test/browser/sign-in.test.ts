import { afterAll, expect, test } from 'bun:test'
import { ADMIN_SECRET, cleanUp } from '../binary/ares.ts'
import { provision } from '../binary/callers.ts'
import { CHROMIUM, closeBrowser, loaded, openPage, signIn } from './browser.ts'
import { BROWSER_MS, startConsole } from './console-server.ts'

afterAll(closeBrowser)
afterAll(cleanUp)

const OTHER_SECRET = 'another-admin-secret-that-is-long-enough'

test.skipIf(CHROMIUM === undefined)(
  'a wrong secret is refused in the API’s own words; who guesses on has to wait, and is told how long',
  async () => {
    const server = await startConsole({ maxFailures: 2 })
    const { page } = await openPage(server.url)
    await page.goto('/console/tenants')
    const secret = page.getByLabel('Admin secret or API key')
    const enter = page.getByRole('button', { name: 'Sign in' })

    await secret.fill('a-wrong-secret')
    await enter.click()
    await page.getByText('The admin secret is missing or wrong.').waitFor()
    await secret.fill('ares_notakey')
    await enter.click()
    await page.getByText('The API key is missing or not valid.').waitFor()
    for (const guess of ['second-wrong-secret', 'third-wrong-secret']) {
      await secret.fill(guess)
      await enter.click()
      await page.getByText(/The admin secret is|Too many/).waitFor()
    }
    await page.getByText('Too many wrong admin secrets from this address.').waitFor()
    await page.getByText(/You can try again in \d+ s\./).waitFor()
    expect(await page.locator('#main').count()).toBe(0)
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'a secret that changes signs out with the reason, and the new one opens the same page',
  async () => {
    const first = await startConsole()
    const port = Number(new URL(first.url).port)
    const { page } = await openPage(first.url)
    await signIn(page, ADMIN_SECRET, '/console/models')
    await page.getByRole('heading', { name: 'Models', level: 1 }).waitFor()
    await first.stop()

    await startConsole({ secret: OTHER_SECRET, port })
    await page
      .getByText('You were signed out. The admin secret is missing or wrong.')
      .waitFor({ timeout: 40_000 })
    await page.getByLabel('Admin secret or API key').fill(OTHER_SECRET)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Models', level: 1 }).waitFor()
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'nothing that was signed in with stays behind: not in storage, cookies or the address',
  async () => {
    const server = await startConsole()
    const { page } = await openPage(server.url)
    await signIn(page, ADMIN_SECRET)
    await page.getByRole('button', { name: /^Theme/ }).click()
    const kept = await page.evaluate(() => ({
      local: Object.entries(localStorage),
      session: Object.entries(sessionStorage),
      cookies: document.cookie,
      address: location.href,
    }))
    expect(kept).toEqual({
      local: [['ares-theme', 'light']],
      session: [],
      cookies: '',
      address: `${server.url}/console`,
    })
    expect(await page.context().cookies()).toEqual([])
    expect(await page.content()).not.toContain(ADMIN_SECRET)

    await page.reload()
    await page.getByLabel('Admin secret or API key').waitFor()
    await signIn(page, ADMIN_SECRET)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Admin secret or API key').waitFor()
    expect(await page.getByText('You were signed out').count()).toBe(0)
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'an API key opens its own tenant: agents, playground, runs, usage and keys, and nothing else',
  async () => {
    const server = await startConsole()
    const mine = await provision(server, { name: 'mine', tier: 'pro' })
    const other = await provision(server, { name: 'other', tier: 'pro' })
    const otherRun = (await other.run('Not for the eyes of mine')).body.id as string
    const { page, problems } = await openPage(server.url)
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await signIn(page, mine.secret)

    const menu = page.getByRole('navigation', { name: 'Pages' })
    expect(await menu.locator('li').allInnerTexts()).toEqual([
      'Agents',
      'Runs',
      'Usage',
      'API keys',
      'This key',
    ])
    await page.getByRole('link', { name: 'assistant' }).click()
    await page.getByLabel('Message').fill('What is 6 * 7?')
    await page.getByLabel('Message').press('Enter')
    await page.getByText(/\d+ tokens$/).waitFor()
    await menu.getByRole('link', { name: 'Runs' }).click()
    await page.locator('tbody tr').first().getByRole('link').click()
    await page.getByText('What is 6 * 7?').first().waitFor()
    await menu.getByRole('link', { name: 'Usage' }).click()
    await page
      .getByText('1 API calls')
      .or(page.getByText(/API calls/))
      .first()
      .waitFor()

    await menu.getByRole('link', { name: 'API keys' }).click()
    await page.getByRole('button', { name: 'New key' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('second')
    await dialog.getByRole('button', { name: 'Create key' }).click()
    await dialog.getByLabel('I have stored it').check()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'Revoke second' }).click()
    await dialog.getByRole('button', { name: 'Revoke key' }).click()
    await page.getByText('The key second is revoked.').waitFor()

    await page.evaluate((path) => {
      history.pushState(null, '', path)
      dispatchEvent(new PopStateEvent('popstate'))
    }, `/console/runs/${otherRun}`)
    await page.getByText('There is no such run').or(page.getByRole('alert')).first().waitFor()
    expect(await page.getByText('Not for the eyes').count()).toBe(0)
    expect(asked.filter((path) => path.startsWith('/api/admin'))).toEqual([])
    await loaded(page)
    expect(problems).toEqual([])
  },
  BROWSER_MS,
)
