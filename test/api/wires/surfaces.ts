import { parseLossless } from '../../../src/form/lossless-json.ts'
import { dataIn } from '../v1/compatible.ts'
import type { Call, Said } from './answers.ts'

/*
 * How each client asks, what it makes of an answer, and what it sends back of it the next time, as its SDK does. A new
 * surface joins every promise of `every-wire.test.ts` by a row in `SURFACES`.
 */

export type Json = Record<string, unknown>

export interface Surface {
  name: string
  /** Where it is asked, and with what body. */
  asked(body: Json): [path: string, body: Json]
  /** A request that says so much, with a tool on offer. */
  ask(model: string, items: unknown[]): Json
  user(text: string): unknown
  /** What goes back into the history of a whole answer, and the results of its calls. */
  repeat(reply: Json): unknown[]
  result(call: Call, text: string): unknown
  /** What a whole answer says. */
  whole(reply: Json): Said
  /** What a stream says. */
  streamed(text: string): Said
  /** How an error that a prompt is too long is known: by its words. */
  knowsTooLong(error: { message: string; code?: string }): boolean
  /** Requests that are wrong, or odd, in ways that no schema sees at once. */
  halfFormed: Json[]
}

const PARAMETERS = { type: 'object', properties: { id: { type: 'integer' } } }

const called = (id: unknown, name: unknown, args: unknown): Call => ({
  id: String(id),
  name: String(name),
  args: String(args),
})

interface ChatMessage {
  content?: string | null
  reasoning_content?: string
  reasoning_details?: { signature?: string; text?: string }[]
  tool_calls?: { index: number; id?: string; function: { name?: string; arguments?: string } }[]
}

function chatSaid(message: ChatMessage): Said {
  const details = message.reasoning_details ?? []
  return {
    thought: message.reasoning_content ?? '',
    seal: details.map(({ signature }) => signature ?? '').join(''),
    text: message.content ?? '',
    calls: (message.tool_calls ?? []).map((call) =>
      called(call.id, call.function.name, call.function.arguments),
    ),
  }
}

const chatMessageIn = (reply: Json) => (reply['choices'] as { message: ChatMessage }[])[0]!.message

/** Adds deltas up as OpenAI's clients do. */
function addedUp(deltas: ChatMessage[]): ChatMessage {
  const sum: Required<ChatMessage> = {
    content: '',
    reasoning_content: '',
    reasoning_details: [],
    tool_calls: [],
  }
  for (const { content, reasoning_content, reasoning_details, tool_calls } of deltas) {
    sum.content += content ?? ''
    sum.reasoning_content += reasoning_content ?? ''
    sum.reasoning_details.push(...(reasoning_details ?? []))
    for (const { index, id, function: piece } of tool_calls ?? []) {
      const call = (sum.tool_calls[index] ??= { index, function: { arguments: '' } })
      if (id !== undefined) call.id = id
      if (piece.name !== undefined) call.function.name = piece.name
      call.function.arguments += piece.arguments ?? ''
    }
  }
  return sum
}

const chat: Surface = {
  name: 'chat completions',
  asked: (body) => ['/v1/chat/completions', body],
  ask: (model, messages) => ({
    model,
    messages,
    tools: [{ type: 'function', function: { name: 'find', parameters: PARAMETERS } }],
  }),
  user: (content) => ({ role: 'user', content }),
  repeat: (reply) => [chatMessageIn(reply)],
  result: ({ id }, content) => ({ role: 'tool', tool_call_id: id, content }),
  whole: (reply) => chatSaid(chatMessageIn(reply)),
  streamed(text) {
    const chunks = dataIn(text)
      .filter((data) => data !== '[DONE]')
      .map((data) => JSON.parse(data) as { choices: { delta: ChatMessage }[] })
    return chatSaid(addedUp(chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta))))
  },
  knowsTooLong: ({ code }) => code === 'context_length_exceeded',
  halfFormed: [
    { tool_choice: { type: 'function' } },
    { tool_choice: { type: 'function', function: null } },
    { tool_choice: { type: 'allowed_tools' } },
    { tool_choice: { type: 'custom', custom: { name: 'x' } } },
    { tools: [{ type: 'custom', custom: { name: 'x' } }] },
    { tools: [{ type: 'web_search' }] },
    { response_format: { type: 'json_schema', json_schema: { name: 'x', schema: null } } },
    {
      messages: [
        { role: 'user', content: 'x' },
        { role: 'assistant', tool_calls: [{ id: 'c', type: 'custom', custom: { name: 'x' } }] },
        { role: 'tool', tool_call_id: 'c', content: 'y' },
      ],
    },
    {
      messages: [
        { role: 'user', content: 'x' },
        {
          role: 'assistant',
          content: ' ',
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'find', arguments: '{"i' } }],
        },
        { role: 'tool', tool_call_id: 'c', content: [] },
      ],
    },
    { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: 'nonsense' }] }] },
    { messages: [{ role: 'user', content: [{ type: 'file', file: {} }] }] },
    { messages: [{ role: 'assistant', content: null }] },
  ],
}

