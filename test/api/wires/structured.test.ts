import { describe, expect, test } from 'bun:test'
import { start } from '../v1/compatible.ts'
import { type Call, NOTHING, type Said } from './answers.ts'
import { type Family, FAMILIES, saying } from './families.ts'
import { replyIn, type Surface, SURFACES } from './surfaces.ts'

/* A promised form, tools of any shape and name, and several calls at once: of every client, on every provider. */

const MANNERS = ['whole', 'streamed'] as const
const ways = SURFACES.flatMap((surface) =>
  FAMILIES.flatMap((family) =>
    MANNERS.map((manner): [string, { surface: Surface; family: Family; manner: string }] => [
      `${surface.name}, ${family.name}, ${manner}`,
      { surface, family, manner },
    ]),
  ),
)

const SCHEMA = {
  type: 'object',
  properties: { city: { type: 'string', maxLength: 50 }, age: { type: 'integer', minimum: 0 } },
  required: ['city'],
}
const ANSWER = '{"city":"Oslo"}'

/** Fields by which each client asks for JSON in that form. */
const FORMATS: Record<string, object> = {
  'chat completions': {
    response_format: { type: 'json_schema', json_schema: { name: 'place', schema: SCHEMA } },
  },
  messages: { output_config: { format: { type: 'json_schema', schema: SCHEMA } } },
  responses: { text: { format: { type: 'json_schema', name: 'place', schema: SCHEMA } } },
  'generate content': {
    generationConfig: { responseMimeType: 'application/json', responseJsonSchema: SCHEMA },
  },
}
const ANY_OBJECT: Record<string, object> = {
  'chat completions': { response_format: { type: 'json_object' } },
  responses: { text: { format: { type: 'json_object' } } },
  'generate content': { generationConfig: { responseMimeType: 'application/json' } },
}

type Json = Record<string, unknown>
type World = Awaited<ReturnType<typeof start>>

async function ask({ acme }: World, surface: Surface, manner: string, body: Json) {
  const stream = manner === 'streamed'
  const response = await acme.post(...surface.asked({ ...body, stream }))
  const text = await response.text()
  expect([response.status, response.status === 200 ? '' : text]).toEqual([200, ''])
  const said = manner === 'streamed' ? surface.streamed(text) : surface.whole(replyIn(text))
  return { ...said, seal: '' }
}

function withoutTools({ tools, ...body }: Json): Json {
  expect(tools).toBeDefined()
  return body
}
const sentBy = ({ app }: World) => app.provider.requests.at(-1)!.body as Json

/** An answer as a model gives it that has been given a tool for it, or none. */
function answering(sent: Json, model: string): Said {
  const tools = JSON.stringify(sent['tools'] ?? [])
  const byTool = model !== 'm-tools' && tools.includes('"answer"')
  const call: Call = { id: 'call_z', name: 'answer', args: ANSWER }
  return byTool ? { ...NOTHING, calls: [call] } : { ...NOTHING, text: ANSWER }
}

/** Whether client and provider speak the same format, so that the client's word is relayed. */
const isRelayed = (surface: Surface, family: Family) =>
  (surface.name === 'chat completions' && family.name === 'openai') ||
  (surface.name === 'messages' && family.name === 'anthropic') ||
  (surface.name === 'generate content' && family.name === 'gemini')

describe.each(['json_schema', 'json_object'])(
  '%s is answered as JSON, without any call',
  (kind) => {
    const formats = kind === 'json_schema' ? FORMATS : ANY_OBJECT
    const asked = ways.filter(([, { surface }]) => surface.name in formats)
    test.each(asked)('%s', async (_, { surface, family, manner }) => {
      const world = await start()
      const plain = withoutTools(surface.ask(family.model, [surface.user('Where?')]))
      const body = { ...plain, ...formats[surface.name] }
      world.app.provider.reply({
        play: (wire) => saying(family, answering(wire.request.body, family.model)).play(wire),
      })
      expect(await ask(world, surface, manner, body)).toEqual({ ...NOTHING, text: ANSWER })
      if (family.name !== 'anthropic' || isRelayed(surface, family)) return
      expect(sentBy(world)['tool_choice']).toEqual({ type: 'tool', name: 'answer' })
      expect(sentBy(world)).not.toHaveProperty('output_config')
    })
  },
)

