/*
 * What a hostile or broken provider may answer that costs more to look at than to send, in the format of each wire,
 * whole and streamed. Everything stays within the 16 MiB that an answer may have by default.
 */

export type Format = 'openai' | 'anthropic'

export interface StallingAnswer {
  /** As the message says it: `[stall NAME]`. */
  name: string
  about: string
  /** JSON text; null where it only makes sense streamed. */
  whole: ((format: Format) => string) | null
  /** Server-sent events; null where it only makes sense whole. */
  streamed: ((format: Format) => string) | null
}

const MB = 1_000_000
const BRACKETS = '['.repeat(8 * MB)
const KEYS = `{${Array.from({ length: 1_100_000 }, (_, index) => `"k${index}":0`).join(',')}}`
/** Just within the limit of items. */
const MOST_KEYS = `{${Array.from({ length: 49_900 }, (_, index) => `"${index * 40_009}":0`).join(',')}}`

/** A good answer with something more in it. */
function besides(junk: string): Pick<StallingAnswer, 'whole' | 'streamed'> {
  return {
    whole: (format) => replyOf(format, { text: 'x' }).replace(/\}$/, `,"more":${junk}}`),
    streamed: (format) =>
      delta(format, 'x').replace(/\}\n\n$/, `,"more":${junk}}\n\n`) + ending(format),
  }
}

interface Said {
  text?: string
  thoughts?: string
  /** Name and JSON text of the arguments. */
  calls?: [name: string, args: string][]
}

function replyOf(format: Format, said: Said): string {
  return format === 'openai' ? openAiReply(said) : anthropicReply(said)
}

function openAiReply({ text = '', thoughts, calls = [] }: Said): string {
  const tool_calls = calls.map(([name, args], index) => ({
    id: `call_${index}`,
    type: 'function',
    function: { name, arguments: args },
  }))
  const message = {
    role: 'assistant',
    content: text,
    ...(thoughts && { reasoning_content: thoughts }),
    ...(calls.length > 0 && { tool_calls }),
  }
  const finish_reason = calls.length > 0 ? 'tool_calls' : 'stop'
  return JSON.stringify({ choices: [{ index: 0, message, finish_reason }] })
}

function anthropicReply({ text = '', thoughts, calls = [] }: Said): string {
  const content = [
    ...(thoughts ? [{ type: 'thinking', thinking: thoughts, signature: '' }] : []),
    { type: 'text', text },
    ...calls.map(([name, args], index) => ({
      type: 'tool_use',
      id: `call_${index}`,
      name,
      input: { expression: args },
    })),
  ]
  const stop_reason = calls.length > 0 ? 'tool_use' : 'end_turn'
  return JSON.stringify({ type: 'message', role: 'assistant', content, stop_reason })
}

const event = (data: object) => `data: ${JSON.stringify(data)}\n\n`

/** One event with a piece of text, or of a thought. */
function delta(format: Format, text: string, thought = false): string {
  if (format === 'openai') {
    return event({
      choices: [{ index: 0, delta: { [thought ? 'reasoning_content' : 'content']: text } }],
    })
  }
  const piece = thought ? { type: 'thinking_delta', thinking: text } : { type: 'text_delta', text }
  return event({ type: 'content_block_delta', index: 0, delta: piece })
}

/** One event with the beginning of a tool call. */
function opening(format: Format, index: number, args: string): string {
  if (format === 'openai') {
    const call = { index, id: `call_${index}`, function: { name: 'calculator', arguments: args } }
    return event({ choices: [{ index: 0, delta: { tool_calls: [call] } }] })
  }
  const content_block = { type: 'tool_use', id: `call_${index}`, name: 'calculator', input: {} }
  return event({ type: 'content_block_start', index, content_block }) + piece(format, index, args)
}

/** One event with more of a tool call. */
function piece(format: Format, index: number, args: string): string {
  if (format === 'openai') {
    const call = { index, function: { arguments: args } }
    return event({ choices: [{ index: 0, delta: { tool_calls: [call] } }] })
  }
  return event({
    type: 'content_block_delta',
    index,
    delta: { type: 'input_json_delta', partial_json: args },
  })
}

/** Without a word of what was used. */
function ending(format: Format): string {
  if (format === 'openai') {
    return `${event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}data: [DONE]\n\n`
  }
  return (
    event({ type: 'message_delta', delta: { stop_reason: 'end_turn' } }) +
    event({ type: 'message_stop' })
  )
}

/** The same text whole and streamed, in pieces of that many characters. */
function text(
  said: string,
  size: number,
  thought = false,
): Pick<StallingAnswer, 'whole' | 'streamed'> {
  return {
    whole: (format) => replyOf(format, thought ? { text: 'x', thoughts: said } : { text: said }),
    streamed: (format) => {
      const pieces: string[] = []
      for (let at = 0; at < said.length; at += size)
        pieces.push(delta(format, said.slice(at, at + size), thought))
      return pieces.join('') + delta(format, 'x') + ending(format)
    },
  }
}

function calls(count: number, args: string): Pick<StallingAnswer, 'whole' | 'streamed'> {
  const made = Array.from({ length: count }, (): [string, string] => ['calculator', args])
  return {
    whole: (format) => replyOf(format, { calls: made }),
    streamed: (format) =>
      made.map(([, each], index) => opening(format, index, each)).join('') + ending(format),
  }
}

