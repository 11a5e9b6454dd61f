import type { BunPlugin } from 'bun'
import { join } from 'node:path'
import { buildAssets } from './src/console/build-assets.ts'
import { embedAssets } from './src/console/embed-assets.ts'
import { billOfMaterials } from './src/notices/bill-of-materials.ts'
import { packagesOf, thirdParties } from './src/notices/bundled-packages.ts'
import { embedNotices } from './src/notices/embed-notices.ts'
import { noticesText } from './src/notices/notices-text.ts'
import { VERSION } from './src/version.ts'

/**
 * The main entry of better-sqlite3 looks its addon up on the disk, which would be this folder's `node_modules`. The
 * entry of one platform names the addon, so that the binary carries it.
 */
const embedSqlite: BunPlugin = {
  name: 'embed-sqlite',
  setup(build) {
    const platform = `${process.platform}${isMusl() ? 'musl' : ''}-${process.arch}`
    const path = Bun.resolveSync(`better-sqlite3/${platform}`, import.meta.dir)
    build.onResolve({ filter: /^better-sqlite3$/ }, () => ({ path }))
  },
}

function isMusl(): boolean {
  if (process.platform !== 'linux') return false
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } }
  return header.glibcVersionRuntime === undefined
}

/** Compiles `dist/ares` for this machine, the console in it: `bun run build`. */
const started = performance.now()
const embedConsole = embedAssets(await buildAssets(), join(import.meta.dir, 'dist/console'))
const parts = await thirdParties()
const embedText = embedNotices(noticesText(parts), join(import.meta.dir, 'dist/notices'))
const result = await Bun.build({
  entrypoints: ['src/main.ts'],
  target: 'bun',
  format: 'esm',
  bytecode: true,
  // What is imported on demand is loaded on demand. In one piece, every start would load all of it, and twice: `liftFetchLimit`.
  splitting: true,
  plugins: [embedSqlite, embedConsole, embedText],
  metafile: true,
  define: { 'process.env.NODE_ENV': '"production"' },
  compile: {
    outfile: 'dist/ares',
    // A binary must not run what happens to lie in the folder it is started in.
    autoloadDotenv: false,
    autoloadBunfig: false,
  },
})
for (const message of result.logs) console.error(message)
if (!result.success) process.exit(1)
for (const { folder } of packagesOf(Object.keys(result.metafile!.inputs))) {
  if (!parts.some(({ name }) => folder.endsWith(`node_modules/${name}`))) {
    throw new Error(`The notices do not speak of ${folder}.`)
  }
}
await Bun.write(
  'dist/ares.cdx.json',
  `${JSON.stringify(billOfMaterials(VERSION, parts), null, 2)}\n`,
)
const { size } = Bun.file('dist/ares')
const seconds = ((performance.now() - started) / 1000).toFixed(1)
console.log(`dist/ares: ${(size / 1e6).toFixed(1)} MB in ${seconds} s`)
