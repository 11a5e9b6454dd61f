import { describe, expect, test } from 'bun:test'
import { GeminiModel, GeminiModelList } from '../../../src/gateway/gemini/gemini-schema.ts'
import { body, eofMidStream } from '../../scripted-faults.ts'
import { toolCall } from '../../scripted-replies.ts'
import { allRuns, expectTotalsMatch } from '../totals.ts'
import { FAMILIES, saying } from '../wires/families.ts'
import { NOTHING } from '../wires/answers.ts'
import { dataIn, expectGood, expectGoogleError, start } from './compatible.ts'
import { testBodyRefusals, testRefusals, testSpendingRefusals } from './compatible-refusals.ts'

const CONTENTS = [{ role: 'user', parts: [{ text: 'Hello' }] }]
const at = (model: string, method = 'generateContent') => `/v1beta/models/${model}:${method}`
const MODELS = ['m-tools', 'm-claude', 'm-gemini', 'm-demo', 'agent:risk', 'agent%3Arisk']

const calling = (args: object) => ({ functionCall: { name: 'find', args } })
const finding = (output: string) => ({ functionResponse: { name: 'find', response: { output } } })
const content = (text: string) => ({ content: { parts: [{ text }] } })

interface Part {
  text?: string
  thought?: boolean
  thoughtSignature?: string
  functionCall?: { id: string; name: string; args: unknown }
}

interface Generated {
  candidates: { content: { parts: Part[]; role: string }; finishReason?: string }[]
  usageMetadata?: Record<string, number>
  modelVersion?: string
  responseId?: string
}

const textIn = ({ candidates }: Generated) =>
  candidates[0]!.content.parts.map(({ text }) => text ?? '').join('')

describe.each(MODELS)('%s', (model) => {
  test('answers whole and streamed, as events and as one array, and is recorded', async () => {
    const { app, acme } = await start()
    const whole = (await (await acme.post(at(model), { contents: CONTENTS })).json()) as Generated
    const text = textIn(whole)
    expect(text).toMatch(/\S/)
    expect(whole.candidates[0]).toMatchObject({ content: { role: 'model' }, finishReason: 'STOP' })

    const path = at(model, 'streamGenerateContent')
    const events = await acme.post(`${path}?alt=sse`, { contents: CONTENTS })
    expect(events.headers.get('content-type')).toStartWith('text/event-stream')
    const told = dataIn(await events.text()).map((data) => JSON.parse(data) as Generated)
    const array = await acme.post(path, { contents: CONTENTS })
    expect(array.headers.get('content-type')).toStartWith('application/json')
    for (const pieces of [told, (await array.json()) as Generated[]]) {
      expect(pieces.map(textIn).join('')).toBe(text)
      expect(pieces.at(-1)).toMatchObject({ candidates: [{ finishReason: 'STOP' }] })
      expect(pieces.at(-1)!.usageMetadata!['promptTokenCount']).toBeGreaterThan(0)
    }
    const runs = await allRuns(app)
    expect(runs.map(({ kind, status }) => `${kind} ${status}`)).toEqual(
      Array<string>(3).fill('generation completed'),
    )
    expect(JSON.parse(runs[0]!.input!)).toEqual({ messages: [{ role: 'user', content: 'Hello' }] })
    expect(JSON.parse(runs[0]!.output!)).toEqual({ content: text })
    await expectTotalsMatch(app)
  })
})

test('a request for a Gemini provider is relayed, in one spelling, and its answer byte for byte', async () => {
  const { app, acme } = await start()
  const text =
    '{"candidates": [{"content":{"parts":[{"text":"Hi","new":1}]},"finishReason":"STOP"}]}'
  app.provider.reply(body('application/json', text))
  const reply = await acme.post(at('m-gemini'), {
    contents: [{ parts: [{ inline_data: { mime_type: 'image/png', data: 'AAAA' } }] }],
    system_instruction: { parts: [{ text: 'Be brief.' }] },
    tools: [
      {
        function_declarations: [
          { name: 'f', parameters: { type: 'OBJECT', properties: { a_b: { any_of: [] } } } },
        ],
      },
    ],
    generation_config: { max_output_tokens: 9, thinking_config: { thinking_budget: 5 } },
    safety_settings: [{ category: 'X', threshold: 'OFF' }],
    not_known_yet: 1,
  })
  expect(await reply.text()).toBe(text)
  const [request] = app.provider.requests
  expect(request!.path).toBe('/v1beta/models/m-gemini:generateContent')
  expect(request!.body).toEqual({
    contents: [{ parts: [{ inlineData: { mimeType: 'image/png', data: 'AAAA' } }] }],
    systemInstruction: { parts: [{ text: 'Be brief.' }] },
    tools: [
      {
        functionDeclarations: [
          { name: 'f', parameters: { type: 'OBJECT', properties: { a_b: { any_of: [] } } } },
        ],
      },
    ],
    generationConfig: { maxOutputTokens: 9, thinkingConfig: { thinkingBudget: 5 } },
    safetySettings: [{ category: 'X', threshold: 'OFF' }],
    notKnownYet: 1,
  })
})

