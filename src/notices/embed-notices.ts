import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BunPlugin } from 'bun'

const MODULE = `import path from './THIRD_PARTY_NOTICES' with { type: 'file' }
export function loadNotices() {
  return Bun.file(path).text()
}
`

/**
 * Writes the notices and a module that reads them when asked, and has the build take that module in place of
 * `notices.ts`.
 */
export function embedNotices(text: string, folder: string): BunPlugin {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'notices.ts')
  writeFileSync(join(folder, 'THIRD_PARTY_NOTICES'), text)
  writeFileSync(path, MODULE)
  return {
    name: 'embed-notices',
    setup(build) {
      build.onResolve({ filter: /\/notices\/notices\.ts$/ }, () => ({ path }))
    },
  }
}
