import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mintKey } from '../../../src/api-keys/key.ts'

/* What `docs/keys.md` gives to secret scanners, taken from its text. */

const page = readFileSync(join(import.meta.dir, '../../../docs/keys.md'), 'utf8')
const section = page.slice(page.indexOf('## Finding leaked keys'))
const block = (language: string) =>
  new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(section)![1]!

const pattern = block('text').trim()
const keys = Array.from({ length: 200 }, () => mintKey().secret)

/** What a row of the table says, without its code marks. */
const field = (name: string) =>
  new RegExp(`^\\| ${name} +\\| \`(.*)\` +\\|$`, 'm').exec(section)![1]!

/** The key with another character at that place. */
function mistyped(key: string, place: number): string {
  const other = key[place] === 'a' ? 'b' : 'a'
  return key.slice(0, place) + other + key.slice(place + 1)
}

test('the pattern finds every key in a text, whole, and nothing shorter', () => {
  for (const key of keys) {
    const found = `API_KEY="${key}"; ${key.slice(0, -1)}`.match(new RegExp(pattern, 'g'))
    expect(found).toEqual([key])
  }
})

test('the rule for gitleaks has the same pattern', () => {
  const { rules } = Bun.TOML.parse(block('toml')) as {
    rules: { regex: string; keywords: string[] }[]
  }
  expect(rules.map(({ regex }) => regex)).toEqual([pattern])
  for (const key of keys) {
    expect(rules[0]!.keywords.some((keyword) => key.includes(keyword))).toBe(true)
  }
})

test('the custom pattern for GitHub has the same, and boundaries that a key can stand in', () => {
  expect(field('Secret format')).toBe(pattern)
  const [before, after] = ['Before secret', 'After secret'].map((name) =>
    field(name).replaceAll('\\|', '|').replace('\\A', '^').replace('\\z', '$'),
  )
  const whole = new RegExp(`(?:${before})(${pattern})(?:${after})`)
  for (const around of ['', '"', ' ', '=', '\n']) {
    expect(whole.exec(around + keys[0] + around)?.[1]).toBe(keys[0])
  }
  expect(whole.test(`${keys[0]}x`)).toBe(false)
})

test('the published check accepts minted keys and refuses each with a changed character', async () => {
  const typos = keys.flatMap((key) =>
    Array.from({ length: 37 }, (_, index) => mistyped(key, 'ares_'.length + index)),
  )
  const program = `${block('python')}
import json, sys
keys, typos = json.load(sys.stdin)
print(json.dumps([[key for key in keys if not is_ares_key(key)], [typo for typo in typos if is_ares_key(typo)]]))
`
  const python = Bun.spawn(['python3', '-c', program], {
    stdin: new Blob([JSON.stringify([keys, typos])]),
    stdout: 'pipe',
  })
  expect(await new Response(python.stdout).json()).toEqual([[], []])
})