describe('beside tools the model calls one or answers', () => {
  const translated = ways.filter(([, { surface, family }]) => !isRelayed(surface, family))
  test.each(translated)('%s', async (_, { surface, family, manner }) => {
    const world = await start()
    const asked = surface.ask(family.model, [surface.user('Where?')])
    const body = { ...asked, ...FORMATS[surface.name] }
    const find: Call = { id: 'call_a', name: 'find', args: '{"id":1}' }
    world.app.provider.reply(saying(family, { ...NOTHING, text: 'Hm.', calls: [find] }))
    const first = await ask(world, surface, manner, body)
    expect(first).toEqual({ ...NOTHING, text: 'Hm.', calls: [find] })
    if (family.name === 'anthropic') expect(sentBy(world)['tool_choice']).toEqual({ type: 'any' })

    world.app.provider.reply(saying(family, answering(sentBy(world), family.model)))
    expect(await ask(world, surface, manner, body)).toEqual({ ...NOTHING, text: ANSWER })
  })
})

test('thinking gives way to a form that has to be kept, and that is told', async () => {
  const world = await start()
  const call: Call = { id: 'call_z', name: 'answer', args: ANSWER }
  const claude = FAMILIES.find(({ name }) => name === 'anthropic')!
  world.app.provider.reply(saying(claude, { ...NOTHING, calls: [call] }))
  const response = await world.acme.post('/v1/responses', {
    model: 'm-claude',
    input: 'Where?',
    reasoning: { effort: 'high' },
    ...FORMATS['responses'],
  })
  expect(response.headers.get('x-ares-left-out')).toBe('/reasoning/effort')
  expect(sentBy(world)).not.toHaveProperty('thinking')
})

/** An agent whose own tool stands among them: it is run here, and the answer comes in the form. */
test('an agent works with its tools and answers in the form', async () => {
  const world = await start()
  const config = { model: 'm-claude', tools: ['calculator'] }
  const agent = { name: 'clerk', agent_type: 'custom', config }
  await world.app.admin.post(`/api/admin/tenants/${world.acme.id}/agents`, agent)
  const claude = FAMILIES.find(({ name }) => name === 'anthropic')!
  const called = (name: string, args: string) =>
    saying(claude, { ...NOTHING, calls: [{ id: 'c', name, args }] })
  for (const manner of MANNERS) {
    const works = called('calculator', '{"expression":"1+1"}')
    world.app.provider.enqueue(works, called('answer', ANSWER))
    const surface = SURFACES[0]!
    const body = {
      ...withoutTools(surface.ask('agent:clerk', [surface.user('Where?')])),
      ...FORMATS[surface.name],
    }
    expect(await ask(world, surface, manner, body)).toEqual({ ...NOTHING, text: ANSWER })
    expect(sentBy(world)['tool_choice']).toEqual({ type: 'any' })
  }
  // A model that never stops is made to answer on its last step.
  world.app.provider.reply({
    play: (wire) => {
      const { tool_choice: choice } = wire.request.body as { tool_choice?: { name?: string } }
      const isForced = choice?.name === 'answer'
      const reply = isForced ? called('answer', ANSWER) : called('calculator', '{"expression":"1"}')
      return reply.play(wire)
    },
  })
  const surface = SURFACES[0]!
  const body = withoutTools(surface.ask('agent:clerk', [surface.user('Where?')]))
  const answered = await ask(world, surface, 'whole', { ...body, ...FORMATS[surface.name] })
  expect(answered).toEqual({ ...NOTHING, text: ANSWER })
})

/** Tools as clients have them, in the words of each. */
function offering(surface: Surface, name: string, parameters: Json, strict?: boolean): Json {
  const more = strict === undefined ? {} : { strict }
  if (surface.name === 'messages') return { name, input_schema: parameters, ...more }
  if (surface.name === 'generate content') {
    return { functionDeclarations: [{ name, parametersJsonSchema: parameters }] }
  }
  const spec = { name, parameters, ...more }
  return surface.name === 'responses'
    ? { type: 'function', ...spec }
    : { type: 'function', function: spec }
}

