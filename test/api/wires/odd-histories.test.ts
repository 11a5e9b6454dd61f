import { describe, expect, test } from 'bun:test'
import { start } from '../v1/compatible.ts'
import { NOTHING } from './answers.ts'
import { type Family, FAMILIES, saying } from './families.ts'

/*
 * What clients really send: habits, leftovers of other providers in a history, and what a model broke off. Every family
 * answers, and its provider is sent what it takes.
 */

const PNG = 'iVBORw0KGgo='
const JPG = '/9j/4AAQSkZJRg=='

interface Odd {
  /** What is odd, as a whole or at the end of a history. */
  body: object
  /** What the provider has to be sent; by the name of its family where that matters, and none where it does not. */
  sends?: RegExp | Record<string, RegExp>
  /** What it may not be sent. */
  never?: RegExp | Record<string, RegExp>
}

const USER = { role: 'user', content: 'Find it.' }
const FIND = {
  type: 'function',
  function: { name: 'find', parameters: { type: 'object', properties: {} } },
}

const called = (message: object, args = '{}') => [
  USER,
  {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'call_a', type: 'function', function: { name: 'find', arguments: args } }],
    ...message,
  },
  { role: 'tool', tool_call_id: 'call_a', content: 'Found.' },
]

const MUST_CALL = {
  openai: /"tool_choice":"required"/,
  anthropic: /"tool_choice":\{"type":"any"/,
  gemini: /"mode":"ANY"/,
}

const NO_ARGUMENTS = {
  openai: /"arguments":"\{\}"/,
  anthropic: /"input":\{\}/,
  gemini: /"args":\{\}/,
}

/** What Anthropic refuses, and, where there is nothing at all, Google too. */
const BLANK = { anthropic: /"text":"(\s|\\n)*"/ }
const EMPTY = { ...BLANK, gemini: /"text":""/ }

const CHAT: Record<string, Odd> = {
  'Mistral’s word for a tool that must be called': {
    body: { messages: [USER], tools: [FIND], tool_choice: 'any' },
    sends: MUST_CALL,
  },
  'an image that is an address': {
    body: {
      messages: [
        {
          role: 'user',
          content: [{ type: 'image_url', image_url: `data:image/png;base64,${PNG}` }],
        },
      ],
    },
    sends: {
      openai: /"image_url":\{"url":"data:image\/png;base64,iVBOR/,
      anthropic: /"media_type":"image\/png"/,
      gemini: /"mimeType":"image\/png"/,
    },
  },
  'an image of a type that is none': {
    body: {
      messages: [
        {
          role: 'user',
          content: [{ type: 'image_url', image_url: { url: `data:image/jpg;base64,${JPG}` } }],
        },
      ],
    },
    sends: /image\/jpeg/,
    never: /image\/jpg/,
  },
  'parts with nulls for what they are not': {
    body: {
      messages: [
        {
          role: 'user',
          content: [{ type: 'text', text: 'Find it.', image_url: null, refusal: null }],
        },
        {
          role: 'assistant',
          content: [{ type: 'text', text: 'Where?', refusal: null }],
          refusal: null,
          tool_calls: null,
        },
        { role: 'user', content: 'There.' },
      ],
    },
    sends: /Where\?/,
    never: /"refusal"|"image_url"/,
  },
  'names of speakers': {
    body: {
      messages: [
        { role: 'user', name: 'ana', content: 'Find it.' },
        ...called({ name: 'helper' }).slice(1, 2),
        { role: 'tool', name: 'find', tool_call_id: 'call_a', content: 'Found.' },
      ],
      tools: [FIND],
    },
    sends: /Found\./,
  },
  'what another provider told of its thoughts': {
    body: {
      messages: called({
        reasoning: 'Hm.',
        reasoning_content: 'Hm.',
        reasoning_details: [
          { type: 'reasoning.text', text: 'Hm.', format: 'unknown', index: 0 },
          {
            type: 'reasoning.encrypted',
            data: 'c2VhbA==',
            id: 'r1',
            format: 'openai-responses-v1',
          },
        ],
        extra_content: { google: { thought_signature: 'c2VhbA==' } },
        provider_specific_fields: { refusal: null },
        annotations: [],
      }),
      tools: [FIND],
    },
    sends: /Found\./,
  },
  'arguments that were cut off': {
    body: { messages: called({}, '{"id": 1, "na'), tools: [FIND] },
    sends: NO_ARGUMENTS,
  },
  'a call without arguments': {
    body: { messages: called({}, ''), tools: [FIND] },
    sends: NO_ARGUMENTS,
  },
  'blank words of an assistant': {
    body: { messages: called({ content: ' \n' }), tools: [FIND] },
    sends: /Found\./,
    never: BLANK,
  },
  'an assistant that said nothing': {
    body: { messages: [USER, { role: 'assistant', content: '' }, USER] },
    sends: /Find it\./,
    never: EMPTY,
  },
  'blank words in parts': {
    body: { messages: called({ content: [{ type: 'text', text: '' }] }), tools: [FIND] },
    sends: /Found\./,
    never: EMPTY,
  },
  'a tool that answered nothing': {
    body: {
      messages: called({}).with(2, { role: 'tool', tool_call_id: 'call_a', content: '' }),
      tools: [FIND],
    },
    sends: /call_a/,
    never: EMPTY,
  },
  'a prefix that is none': {
    body: { messages: [USER, { role: 'assistant', content: 'Where?', prefix: false }, USER] },
    never: /prefix/,
  },
}

const TOOL = { name: 'find', input_schema: { type: 'object', properties: {} } }

const used = (blocks: object[], result: object = { content: 'Found.' }) => [
  USER,
  {
    role: 'assistant',
    content: [...blocks, { type: 'tool_use', id: 'call_a', name: 'find', input: {} }],
  },
  { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_a', ...result }] },
]

const base64 = (media_type: string, data: string) => ({
  type: 'image',
  source: { type: 'base64', media_type, data },
})

const MESSAGES: Record<string, Odd> = {
  'blank words of an assistant': {
    body: { messages: used([{ type: 'text', text: ' \n' }]), tools: [TOOL] },
    sends: /Found\./,
    never: BLANK,
  },
  'an assistant that said nothing': {
    body: { messages: [USER, { role: 'assistant', content: '' }, USER] },
    sends: /Find it\./,
    never: { anthropic: /"content":""/, gemini: /"text":""/ },
  },
  'a tool that answered nothing': {
    body: { messages: used([], { content: [{ type: 'text', text: '' }] }), tools: [TOOL] },
    sends: /call_a/,
    never: EMPTY,
  },
  'an image of a type that is none': {
    body: { messages: [{ role: 'user', content: [base64('image/jpg', JPG)] }] },
    sends: /image\/jpeg/,
    never: /image\/jpg/,
  },
  'an image that a tool has found': {
    body: {
      messages: used([], { content: [{ type: 'text', text: 'Found.' }, base64('image/jpg', JPG)] }),
      tools: [TOOL],
    },
    sends: /image\/jpeg/,
    never: /image\/jpg/,
  },
  'thoughts of another provider': {
    body: {
      messages: used([{ type: 'thinking', thinking: 'Hm.', signature: 'other:c2VhbA==' }]),
      tools: [TOOL],
    },
    sends: /Found\./,
  },
}

const ITEMS_TOOL = {
  type: 'function',
  name: 'find',
  parameters: { type: 'object', properties: {} },
}

const itemsOf = (before: object[], args = '{}', output: unknown = 'Found.') => [
  USER,
  ...before,
  { type: 'function_call', call_id: 'call_a', name: 'find', arguments: args },
  { type: 'function_call_output', call_id: 'call_a', output },
]

const RESPONSES: Record<string, Odd> = {
  'arguments that were cut off': {
    body: { input: itemsOf([], '{"id": 1, "na'), tools: [ITEMS_TOOL] },
    sends: NO_ARGUMENTS,
  },
  'a call without arguments': {
    body: { input: itemsOf([], ''), tools: [ITEMS_TOOL] },
    sends: NO_ARGUMENTS,
  },
  'blank words of an assistant': {
    body: {
      input: itemsOf([{ role: 'assistant', content: [{ type: 'output_text', text: ' \n' }] }]),
      tools: [ITEMS_TOOL],
    },
    sends: /Found\./,
    never: BLANK,
  },
  'a tool that answered nothing': {
    body: { input: itemsOf([], '{}', ''), tools: [ITEMS_TOOL] },
    sends: /call_a/,
    never: EMPTY,
  },
  'an image of a type that is none': {
    body: {
      input: [
        {
          role: 'user',
          content: [{ type: 'input_image', image_url: `data:image/jpg;base64,${JPG}` }],
        },
      ],
    },
    sends: /image\/jpeg/,
    never: /image\/jpg/,
  },
  'thoughts of another provider': {
    body: {
      input: itemsOf([
        { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAAAAB' },
      ]),
      tools: [ITEMS_TOOL],
    },
    sends: /Found\./,
  },
}

const SURFACES: [string, string, Record<string, Odd>][] = [
  ['chat completions', '/v1/chat/completions', CHAT],
  ['messages', '/v1/messages', MESSAGES],
  ['responses', '/v1/responses', RESPONSES],
]

interface Case {
  path: string
  odd: Odd
  family: Family
}

const CASES = SURFACES.flatMap(([surface, path, odds]) =>
  Object.entries(odds).flatMap(([name, odd]) =>
    FAMILIES.map((family): [string, Case] => [
      `${surface}, ${family.name}: ${name}`,
      { path, odd, family },
    ]),
  ),
)

function patternOf(patterns: Odd['sends'], { name }: Family): RegExp | undefined {
  return patterns instanceof RegExp ? patterns : patterns?.[name]
}

function asking(path: string, { model }: Family, body: object): object {
  return { model, ...(path === '/v1/messages' && { max_tokens: 100 }), ...body }
}

describe('no habit of a client ends its conversation', () => {
  test.each(CASES)('%s', async (_, { path, odd, family }) => {
    const { app, acme } = await start()
    app.provider.reply(saying(family, { ...NOTHING, text: 'Here.' }))
    for (const stream of [false, true]) {
      const reply = await acme.post(path, asking(path, family, { stream, ...odd.body }))
      const text = await reply.text()
      expect([reply.status, reply.status === 200 ? '' : text]).toEqual([200, ''])
      expect(text).not.toContain('"error":{')
      const sent = app.provider.requests.at(-1)!.text
      const [must, never] = [patternOf(odd.sends, family), patternOf(odd.never, family)]
      if (must) expect(sent).toMatch(must)
      if (never) expect(sent).not.toMatch(never)
    }
  })
})
