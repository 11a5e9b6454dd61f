import { afterAll, expect, test } from 'bun:test'
import Ajv from 'ajv'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { billOfMaterials } from '../../src/notices/bill-of-materials.ts'
import { thirdParties } from '../../src/notices/bundled-packages.ts'
import { noticesText } from '../../src/notices/notices-text.ts'
import { VERSION } from '../../src/version.ts'
import { aresBinary, cleanUp, runAres, SLOW_MS } from './ares.ts'

/* What the binary says of the work of others that it contains. */

afterAll(cleanUp)

const ROOT = resolve(import.meta.dir, '../..')
const SCHEMAS = join(ROOT, 'node_modules/@cyclonedx/cyclonedx-library/res/schema')

async function printed(): Promise<string> {
  const { code, stdout, stderr } = await runAres(['licenses'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}

/** The folders of the packages that the bundler takes in for an entry of ours. */
async function foldersBehind(entry: string, target: 'bun' | 'browser'): Promise<string[]> {
  const { metafile } = await Bun.build({ entrypoints: [join(ROOT, entry)], target, metafile: true })
  const paths = Object.keys(metafile!.inputs).map((input) => resolve(input))
  const folders = paths.flatMap((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? [])
  return [...new Set(folders)]
}

test(
  'every package in the binary and in its console is named, with its licence whole',
  async () => {
    const text = await printed()
    const folders = [
      ...(await foldersBehind('src/main.ts', 'bun')),
      ...(await foldersBehind('src/console/web/main.tsx', 'browser')),
    ]
    expect(folders.length).toBeGreaterThan(25)
    for (const folder of folders) {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      expect(text).toContain(`\n${name} ${version}\n`)
      const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file))
      expect(files).not.toEqual([])
      for (const file of files) {
        const whole = readFileSync(join(folder, file), 'utf8')
        expect(text).toContain(whole.replaceAll('\r\n', '\n').trim())
      }
    }
    // What no bundler sees: inside the addon, inside a bundled bundle, and below everything.
    expect(text).toContain('May you do good and not evil.')
    expect(text).toContain('\nnode-addon-api ')
    expect(text).toContain('DOMPurify')
    expect(text).toContain('JavaScriptCore (and WebKit), which is LGPL-2 licensed')
  },
  SLOW_MS,
)

function schema(file: string): object {
  return JSON.parse(readFileSync(join(SCHEMAS, file), 'utf8'))
}

/** CycloneDX's own schema, and what it refers to. */
function validator() {
  // Its formats (of addresses and times) are no business of Ajv's core.
  const ajv = new Ajv({ strict: false, validateFormats: false })
  for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs']) {
    const file = `${name}.SNAPSHOT.schema.json`
    ajv.addSchema(schema(file), `http://cyclonedx.org/schema/${file}`)
  }
  return ajv.compile(schema('bom-1.6.SNAPSHOT.schema.json'))
}

test(
  'the bill of materials beside the binary is valid CycloneDX and the same each time',
  async () => {
    const path = join(dirname(await aresBinary()), 'ares.cdx.json')
    const text = readFileSync(path, 'utf8')
    const validate = validator()
    validate(JSON.parse(text))
    expect(validate.errors).toBeNull()
    expect(validate({ ...JSON.parse(text), components: [{ name: 'nameless' }] })).toBe(false)

    const parts = await thirdParties()
    expect(text).toBe(`${JSON.stringify(billOfMaterials(VERSION, parts), null, 2)}\n`)
    expect(await printed()).toBe(noticesText(parts))
  },
  SLOW_MS,
)