interface SentTool {
  name?: string
  input_schema?: Json
  function?: { name: string; parameters?: Json }
  functionDeclarations?: { name: string; parametersJsonSchema?: Json }[]
}

function toolIn(sent: Json): { name: string; schema: Json } {
  const [tool] = sent['tools'] as SentTool[]
  const [declared] = tool?.functionDeclarations ?? []
  return {
    name: tool?.function?.name ?? declared?.name ?? tool?.name ?? '',
    schema:
      tool?.function?.parameters ?? declared?.parametersJsonSchema ?? tool?.input_schema ?? {},
  }
}

const ODD_NAME = 'files.read/all of them, and more than sixty-four characters in its name'
const ODD_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  oneOf: [{ $ref: '#/definitions/byId' }, { properties: { name: { type: 'string' } } }],
  definitions: {
    byId: { properties: { id: { type: 'any', minimum: 1, pattern: '^x', format: 'x' } } },
  },
}

describe('tools of any name and shape are called, and answered', () => {
  const translated = ways.filter(([, { surface, family }]) => !isRelayed(surface, family))
  test.each(translated)('%s', async (_, { surface, family, manner }) => {
    const world = await start()
    const items = [surface.user('Find it.')]
    const tools = [offering(surface, ODD_NAME, ODD_SCHEMA)]
    world.app.provider.reply({
      play(wire) {
        const { name } = toolIn(wire.request.body)
        const call = { id: 'call_a', name, args: '{"id":1}' }
        return saying(family, { ...NOTHING, calls: [call] }).play(wire)
      },
    })
    const body = { ...surface.ask(family.model, items), tools }
    const { calls } = await ask(world, surface, manner, body)
    expect(calls).toEqual([{ id: 'call_a', name: ODD_NAME, args: '{"id":1}' }])
    const { name, schema } = toolIn(sentBy(world))
    expect(name).toMatch(/^[A-Za-z_][\w-]{0,63}$/)
    expect(schema).toMatchObject({ type: 'object', properties: { id: {}, name: {} } })
    expect(schema).not.toHaveProperty('oneOf')

    // The next time it stands in the history under the name that the provider knows.
    if (manner === 'streamed') return
    const reply = replyIn(await (await world.acme.post(...surface.asked(body))).text())
    const history = [...items, ...surface.repeat(reply), surface.result(calls[0]!, 'Found.')]
    world.app.provider.reply(saying(family, { ...NOTHING, text: 'Here.' }))
    await ask(world, surface, manner, { ...surface.ask(family.model, history), tools })
    const { said } = family.repeated(world.app.provider.requests.at(-1)!)
    expect(said.calls.map((call) => call.name)).toEqual([name])
  })
})

describe('a promise that a provider cannot make is left out, and told', () => {
  const translated = ways.filter(
    ([, { surface, family, manner }]) =>
      // Google's clients ask for no such promise.
      !isRelayed(surface, family) && manner === 'whole' && surface.name !== 'generate content',
  )
  test.each(translated)('%s', async (_, { surface, family }) => {
    const world = await start()
    const open = { type: 'object', properties: { a: { type: 'object' } } }
    const body = {
      ...surface.ask(family.model, [surface.user('Hi')]),
      tools: [offering(surface, 'find', open, true)],
    }
    world.app.provider.reply(saying(family, { ...NOTHING, text: 'Hi.' }))
    const response = await world.acme.post(...surface.asked(body))
    expect(response.headers.get('x-ares-left-out')).toMatch(/^\/tools\/0\/(function\/)?strict$/)
    expect(world.app.provider.requests[0]!.text).not.toContain('"strict":true')
  })
})