interface Block {
  type: string
  thinking?: string
  signature?: string
  text?: string
  id?: string
  name?: string
  input?: unknown
}

function blocksSaid(blocks: (Block & { json?: string })[]): Said {
  const joined = (field: 'thinking' | 'signature' | 'text') =>
    blocks.map((block) => block[field] ?? '').join('')
  return {
    thought: joined('thinking'),
    // A seal of another family says whose it is.
    seal: joined('signature').replace(/^[a-z]+:/, ''),
    text: joined('text'),
    calls: blocks
      .filter(({ type }) => type === 'tool_use')
      .map(({ id, name, input, json }) => called(id, name, json || JSON.stringify(input))),
  }
}

interface BlockEvent {
  type: string
  index: number
  content_block: Block
  delta: { thinking?: string; signature?: string; text?: string; partial_json?: string }
}

const messages: Surface = {
  name: 'messages',
  asked: (body) => ['/v1/messages', body],
  ask: (model, items) => ({
    model,
    max_tokens: 100,
    messages: items,
    tools: [{ name: 'find', input_schema: PARAMETERS }],
  }),
  user: (content) => ({ role: 'user', content }),
  repeat: ({ content }) => [{ role: 'assistant', content }],
  result: ({ id }, content) => ({
    role: 'user',
    content: [{ type: 'tool_result', tool_use_id: id, content }],
  }),
  whole: ({ content }) => blocksSaid(content as Block[]),
  streamed(text) {
    const blocks: (Block & { json: string })[] = []
    for (const data of dataIn(text)) {
      const { type, index, content_block, delta } = JSON.parse(data) as BlockEvent
      if (type === 'content_block_start') blocks[index] = { ...content_block, json: '' }
      const block = blocks[index]
      if (type !== 'content_block_delta' || !block) continue
      block.thinking = (block.thinking ?? '') + (delta.thinking ?? '')
      block.signature = (block.signature ?? '') + (delta.signature ?? '')
      block.text = (block.text ?? '') + (delta.text ?? '')
      block.json += delta.partial_json ?? ''
    }
    return blocksSaid(blocks)
  },
  knowsTooLong: ({ message }) => message.includes('prompt is too long'),
  halfFormed: [
    { tool_choice: { type: 'tool' } },
    { tool_choice: { type: 'any', name: 7 } },
    { tools: [{ type: 'bash_20250124', name: 'bash' }] },
    { tools: [{ name: 'x' }] },
    { thinking: { type: 'enabled' } },
    { thinking: {} },
    { output_config: { format: {} } },
    { system: [{ type: 'image' }] },
    { messages: [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'x' }] }] },
    { messages: [{ role: 'assistant', content: [{ type: 'tool_use', id: 'x', name: 'y' }] }] },
    { messages: [{ role: 'user', content: [] }] },
    { messages: [{ role: 'user', content: [{ type: 'document', source: {} }] }] },
  ],
}

interface Item {
  type: string
  call_id?: string
  name?: string
  arguments?: string
  encrypted_content?: string
  content?: { text?: string }[]
  summary?: { text?: string }[]
}

function itemsSaid(items: Item[]): Said {
  const texts = (type: string, field: 'content' | 'summary') =>
    items
      .filter((item) => item.type === type)
      .flatMap((item) => item[field] ?? [])
      .map(({ text }) => text ?? '')
      .join('')
  const sealed = items.map((item) => item.encrypted_content ?? '').join('')
  return {
    thought: texts('reasoning', 'content') || texts('reasoning', 'summary'),
    // A seal of another family says whose it is.
    seal: sealed.replace(/^ares:[a-z]+:/, ''),
    text: texts('message', 'content'),
    calls: items
      .filter(({ type }) => type === 'function_call')
      .map((item) => called(item.call_id, item.name, item.arguments)),
  }
}