const WORDS = 'the quick brown fox jumps '

export const STALLING_ANSWERS: StallingAnswer[] = [
  { name: 'brackets', about: '8 MB of [', ...besides(BRACKETS) },
  {
    name: 'only-brackets',
    about: 'nothing but 8 MB of [',
    whole: () => BRACKETS,
    streamed: () => `data: ${BRACKETS}\n\n`,
  },
  { name: 'keys', about: '1.1 million keys', ...besides(KEYS) },
  { name: 'most-keys', about: 'as many numeric keys as may be', ...besides(MOST_KEYS) },
  {
    name: 'many-wide-events',
    about: 'ten events of as many keys as may be',
    whole: null,
    streamed: (format) =>
      delta(format, 'x')
        .replace(/\}\n\n$/, `,"more":${MOST_KEYS}}\n\n`)
        .repeat(10) + ending(format),
  },
  {
    name: 'escapes',
    about: 'a text of escaped quotes, 3.8 MB',
    ...text('"'.repeat(1_900_000), 1_900_000),
  },
  {
    name: 'long-text',
    about: '15 MB of words, counted here',
    ...text(WORDS.repeat(570_000), 1000),
  },
  { name: 'words', about: '190 kB of words, counted here', ...text(WORDS.repeat(7300), 20) },
  {
    name: 'rare-letters',
    about: '190 kB of rare letters, counted here',
    ...text('ẃ ḱ ṕ '.repeat(15_000), 20),
  },
  {
    name: 'thoughts',
    about: '190 kB of thoughts, counted here',
    ...text(WORDS.repeat(7300), 20, true),
  },
  {
    name: 'nested-text',
    about: 'a text of 6 MB of objects in objects',
    ...text(`${'{"a":'.repeat(1_200_000)}}`, 100_000),
  },
  { name: 'calls', about: '12,000 tool calls', ...calls(12_000, '{"expression":"1+1"}') },
  {
    name: 'most-calls',
    about: '128 tool calls, ten times',
    ...calls(128, '{"expression":"fac(170)*fac(169)/fac(168)"}'),
  },
  {
    name: 'longest-text',
    about: 'as long a text of words as may be',
    ...text(WORDS.repeat(161_000), 1000),
  },
  {
    name: 'longest-calls',
    about: '128 tool calls, as long as may be',
    ...calls(128, `{"expression":"${'1+'.repeat(16_000)}1"}`),
  },
  {
    name: 'long-calls',
    about: '128 tool calls of 100 kB',
    ...calls(128, `{"expression":"${'1+'.repeat(50_000)}1"}`),
  },
  { name: 'nested-call', about: 'a tool call with 6 MB of [', ...calls(1, '['.repeat(6 * MB)) },
  {
    name: 'fragments',
    about: '40,000 pieces of a tool call, while another waits',
    whole: null,
    streamed: (format) =>
      opening(format, 0, '{"expression":"') +
      opening(format, 1, '{}') +
      piece(format, 0, '}').repeat(40_000) +
      piece(format, 0, '"}') +
      ending(format),
  },
  {
    name: 'one-place',
    about: '20,000 tool calls at one place',
    whole: null,
    streamed: (format) =>
      Array.from({ length: 20_000 }, (_, index) =>
        opening(format, 0, '{}').replace('call_0', `call_${index}`),
      ).join('') + ending(format),
  },
  {
    name: 'data-lines',
    about: 'one event of a million data lines',
    whole: null,
    streamed: (format) => `${'data: \n'.repeat(1_000_000)}\n${ending(format)}`,
  },
  {
    name: 'some-data-lines',
    about: 'one event of half a million data lines, within 4 MiB',
    whole: null,
    streamed: (format) => {
      const [first, rest] = delta(format, 'x').split('{"index"', 2)
      return rest === undefined
        ? `${'data: \n'.repeat(500_000)}${delta(format, 'x')}${ending(format)}`
        : `${first}\n${'data: \n'.repeat(500_000)}data: {"index"${rest}${ending(format)}`
    },
  },
  {
    name: 'after-the-end',
    about: '100,000 events after the finish reason',
    whole: null,
    streamed: (format) =>
      delta(format, 'x') +
      ending(format).split('\n\n')[0] +
      '\n\n' +
      event(format === 'openai' ? { choices: [], usage: {} } : { type: 'ping' }).repeat(100_000) +
      ending(format),
  },
  {
    name: 'not-a-number',
    about: 'broken JSON of 8 MB with NaN in it',
    whole: () => `{"a":NaN,${'"b":"a"  '.repeat(900_000)}`,
    streamed: null,
  },
]

/** 15 MB of vectors, as an answer to embeddings, without a word of what was used. */
export function vectors(): string {
  const vector = Array.from({ length: 1536 }, (_, index) => (0.123456789 / (index + 1)).toFixed(8))
  const item = `{"object":"embedding","index":0,"embedding":[${vector.join(',')}]}`
  return `{"object":"list","model":"m","data":[${Array<string>(880).fill(item).join(',')}]}`
}
