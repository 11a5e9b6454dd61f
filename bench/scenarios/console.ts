import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { ADMIN_SECRET, ARES } from '../lib/ares.ts'
import { newFolder } from '../lib/folders.ts'
import { stealMeter } from '../lib/machine.ts'
import { type Measured, SERVER_CORE, start } from '../lib/process.ts'
import type { Report } from '../lib/report.ts'
import { median } from '../lib/median.ts'

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
/** Measured in turns with the binary, when it is set: what it was before a change. */
const BASELINE = process.env['ARES_BASELINE']

const CONFIG = `
[server]
port = 0
[admin]
secret = "${ADMIN_SECRET}"
[[providers]]
name = "demo"
type = "demo"
[[providers.models]]
id = "m"
context_length = 100000
`

/** Runs in the page before anything of it, and notes when the door and the overview are there. */
const OBSERVE = `
const seen = (globalThis.seen = {})
new MutationObserver(() => {
  const now = performance.now()
  if (document.querySelector('.sign-in form input')) seen.door ??= now
  if (document.querySelector('.tile strong') && document.querySelector('.plot .day')) seen.overview ??= now
}).observe(document, { childList: true, subtree: true })
addEventListener('click', () => { seen.click ??= performance.now() }, true)
`

/** Nobody types a secret faster; the pages behind the door arrive meanwhile. */
const TYPING_MS = 500

interface Seen {
  seen: { overview?: number }
}

/** What of a visit is told. */
interface Visit {
  /** From the start of the navigation until the form can be typed into and sent. */
  doorMs: number
  /** Until the browser has drawn something. */
  paintMs: number
  loadedMs: number
  /** From the click on "Sign in" until the figures and the chart of the overview are there. */
  overviewMs: number
  requests: number
  bytes: number
  stealPct: number
}

const COLUMNS: [keyof Visit, string][] = [
  ['doorMs', 'sign-in usable ms'],
  ['paintMs', 'first paint ms'],
  ['loadedMs', 'DOMContentLoaded ms'],
  ['overviewMs', 'click → overview ms'],
  ['requests', 'files'],
  ['bytes', 'bytes'],
  ['stealPct', 'steal %'],
]

/** The console in a fresh window each time, nothing cached: until one can sign in, and until the overview is there. */
export async function consoleVisits(quick: boolean): Promise<Report> {
  if (!existsSync(CHROMIUM)) throw new Error(`There is no ${CHROMIUM}: set CHROMIUM.`)
  const rounds = quick ? 5 : 20
  const binaries = { ARES, ...(BASELINE !== undefined && { baseline: BASELINE }) }
  const servers: Measured[] = []
  for (const [name, binary] of Object.entries(binaries)) servers.push(await serve(name, binary))
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  const visits = new Map<Measured, Visit[]>(servers.map((server) => [server, []]))
  try {
    for (const server of servers) await visit(browser, server)
    for (let round = 0; round < rounds; round++) {
      for (const server of servers) visits.get(server)!.push(await visit(browser, server))
    }
  } finally {
    await browser.close()
    for (const server of servers) await server.stop()
  }
  return {
    title: `The console in a fresh window on loopback, medians of ${rounds} visits`,
    columns: ['server', ...COLUMNS.map(([, head]) => head)],
    rows: servers.map((server) => [server.name, ...mediansOf(visits.get(server)!)]),
    notes: [
      'files and bytes: those under /console until the overview is there',
      ...servers.map((server) => slowestOf(server.name, visits.get(server)!)),
    ],
  }
}

function serve(name: string, binary: string): Promise<Measured> {
  const folder = newFolder()
  writeFileSync(join(folder, 'ares.toml'), CONFIG)
  return start({ name, command: [binary, 'serve'], cwd: folder, core: SERVER_CORE })
}

async function visit(browser: Browser, { url }: Measured): Promise<Visit> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.addInitScript(OBSERVE)
  const steal = stealMeter()
  await page.goto(`${url}/console`)
  await page.getByLabel('Admin secret or API key').fill(ADMIN_SECRET)
  await Bun.sleep(TYPING_MS)
  await page.getByRole('button', { name: 'Sign in' }).click()
  // Not as text, which the page's policy would not let be evaluated.
  await page.waitForFunction(() => (globalThis as unknown as Seen).seen.overview !== undefined)
  const stealPct = steal()
  const noted = await notesOf(page)
  await context.close()
  return { ...noted, stealPct }
}

async function notesOf(page: Page): Promise<Omit<Visit, 'stealPct'>> {
  return page.evaluate(`(() => {
    const files = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/console/'))
    const [navigation] = performance.getEntriesByType('navigation')
    const [paint] = performance.getEntriesByName('first-contentful-paint')
    return {
      doorMs: seen.door,
      paintMs: paint.startTime,
      loadedMs: navigation.domContentLoadedEventEnd,
      overviewMs: seen.overview - seen.click,
      requests: files.length + 1,
      bytes: files.reduce((sum, file) => sum + file.transferSize, navigation.transferSize),
    }
  })()`)
}

function slowestOf(name: string, visits: Visit[]): string {
  const ms = Math.max(...visits.map(({ doorMs }) => doorMs))
  return `${name}: sign-in usable after ${Math.round(ms)} ms at the slowest`
}

function mediansOf(visits: Visit[]): number[] {
  return COLUMNS.map(([figure]) => median(visits.map((each) => each[figure])))
}