export const responses: Surface = {
  name: 'responses',
  asked: (body) => ['/v1/responses', body],
  ask: (model, input) => ({
    model,
    input,
    store: false,
    include: ['reasoning.encrypted_content'],
    tools: [{ type: 'function', name: 'find', parameters: PARAMETERS }],
  }),
  user: (content) => ({ role: 'user', content }),
  repeat: ({ output }) => output as unknown[],
  result: ({ id }, output) => ({ type: 'function_call_output', call_id: id, output }),
  whole: ({ output }) => itemsSaid(output as Item[]),
  streamed(text) {
    const last = JSON.parse(dataIn(text).at(-1)!) as { response: { output: Item[] } }
    return itemsSaid(last.response.output)
  },
  knowsTooLong: ({ code }) => code === 'context_length_exceeded',
  halfFormed: [
    { tool_choice: { type: 'function' } },
    { tool_choice: { type: 'allowed_tools' } },
    { tool_choice: { type: 'mcp' } },
    { tools: [{ type: 'custom' }] },
    { tools: [{ type: 'namespace', name: 'x' }] },
    { text: { format: { type: 'json_schema' } } },
    { reasoning: { effort: 'enormous' } },
    { input: [{ type: 'function_call', call_id: 'c', name: 'find', arguments: '{"i' }] },
    { input: [{ type: 'custom_tool_call', call_id: 'c', name: 'find', input: 'x' }] },
    { input: [{ type: 'reasoning', summary: [] }] },
    { input: [{ role: 'user', content: [{ type: 'input_image' }] }] },
    { input: [{ type: 'web_search_call' }] },
  ],
}

interface GeminiPart {
  text?: string
  thought?: boolean
  thoughtSignature?: string
  functionCall?: { id?: string; name: string; args: unknown }
}

interface GeminiContent {
  role: string
  parts: GeminiPart[]
}

const contentIn = (reply: Json) => (reply['candidates'] as { content: GeminiContent }[])[0]!.content

/** A seal of another family is ours in base64, with the family before it. */
const unsealed = (seal: string) => {
  const text = Buffer.from(seal, 'base64').toString()
  return text.startsWith('ares:') ? text.replace(/^ares:[a-z]+:/, '') : seal
}

function partsSaid(parts: GeminiPart[]): Said {
  const texts = (isThought: boolean) =>
    parts.map((part) => ((part.thought ?? false) === isThought ? (part.text ?? '') : '')).join('')
  return {
    thought: texts(true),
    seal: unsealed(parts.map(({ thoughtSignature }) => thoughtSignature ?? '').join('')),
    text: texts(false),
    calls: parts.flatMap(({ functionCall: call }) =>
      call ? [called(call.id, call.name, JSON.stringify(call.args))] : [],
    ),
  }
}

const generate: Surface = {
  name: 'generate content',
  asked({ model, stream, ...body }) {
    const method = stream === true ? 'streamGenerateContent?alt=sse' : 'generateContent'
    return [`/v1beta/models/${String(model)}:${method}`, body]
  },
  ask: (model, contents) => ({
    model,
    contents,
    tools: [{ functionDeclarations: [{ name: 'find', parametersJsonSchema: PARAMETERS }] }],
    generationConfig: { thinkingConfig: { includeThoughts: true } },
  }),
  user: (text) => ({ role: 'user', parts: [{ text }] }),
  repeat: (reply) => [contentIn(reply)],
  result: ({ id, name }, output) => ({
    role: 'user',
    parts: [{ functionResponse: { id, name, response: { output } } }],
  }),
  whole: (reply) => partsSaid(contentIn(reply).parts),
  streamed: (text) => partsSaid(dataIn(text).flatMap((data) => contentIn(replyIn(data)).parts)),
  knowsTooLong: ({ message }) => /too long|exceeds the maximum number of tokens/.test(message),
  halfFormed: [
    { toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['x'] } } },
    { toolConfig: { functionCallingConfig: {} } },
    { tools: [{}] },
    { tools: [{ googleSearch: {} }] },
    { tools: [{ functionDeclarations: [{ name: 'x', parameters: { type: 7 } }] }] },
    { contents: [{ role: 'user' }] },
    { contents: [{ parts: [{}] }] },
    { contents: [{ role: 'user', parts: [{ functionResponse: { name: 'x' } }] }] },
    { contents: [{ role: 'model', parts: [{ functionCall: { name: 'x' } }] }] },
    { contents: [{ role: 'user', parts: [{ inlineData: { mimeType: 'image/png', data: '!' } }] }] },
    { contents: [{ role: 'user', parts: [{ fileData: { fileUri: 'nonsense' } }] }] },
    { contents: [{ role: 'user', parts: [{ thoughtSignature: 'YXJlczo=' }] }] },
    { generationConfig: { responseSchema: { type: 'OBJECT', properties: 7 } } },
    { generationConfig: { responseMimeType: 'text/x.enum' } },
    { system_instruction: { parts: [{ text: 'x' }] } },
  ],
}

/** A whole answer as JSON, large integers as they came. */
export function replyIn(text: string): Json {
  return parseLossless(text) as Json
}

export const SURFACES: Surface[] = [chat, messages, responses, generate]