test('what is asked is translated for other families', async () => {
  const { app, acme } = await start()
  const asked = {
    systemInstruction: { parts: [{ text: 'Be brief.' }] },
    contents: [
      {
        role: 'user',
        parts: [{ text: 'Look.' }, { inlineData: { mimeType: 'image/png', data: 'AAAA' } }],
      },
    ],
    tools: [
      {
        functionDeclarations: [
          {
            name: 'find',
            description: 'Finds.',
            parameters: {
              type: 'OBJECT',
              properties: {
                id: { type: 'INTEGER', nullable: true },
                by: { any_of: [{ type: 'STRING' }] },
              },
              property_ordering: ['id'],
              required: ['id'],
            },
          },
          { name: 'other' },
        ],
      },
    ],
    toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['find'] } },
    generationConfig: {
      temperature: 0.5,
      topP: 0.9,
      maxOutputTokens: 99,
      stopSequences: ['END'],
      seed: 7,
      presencePenalty: 0.5,
      candidateCount: 1,
      responseMimeType: 'application/json',
      responseSchema: { type: 'OBJECT', properties: { a: { type: 'STRING' } } },
    },
    safetySettings: [{ category: 'X', threshold: 'OFF' }],
  }
  const reply = await acme.post(at('m-tools'), asked)
  expect([reply.status, reply.headers.get('x-ares-left-out')]).toEqual([200, '/safetySettings'])
  expect(app.provider.requests[0]!.body).toEqual({
    model: 'upstream-tools',
    messages: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look.' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
        ],
      },
    ],
    tools: [
      {
        type: 'function',
        function: {
          name: 'find',
          description: 'Finds.',
          parameters: {
            type: 'object',
            properties: {
              id: { type: ['integer', 'null'] },
              by: { anyOf: [{ type: 'string' }] },
            },
            required: ['id'],
          },
        },
      },
    ],
    tool_choice: { type: 'function', function: { name: 'find' } },
    temperature: 0.5,
    top_p: 0.9,
    max_tokens: 99,
    stop: ['END'],
    seed: 7,
    presence_penalty: 0.5,
    response_format: {
      type: 'json_schema',
      json_schema: {
        name: 'response',
        schema: { type: 'object', properties: { a: { type: 'string' } } },
      },
    },
  })
})

test('calls without ids are answered by their names, in their order', async () => {
  const { app, acme } = await start()
  const contents = [
    ...CONTENTS,
    { role: 'model', parts: [calling({ id: 1 }), calling({ id: 2 })] },
    { role: 'user', parts: [finding('one'), finding('two'), { text: 'And?' }] },
  ]
  await acme.post(at('m-tools'), { contents })
  const { messages } = app.provider.requests[0]!.body as { messages: object[] }
  expect(messages.slice(1)).toEqual([
    {
      role: 'assistant',
      content: null,
      tool_calls: [1, 2].map((id) => ({
        id: `call_${id - 1}`,
        type: 'function',
        function: { name: 'find', arguments: JSON.stringify({ id }) },
      })),
    },
    { role: 'tool', tool_call_id: 'call_0', content: 'one' },
    { role: 'tool', tool_call_id: 'call_1', content: 'two' },
    { role: 'user', content: 'And?' },
  ])
})

