import { embeddingsBody, vectorOf } from './scripted-embeddings.ts'
import { geminiBody, geminiEmbeddings, geminiEvents, geminiMethod } from './scripted-gemini.ts'
import { responseBody, responseEvents, type ResponseSaid } from './scripted-responses.ts'
import type { RecordedRequest, Reply, Wire } from './scripted-wire.ts'

/** A tool call as a scripted model makes it. */
export interface ScriptedToolCall {
  id?: string
  name: string
  /** JSON text, or a value to be written as JSON. */
  arguments: unknown
}

/** What a scripted model says. Every part may be left out. */
export interface ScriptedAnswer {
  text?: string
  /** The text in pieces: one event each in a stream, joined in a plain reply. Wins over `text`. */
  deltas?: string[]
  toolCalls?: ScriptedToolCall[]
  /** In OpenAI's words; translated for `/v1/messages`. Default: `tool_calls` when there are some, else `stop`. */
  finish?: 'stop' | 'length' | 'content_filter' | 'tool_calls'
  /** Sent as given, sane or not; null leaves it out. Default 12 and 7. */
  usage?: ScriptedUsage | null
  /** Before the head, and between two deltas. */
  firstDelayMs?: number
  delayMs?: number
}

export interface ScriptedUsage {
  input: unknown
  output: unknown
  cached?: unknown
}

interface AnthropicUsage {
  input_tokens: unknown
  cache_read_input_tokens?: unknown
  output_tokens: unknown
}

/** What every prompt is counted as. */
export const COUNTED = 42

const DEFAULT_USAGE: ScriptedUsage = { input: 12, output: 7 }

const STOP_REASONS = {
  stop: 'end_turn',
  length: 'max_tokens',
  content_filter: 'refusal',
  tool_calls: 'tool_use',
}

/** A reply that waits until it is let go. */
export function heldBack(reply: Reply = answer()): { reply: Reply; letGo: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  const play = async (wire: Wire) => {
    await promise
    await reply.play(wire)
  }
  return { reply: { play }, letGo: resolve }
}

/** A good reply in the format and manner (plain or stream) that the request asks for. */
export function answer(given: ScriptedAnswer = {}): Reply {
  return {
    play: async (wire) => {
      await wire.sleep(given.firstDelayMs ?? 0)
      if (wantsStream(wire.request)) await playStream(wire, given)
      else await wire.json(200, plainBody(wire.request, given))
    },
  }
}

/** The model asks for one tool. */
export function toolCall(name: string, args: unknown, id = 'call_1'): Reply {
  return answer({ toolCalls: [{ id, name, arguments: args }] })
}

/** The JSON of a plain reply, as its family writes it. */
export function plainBody(request: RecordedRequest, given: ScriptedAnswer): unknown {
  if (request.path.endsWith('/embeddings')) return embeddingsBody(request)
  if (request.path.endsWith('/count_tokens')) return { input_tokens: COUNTED }
  if (geminiMethod(request)) return geminiReply(request, given)
  if (isLegacy(request)) return legacyBody(request, given)
  if (isResponses(request)) return responseBody(request.body.model, responseSaid(given))
  return isAnthropic(request) ? anthropicBody(request, given) : openAiBody(request, given)
}

function geminiReply(request: RecordedRequest, given: ScriptedAnswer): unknown {
  const method = geminiMethod(request)
  if (method === 'countTokens') return { totalTokens: COUNTED }
  if (method === 'batchEmbedContents') return geminiEmbeddings(request, vectorOf)
  return geminiBody(given, deltasOf(given))
}

/** Whether an answer is wanted in pieces. */
export function wantsStream(request: RecordedRequest): boolean {
  return request.body.stream === true || geminiMethod(request) === 'streamGenerateContent'
}

/** The events of a stream, each with its blank line, as OpenAI or Anthropic write them. */
export function streamEvents(request: RecordedRequest, given: ScriptedAnswer): string[] {
  if (geminiMethod(request)) return geminiEvents(given, deltasOf(given)).map(sseData)
  if (isLegacy(request)) return legacyEvents(request, given)
  if (isResponses(request)) return responseEvents(request.body.model, responseSaid(given))
  return isAnthropic(request) ? anthropicEvents(request, given) : openAiEvents(request, given)
}

async function playStream(wire: Wire, given: ScriptedAnswer): Promise<void> {
  await wire.openStream()
  for (const event of streamEvents(wire.request, given)) {
    await wire.chunk(event)
    // Only the gaps between deltas are slow: `"content":"` and `_delta` mark one.
    if (given.delayMs && /"content":"[^"]|text_delta|"text":"[^"]/.test(event))
      await wire.sleep(given.delayMs)
  }
  await wire.closeStream()
}

