import { expect, test } from 'bun:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { startApp } from '../harness.ts'

async function consoleFiles() {
  const app = await startApp()
  const page = await app.fetch('/console')
  const html = await page.text()
  const files = [...html.matchAll(/(?:src|href)="(\/console\/assets\/[^"]+)"/g)].map(
    (match) => match[1]!,
  )
  return { app, page, html, files }
}

/** What the scripts of the page load when it is needed. */
async function laterFiles({ app, files }: Awaited<ReturnType<typeof consoleFiles>>) {
  const scripts = await Promise.all(files.map(async (path) => (await app.fetch(path)).text()))
  const names = scripts.flatMap((script) => script.match(/part-[\w-]+\.js/g) ?? [])
  return [...new Set(names)].map((name) => `/console/assets/${name}`)
}

test('/ leads to the console, which is the same page at every path under it', async () => {
  const { app, page, html, files } = await consoleFiles()
  const start = await app.fetch('/')
  expect(start.status).toBe(302)
  expect(start.headers.get('location')).toBe('/console')

  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(page.headers.get('cache-control')).toBe('no-cache')
  expect(files).toHaveLength(3)
  for (const path of ['/console/', '/console/tenants', '/console/tenants/x/agents/y?z=1']) {
    const reply = await app.fetch(path)
    expect(reply.status).toBe(200)
    expect(await reply.text()).toBe(html)
  }
  expect((await app.fetch('/console/assets/nothing.js')).status).toBe(404)
  expect((await app.fetch('/consoles')).status).toBe(404)
})

test('its policy lets nothing foreign or inline in, and no text become markup', async () => {
  const { page, html } = await consoleFiles()
  expect(page.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  )
  expect(html).not.toMatch(/<script>|<style|\son\w+=|\sstyle=/)
  expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//)
})

test('its files are cached for ever, compressed as the caller takes them, and small', async () => {
  const found = await consoleFiles()
  const { app, files } = found
  const later = await laterFiles(found)
  expect(later).toHaveLength(1)
  let firstLoad = 0
  for (const path of [...files, ...later]) {
    const plain = await app.fetch(path)
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(plain.headers.get('vary')).toBe('Accept-Encoding')
    expect(plain.headers.has('content-encoding')).toBe(false)
    const text = await plain.text()

    const gzip = await app.fetch(path, { headers: { 'accept-encoding': 'gzip, br;q=0' } })
    expect(gzip.headers.get('content-encoding')).toBe('gzip')
    const gzipBytes = Buffer.from(await gzip.arrayBuffer())
    expect(gunzipSync(gzipBytes).toString()).toBe(text)
    firstLoad += gzipBytes.length

    const brotli = await app.fetch(path, { headers: { 'accept-encoding': 'gzip, br' } })
    expect(brotli.headers.get('content-encoding')).toBe('br')
    expect(brotliDecompressSync(Buffer.from(await brotli.arrayBuffer())).toString()).toBe(text)

    const etag = plain.headers.get('etag')!
    const again = await app.fetch(path, { headers: { 'if-none-match': `"other", ${etag}` } })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
    const head = await app.fetch(path, { method: 'HEAD' })
    expect(head.status).toBe(200)
    expect(await head.text()).toBe('')
  }
  expect(firstLoad).toBeLessThan(150_000)
})

test('what is inside is told to everybody, with its licences', async () => {
  const { app } = await consoleFiles()
  const reply = await app.fetch('/console/licenses.txt')
  expect(reply.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(await reply.text()).toContain('\npreact ')
})

test('other methods are refused with the ones that are allowed', async () => {
  const { app, files } = await consoleFiles()
  for (const path of ['/console', '/console/tenants', files[0]!]) {
    const reply = await app.fetch(path, { method: 'POST' })
    expect(reply.status).toBe(405)
    expect(reply.headers.get('allow')).toBe('GET, HEAD')
  }
})
