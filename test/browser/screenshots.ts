import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { ADMIN_SECRET, cleanUp } from '../binary/ares.ts'
import { faketimeLibrary } from '../torture/tools.ts'
import { closeBrowser, goInside, openPage, signIn } from './browser.ts'
import { operatorPages, tenantPages } from './console-server.ts'
import { type SeededTenant, seededServer } from './seed.ts'

/*
 * Pictures of every page and of the form of a key, light, dark, on a phone and on a wide screen, to be looked at:
 *
 *   bun test/browser/screenshots.ts FOLDER     all of them
 *   bun test/browser/screenshots.ts --readme   the ones that stand in the README
 */

const README_FOLDER = join(import.meta.dir, '../../docs/images')
const KINDS: Record<string, BrowserContextOptions> = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  phone: { colorScheme: 'light', viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
  wide: { colorScheme: 'light', viewport: { width: 1920, height: 1080 } },
}

async function everyPage(url: string, tenant: SeededTenant, folder: string): Promise<void> {
  const runId = await newestRun(tenant)
  for (const [kind, options] of Object.entries(KINDS)) {
    for (const [who, credential, pages] of [
      ['operator', ADMIN_SECRET, operatorPages({ id: tenant.id, runId })],
      ['tenant', tenant.key, tenantPages({ runId })],
    ] as const) {
      const { page } = await openPage(url, options)
      await signIn(page, credential)
      await page.mouse.move(0, 0)
      for (const path of pages.map(agentOfSeed)) {
        await goInside(page, path)
        const name = `${who}${path.replace('/console', '').replace(/[/?=]/g, '-')}`
        const short = name.replaceAll(tenant.id, 'id').replaceAll(runId, 'id')
        await page.screenshot({ path: join(folder, `${short}-${kind}.png`), fullPage: true })
      }
      if (who === 'tenant') {
        await fillKeyForm(page)
        await page.screenshot({ path: join(folder, `tenant-key-form-${kind}.png`) })
      }
    }
  }
}

/** The form of a key with everything in it unfolded. */
async function fillKeyForm(page: Page): Promise<void> {
  await goInside(page, '/console/keys')
  await page.getByRole('button', { name: 'New key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('checkout')
  await dialog.getByText('Limits', { exact: true }).click()
  await dialog.getByLabel('run agents').check()
  for (const list of ['Agents', 'Models']) {
    await dialog.getByLabel(list, { exact: true }).selectOption('some')
  }
  await dialog.getByLabel('kasino-risk').check()
}

/** The size of a laptop's window, and a phone. */
async function readmePages(url: string, tenant: SeededTenant): Promise<void> {
  const viewport = { width: 1280, height: 800 }
  const light = await openPage(url, { viewport })
  await signIn(light.page, ADMIN_SECRET)
  await goInside(light.page, '/console')
  await shoot(light.page, 'overview')
  await goInside(light.page, '/console/runs')
  await shoot(light.page, 'runs')
  await goInside(light.page, `/console/tenants/${tenant.id}/agents/kasino-risk`)
  await play(light.page)
  await shoot(light.page, 'playground')
  await goInside(light.page, '/console/tenants?new=client')
  await light.page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('new-client')
  await light.page.getByRole('button', { name: 'Provision', exact: true }).click()
  await light.page.getByText('I have stored it').waitFor()
  await shoot(light.page, 'provision')

  const dark = await openPage(url, { viewport, colorScheme: 'dark' })
  await signIn(dark.page, ADMIN_SECRET)
  await goInside(dark.page, `/console/tenants/${tenant.id}`)
  await shoot(dark.page, 'tenant-dark')

  const phone = await openPage(url, { viewport: { width: 390, height: 844 } })
  await signIn(phone.page, tenant.key)
  await goInside(phone.page, '/console/usage')
  await shoot(phone.page, 'phone')
}

async function shoot(page: Page, name: string): Promise<void> {
  // Nothing is pointed at.
  await page.mouse.move(0, 0)
  await page.screenshot({ path: join(README_FOLDER, `console-${name}.png`) })
}

/** The tenant here has other agents than the one of the tests. */
function agentOfSeed(path: string): string {
  return path.replace('/assistant', '/kasino-risk')
}

async function play(page: Page): Promise<void> {
  await page.getByLabel('Message').fill('Transfer of 15,000 USD to a payee added ten minutes ago.')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText(/\d+ tokens$/).waitFor()
}

async function newestRun({ caller }: SeededTenant): Promise<string> {
  const { body } = await caller.get('/v1/runs?agent=kasino-risk&limit=1')
  return body.runs[0].id
}

const [target] = process.argv.slice(2)
if (target === undefined) throw new Error('Name a folder, or --readme.')
const folder = target === '--readme' ? README_FOLDER : target
const library = faketimeLibrary()
if (library === null) throw new Error('A month takes libfaketime, which is not installed.')
mkdirSync(folder, { recursive: true })
const { server, tenants } = await seededServer(library)
try {
  if (target === '--readme') await readmePages(server.url, tenants[0]!)
  else await everyPage(server.url, tenants[0]!, folder)
} finally {
  await closeBrowser()
  cleanUp()
}
