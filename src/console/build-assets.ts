import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { type Asset, mediaTypeOf, PAGE } from './asset.ts'

const WEB = join(import.meta.dir, 'web')
const ICON = join(import.meta.dir, '../icon.svg')

const ENTRIES = ['main.tsx', 'styles/main.css']
/** It runs before anything is drawn: a script of its own, and none that imports. */
const FIRST = ['theme.ts']

/**
 * Builds the console's page, scripts and styles: minified, named by their content, compressed.
 *
 * @throws AggregateError when a source does not build
 */
export async function buildAssets(): Promise<Asset[]> {
  const files = (await Promise.all([build(ENTRIES), build(FIRST)])).flat()
  const icon = await Bun.file(ICON).text()
  const page = pageOf(
    files.map(({ name }) => name),
    `data:image/svg+xml,${encodeURIComponent(icon.trim())}`,
  )
  return [compressed(PAGE, new TextEncoder().encode(page)), ...files]
}

async function build(entries: string[]): Promise<Asset[]> {
  const { outputs } = await Bun.build({
    entrypoints: entries.map((entry) => join(WEB, entry)),
    target: 'browser',
    format: 'esm',
    minify: true,
    // What is imported when it is needed, behind the door, is a file of its own.
    splitting: true,
    naming: { entry: '[name]-[hash].[ext]', chunk: 'part-[name]-[hash].[ext]' },
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  return Promise.all(
    outputs.map(async (output) =>
      compressed(baseName(output.path), new Uint8Array(await output.arrayBuffer())),
    ),
  )
}

function pageOf(names: string[], icon: string): string {
  const address = (pattern: RegExp) =>
    `/console/assets/${names.find((candidate) => pattern.test(candidate))}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>ARES console</title>
<link rel="icon" href="${icon}">
<script src="${address(/^theme-.*js$/)}"></script>
<link rel="stylesheet" href="${address(/css$/)}">
<script type="module" src="${address(/^main-.*js$/)}"></script>
</head>
<body>
<div id="app"></div>
<noscript>The console needs JavaScript. What it does, the Admin API does as well: see /swagger.</noscript>
</body>
</html>
`
}

function compressed(name: string, identity: Uint8Array<ArrayBuffer>): Asset {
  return {
    name,
    type: mediaTypeOf(name),
    identity,
    gzip: new Uint8Array(gzipSync(identity, { level: 9 })),
    brotli: new Uint8Array(
      brotliCompressSync(identity, {
        params: { [constants.BROTLI_PARAM_SIZE_HINT]: identity.length },
      }),
    ),
  }
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
