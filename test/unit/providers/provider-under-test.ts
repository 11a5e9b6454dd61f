import { systemClock } from '../../../src/clock.ts'
import type { ModelConfig, ProviderConfig } from '../../../src/config/config.ts'
import { anthropicProvider } from '../../../src/providers/anthropic.ts'
import { openAiCompatibleProvider } from '../../../src/providers/openai-compatible.ts'
import {
  type Completion,
  type CompletionRequest,
  type CompletionStream,
  type Provider,
  ProviderError,
} from '../../../src/providers/provider.ts'
import type { RecordedRequest } from '../../scripted-wire.ts'

export const MODEL: ModelConfig = {
  id: 'small',
  upstreamId: 'vendor/small-1',
  contextLength: 8192,
  supportsTools: true,
  inputUsdPerMtok: null,
  outputUsdPerMtok: null,
}

export const KEY = 'sk-sentinel-0123456789abcdef'

export const HELLO: CompletionRequest = {
  model: MODEL,
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Hello?' },
  ],
}

/** What the tokenizer makes of `HELLO`: five tokens of text and eight around its messages. */
export const HELLO_TOKENS = 13

/** No deadline passes because the machine is busy; tests of a deadline set a short one. */
const PATIENCE_MS = 60_000

/** A provider table for a scripted provider or any other address. */
export function providerConfig(changes: Partial<ProviderConfig>): ProviderConfig {
  return {
    name: 'groq',
    type: 'openai',
    enabled: true,
    baseUrl: null,
    apiKey: KEY,
    keyMissing: false,
    connectTimeoutMs: PATIENCE_MS,
    firstByteTimeoutMs: PATIENCE_MS,
    idleTimeoutMs: PATIENCE_MS,
    timeoutMs: PATIENCE_MS,
    maxRetries: 0,
    maxResponseBytes: 1_000_000,
    maxInFlight: 100,
    allows: { fields: [], remoteMedia: false },
    models: [MODEL],
    ...changes,
  }
}

/** The adapter for that table, with the system's clock and the shortest back-off there is. */
export function providerOf(changes: Partial<ProviderConfig>): Provider {
  const config = providerConfig(changes)
  const make = config.type === 'anthropic' ? anthropicProvider : openAiCompatibleProvider
  return make(config, { clock: systemClock, random: () => 0 })
}

export function never(): AbortSignal {
  return new AbortController().signal
}

/** Every text a stream hands out, in order, up to its end. */
export async function readAll(stream: CompletionStream): Promise<string[]> {
  const texts: string[] = []
  for (;;) {
    const text = await stream.read()
    if (text === null) return texts
    texts.push(text)
  }
}

/** One whole call, plain or as a stream. */
export async function call(
  provider: Provider,
  manner: 'plain' | 'stream',
  request = HELLO,
  signal = never(),
): Promise<Completion> {
  if (manner === 'plain') return provider.complete(request, signal)
  const stream = await provider.stream(request, signal)
  await readAll(stream)
  return stream.completion
}

/** The error of a call that must fail. */
export async function failureOf(work: Promise<unknown>): Promise<ProviderError> {
  try {
    await work
  } catch (error) {
    if (error instanceof ProviderError) return error
    throw error
  }
  throw new Error('The call succeeded.')
}

/** The newest request. */
export function lastOf(requests: RecordedRequest[]): RecordedRequest {
  const last = requests.at(-1)
  if (!last) throw new Error('No request arrived.')
  return last
}

/** Recorded bytes of a provider. */
export function fixture(name: string): Promise<string> {
  return Bun.file(new URL(`../../fixtures/providers/${name}`, import.meta.url)).text()
}
