import type { StallingWire } from './stalling-wires.ts'

/*
 * What a hostile or broken provider may answer that costs more to look at than to send, in the format of each wire,
 * whole and streamed. Everything stays within the 16 MiB that an answer may have by default.
 */

export interface StallingAnswer {
  /** As the message says it: `[stall NAME]`. */
  name: string
  about: string
  /** JSON text; null where it only makes sense streamed. */
  whole: ((wire: StallingWire) => string) | null
  /** Server-sent events; null where it only makes sense whole. */
  streamed: ((wire: StallingWire) => string) | null
}

const MB = 1_000_000
const BRACKETS = '['.repeat(8 * MB)
const KEYS = `{${Array.from({ length: 1_100_000 }, (_, index) => `"k${index}":0`).join(',')}}`
/** Just within the limit of items. */
const MOST_KEYS = `{${Array.from({ length: 49_900 }, (_, index) => `"${index * 40_009}":0`).join(',')}}`

/** A good answer with something more in it. */
function besides(junk: string): Pick<StallingAnswer, 'whole' | 'streamed'> {
  return {
    whole: (wire) => wire.reply({ text: 'x' }).replace(/\}$/, `,"more":${junk}}`),
    streamed: (wire) => wire.delta('x').replace(/\}\n\n$/, `,"more":${junk}}\n\n`) + wire.ending,
  }
}

/** The same text whole and streamed, in pieces of that many characters. */
function text(
  said: string,
  size: number,
  thought = false,
): Pick<StallingAnswer, 'whole' | 'streamed'> {
  return {
    whole: (wire) => wire.reply(thought ? { text: 'x', thoughts: said } : { text: said }),
    streamed: (wire) => {
      const pieces: string[] = []
      for (let at = 0; at < said.length; at += size)
        pieces.push(wire.delta(said.slice(at, at + size), thought))
      return pieces.join('') + wire.delta('x') + wire.ending
    },
  }
}

function calls(count: number, args: string): Pick<StallingAnswer, 'whole' | 'streamed'> {
  const made = Array.from({ length: count }, (): [string, string] => ['calculator', args])
  return {
    whole: (wire) => wire.reply({ calls: made }),
    streamed: (wire) =>
      made.map(([, each], index) => wire.opening(index, each)).join('') + wire.ending,
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
    streamed: (wire) =>
      wire
        .delta('x')
        .replace(/\}\n\n$/, `,"more":${MOST_KEYS}}\n\n`)
        .repeat(10) + wire.ending,
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
    streamed: (wire) =>
      wire.opening(0, '{"expression":"') +
      wire.opening(1, '{}') +
      wire.piece(0, '}').repeat(40_000) +
      wire.piece(0, '"}') +
      wire.ending,
  },
  {
    name: 'one-place',
    about: '20,000 tool calls at one place',
    whole: null,
    streamed: (wire) =>
      Array.from({ length: 20_000 }, (_, index) =>
        wire.opening(0, '{}').replace('call_0', `call_${index}`),
      ).join('') + wire.ending,
  },
  {
    name: 'data-lines',
    about: 'one event of a million data lines',
    whole: null,
    streamed: (wire) => `${'data: \n'.repeat(1_000_000)}\n${wire.ending}`,
  },
  {
    name: 'some-data-lines',
    about: 'one event of half a million data lines, within 4 MiB',
    whole: null,
    streamed: (wire) => {
      const [first, rest] = wire.delta('x').split('{"index"', 2)
      return rest === undefined
        ? `${'data: \n'.repeat(500_000)}${wire.delta('x')}${wire.ending}`
        : `${first}\n${'data: \n'.repeat(500_000)}data: {"index"${rest}${wire.ending}`
    },
  },
  {
    name: 'after-the-end',
    about: '100,000 events after the finish reason',
    whole: null,
    streamed: (wire) =>
      wire.delta('x') +
      wire.ending.split('\n\n')[0] +
      '\n\n' +
      wire.nothing.repeat(100_000) +
      wire.ending,
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
