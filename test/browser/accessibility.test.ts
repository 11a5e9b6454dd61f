import { afterAll, expect, test } from 'bun:test'
import type axeCore from 'axe-core'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { ADMIN_SECRET, cleanUp } from '../binary/ares.ts'
import { operator, provision } from '../binary/callers.ts'
import { CHROMIUM, closeBrowser, goInside, openPage, signIn } from './browser.ts'
import { BROWSER_MS, operatorPages, startConsole, tenantPages } from './console-server.ts'

afterAll(closeBrowser)
afterAll(cleanUp)

const AXE = readFileSync(Bun.resolveSync('axe-core/axe.min.js', import.meta.dir), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds, each with its place. */
async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE)
  return page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as { axe: typeof axeCore }
    const { violations } = await axe.run(document, { runOnly: tags })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${String(target)} ${failureSummary}`),
    )
  }, RULES)
}

test.skipIf(CHROMIUM === undefined)(
  'axe finds nothing on any page, light or dark',
  async () => {
    const server = await startConsole()
    const tenant = await provision(server, { name: 'acme', tier: 'free' })
    const run = await tenant.run('What is 6 * 7?')
    for (let more = 0; more < 3; more++) await tenant.run()
    await operator(server).post(`/api/admin/tenants/${tenant.id}/agents`, {
      name: 'paused-one',
      agent_type: 'custom',
      status: 'paused',
      config: { model: 'unreachable' },
    })
    const known = { id: tenant.id, runId: run.body.id as string }
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const [credential, pages] of [
        [ADMIN_SECRET, operatorPages(known)],
        [tenant.secret, tenantPages(known)],
      ] as const) {
        const { page } = await openPage(server.url, { colorScheme })
        await page.goto('/console')
        await page.getByRole('button', { name: 'Sign in' }).waitFor()
        expect(await violations(page)).toEqual([])
        await signIn(page, credential)
        for (const path of pages) {
          await goInside(page, path)
          expect([path, ...(await violations(page))]).toEqual([path])
        }
      }
    }
  },
  BROWSER_MS * 2,
)

test.skipIf(CHROMIUM === undefined)(
  'axe finds nothing in dialogs, the palette, and a phone’s drawer',
  async () => {
    const server = await startConsole()
    const { page } = await openPage(server.url)
    await signIn(page, ADMIN_SECRET, '/console/tenants?new=client')
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('acme')
    await page.getByRole('button', { name: 'Provision', exact: true }).click()
    await page.getByText('I have stored it').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByLabel('I have stored it').check()
    await page.getByRole('button', { name: 'Done' }).click()
    for (const verb of ['Edit', 'Rotate', 'Revoke']) {
      await page.getByRole('button', { name: new RegExp(`^${verb} `) }).click()
      if (verb === 'Edit') {
        await page.getByText('Limits', { exact: true }).click()
        const dialog = page.getByRole('dialog')
        await dialog.getByLabel('Agents', { exact: true }).selectOption('some')
        await dialog.getByLabel('Expires', { exact: true }).selectOption('days')
        await dialog.getByLabel('assistant').waitFor()
      }
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('Escape')
    }
    await page.getByRole('button', { name: 'Delete' }).click()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByRole('option').first().waitFor()
    expect(await violations(page)).toEqual([])

    const phone = await openPage(server.url, { viewport: { width: 360, height: 740 } })
    await signIn(phone.page, ADMIN_SECRET)
    await phone.page.getByRole('button', { name: 'Menu', exact: true }).click()
    await phone.page.getByRole('link', { name: 'Tenants', exact: true }).waitFor()
    expect(await violations(phone.page)).toEqual([])
  },
  BROWSER_MS,
)