test('results that are JSON, errors, and images in results are told as such', async () => {
  const { app, acme } = await start()
  const results = [
    { response: { found: [1] } },
    { response: { error: 'Not there.' } },
    {
      response: { result: { a: 1 } },
      parts: [{ inlineData: { mimeType: 'image/png', data: 'AA' } }],
    },
  ]
  const contents = [
    ...CONTENTS,
    {
      role: 'model',
      parts: results.map((_, id) => ({ functionCall: { id: `c${id}`, name: 'f' } })),
    },
    {
      role: 'user',
      parts: results.map((each, id) => ({
        functionResponse: { id: `c${id}`, name: 'f', ...each },
      })),
    },
  ]
  await acme.post(at('m-claude'), { contents, generationConfig: { maxOutputTokens: 9 } })
  const { messages } = app.provider.requests[0]!.body as { messages: { content: object[] }[] }
  expect(messages.at(-1)!.content).toMatchObject([
    { type: 'tool_result', tool_use_id: 'c0' },
    { type: 'tool_result', tool_use_id: 'c1', is_error: true },
    { type: 'tool_result', tool_use_id: 'c2' },
  ])
  const told = JSON.stringify(messages.at(-1))
  expect(told).toContain(JSON.stringify('{"found":[1]}'))
  expect(told).toContain('"media_type":"image/png"')
})

describe('thoughts', () => {
  const asks = { generationConfig: { thinkingConfig: { includeThoughts: true } } }

  test.each(FAMILIES.map((family) => [family.name, family] as const))(
    'of %s are told to whoever wants them alone',
    async (name, family) => {
      const { app, acme } = await start()
      const said = { ...NOTHING, thought: 'Hm.', seal: '', text: 'Yes.' }
      app.provider.reply(saying(family, said))
      const ask = async (more: object) => {
        const reply = await acme.post(at(family.model), { contents: CONTENTS, ...more })
        return ((await reply.json()) as Generated).candidates[0]!.content.parts
      }
      expect((await ask(asks))[0]).toMatchObject({ text: 'Hm.', thought: true })
      // What is relayed is the provider's own affair.
      if (name !== 'gemini') expect(await ask({})).toEqual([{ text: 'Yes.' }])
    },
  )
})

test('calls are told whole in a stream', async () => {
  const { app, acme } = await start()
  app.provider.reply(toolCall('find', { id: 1 }))
  const reply = await acme.post(`${at('m-tools', 'streamGenerateContent')}?alt=sse`, {
    contents: CONTENTS,
    tools: [{ functionDeclarations: [{ name: 'find' }] }],
  })
  const events = dataIn(await reply.text()).map((data) => JSON.parse(data) as Generated)
  const calls = events.flatMap(({ candidates }) =>
    candidates[0]!.content.parts.flatMap(({ functionCall }) => functionCall ?? []),
  )
  expect(calls).toMatchObject([{ id: expect.any(String), name: 'find', args: { id: 1 } }])
})

test('an answer that breaks off ends with an error, in either manner', async () => {
  const { app, acme } = await start()
  app.provider.reply(eofMidStream())
  const path = at('m-tools', 'streamGenerateContent')
  const events = dataIn(await (await acme.post(`${path}?alt=sse`, { contents: CONTENTS })).text())
  const items = (await (await acme.post(path, { contents: CONTENTS })).json()) as object[]
  for (const last of [JSON.parse(events.at(-1)!) as object, items.at(-1)]) {
    expect(last).toMatchObject({ error: { code: 502, status: 'UNAVAILABLE' } })
  }
})

describe('tokens are counted', () => {
  test('by a provider of the family, as it would be asked, and are no run', async () => {
    const { app, acme } = await start()
    app.provider.reply(body('application/json', '{"totalTokens": 31}'))
    for (const asked of [
      { contents: CONTENTS },
      { generateContentRequest: { model: 'models/other', contents: CONTENTS } },
    ]) {
      const reply = await acme.post(at('m-gemini', 'countTokens'), asked)
      expect(await reply.json()).toEqual({ totalTokens: 31 })
      expect(app.provider.requests.at(-1)).toMatchObject({
        path: '/v1beta/models/m-gemini:countTokens',
        body: { generateContentRequest: { model: 'models/m-gemini', contents: CONTENTS } },
      })
    }
    expect(await allRuns(app)).toHaveLength(0)
  })

  test.each(['m-tools', 'm-claude', 'm-demo', 'agent:risk'])('here for %s', async (model) => {
    const { acme } = await start()
    const reply = await acme.post(at(model, 'countTokens'), { contents: CONTENTS })
    expect(((await reply.json()) as { totalTokens: number }).totalTokens).toBeGreaterThan(0)
    await expectGoogleError(await acme.post(at(model, 'countTokens'), {}), 400, 'INVALID')
  })
})

