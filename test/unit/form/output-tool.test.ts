import { describe, expect, test } from 'bun:test'
import type { AnswerEvent, AnswerPart } from '../../../src/form/answer.ts'
import { OutputTool } from '../../../src/form/output-tool.ts'
import type { AnswerFormat, ModelRequest } from '../../../src/form/request.ts'

const SCHEMA = { type: 'object', properties: { city: { type: 'string' } } }
const FORMAT: AnswerFormat = { type: 'json_schema', name: 'place', schema: SCHEMA }
const FIND = { name: 'find', parameters: { type: 'object' } }

/** What is asked instead. */
function asked(request: Partial<ModelRequest>, isLast = false): ModelRequest {
  const output = new OutputTool(FORMAT, request.tools ?? [])
  output.isLast = isLast
  return output.asked<ModelRequest>({ messages: [], format: FORMAT, ...request })
}

describe('what is asked', () => {
  test('where it is the only tool it has to be called', () => {
    const { tools, toolChoice, format } = asked({})
    expect(tools).toMatchObject([{ name: 'answer', parameters: SCHEMA }])
    expect(toolChoice).toEqual({ name: 'answer' })
    expect(format).toBeUndefined()
  })

  test('beside others one of all has to be, and it alone on the last step, or where no other may', () => {
    const tools = [FIND]
    expect(asked({ tools }).tools?.map(({ name }) => name)).toEqual(['find', 'answer'])
    expect(asked({ tools }).toolChoice).toBe('required')
    expect(asked({ tools, toolChoice: 'auto' }).toolChoice).toBe('required')
    expect(asked({ tools }, true).toolChoice).toEqual({ name: 'answer' })
    expect(asked({ tools, toolChoice: 'none' }).toolChoice).toEqual({ name: 'answer' })
  })

  test.each(['required', { name: 'find' }] as const)(
    '%j of the client’s comes first',
    (toolChoice) => {
      const request = asked({ tools: [FIND], toolChoice })
      expect(request).toEqual({ messages: [], tools: [FIND], toolChoice })
    },
  )

  test('any object will do without a schema, and no name is taken twice', () => {
    const output = new OutputTool({ type: 'json_object' }, [{ name: 'answer' }])
    const [, tool] = output.asked({ messages: [], tools: [{ name: 'answer' }] }).tools
    expect(tool).toMatchObject({ name: 'answer_', parameters: { type: 'object' } })
  })
})

const text = (said: string): AnswerEvent => ({ type: 'text', text: said })
const call = (number: number, name: string, args: string): AnswerEvent[] => [
  { type: 'tool_call', call: number, id: `call_${number}`, name },
  ...args.split('').map((each): AnswerEvent => ({ type: 'arguments', call: number, text: each })),
]
const thought: AnswerEvent = { type: 'reasoning', text: 'Hm.' }

/** What comes of events that arrive one by one: all that is said, and the names of those that are called. */
function told(events: AnswerEvent[]) {
  const output = new OutputTool(FORMAT, [FIND])
  const all = [...events.flatMap((event) => output.read([event])), ...output.end()]
  return {
    said: all.map((event) => (event.type === 'text' ? event.text : '')).join(''),
    called: all.flatMap((event) => (event.type === 'tool_call' ? [event.name] : [])),
    thoughts: all.filter(({ type }) => type === 'reasoning').length,
  }
}

/** The same of a whole answer with those parts. */
function whole(parts: AnswerPart[]) {
  const read = new OutputTool(FORMAT, [FIND]).partsOf(parts)
  return {
    said: read.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    called: read.flatMap((part) => (part.type === 'tool_call' ? [part.name] : [])),
    thoughts: read.filter(({ type }) => type === 'reasoning').length,
  }
}

const part = (name: string, args: string): AnswerPart => ({
  type: 'tool_call',
  id: 'x',
  name,
  arguments: args,
})
const words = (said: string): AnswerPart => ({ type: 'text', text: said })
const ANSWER = '{"city":"Oslo"}'

test.each<[string, AnswerEvent[], AnswerPart[], { said: string; called: string[] }]>([
  [
    'its arguments are the answer, and nothing is said beside it',
    [thought, text('Here: '), ...call(0, 'answer', ANSWER), text('Done.')],
    [{ type: 'reasoning', text: 'Hm.' }, words('Here: '), part('answer', ANSWER), words('Done.')],
    { said: ANSWER, called: [] },
  ],
  [
    'a call of another is handed on with what was said before',
    [text('Let me see.'), ...call(0, 'find', '{}')],
    [words('Let me see.'), part('find', '{}')],
    { said: 'Let me see.', called: ['find'] },
  ],
  [
    'of both, what comes first counts: the answer',
    [...call(0, 'answer', ANSWER), ...call(1, 'find', '{}')],
    [part('answer', ANSWER), part('find', '{}')],
    { said: ANSWER, called: [] },
  ],
  [
    'of both, what comes first counts: the call',
    [...call(0, 'find', '{}'), ...call(1, 'answer', ANSWER)],
    [part('find', '{}'), part('answer', ANSWER)],
    { said: '', called: ['find'] },
  ],
  [
    'a second answer is none',
    [...call(0, 'answer', ANSWER), ...call(1, 'answer', '{}')],
    [part('answer', ANSWER), part('answer', '{}')],
    { said: ANSWER, called: [] },
  ],
  ['a model that only talks is heard', [text('No.')], [words('No.')], { said: 'No.', called: [] }],
])('%s', (_, events, parts, expected) => {
  expect(told(events)).toMatchObject(expected)
  expect(whole(parts)).toMatchObject(expected)
  expect(told(events).thoughts).toBe(whole(parts).thoughts)
})
