import { afterAll, beforeAll, expect, test } from 'bun:test'
import { body, rawStream } from '../../scripted-faults.ts'
import { type ScriptedProvider, startScriptedProvider } from '../../scripted-provider.ts'
import { answer, sseData } from '../../scripted-replies.ts'
import type { Reply } from '../../scripted-wire.ts'
import { call, failureOf, providerOf } from './provider-under-test.ts'

/* What a provider sends that would cost more to read than it may, in both formats, plain and streamed. */

let provider: ScriptedProvider
beforeAll(async () => {
  provider = await startScriptedProvider()
})
afterAll(() => provider.stop())

/** The same JSON as a plain reply, or as an event. */
function said(json: string): Reply {
  return {
    play: (wire) =>
      wire.request.body.stream
        ? rawStream([`data: ${json}\n\n`], 0).play(wire)
        : body('application/json', json).play(wire),
  }
}

const DEEP = `{"error":null,"x":${'['.repeat(65)}${']'.repeat(65)}}`
const WIDE = `{"error":null,"x":[${'1,'.repeat(50_001)}1]}`
const CALLS = Array.from({ length: 129 }, (_, index) => ({
  id: `c${index}`,
  name: 'calculator',
  arguments: {},
}))

const LIMITS: [string, Reply, string][] = [
  ['nested too deep', said(DEEP), 'nested deeper than 64 levels'],
  ['too many items', said(WIDE), 'more than 50000 items'],
  ['a list that never closes', said('['.repeat(500_000)), 'nested deeper than 64 levels'],
  ['too many tool calls', answer({ toolCalls: CALLS }), 'more than 128 tools'],
]

for (const type of ['openai', 'anthropic'] as const) {
  for (const manner of ['plain', 'stream'] as const) {
    test.each(LIMITS)(`${type}, ${manner}: %s`, async (_what, reply, sentence) => {
      provider.reply(reply)
      const model = providerOf({ type, baseUrl: provider.url })
      const { failure, message, usage } = await failureOf(call(model, manner))
      expect(failure).toBe('invalid_response')
      expect(message).toContain(sentence)
      // The provider has worked: it is paid for.
      expect(usage!.inputTokens).toBeGreaterThan(0)
    })

    test(`${type}, ${manner}: 128 tool calls are answered`, async () => {
      provider.reply(answer({ toolCalls: CALLS.slice(1) }))
      const { toolCalls } = await call(providerOf({ type, baseUrl: provider.url }), manner)
      expect(toolCalls).toHaveLength(128)
    })
  }

  test(`${type}: an event of more than 4 MiB`, async () => {
    const changes = { type, baseUrl: provider.url, maxResponseBytes: 16_000_000 }
    provider.reply(rawStream([sseData({ type: 'ping', x: 'x'.repeat(4_200_000) })], 0))
    const { failure, message } = await failureOf(call(providerOf(changes), 'stream'))
    expect(failure).toBe('too_large')
    expect(message).toContain('One event')
  })
}
