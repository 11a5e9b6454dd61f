import { parseLossless } from '../../../src/form/lossless-json.ts'
import { sseData, wantsStream } from '../../scripted-replies.ts'
import type { RecordedRequest, Reply } from '../../scripted-wire.ts'
import { responseBody, responseEvents, type ResponseSaid } from '../../scripted-responses.ts'
import type { Call, Said } from './answers.ts'

/*
 * How each family of providers writes an answer, and where in a request it is told what was said before. A new wire
 * joins every promise of `every-wire.test.ts` by a row in `FAMILIES`.
 */

export interface Family {
  name: string
  model: string
  /** Empty where its format has none. */
  seal: string
  /** JSON text of a whole answer. */
  whole(said: Said): string
  /** The events of a streamed one. */
  events(said: Said): string[]
  /** The last answer that a request repeats, and the results of its calls. */
  repeated(request: RecordedRequest): { said: Said; results: string[] }
  /** How it says that a prompt is too long. */
  tooLong: unknown
}

/** Writes in its format, whole or as a stream. */
export function saying(family: Family, said: Said): Reply {
  return {
    play: async (wire) => {
      if (!wantsStream(wire.request)) {
        return wire.body(200, 'application/json', family.whole(said))
      }
      await wire.openStream()
      for (const event of family.events(said)) await wire.chunk(event)
      await wire.closeStream()
    },
  }
}

const OPENAI_USAGE = { prompt_tokens: 12, completion_tokens: 7 }

const openAiDelta = (delta: object, finish_reason: string | null = null) =>
  sseData({ choices: [{ index: 0, delta, finish_reason }] })

const openAiCall = ({ id, name, args }: Call) => ({
  id,
  type: 'function',
  function: { name, arguments: args },
})

const openAiFinish = ({ calls }: Said) => (calls.length > 0 ? 'tool_calls' : 'stop')

interface OpenAiMessage {
  role: string
  content: string | null
  reasoning_content?: string
  tool_calls?: { id: string; function: { name: string; arguments: string } }[]
}

const openai: Family = {
  name: 'openai',
  model: 'm-tools',
  seal: '',
  whole(said) {
    const message = {
      role: 'assistant',
      content: said.text,
      reasoning_content: said.thought,
      tool_calls: said.calls.map(openAiCall),
    }
    const choices = [{ index: 0, message, finish_reason: openAiFinish(said) }]
    return JSON.stringify({ choices, usage: OPENAI_USAGE })
  },
  events: (said) => [
    openAiDelta({ role: 'assistant', content: '' }),
    ...halves(said.thought).map((reasoning_content) => openAiDelta({ reasoning_content })),
    ...halves(said.text).map((content) => openAiDelta({ content })),
    ...said.calls.flatMap((call, index) => [
      openAiDelta({ tool_calls: [{ index, ...openAiCall({ ...call, args: '' }) }] }),
      ...halves(call.args).map((args) =>
        openAiDelta({ tool_calls: [{ index, function: { arguments: args } }] }),
      ),
    ]),
    openAiDelta({}, openAiFinish(said)),
    sseData({ choices: [], usage: OPENAI_USAGE }),
    'data: [DONE]\n\n',
  ],
  repeated({ text }) {
    const { messages } = JSON.parse(text) as { messages: OpenAiMessage[] }
    const last = messages.findLast(({ role }) => role === 'assistant')
    const calls = (last?.tool_calls ?? []).map(({ id, function: called }) => ({
      id,
      name: called.name,
      args: called.arguments,
    }))
    return {
      said: {
        thought: last?.reasoning_content ?? '',
        seal: '',
        text: last?.content ?? '',
        calls,
      },
      results: messages.filter(({ role }) => role === 'tool').map(({ content }) => content ?? ''),
    }
  },
  tooLong: {
    error: {
      message: 'This model takes 8 tokens. Your messages have 9.',
      type: 'invalid_request_error',
      code: 'context_length_exceeded',
      param: 'messages',
    },
  },
}

