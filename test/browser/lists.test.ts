import { afterAll, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { ADMIN_SECRET, cleanUp } from '../binary/ares.ts'
import { operator, provision } from '../binary/callers.ts'
import { CHROMIUM, closeBrowser, goInside, openPage, signIn } from './browser.ts'
import { BROWSER_MS, startConsole } from './console-server.ts'

afterAll(closeBrowser)
afterAll(cleanUp)

test.skipIf(CHROMIUM === undefined)(
  'runs are filtered, searched and paged by the server; each view has an address that says it all',
  async () => {
    const server = await startConsole()
    const acme = await provision(server, { name: 'acme', tier: 'pro' })
    const globex = await provision(server, { name: 'globex', tier: 'pro' })
    await acme.run('A needle in the hay')
    for (let n = 0; n < 54; n++) await acme.run(`Straw ${n}`)
    await globex.run('Of somebody else')
    const broken = { name: 'broken', agent_type: 'x', config: { model: 'unreachable' } }
    await operator(server).post(`/api/admin/tenants/${globex.id}/agents`, broken)
    await globex.post('/v1/agents/broken/run', { input: { message: 'Fails' } })

    const { page, problems } = await openPage(server.url)
    await signIn(page, ADMIN_SECRET, '/console/runs')
    const rows = page.locator('tbody tr')
    await rows.nth(49).waitFor()
    await page.getByRole('link', { name: 'Older' }).click()
    await page.getByRole('link', { name: 'Newest' }).waitFor()
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 7)
    await page.goBack()
    await rows.nth(49).waitFor()

    await page.getByLabel('Status').selectOption('failed')
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1)
    expect(await rows.first().innerText()).toContain('broken')
    expect(page.url()).toEndWith('/console/runs?status=failed')
    await page.getByRole('link', { name: 'Clear' }).click()

    await page.getByLabel('Tenant').fill('globex')
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 2)
    expect(page.url()).toEndWith(`tenant_id=${globex.id}`)
    await page.getByRole('link', { name: 'Clear' }).click()

    await page.getByLabel('Text in input or output').fill('NEEDLE')
    await page.getByText(/runs were searched/).waitFor()
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1)
    const address = page.url()
    await page.goto('/console')
    await signIn(page, ADMIN_SECRET, address)
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1)
    await page.getByLabel('Text in input or output').fill('no such thing anywhere')
    await page.getByText('No run fits').waitFor()
    expect(problems).toEqual([])
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'news come by themselves, and what is already there stays where it is',
  async () => {
    const server = await startConsole()
    const acme = await provision(server, { name: 'acme', tier: 'pro' })
    await acme.run('First')
    const { page } = await openPage(server.url)
    await signIn(page, ADMIN_SECRET, '/console/runs')
    const first = await page.locator('tbody tr').first().elementHandle()
    await acme.run('Second')
    await page.locator('tbody tr').nth(1).waitFor()
    // The very element, not one drawn again.
    const last = await page.locator('tbody tr').last().elementHandle()
    expect(await page.evaluate(([one, other]) => one === other, [first, last])).toBe(true)
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'a test call tells how a model answers, and usage is downloaded as a file',
  async () => {
    const server = await startConsole()
    const acme = await provision(server, { name: 'acme', tier: 'pro' })
    await acme.run('What is 6 * 7?')
    const { page, problems } = await openPage(server.url)
    await signIn(page, ADMIN_SECRET, '/console/models')
    await page.getByRole('button', { name: 'Test m', exact: true }).click()
    await page.getByText(/answered in .* tokens/).waitFor()
    await page.getByRole('button', { name: 'Test unreachable' }).click()
    await page.locator('.test-call .bad').waitFor()

    await goInside(page, '/console/usage')
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download CSV' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toMatch(/^ares-usage-\d{4}-\d\d-\d\d\.csv$/)
    const [head, row] = readFileSync(await download.path(), 'utf8').split('\r\n')
    expect(head).toStartWith('date,tenant_id,tenant_name,model,kind,runs')
    expect(row).toContain(',acme,m,run,1,0,')
    expect(problems).toEqual([])
  },
  BROWSER_MS,
)

test.skipIf(CHROMIUM === undefined)(
  'the heads of columns sort, by mouse and keyboard; Back undoes orders and filters one by one',
  async () => {
    const server = await startConsole()
    const acme = await provision(server, { name: 'acme', tier: 'pro' })
    await provision(server, { name: 'globex', tier: 'pro' })
    await acme.run('Once')
    const { page, problems } = await openPage(server.url)
    await signIn(page, ADMIN_SECRET, '/console/tenants')
    const first = (name: string) =>
      page.locator('tbody tr').first().getByRole('link', { name, exact: true }).waitFor()
    const sorted = () =>
      page
        .locator('th[aria-sort]')
        .evaluateAll((heads) =>
          heads.map((head) => `${head.textContent} ${head.getAttribute('aria-sort')}`),
        )
    await first('acme')
    expect(await sorted()).toEqual(['Name↑ ascending'])
    await page.getByRole('link', { name: 'Name', exact: true }).click()
    await first('globex')
    expect(await sorted()).toEqual(['Name↓ descending'])
    await page.getByRole('link', { name: 'Runs this month' }).focus()
    await page.keyboard.press('Enter')
    await first('acme')
    expect(await sorted()).toEqual(['Runs this month↓ descending'])
    expect(page.url()).toEndWith('/console/tenants?sort=runs_month&order=desc')
    await page.getByLabel('Status').selectOption('suspended')
    await page.getByText('No tenant fits').waitFor()
    await page.goBack()
    await first('acme')
    await page.goBack()
    await first('globex')
    await page.goBack()
    await first('acme')
    expect(page.url()).toEndWith('/console/tenants')

    await goInside(page, '/console/agents')
    await page.getByLabel('Search by agent or tenant').pressSequentially('glob', { delay: 300 })
    await first('globex')
    await page.goBack()
    await first('acme')
    expect(page.url()).toEndWith('/console/agents')
    await page.getByRole('link', { name: 'Tenant', exact: true }).click()
    await first('globex')
    expect(problems).toEqual([])
  },
  BROWSER_MS,
)
