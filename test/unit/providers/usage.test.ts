import { expect, test } from 'bun:test'
import { textMessage } from '../../../src/form/parts.ts'
import { saneTokens, settleUsage } from '../../../src/providers/usage.ts'
import { assistantCalling } from './messages.ts'
import { HELLO, HELLO_TOKENS, MODEL } from './provider-under-test.ts'

test.each([
  [0, 0],
  [1_000_000_000, 1_000_000_000],
  [1_000_000_001, null],
  [-1, null],
  [1.5, null],
  [Number.NaN, null],
  [Infinity, null],
  [1e18, null],
  ['5', null],
  [null, null],
  [undefined, null],
  [{}, null],
])('%p is sane as %p', (figure, expected) => {
  expect(saneTokens(figure)).toBe(expected)
})

const unreported = {
  inputTokens: null,
  outputTokens: null,
  cachedTokens: null,
  cacheWriteTokens: null,
  reasoningTokens: null,
}

test.each([
  ['all reported', { inputTokens: 9, outputTokens: 3, cachedTokens: 4 }, 9, 3, 4, false],
  ['no cache reported', { inputTokens: 9, outputTokens: 3, cachedTokens: null }, 9, 3, 0, false],
  ['more cached than sent', { inputTokens: 9, outputTokens: 3, cachedTokens: 99 }, 9, 3, 9, false],
  ['no output reported', { ...unreported, inputTokens: 9 }, 9, 1, 0, true],
  ['no input reported', { ...unreported, outputTokens: 3 }, HELLO_TOKENS, 3, 0, true],
  ['nothing reported', unreported, HELLO_TOKENS, 1, 0, true],
])('%s', async (_, reported, inputTokens, outputTokens, cachedTokens, estimated) => {
  const usage = await settleUsage({ ...unreported, ...reported }, HELLO, () => Promise.resolve(1))
  expect(usage).toEqual({
    inputTokens,
    outputTokens,
    cachedTokens,
    cacheWriteTokens: 0,
    estimated,
  })
})

test('tools and tool calls are part of the prompt', async () => {
  const messages = [textMessage('user', 'Hello?')]
  const tools = [{ name: 'calculator', description: 'Works out.', parameters: {} }]
  const toolCalls = [{ id: 'x', name: 'calculator', arguments: '{"expression":"1+1"}' }]
  const input = async (request: object) => {
    const usage = await settleUsage(unreported, { model: MODEL, messages, ...request }, () =>
      Promise.resolve(0),
    )
    return usage.inputTokens
  }
  expect(await input({ tools })).toBeGreaterThan(await input({}))
  const assistant = textMessage('assistant', '')
  const withCalls = { messages: [...messages, assistantCalling('', toolCalls)] }
  expect(await input(withCalls)).toBeGreaterThan(
    await input({ messages: [...messages, assistant] }),
  )
})

test('what was written to the cache is part of the prompt, and thoughts are told where they are known', async () => {
  const reported = {
    inputTokens: 10,
    outputTokens: 5,
    cachedTokens: 4,
    cacheWriteTokens: 99,
    reasoningTokens: 3,
  }
  expect(await settleUsage(reported, HELLO, () => Promise.resolve(0))).toEqual({
    inputTokens: 10,
    outputTokens: 5,
    cachedTokens: 4,
    cacheWriteTokens: 6,
    reasoningTokens: 3,
    estimated: false,
  })
})
