import { expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/* docs/contract.md is what comments cite: `contract 5.3`. */

const ROOT = resolve(import.meta.dir, '..')
const CITING = ['src', 'test', 'bench', 'migrations', 'docs', 'clients']
const OTHERS = /(^|\/)(node_modules|dist|fixtures)\//

/** The numbers of the paragraphs, in their order. */
const promises = [
  ...readFileSync(join(ROOT, 'docs/contract.md'), 'utf8').matchAll(/^\*\*(\d+)\.(\d+)\*\* /gm),
].map(([, section, paragraph]) => [Number(section), Number(paragraph)] as const)

test('paragraphs are numbered one by one, section by section', () => {
  expect(promises.length).toBeGreaterThan(50)
  const expected = promises.map(([section], index) => {
    const before = promises[index - 1]
    return before?.[0] === section ? [section, before[1] + 1] : [(before?.[0] ?? 0) + 1, 1]
  })
  expect(promises.map((numbers) => [...numbers])).toEqual(expected)
})

test('every number that is cited is there', () => {
  const known = new Set(promises.map((numbers) => numbers.join('.')))
  const cited = CITING.flatMap(citationsUnder)
  expect(cited.length).toBeGreaterThan(50)
  expect(cited.filter(({ number }) => !known.has(number))).toEqual([])
})

/** Which file below a folder cites which paragraph. A section as a whole (`§5`) is no paragraph. */
function citationsUnder(folder: string): { file: string; number: string }[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((file) => /\.(tsx?|md)$/.test(file) && !OTHERS.test(file))
    .flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\bcontract,? (§?\d[\d.]*)/gi)].map(
        ([, number]) => ({ file, number: number!.replace(/\.$/, '') }),
      ),
    )
}
