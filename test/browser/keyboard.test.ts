import { afterAll, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { ADMIN_SECRET, cleanUp } from '../binary/ares.ts'
import { provision } from '../binary/callers.ts'
import { CHROMIUM, closeBrowser, loaded, openPage, signIn } from './browser.ts'
import { BROWSER_MS, startConsole } from './console-server.ts'

afterAll(closeBrowser)
afterAll(cleanUp)

/** What has the focus, as its reader would name it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement
    return (element.innerText || element.ariaLabel || element.id || element.tagName).trim()
  })
}

async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    if ((await focused(page)).startsWith(name)) return
  }
  throw new Error(`Tab does not reach ${name}; it is at ${await focused(page)}`)
}

test.skipIf(CHROMIUM === undefined)(
  'everything is done by keys alone: sign in, jump, provision, play, resolve focus, skip the menu',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, { name: 'acme', tier: 'pro' })
    const { page, problems } = await openPage(server.url)
    await page.goto('/console')
    // The field has the focus already.
    await page.getByLabel('Admin secret or API key').waitFor()
    await page.keyboard.type(ADMIN_SECRET)
    await page.keyboard.press('Enter')
    await page.locator('#main').waitFor()
    await loaded(page)

    await page.keyboard.press('/')
    await page.keyboard.type('acme')
    await page.getByRole('option', { name: /^acme Tenant/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'acme' }).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/console/tenants/${tenant.id}`)

    await page.keyboard.press('Control+k')
    await page.keyboard.type('provision')
    await page.keyboard.press('Enter')
    await page
      .getByRole('dialog', { name: 'Provision client' })
      .getByLabel('Name', { exact: true })
      .waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    await tabTo(page, 'Provision client')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).waitFor()
    await page.keyboard.type('by-keys')
    await page.keyboard.press('Enter')
    await dialog.getByText('I have stored it').waitFor()
    await tabTo(page, 'I have stored it').catch(() => dialog.getByLabel('I have stored it').focus())
    await page.keyboard.press('Space')
    await tabTo(page, 'Done')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'by-keys' }).waitFor()
    // The focus goes along with the reader.
    expect(await focused(page)).toBe('by-keys')

    await tabTo(page, 'assistant')
    await page.keyboard.press('Enter')
    await page.getByLabel('Message').waitFor()
    await page.getByLabel('Message').focus()
    await page.keyboard.type('What is 6 * 7?')
    await page.keyboard.press('Enter')
    await page.getByText(/\d+ tokens$/).waitFor()

    await page.reload()
    await page.getByLabel('Admin secret or API key').waitFor()
    await page.keyboard.type(ADMIN_SECRET)
    await page.keyboard.press('Enter')
    await page.locator('#main').waitFor()
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    expect(problems).toEqual([])
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'a chart is read by arrow keys',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, { name: 'acme', tier: 'pro' })
    await tenant.run()
    const { page } = await openPage(server.url)
    await signIn(page, ADMIN_SECRET)
    const chart = page.getByRole('slider', { name: 'runs per UTC day' })
    await chart.focus()
    await page.keyboard.press('ArrowLeft')
    await page.getByText('1 runs', { exact: true }).waitFor()
    await chart.and(page.locator('[aria-valuetext$=": 1 runs"]')).waitFor()
  },
  BROWSER_MS,
)
