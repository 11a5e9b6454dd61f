import { systemClock } from '../../../src/clock.ts'
import type { ModelConfig, ProviderConfig } from '../../../src/config/config.ts'
import { type Answer, type AnswerEvent, saidBy } from '../../../src/form/answer.ts'
import { saidIn, textMessage, toolCallsIn } from '../../../src/form/parts.ts'
import { providerOf as makeProvider } from '../../../src/providers/families.ts'
import { UpstreamClients } from '../../../src/providers/upstream-clients.ts'
import {
  type AnswerStream,
  type ModelCall,
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
  cachedInputUsdPerMtok: null,
  cacheWriteUsdPerMtok: null,
}

export const KEY = 'sk-sentinel-0123456789abcdef'

export const HELLO: ModelCall = {
  model: MODEL,
  messages: [textMessage('system', 'Be brief.'), textMessage('user', 'Hello?')],
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
    responses: false,
    apiKey: KEY,
    keyMissing: false,
    keyEnv: null,
    proxyUrl: null,
    connectTimeoutMs: PATIENCE_MS,
    firstByteTimeoutMs: PATIENCE_MS,
    idleTimeoutMs: PATIENCE_MS,
    timeoutMs: PATIENCE_MS,
    maxRetries: 0,
    maxResponseBytes: 1_000_000,
    http: 'http1',
    maxInFlight: 100,
    allows: { fields: [], remoteMedia: false },
    models: [MODEL],
    ...changes,
  }
}

const clients = new UpstreamClients(systemClock)

/**
 * The adapter for that table, with the system's clock and the shortest back-off there is.
 *
 * @param random asked before each pause of a retry
 */
export function providerOf(changes: Partial<ProviderConfig>, random = () => 0): Provider {
  return makeProvider(providerConfig(changes), { clock: systemClock, random, clients })
}

export function never(): AbortSignal {
  return new AbortController().signal
}

/** The events of each read of a stream, in order, up to its end. */
export async function readEvents(stream: AnswerStream): Promise<AnswerEvent[][]> {
  const reads: AnswerEvent[][] = []
  for (;;) {
    const events = await stream.read()
    if (events === null) return reads
    reads.push(events)
  }
}

/** The text of each read of a stream. */
export async function readAll(stream: AnswerStream): Promise<string[]> {
  return (await readEvents(stream)).map(saidBy)
}

/** An answer, flat: what it says, what it calls, how it ended, what it took. */
export function flat({ parts, finishReason, usage }: Answer) {
  const toolCalls = toolCallsIn(parts).map(({ id, name, arguments: args }) => ({
    id,
    name,
    arguments: args,
  }))
  return { text: saidIn(parts), toolCalls, finishReason, usage }
}

export type FlatAnswer = ReturnType<typeof flat>

/** One whole call, plain or as a stream. */
export async function answerTo(
  provider: Provider,
  manner: 'plain' | 'stream',
  request = HELLO,
  signal = never(),
): Promise<Answer> {
  if (manner === 'plain') return provider.complete(request, signal)
  const stream = await provider.stream(request, signal)
  await readAll(stream)
  return stream.answer
}

/** The same, flat. */
export async function call(
  ...asked: Parameters<typeof answerTo>
): Promise<ReturnType<typeof flat>> {
  return flat(await answerTo(...asked))
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