describe('embeddings', () => {
  test('come from an OpenAI-compatible provider, without what it does not know', async () => {
    const { app, acme } = await start()
    const asked = { ...content('Hello'), taskType: 'RETRIEVAL_QUERY', outputDimensionality: 3 }
    const reply = await acme.post(at('m-tools', 'embedContent'), asked)
    expect(reply.headers.get('x-ares-left-out')).toBe('/taskType')
    const { embedding } = (await reply.json()) as { embedding: { values: number[] } }
    expect(embedding.values.length).toBeGreaterThan(0)
    expect(app.provider.requests[0]!.body).toEqual({
      model: 'upstream-tools',
      input: ['Hello'],
      dimensions: 3,
    })
    expect((await allRuns(app))[0]).toMatchObject({ kind: 'embedding', status: 'completed' })
    await expectTotalsMatch(app)
  })

  test('of Google’s own come with what it knows', async () => {
    const { app, acme } = await start()
    app.provider.reply(
      body('application/json', '{"embeddings": [{"values": [0.5, 1]}, {"values": [2]}]}'),
    )
    const requests = ['a', 'b'].map((text) => ({ ...content(text), taskType: 'CLUSTERING' }))
    const reply = await acme.post(at('m-gemini', 'batchEmbedContents'), { requests })
    expect(await reply.json()).toEqual({ embeddings: [{ values: [0.5, 1] }, { values: [2] }] })
    expect(app.provider.requests[0]!.body).toMatchObject({
      requests: [{ taskType: 'CLUSTERING' }, { taskType: 'CLUSTERING' }],
    })
    const [first, second] = requests
    const differing = { requests: [first, { ...second, taskType: 'OTHER' }] }
    const refused = await acme.post(at('m-gemini', 'batchEmbedContents'), differing)
    const error = await expectGoogleError(refused, 400, 'INVALID')
    expect(error.message).toContain('/requests/1/taskType')
  })

  test('are refused of an agent, the demo and Anthropic’s models', async () => {
    const { acme } = await start()
    for (const model of ['agent:risk', 'm-demo', 'm-claude']) {
      const reply = await acme.post(at(model, 'embedContent'), content('Hello'))
      await expectGoogleError(reply, 400, 'INVALID')
    }
  })
})

describe('models', () => {
  test('are listed in Google’s form', async () => {
    const { acme } = await start()
    const { models } = await expectGood(await acme.get('/v1beta/models'), GeminiModelList)
    expect(models[0]).toMatchObject({
      name: 'models/m-tools',
      inputTokenLimit: 1000,
      supportedGenerationMethods: expect.arrayContaining(['generateContent', 'embedContent']),
    })
    expect(models.at(-1)!.name).toBe('models/agent:risk')
    const one = await expectGood(await acme.get('/v1beta/models/agent:risk'), GeminiModel)
    expect(one).toEqual(models.at(-1)!)
    await expectGoogleError(await acme.get('/v1beta/models/nope'), 404, 'NOT_FOUND')
  })

  test('whose ids have a slash are found as Google’s clients write them', async () => {
    const { acme } = await start({ config: SLASHED })
    for (const id of ['org/m:free', 'org%2Fm:free', 'org%2Fm%3Afree']) {
      expect((await acme.get(`/v1beta/models/${id}`)).status).toBe(200)
      expect((await acme.post(at(id), { contents: CONTENTS })).status).toBe(200)
    }
  })
})

const SLASHED = `
[[providers]]
name = "slashed"
type = "demo"
models = [{ id = "org/m:free", context_length = 100 }]`

