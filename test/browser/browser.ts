import { existsSync } from 'node:fs'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'

/*
 * A real browser, driven like a person would use it. Debian's Chromium, or the one that $CHROMIUM names; where there is
 * none the tests say so and are skipped.
 */

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The path of a Chromium; undefined where there is none. */
export const CHROMIUM: string | undefined = [process.env['CHROMIUM'] ?? '', ...PLACES].find(
  (path) => path !== '' && existsSync(path),
)

if (CHROMIUM === undefined) {
  console.warn('skipped: no Chromium here (apt-get install chromium, or set CHROMIUM)')
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

let browser: Promise<Browser> | undefined
const contexts: BrowserContext[] = []

/** A fresh window without memory of any other; what goes wrong in its scripts is kept. */
export async function openPage(
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; problems: string[] }> {
  browser ??= chromium.launch({ executablePath: CHROMIUM!, args: FLAGS })
  const context = await (
    await browser
  ).newContext({
    baseURL: url,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 860 },
    reducedMotion: 'reduce',
    ...options,
  })
  contexts.push(context)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    // Chromium reports every answer that is no success, which tests provoke on purpose.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      problems.push(message.text())
    }
  })
  return { page, problems }
}

/** Closes every window, and the browser: for `afterAll`. */
export async function closeBrowser(): Promise<void> {
  await Promise.all(contexts.splice(0).map((context) => context.close()))
  await (await browser)?.close()
  browser = undefined
}

/** Signs in with an admin secret or an API key. */
export async function signIn(page: Page, secret: string, path = '/console'): Promise<void> {
  await page.goto(path)
  await page.getByLabel('Admin secret or API key').fill(secret)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.locator('#main').waitFor()
}

/** Goes to a page as a link inside the console would, which keeps the session, and waits for what it loads. */
export async function goInside(page: Page, path: string): Promise<void> {
  await page.evaluate((address) => {
    history.pushState(null, '', address)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
  await loaded(page)
}

/** The page shows its heading, and nothing of it is on its way any more. */
export async function loaded(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
}