function isAnthropic(request: RecordedRequest): boolean {
  return request.path.endsWith('/messages')
}

function isResponses(request: RecordedRequest): boolean {
  return request.path.endsWith('/responses')
}

const CUT_OFF = { length: 'max_output_tokens', content_filter: 'content_filter' } as const

function responseSaid(given: ScriptedAnswer): ResponseSaid {
  const finish = finishOf(given)
  const { input, output, cached = 0 } = given.usage ?? DEFAULT_USAGE
  return {
    texts: deltasOf(given),
    calls: (given.toolCalls ?? []).map((call, index) => ({
      id: call.id ?? `call_${index + 1}`,
      name: call.name,
      args: argumentText(call),
    })),
    cutOff: finish in CUT_OFF ? CUT_OFF[finish as keyof typeof CUT_OFF] : undefined,
    usage:
      given.usage === null
        ? undefined
        : {
            input_tokens: input,
            input_tokens_details: { cached_tokens: cached },
            output_tokens: output,
            output_tokens_details: { reasoning_tokens: 0 },
            total_tokens: Number(input) + Number(output),
          },
  }
}

/** One for each request, for clients take answers of the same id for the same answer. */
function idOf({ text }: RecordedRequest): string {
  return `scripted-${Bun.hash(text).toString(36)}`
}

/** What OpenAI says of every answer, whole or in chunks. */
function openAiHead(request: RecordedRequest, object: string): object {
  return {
    id: `chatcmpl-${idOf(request)}`,
    object,
    created: 1790000000,
    model: request.body.model,
    system_fingerprint: 'fp_scripted',
  }
}

/** Whether it is OpenAI's legacy completions that are asked for. */
function isLegacy({ path }: RecordedRequest): boolean {
  return path.endsWith('/completions') && !path.endsWith('/chat/completions')
}

const legacyHead = ({ body }: RecordedRequest) => ({
  id: 'cmpl-scripted',
  object: 'text_completion',
  created: 1790000000,
  model: body.model,
})

/** A choice for each text that is asked about. */
function legacyBody(request: RecordedRequest, given: ScriptedAnswer): unknown {
  const prompts: unknown[] = [request.body['prompt']].flat()
  return {
    ...legacyHead(request),
    choices: prompts.map((_, index) => ({
      text: textOf(given),
      index,
      logprobs: null,
      finish_reason: finishOf(given),
    })),
    ...(given.usage !== null && { usage: openAiUsage(given.usage) }),
  }
}

function legacyEvents(request: RecordedRequest, given: ScriptedAnswer): string[] {
  const choice = (text: string, finish_reason: string | null = null) =>
    sseData({
      ...legacyHead(request),
      choices: [{ text, index: 0, logprobs: null, finish_reason }],
    })
  const usage = {
    ...legacyHead(request),
    choices: [],
    usage: openAiUsage(given.usage ?? undefined),
  }
  return [
    ...deltasOf(given).map((delta) => choice(delta)),
    choice('', finishOf(given)),
    ...(given.usage === null ? [] : [sseData(usage)]),
    'data: [DONE]\n\n',
  ]
}

function openAiBody(request: RecordedRequest, given: ScriptedAnswer): unknown {
  const calls = (given.toolCalls ?? []).map(openAiToolCall)
  const message = {
    role: 'assistant',
    content: textOf(given),
    ...(calls.length && { tool_calls: calls }),
  }
  return {
    ...openAiHead(request, 'chat.completion'),
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishOf(given) }],
    ...(given.usage !== null && { usage: openAiUsage(given.usage) }),
  }
}

function openAiToolCall(call: ScriptedToolCall, index: number): unknown {
  const called = { name: call.name, arguments: argumentText(call) }
  return { id: call.id ?? `call_${index + 1}`, type: 'function', function: called }
}

function openAiUsage(usage: ScriptedUsage = DEFAULT_USAGE): unknown {
  return {
    prompt_tokens: usage.input,
    completion_tokens: usage.output,
    total_tokens: Number(usage.input) + Number(usage.output),
    ...(usage.cached !== undefined && { prompt_tokens_details: { cached_tokens: usage.cached } }),
  }
}

function openAiEvents(request: RecordedRequest, given: ScriptedAnswer): string[] {
  const usage = request.body.stream_options?.include_usage === true && given.usage !== null
  const head = {
    ...openAiHead(request, 'chat.completion.chunk'),
    // Null until the last chunk, as OpenAI writes it.
    ...(usage && { usage: null }),
  }
  const event = (rest: object) => sseData({ ...head, ...rest })
  const choice = (delta: object, finish: string | null = null) =>
    event({ choices: [{ index: 0, delta, finish_reason: finish }] })
  return [
    choice({ role: 'assistant', content: '' }),
    ...deltasOf(given).map((content) => choice({ content })),
    ...openAiToolFragments(given).map((fragment) => choice({ tool_calls: [fragment] })),
    choice({}, finishOf(given)),
    ...(usage ? [event({ choices: [], usage: openAiUsage(given.usage ?? DEFAULT_USAGE) })] : []),
    'data: [DONE]\n\n',
  ]
}

