import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BunPlugin } from 'bun'
import type { Asset } from './asset.ts'

const FORMS = ['identity', 'gzip', 'brotli'] as const

/**
 * Writes the assets and a module that reads them, and has the build take that module in place of `assets.ts`: a
 * binary carries its console, the sources build theirs when asked.
 *
 * @param folder emptied first
 */
export function embedAssets(assets: Asset[], folder: string): BunPlugin {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'assets.ts')
  for (const asset of assets) {
    for (const form of FORMS) writeFileSync(join(folder, fileOf(asset, form)), asset[form])
  }
  writeFileSync(path, moduleOf(assets))
  return {
    name: 'embed-console',
    setup(build) {
      build.onResolve({ filter: /\/console\/assets\.ts$/ }, () => ({ path }))
    },
  }
}

function fileOf({ name }: Asset, form: (typeof FORMS)[number]): string {
  return `${name}.${form}`
}

function moduleOf(assets: Asset[]): string {
  const imports: string[] = []
  const entries = assets.map((asset, index) => {
    const forms = FORMS.map((form) => {
      imports.push(
        `import ${form}${index} from ${JSON.stringify(`./${fileOf(asset, form)}`)} with { type: 'file' }`,
      )
      return `${form}: await Bun.file(${form}${index}).bytes()`
    })
    const { name, type } = asset
    return `{ name: ${JSON.stringify(name)}, type: ${JSON.stringify(type)}, ${forms.join(', ')} }`
  })
  return `${imports.join('\n')}
let assets
export function loadAssets() {
  assets ??= read().catch((error) => {
    assets = undefined
    throw error
  })
  return assets
}
async function read() {
  return [
    ${entries.join(',\n    ')},
  ]
}
`
}
