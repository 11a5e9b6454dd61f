import { afterAll, expect, test } from 'bun:test'
import { ADMIN_SECRET, cleanUp } from '../binary/ares.ts'
import { operator, provision } from '../binary/callers.ts'
import { CHROMIUM, closeBrowser, goInside, loaded, openPage, signIn } from './browser.ts'
import { BROWSER_MS, operatorPages, startConsole, tenantPages } from './console-server.ts'

afterAll(closeBrowser)
afterAll(cleanUp)

/** Text that would run as a script, were it ever taken for markup. */
const HOSTILE =
  '<img src=x onerror="window.owned=1"><script>window.owned=1</script>"><svg onload=window.owned=1>{{7*7}}'

test.skipIf(CHROMIUM === undefined)(
  'stored text stays text on every page, whatever it holds',
  async () => {
    const server = await startConsole()
    const admin = operator(server)
    const tenant = await provision(server, { name: 'acme' })
    const agents = `/api/admin/tenants/${tenant.id}/agents`
    await admin.put(`${agents}/assistant`, {
      config: { model: 'm', system_prompt: HOSTILE, metadata: { [HOSTILE]: HOSTILE } },
    })
    await admin.post(agents, { name: 'broken', agent_type: 'x', config: { model: 'unreachable' } })
    await admin.post(`/api/admin/tenants/${tenant.id}/api-keys`, {
      name: HOSTILE.slice(0, 100),
    })
    await tenant.post('/v1/agents/broken/run', { input: { message: HOSTILE } })
    await tenant.post('/v1/chat', { model: 'm', messages: [{ role: 'user', content: HOSTILE }] })
    // The demo model quotes the message in its answer.
    const run = await tenant.post('/v1/agents/assistant/run', {
      input: { message: HOSTILE, context: { [HOSTILE]: HOSTILE } },
    })
    const runId = run.body.id as string

    for (const [credential, pages] of [
      [ADMIN_SECRET, operatorPages({ id: tenant.id, runId })],
      [tenant.secret, tenantPages({ runId })],
    ] as const) {
      const { page, problems } = await openPage(server.url)
      await signIn(page, credential)
      for (const path of pages) {
        await goInside(page, path)
        const made = await page.locator('#app img, #app script, [onload], [onerror]').count()
        expect(`${path} ${made}`).toBe(`${path} 0`)
      }
      await goInside(
        page,
        pages.find((path) => path.includes('/runs/'))!,
      )
      await page.getByText('<img src=x onerror=').first().waitFor()

      await goInside(
        page,
        pages.find((path) => path.includes('/agents/assistant'))!,
      )
      await page.getByLabel('Message').fill(HOSTILE)
      await page.getByRole('button', { name: 'Send' }).click()
      await page.getByText(/\d+ tokens$/).waitFor()
      // What is in the address is text, too.
      await goInside(page, `/console/runs?q=${encodeURIComponent(HOSTILE)}`)
      await goInside(page, `/console/${encodeURIComponent(HOSTILE)}`)
      await loaded(page)
      expect(await page.evaluate(() => 'owned' in globalThis)).toBe(false)
      expect(problems).toEqual([])
    }
  },
  BROWSER_MS,
)