const SEAL = 'c2VhbGVk'
const event = (type: string, fields: object) => `event: ${type}\n${sseData({ type, ...fields })}`

const anthropicReason = ({ calls }: Said) => (calls.length > 0 ? 'tool_use' : 'end_turn')

function anthropicBlocks({ thought, text, calls }: Said): object[] {
  return [
    { type: 'thinking', thinking: thought, signature: SEAL },
    { type: 'text', text },
    ...calls.map(({ id, name, args }) => ({
      type: 'tool_use',
      id,
      name,
      input: parseLossless(args),
    })),
  ]
}

/** A block of a stream: how it begins, its pieces, its end. */
function streamedBlock(index: number, content_block: object, deltas: object[]): string[] {
  return [
    event('content_block_start', { index, content_block }),
    ...deltas.map((delta) => event('content_block_delta', { index, delta })),
    event('content_block_stop', { index }),
  ]
}

interface AnthropicBlock {
  type: string
  thinking?: string
  signature?: string
  text?: string
  id?: string
  name?: string
  input?: unknown
  content?: string | { text: string }[]
}

const anthropic: Family = {
  name: 'anthropic',
  model: 'm-claude',
  seal: SEAL,
  whole: (said) =>
    JSON.stringify({
      type: 'message',
      role: 'assistant',
      content: anthropicBlocks(said),
      stop_reason: anthropicReason(said),
      usage: { input_tokens: 12, output_tokens: 7 },
    }),
  events: (said) => [
    event('message_start', {
      message: { role: 'assistant', content: [], usage: { input_tokens: 12, output_tokens: 1 } },
    }),
    ...streamedBlock(0, { type: 'thinking', thinking: '', signature: '' }, [
      ...halves(said.thought).map((thinking) => ({ type: 'thinking_delta', thinking })),
      { type: 'signature_delta', signature: SEAL },
    ]),
    ...streamedBlock(
      1,
      { type: 'text', text: '' },
      halves(said.text).map((text) => ({ type: 'text_delta', text })),
    ),
    ...said.calls.flatMap(({ id, name, args }, index) =>
      streamedBlock(
        index + 2,
        { type: 'tool_use', id, name, input: {} },
        halves(args).map((partial_json) => ({ type: 'input_json_delta', partial_json })),
      ),
    ),
    event('message_delta', {
      delta: { stop_reason: anthropicReason(said) },
      usage: { output_tokens: 7 },
    }),
    event('message_stop', {}),
  ],
  repeated({ text }) {
    const { messages } = parseLossless(text) as {
      messages: { role: string; content: string | AnthropicBlock[] }[]
    }
    const blocksOf = (role: string) =>
      messages.flatMap((message) =>
        message.role === role && Array.isArray(message.content) ? message.content : [],
      )
    const blocks = blocksOf('assistant')
    const thought = blocks.find(({ type }) => type === 'thinking')
    return {
      said: {
        thought: thought?.thinking ?? '',
        seal: thought?.signature ?? '',
        text: blocks.map((block) => (block.type === 'text' ? (block.text ?? '') : '')).join(''),
        calls: blocks
          .filter(({ type }) => type === 'tool_use')
          .map(({ id = '', name = '', input }) => ({ id, name, args: JSON.stringify(input) })),
      },
      results: blocksOf('user')
        .filter(({ type }) => type === 'tool_result')
        .map(({ content = '' }) =>
          typeof content === 'string' ? content : content.map((part) => part.text).join(''),
        ),
    }
  },
  tooLong: {
    type: 'error',
    error: { type: 'invalid_request_error', message: 'prompt is too long: 9 tokens > 8 maximum' },
  },
}

interface GeminiPart {
  text?: string
  thought?: boolean
  thoughtSignature?: string
  functionCall?: { id: string; name: string; args: unknown }
  functionResponse?: { response: { output: string } }
}

const geminiResponse = (parts: object[], rest: object = {}, finish: object = {}) => ({
  candidates: [{ index: 0, content: { role: 'model', parts }, ...finish }],
  ...rest,
})

