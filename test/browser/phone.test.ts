import { afterAll, expect, test } from 'bun:test'
import { ADMIN_SECRET, cleanUp } from '../binary/ares.ts'
import { provision } from '../binary/callers.ts'
import { CHROMIUM, closeBrowser, goInside, openPage, signIn } from './browser.ts'
import { BROWSER_MS, operatorPages, startConsole, tenantPages } from './console-server.ts'

afterAll(closeBrowser)
afterAll(cleanUp)

test.skipIf(CHROMIUM === undefined)(
  'every page fits a phone’s width, and the menu is a drawer',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, {
      name: 'a-tenant-with-a-rather-long-name-of-fifty-letters',
    })
    const run = await tenant.run(`A${'a'.repeat(400)}`)
    const known = { id: tenant.id, runId: run.body.id as string }
    for (const [credential, pages] of [
      [ADMIN_SECRET, operatorPages(known)],
      [tenant.secret, tenantPages(known)],
    ] as const) {
      const { page } = await openPage(server.url, {
        viewport: { width: 360, height: 740 },
        hasTouch: true,
        isMobile: true,
      })
      await signIn(page, credential)
      for (const path of pages) {
        await goInside(page, path)
        const beyond = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(`${path} ${beyond}`).toBe(`${path} 0`)
      }

      const menu = page.getByRole('navigation', { name: 'Pages' })
      expect(await menu.isVisible()).toBe(false)
      await page.getByRole('button', { name: 'Menu', exact: true }).tap()
      await menu.getByRole('link', { name: 'Usage' }).tap()
      await page.getByRole('heading', { name: 'Usage', level: 1 }).waitFor()
      await menu.waitFor({ state: 'hidden' })
      await page.getByRole('button', { name: 'Menu', exact: true }).tap()
      await menu.waitFor()
      await page.keyboard.press('Escape')
      await menu.waitFor({ state: 'hidden' })
    }
  },
  BROWSER_MS,
)