test('newer clients of Google ask under /v1, and are told in their form', async () => {
  const { app, acme } = await start()
  const headers = { 'x-goog-api-key': acme.secret, 'x-goog-api-client': 'google-genai-sdk/3.3.0' }
  const json = { ...headers, 'content-type': 'application/json' }
  const body = JSON.stringify({ contents: CONTENTS })
  for (const path of ['/v1/models/m-claude:generateContent', '/v1/models/agent:risk:countTokens']) {
    const reply = await app.fetch(path, { method: 'POST', headers: json, body })
    expect([path, reply.status]).toEqual([path, 200])
  }
  const list = await expectGood(await app.fetch('/v1/models', { headers }), GeminiModelList)
  const [one] = list.models
  expect(await (await app.fetch('/v1/models/m-tools', { headers })).json()).toEqual(one!)
  const missing = await app.fetch('/v1/models/nope:generateContent', {
    method: 'POST',
    headers: json,
    body,
  })
  await expectGoogleError(missing, 404, 'NOT_FOUND')
  await expectGoogleError(await app.fetch('/v1/models/nope', { headers }), 404, 'NOT_FOUND')
})

test('an Idempotency-Key makes it happen once, and is refused on streams', async () => {
  const { app, acme } = await start()
  const ask = (path: string, body: object) =>
    app.fetch(path, {
      method: 'POST',
      headers: {
        'x-goog-api-key': acme.secret,
        'content-type': 'application/json',
        'idempotency-key': 'once',
      },
      body: JSON.stringify(body),
    })
  for (const [path, asked] of [
    [at('m-claude'), { contents: CONTENTS }],
    [at('m-gemini'), { contents: CONTENTS }],
    [at('m-tools', 'embedContent'), content('Hello')],
    [at('m-tools', 'batchEmbedContents'), { requests: [content('Hello')] }],
  ] as const) {
    const first = await ask(path, asked)
    const second = await ask(path, asked)
    expect([path, first.status, second.headers.get('idempotent-replayed')]).toEqual([
      path,
      200,
      'true',
    ])
    expect(await second.text()).toBe(await first.text())
  }
  expect(await allRuns(app)).toHaveLength(4)
  const streamed = await ask(at('m-claude', 'streamGenerateContent'), { contents: CONTENTS })
  await expectGoogleError(streamed, 400, 'INVALID')
  expect(await allRuns(app)).toHaveLength(4)
})

test('what stands there in two spellings is refused', async () => {
  const { acme } = await start()
  const reply = await acme.post(at('m-gemini'), {
    contents: CONTENTS,
    cachedContent: null,
    cached_content: 'cachedContents/x',
  })
  await expectGoogleError(reply, 400, 'INVALID')
})

test('what nobody but Google has is refused by name for others', async () => {
  const { app, acme } = await start()
  const asks: [object, string][] = [
    [{ generationConfig: { responseLogprobs: true } }, '/generationConfig/responseLogprobs'],
    [
      { generationConfig: { responseMimeType: 'text/x.enum' } },
      '/generationConfig/responseMimeType',
    ],
    [{ somethingNew: 1 }, '/somethingNew'],
    [
      { contents: [{ parts: [{ inlineData: { mimeType: 'audio/wav', data: 'AA' } }] }] },
      '/contents/0/parts/0',
    ],
    [{ contents: [{ parts: [{ videoMetadata: {} }] }] }, '/contents/0/parts/0'],
  ]
  for (const model of ['m-tools', 'm-claude', 'agent:risk', 'm-demo']) {
    for (const [more, place] of asks) {
      const reply = await acme.post(at(model), { contents: CONTENTS, ...more })
      const { message } = await expectGoogleError(reply, 400, 'INVALID')
      expect(message).toContain(place)
    }
  }
  expect(app.provider.requests).toHaveLength(0)
  expect(await allRuns(app)).toHaveLength(0)
})

const SURFACE = {
  family: 'google',
  method: 'POST',
  path: at('m-tools'),
  body: { contents: CONTENTS },
} as const
testRefusals(SURFACE)
testRefusals({ family: 'google', method: 'GET', path: '/v1beta/models' })
testSpendingRefusals(SURFACE)
testSpendingRefusals({ ...SURFACE, path: at('m-tools', 'streamGenerateContent') })
testBodyRefusals(SURFACE, [
  ['no contents', {}, 'contents'],
  ['an empty list', { contents: [] }, 'contents'],
  ['another role', { contents: [{ role: 'system', parts: [] }] }, '/contents/0/role'],
  [
    'two candidates',
    { contents: CONTENTS, generationConfig: { candidateCount: 2 } },
    'candidateCount',
  ],
  ['a number too large', { contents: CONTENTS, generation_config: { top_p: 2 } }, 'topP'],
])
