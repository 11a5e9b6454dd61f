import { describe, expect, test } from 'bun:test'
import { describeConfig } from '../../../src/config/reference.ts'
import { DEMO, problemsOf } from './reading.ts'

const page = await Bun.file(new URL('../../../docs/configuration.md', import.meta.url)).text()

test('docs/configuration.md is what the schema says (see describeConfig for how to renew it)', () => {
  expect(page).toBe(describeConfig())
})

describe('every block of TOML on the page', () => {
  const blocks = [...page.matchAll(/```toml\n(.*?)```/gs)].map(([, block = '']) => block)
  const env = { ARES_ADMIN_SECRET: 's'.repeat(32) }

  test('there are some', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(8)
  })

  test.each(blocks.map((block) => ({ block, name: /".*"/.exec(block)?.[0] })))(
    '$name',
    ({ block }) => {
      const isWhole = block.includes('[[providers.models]]')
      expect(problemsOf(isWhole ? block : block + DEMO, env)).toEqual([])
    },
  )
})