const geminiCall = ({ id, name, args }: Call) => ({
  functionCall: { id, name, args: parseLossless(args) },
})

const GEMINI_END: [object, object] = [
  { usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 4, thoughtsTokenCount: 3 } },
  { finishReason: 'STOP' },
]

const gemini: Family = {
  name: 'gemini',
  model: 'm-gemini',
  seal: SEAL,
  whole: ({ thought, text, calls }) =>
    JSON.stringify(
      geminiResponse(
        [
          { text: thought, thought: true, thoughtSignature: SEAL },
          { text },
          ...calls.map(geminiCall),
        ],
        ...GEMINI_END,
      ),
    ),
  events: ({ thought, text, calls }) =>
    [
      ...halves(thought).map((half) => geminiResponse([{ text: half, thought: true }])),
      geminiResponse([{ text: '', thought: true, thoughtSignature: SEAL }]),
      ...halves(text).map((half) => geminiResponse([{ text: half }])),
      ...calls.map((call) => geminiResponse([geminiCall(call)])),
      geminiResponse([{ text: '' }], ...GEMINI_END),
    ].map(sseData),
  repeated({ text }) {
    const { contents } = parseLossless(text) as {
      contents: { role: string; parts: GeminiPart[] }[]
    }
    const parts = contents.flatMap((content) => content.parts)
    const own = contents.filter(({ role }) => role === 'model').flatMap((content) => content.parts)
    const textOf = (isThought: boolean) =>
      own.map((part) => ((part.thought ?? false) === isThought ? (part.text ?? '') : '')).join('')
    return {
      said: {
        thought: textOf(true),
        seal: own.map(({ thoughtSignature }) => thoughtSignature ?? '').join(''),
        text: textOf(false),
        calls: own.flatMap(({ functionCall: call }) =>
          call ? [{ id: call.id, name: call.name, args: JSON.stringify(call.args) }] : [],
        ),
      },
      results: parts.flatMap(({ functionResponse: result }) =>
        result ? [result.response.output] : [],
      ),
    }
  },
  tooLong: {
    error: {
      code: 400,
      message: 'The input token count (9) exceeds the maximum number of tokens allowed (8).',
      status: 'INVALID_ARGUMENT',
    },
  },
}

/** In two pieces, so that nothing relies on a whole one. */
function halves(text: string): string[] {
  const middle = Math.ceil(text.length / 2)
  return [text.slice(0, middle), text.slice(middle)].filter((half) => half !== '')
}

/** OpenAI's second wire; clients of other formats are answered by its first. */
export const openAiResponses: Family = {
  ...openai,
  name: 'openai responses',
  model: 'm-responses',
  seal: SEAL,
  whole: (said) => JSON.stringify(responseBody('m-responses', responseSaid(said))),
  events: (said) => responseEvents('m-responses', responseSaid(said)),
  repeated({ text }) {
    const { input } = JSON.parse(text) as { input: ResponseItem[] }
    const of = (type: string) => input.filter((item) => item.type === type)
    const [thought] = of('reasoning')
    return {
      said: {
        thought: thought?.summary?.[0]?.text ?? '',
        seal: thought?.encrypted_content ?? '',
        text: of('message').flatMap(({ content }) => content ?? [])[0]?.text ?? '',
        calls: of('function_call').map(({ call_id, name, arguments: args }) => ({
          id: call_id ?? '',
          name: name ?? '',
          args: args ?? '',
        })),
      },
      results: of('function_call_output').map(({ output }) => output ?? ''),
    }
  },
}

interface ResponseItem {
  type: string
  summary?: { text: string }[]
  encrypted_content?: string
  content?: { text: string }[]
  call_id?: string
  name?: string
  arguments?: string
  output?: string
}

function responseSaid({ thought, text, calls }: Said): ResponseSaid {
  const usage = { input_tokens: 12, output_tokens: 7 }
  return { ...(thought !== '' && { thought, seal: SEAL }), texts: halves(text), calls, usage }
}

export const FAMILIES: Family[] = [openai, anthropic, gemini]
