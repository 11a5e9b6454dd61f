import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const ROOT = join(import.meta.dir, '../..')

/** Somebody else's work inside the binary. */
export interface ThirdParty {
  name: string
  version: string
  /** As SPDX says it: `MIT`, `BSD-3-Clause`; or words where no such id fits. */
  license: string
  homepage: string
  /** Package URL, which tells scanners of vulnerabilities what it is. */
  purl: string
  /** What it says about its licence, whole, file after file. */
  texts: string[]
  /** Names of what it needs. */
  needs: string[]
}

interface Manifest {
  name: string
  version: string
  license: string
  homepage?: string
  dependencies?: Record<string, string>
}

/**
 * Everything that the binary is made of beside our own sources: the packages whose files the bundler takes in, for the
 * server and for its console, what is compiled into the SQLite addon, and the runtime. In the order of their names.
 *
 * @throws Error for a package that ships no licence text: then somebody has to look for it
 */
export async function thirdParties(): Promise<ThirdParty[]> {
  const [server, page] = await Promise.all([
    bundledInputs({ entrypoints: ['src/main.ts'], target: 'bun' }),
    bundledInputs({ entrypoints: ['src/console/web/main.tsx'], target: 'browser' }),
  ])
  const packages = packagesOf([...server, ...page]).map(({ folder, files }) => npm(folder, files))
  // It is headers alone, so that the bundler never sees it: the addon is compiled with them.
  const addonHeaders = npm(join(ROOT, 'node_modules/node-addon-api'), [])
  return [...packages, addonHeaders, sqlite(), bun()].toSorted((one, other) =>
    one.name < other.name ? -1 : 1,
  )
}

/** The files that the bundler takes in, as paths from the root. */
async function bundledInputs({
  entrypoints,
  target,
}: {
  entrypoints: string[]
  target: Bun.Target
}) {
  const { metafile } = await Bun.build({
    entrypoints: entrypoints.map((path) => join(ROOT, path)),
    root: ROOT,
    target,
    splitting: true,
    metafile: true,
  })
  return Object.keys(metafile!.inputs)
}

/** The folders of the packages that the files belong to, the innermost where one lies in another. */
export function packagesOf(files: string[]): { folder: string; files: string[] }[] {
  const packages = new Map<string, string[]>()
  for (const file of files) {
    const [, inner] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file) ?? []
    if (inner === undefined) continue
    const folder = join(ROOT, inner.slice(inner.indexOf('node_modules/')))
    packages.set(folder, [...(packages.get(folder) ?? []), file])
  }
  return [...packages].map(([folder, within]) => ({ folder, files: within }))
}

function npm(folder: string, files: string[]): ThirdParty {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  const { name, version, license, homepage, dependencies = {} } = manifest
  const texts = textsIn(folder, files)
  if (texts.length === 0) throw new Error(`${name} ${version} ships no licence text.`)
  return {
    name,
    version,
    license,
    homepage: homepage ?? `https://www.npmjs.com/package/${name}`,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    texts,
    needs: Object.keys(dependencies),
  }
}

/** Licences and notices of the package, and of what a bundled file of it has bundled itself. */
function textsIn(folder: string, files: string[]): string[] {
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|notice|copying)/i.test(name))
  const ofFiles = files
    .map((file) => `${file.slice(file.lastIndexOf('/') + 1)}.LICENSE.txt`)
    .filter((name) => existsSync(join(folder, name)))
  return [...names.toSorted(), ...ofFiles].map((name) => readFileSync(join(folder, name), 'utf8'))
}

/** It is in the addon of better-sqlite3, whose licence does not speak of it. */
function sqlite(): ThirdParty {
  const addon = dirname(Bun.resolveSync('better-sqlite3/package.json', ROOT))
  const header = readFileSync(join(addon, 'deps/sqlite3/sqlite3.h'), 'utf8')
  const version = /^#define SQLITE_VERSION\s+"([^"]+)"/m.exec(header)![1]!
  const blessing = header.slice(header.indexOf('/*') + 2, header.indexOf('*****'))
  return {
    name: 'sqlite',
    version,
    license: 'blessing',
    homepage: 'https://sqlite.org',
    purl: `pkg:generic/sqlite@${version}`,
    texts: [blessing.replaceAll(/^\*\* ?/gm, '')],
    needs: [],
  }
}

const BUN_TEXTS_MISSING = `The packages of Bun carry this page, and not the texts of the licences that it names; they are at the addresses it
gives. Bun's own is at https://github.com/oven-sh/bun/blob/main/LICENSE.md.

`

function bun(): ThirdParty {
  const page = join(
    dirname(Bun.resolveSync('bun-types/package.json', ROOT)),
    'docs/project/license.mdx',
  )
  return {
    name: 'bun',
    version: Bun.version,
    license: 'MIT, with parts under LGPL-2 and others',
    homepage: 'https://bun.com',
    purl: `pkg:npm/bun@${Bun.version}`,
    texts: [`${BUN_TEXTS_MISSING}${readFileSync(page, 'utf8').replace(/^---\n.*?\n---\n/s, '')}`],
    needs: [],
  }
}
