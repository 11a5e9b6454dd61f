import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Asset } from './asset.ts'

const WEB = join(import.meta.dir, 'web')

let built: { newestMs: number; assets: Promise<Asset[]> } | undefined

/**
 * The console's files, when the program runs from its sources: built when first asked for, and again after a change.
 * The binary's build puts a module in this one's place that reads the files embedded in it.
 */
export function loadAssets(): Promise<Asset[]> {
  const newestMs = newestChange()
  if (built?.newestMs !== newestMs) built = { newestMs, assets: build() }
  return built.assets
}

async function build(): Promise<Asset[]> {
  const { buildAssets } = await import('./build-assets.ts')
  return buildAssets()
}

function newestChange(): number {
  const files = [...new Bun.Glob('**/*').scanSync(WEB)]
  return Math.max(...files.map((file) => statSync(join(WEB, file)).mtimeMs))
}
