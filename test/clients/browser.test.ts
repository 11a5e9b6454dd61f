import { afterAll, beforeAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { SLOW_MS } from '../binary/ares.ts'
import { CHROMIUM, closeBrowser, openPage } from '../browser/browser.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { describeClient } from './installed.ts'
import { COLUMNS, play } from './table/cells.ts'
import type { Client, Feature, Place } from './table/client.ts'
import { noteReader } from './table/note-reader.ts'

/* The libraries in a page of another origin than the gateway’s: each of their requests is asked for first by a preflight. */

const CASES: [string, Feature[]][] = [
  ['openai, chat completions', ['words', 'stream', 'tools']],
  ['openai, responses', ['words', 'stream', 'tools']],
  ['@anthropic-ai/sdk', ['words', 'stream', 'tools']],
  // LangGraph’s agent is for servers; LangChain’s models are not.
  ['LangGraph with @langchain/openai', ['words', 'stream']],
  ['LangGraph with @langchain/anthropic', ['words', 'stream']],
]

declare function playInPage(name: string, feature: Feature, place: Place): Promise<string>

/** A site with nothing but the libraries. */
async function startSite() {
  const entry = join(import.meta.dir, 'in-browser/page.ts')
  const { outputs } = await Bun.build({ entrypoints: [entry], target: 'browser' })
  const script = await outputs[0]!.text()
  return Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    routes: {
      '/': new Response('<!doctype html><script type="module" src="/page.js"></script>', {
        headers: { 'content-type': 'text/html' },
      }),
      '/page.js': new Response(script, { headers: { 'content-type': 'text/javascript' } }),
    },
  })
}

describeClient.skipIf(CHROMIUM === undefined)('in Chromium, from another origin', () => {
  let site: Awaited<ReturnType<typeof startSite>>
  let gateway: Gateway
  let page: Page
  let problems: string[]
  beforeAll(async () => {
    site = await startSite()
    gateway = await startGateway({ origins: [site.url.origin] })
    gateway.provider.reply(noteReader())
    ;({ page, problems } = await openPage(site.url.origin))
    await page.goto('/')
    await page.waitForFunction(() => 'playInPage' in globalThis)
  }, SLOW_MS)
  afterAll(async () => {
    await closeBrowser()
    await gateway.stop()
    await site.stop(true)
  }, SLOW_MS)

  const clientOf = (name: string, features: Feature[]): Client => {
    const inPage = (feature: Feature) => (place: Place) =>
      page.evaluate((asked) => playInPage(asked.name, asked.feature, asked.place), {
        name,
        feature,
        place,
      })
    const played = features.map((feature) => [feature, inPage(feature)])
    return { name, package: name, ...Object.fromEntries(played) }
  }

  test.each(CASES)(
    '%s',
    async (name, features) => {
      const client = clientOf(name, features)
      for (const column of COLUMNS) {
        for (const feature of features) {
          const { url, key } = gateway
          await play(client, feature, column, { url, key })
        }
      }
      expect(problems).toEqual([])
    },
    SLOW_MS,
  )
})
