import { expect, test } from 'bun:test'
import { countTokens } from '../../../src/providers/count-tokens.ts'
import { cpuMsOf } from '../../cpu-time.ts'

test.each([
  ['nothing', '', 0],
  ['a sentence', 'The quick brown fox jumps over the lazy dog.', 10],
  ['special tokens are text', '<|endoftext|>', 7],
  ['a long run of letters is estimated', 'a'.repeat(20_000), 5000],
  ['a long run of blanks is estimated', ' '.repeat(20_000), 5000],
  ['a long run of signs is estimated', '!'.repeat(20_000), 5000],
  ['a long run of slashes and line ends is estimated', `!${'/\n'.repeat(20_000)}`, 10_001],
  ['a long run of Chinese is estimated by its bytes', '漢'.repeat(10_000), 7500],
  ['a very long text is estimated', 'word '.repeat(50_000), 62_500],
])('%s', async (_, text, tokens) => {
  expect(await countTokens(text)).toBe(tokens)
})

test('the worst text that is counted takes no more than a quarter of a second', async () => {
  await countTokens('warm')
  const text = `${'漢字仮名交'.repeat(12)} `.repeat(1000)
  expect(await cpuMsOf(() => countTokens(text))).toBeLessThan(250)
})

test('the tokenizer is not loaded before it is needed', async () => {
  const script = `
    await import(${JSON.stringify(new URL('../../../src/providers/catalog.ts', import.meta.url).pathname)})
    console.log(Object.keys(require.cache).some((name) => name.includes('gpt-tokenizer')))`
  const child = Bun.spawn([process.execPath, '-e', script], { stdout: 'pipe' })
  expect(await child.stdout.text()).toBe('false\n')
})