/** How each client says that a tool has shown an image, beside what it has to say. */
const IMAGE = 'iVBORw0KGgo='
const SHOWN: Record<string, (call: Call) => unknown> = {
  'chat completions': ({ id }) => ({
    role: 'tool',
    tool_call_id: id,
    content: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${IMAGE}` } }],
  }),
  messages: ({ id }) => ({
    role: 'user',
    content: [
      {
        type: 'tool_result',
        tool_use_id: id,
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: IMAGE } },
        ],
      },
    ],
  }),
  responses: ({ id }) => ({
    type: 'function_call_output',
    call_id: id,
    output: [{ type: 'input_image', image_url: `data:image/png;base64,${IMAGE}` }],
  }),
  'generate content': ({ id, name }) => ({
    role: 'user',
    parts: [
      { functionResponse: { id, name, response: { output: 'An image:' } } },
      { inlineData: { mimeType: 'image/png', data: IMAGE } },
    ],
  }),
}

const TWO: Said = {
  ...NOTHING,
  text: 'I will look.',
  calls: [
    { id: 'call_a', name: 'find', args: '{"id":1}' },
    { id: 'call_b', name: 'find', args: '{"id":2}' },
  ],
}

describe('results of several calls stand behind them in their order, images behind all of them', () => {
  const translated = ways.filter(([, { surface, family }]) => !isRelayed(surface, family))
  test.each(translated)('%s', async (_, { surface, family, manner }) => {
    const world = await start()
    world.app.provider.reply(saying(family, TWO))
    const items = [surface.user('Find them.')]
    const first = await world.acme.post(...surface.asked(surface.ask(family.model, items)))
    const reply = replyIn(await first.text())
    const [one, other] = surface.whole(reply).calls
    const history = [
      ...items,
      ...surface.repeat(reply),
      SHOWN[surface.name]!(other!),
      surface.result(one!, 'Found.'),
      surface.user('Go on.'),
    ]
    world.app.provider.reply(saying(family, { ...NOTHING, text: 'Here.' }))
    await ask(world, surface, manner, surface.ask(family.model, history))
    const sent = world.app.provider.requests.at(-1)!
    const { said } = family.repeated(sent)
    expect(said).toMatchObject({ text: TWO.text, calls: TWO.calls })
    expect(orderIn(sent.text)).toEqual(ORDERS[family.name]!)
  })
})

/** Where results, image and words stand in what was sent, one after the other. */
function orderIn(text: string): string[] {
  const marks =
    /"(?:tool_call_id|tool_use_id)":"(call_[ab])"|"functionResponse":\{"id":"(call_[ab])"|(iVBORw0KGgo=)|(Go on\.)/g
  return [...text.matchAll(marks)].map((match) => match.slice(1).find(Boolean)!)
}

const ORDERS: Record<string, string[]> = {
  openai: ['call_a', 'call_b', IMAGE, 'Go on.'],
  anthropic: ['call_a', 'call_b', IMAGE, 'Go on.'],
  gemini: ['call_a', 'call_b', IMAGE, 'Go on.'],
}

/** One call at a time, in the words of each. */
const SINGLE: Record<string, object> = {
  'chat completions': { parallel_tool_calls: false },
  messages: { tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
  responses: { parallel_tool_calls: false },
}

describe('one call at a time is asked for in the provider’s words', () => {
  // Google's clients have no word for it.
  test.each(ways.filter(([, { surface }]) => surface.name in SINGLE))(
    '%s',
    async (_, { surface, family, manner }) => {
      const world = await start()
      world.app.provider.reply(saying(family, { ...NOTHING, text: 'Hi.' }))
      const body = surface.ask(family.model, [surface.user('Hi')])
      const asked = { ...body, ...SINGLE[surface.name], stream: manner === 'streamed' }
      const response = await world.acme.post(...surface.asked(asked))
      expect(response.status).toBe(200)
      await response.text()
      const { text } = world.app.provider.requests[0]!
      if (family.name === 'openai') expect(text).toContain('"parallel_tool_calls":false')
      if (family.name === 'anthropic') expect(text).toContain('"disable_parallel_tool_use":true')
      if (family.name === 'gemini') {
        expect(response.headers.get('x-ares-left-out')).toMatch(/parallel/)
      }
    },
  )
})