/** Each tool call as its opening fragment and its arguments in two halves. */
function openAiToolFragments(given: ScriptedAnswer): unknown[] {
  return (given.toolCalls ?? []).flatMap((call, index) => {
    const text = argumentText(call)
    const half = Math.ceil(text.length / 2)
    const opening = { name: call.name, arguments: '' }
    return [
      { index, id: call.id ?? `call_${index + 1}`, type: 'function', function: opening },
      { index, function: { arguments: text.slice(0, half) } },
      { index, function: { arguments: text.slice(half) } },
    ]
  })
}

function anthropicBody(request: RecordedRequest, given: ScriptedAnswer): unknown {
  const text = textOf(given)
  const calls = (given.toolCalls ?? []).map((call, index) => ({
    type: 'tool_use',
    id: call.id ?? `call_${index + 1}`,
    name: call.name,
    input: JSON.parse(argumentText(call)) as unknown,
  }))
  return {
    id: `msg_${idOf(request)}`,
    type: 'message',
    role: 'assistant',
    model: request.body.model,
    content: [...(text === null ? [] : [{ type: 'text', text }]), ...calls],
    stop_reason: STOP_REASONS[finishOf(given)],
    stop_sequence: null,
    ...(given.usage !== null && { usage: anthropicUsage(given.usage) }),
  }
}

function anthropicUsage(usage: ScriptedUsage = DEFAULT_USAGE): AnthropicUsage {
  const cached = usage.cached === undefined ? {} : { cache_read_input_tokens: usage.cached }
  return { input_tokens: usage.input, ...cached, output_tokens: usage.output }
}

function anthropicEvents(request: RecordedRequest, given: ScriptedAnswer): string[] {
  const usage = given.usage === null ? undefined : anthropicUsage(given.usage)
  const message = {
    id: `msg_${idOf(request)}`,
    type: 'message',
    role: 'assistant',
    model: request.body.model,
  }
  const texts = deltasOf(given)
  const calls = given.toolCalls ?? []
  const firstCall = texts.length > 0 ? 1 : 0
  return [
    named('message_start', {
      message: { ...message, content: [], ...(usage && { usage: { ...usage, output_tokens: 1 } }) },
    }),
    ...(texts.length > 0 ? anthropicTextBlock(texts) : []),
    ...calls.flatMap((call, index) => anthropicToolBlock(call, firstCall + index)),
    named('message_delta', {
      delta: { stop_reason: STOP_REASONS[finishOf(given)], stop_sequence: null },
      ...(usage && { usage: { output_tokens: usage.output_tokens } }),
    }),
    named('message_stop', {}),
  ]
}

function anthropicTextBlock(texts: string[]): string[] {
  return [
    named('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    named('ping', {}),
    ...texts.map((text) =>
      named('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
    ),
    named('content_block_stop', { index: 0 }),
  ]
}

function anthropicToolBlock(call: ScriptedToolCall, index: number): string[] {
  const text = argumentText(call)
  const half = Math.ceil(text.length / 2)
  const block = { type: 'tool_use', id: call.id ?? `call_${index + 1}`, name: call.name, input: {} }
  const piece = (partial_json: string) =>
    named('content_block_delta', { index, delta: { type: 'input_json_delta', partial_json } })
  return [
    named('content_block_start', { index, content_block: block }),
    piece(text.slice(0, half)),
    piece(text.slice(half)),
    named('content_block_stop', { index }),
  ]
}

/** One event as both formats frame it: `data: {json}` and a blank line. */
export function sseData(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`
}

function named(type: string, rest: object): string {
  return `event: ${type}\n${sseData({ type, ...rest })}`
}

function deltasOf(given: ScriptedAnswer): string[] {
  if (given.deltas) return given.deltas
  const text = textOf(given)
  return text === null ? [] : [text]
}

/** Null when the model only calls tools. */
function textOf(given: ScriptedAnswer): string | null {
  if (given.deltas) return given.deltas.join('')
  return given.text ?? (given.toolCalls ? null : 'Hello from the scripted provider.')
}

function argumentText(call: ScriptedToolCall): string {
  return typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments)
}

function finishOf(given: ScriptedAnswer): keyof typeof STOP_REASONS {
  return given.finish ?? (given.toolCalls ? 'tool_calls' : 'stop')
}
