import { describe, expect, test } from 'bun:test'
import { ChatCompletion } from '../../../src/gateway/chat/chat-schema.ts'
import { body as replyBody, hangBeforeHeaders, status } from '../../scripted-faults.ts'
import { answer, plainBody, toolCall } from '../../scripted-replies.ts'
import { allRuns, expectTotalsMatch } from '../totals.ts'
import { newAgent } from './common.ts'
import { CHAT, expectGood, expectOpenAiError, MESSAGES, start } from './compatible.ts'
import { testBodyRefusals, testRefusals, testSpendingRefusals } from './compatible-refusals.ts'

const PATH = '/v1/chat/completions'
const TOOL = {
  type: 'function',
  function: { name: 'weather', parameters: { type: 'object', properties: {} } },
}
const PNG = 'data:image/png;base64,iVBORw0KGgo='
const PICTURE = [
  {
    role: 'user',
    content: [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: PNG } },
    ],
  },
]

describe('an OpenAI-compatible provider', () => {
  test('gets the request as it was written, and its answer comes back byte for byte', async () => {
    const { app, acme } = await start()
    app.provider.reply(answer({ text: 'Hi', usage: { input: 5, output: 2 } }))
    const body = {
      ...CHAT,
      tools: [TOOL],
      tool_choice: 'auto',
      response_format: { type: 'json_object' },
      seed: 7,
      logprobs: true,
      logit_bias: { '42': -100 },
      max_completion_tokens: 9,
      n: 1,
      some_field_of_tomorrow: { x: [1] },
    }

    const reply = await acme.post(PATH, body)
    const [request] = app.provider.requests
    expect(request!.body).toEqual({ ...body, model: 'upstream-tools' })
    expect(await reply.text()).toBe(
      JSON.stringify(plainBody(request!, { text: 'Hi', usage: { input: 5, output: 2 } })),
    )
    expect(reply.status).toBe(200)
    expect(reply.headers.get('content-type')).toBe('application/json')
    expect(reply.headers.get('server-timing')).toContain('settle')
  })

  test('is metered exactly, and kept with what was said', async () => {
    const { app, acme } = await start()
    app.provider.reply(toolCall('weather', { city: 'Oslo' }))
    await acme.post(PATH, { ...CHAT, tools: [TOOL], messages: PICTURE })

    const [run] = await allRuns(app)
    expect(run).toMatchObject({
      kind: 'completion',
      status: 'completed',
      model: 'm-tools',
      input_tokens: 12,
      output_tokens: 7,
      tokens_estimated: 0,
      agent_id: null,
    })
    expect(app.provider.requests[0]!.text).toContain(PNG)
    expect(run!.input).not.toContain('iVBOR')
    expect(JSON.parse(run!.input!)['messages'][0].content[1].image_url).toEqual({ url: '[image]' })
    expect(JSON.parse(run!.output!)).toEqual({
      content: '',
      tool_calls: [
        {
          id: 'call_1',
          type: 'function',
          function: { name: 'weather', arguments: '{"city":"Oslo"}' },
        },
      ],
    })
    await expectTotalsMatch(app)
  })

  test('that reports no usage is counted with a tokenizer', async () => {
    const { app, acme } = await start()
    app.provider.reply(answer({ text: 'Hi', usage: null }))
    await expectGood(await acme.post(PATH, CHAT), ChatCompletion)
    const [run] = await allRuns(app)
    expect(run).toMatchObject({ input_tokens: 5, output_tokens: 1, tokens_estimated: 1 })
  })

  test('that finds the request wrong makes it the caller’s 400, with its words and without its secrets', async () => {
    const { app, acme } = await start()
    for (const code of [400, 413, 422]) {
      const message = 'seed is too large for sk-scripted-sentinel at http://10.0.0.1/v1'
      app.provider.reply(status(code, { message }))
      const error = await expectOpenAiError(await acme.post(PATH, CHAT), 400, 'bad_request')
      expect(error).toMatchObject({ type: 'invalid_request_error' })
      expect(error.message).toContain('seed is too large')
      expect(error.message).not.toMatch(/sentinel|10\.0\.0\.1/)
    }
    expect((await allRuns(app)).map((run) => run.status)).toEqual(['failed', 'failed', 'failed'])
  })

  test('keeps the code and the field of its verdict, and the words of the request', async () => {
    const { app, acme } = await start()
    const name = 'mcp__filesystem__read_multiple_files_at_once'
    const tool = { type: 'function', function: { name } }
    const error = {
      message: `Invalid schema for function '${name}'.`,
      code: 'context_length_exceeded',
      param: 'messages',
    }
    app.provider.reply({ play: (wire) => wire.json(400, { error }) })
    const reply = await acme.post(PATH, { ...CHAT, tools: [tool] })
    const told = await expectOpenAiError(reply, 400, 'context_length_exceeded', 'messages')
    expect(told.message).toEndWith(error.message)
  })

  test('that fails is 502, one that does not answer 504', async () => {
    const { app, acme } = await start({ patienceMs: 1000 })
    for (const code of [401, 404, 500]) {
      app.provider.reply(status(code))
      const error = await expectOpenAiError(await acme.post(PATH, CHAT), 502, 'provider_failed')
      expect(error.type).toBe('server_error')
    }
    app.provider.reply(hangBeforeHeaders())
    await expectOpenAiError(await acme.post(PATH, CHAT), 504, 'provider_timeout')
    await expectTotalsMatch(app)
  })
})

describe('a provider of the other family', () => {
  test('is asked in its own format and answers in OpenAI’s', async () => {
    const { app, acme } = await start()
    app.provider.reply(
      answer({ toolCalls: [{ id: 'toolu_1', name: 'weather', arguments: { city: 'Oslo' } }] }),
    )
    const body = { model: 'm-claude', messages: PICTURE, tools: [TOOL], max_tokens: 50, user: 'u' }
    const reply = await expectGood(await acme.post(PATH, body), ChatCompletion)

    const [request] = app.provider.requests
    expect(request!.path).toBe('/v1/messages')
    expect(request!.body).toMatchObject({ max_tokens: 50, tools: [{ name: 'weather' }] })
    expect(reply).toMatchObject({
      object: 'chat.completion',
      model: 'm-claude',
      choices: [
        {
          finish_reason: 'tool_calls',
          message: { tool_calls: [{ id: 'toolu_1', function: { arguments: '{"city":"Oslo"}' } }] },
        },
      ],
      usage: { prompt_tokens: 12, completion_tokens: 7, total_tokens: 19 },
    })
    const [run] = await allRuns(app)
    expect(reply.id).toBe(`chatcmpl-${run!.id}`)
    expect(run).toMatchObject({ kind: 'completion', input_tokens: 12, output_tokens: 7 })
    expect(run!.input).not.toContain('iVBOR')
  })

  test.each([
    ['seed', { seed: 1 }, 'seed'],
    ['logit_bias', { logit_bias: { '1': 1 } }, 'logit_bias'],
    ['logprobs', { logprobs: true }, 'logprobs'],
    ['a field of tomorrow', { tomorrow: 1 }, 'tomorrow'],
    ['a temperature above 1', { temperature: 1.5 }, 'temperature'],
  ])('refuses %s by name', async (_what, more, param) => {
    const { app, acme } = await start()
    const reply = await acme.post(PATH, { ...CHAT, model: 'm-claude', ...more })
    await expectOpenAiError(reply, 400, 'invalid', param)
    expect(app.provider.requests).toHaveLength(0)
    expect(await allRuns(app)).toHaveLength(0)
  })
})

describe('an agent', () => {
  test('answers with its prompt and its tools, which run here', async () => {
    const { app, acme } = await start()
    await newAgent(app, acme, {
      name: 'calc',
      config: {
        model: 'm-tools',
        system_prompt: 'You calculate.',
        tools: ['calculator'],
        max_tokens: 99,
      },
    })
    app.provider.enqueue(
      toolCall('calculator', { expression: '6*7' }),
      answer({ text: 'It is 42.' }),
    )
    const body = {
      model: 'agent:calc',
      messages: [{ role: 'developer', content: 'Be brief.' }, ...MESSAGES],
      temperature: 0.5,
      store: false,
      metadata: { a: 'b' },
    }
    const reply = await expectGood(await acme.post(PATH, body), ChatCompletion)

    expect(reply).toMatchObject({
      model: 'agent:calc',
      choices: [{ message: { content: 'It is 42.' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 24, completion_tokens: 14 },
    })
    const [first, second] = app.provider.requests
    expect(first!.body).toMatchObject({
      max_tokens: 99,
      temperature: 0.5,
      messages: [
        { role: 'system', content: 'You calculate.' },
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
      ],
    })
    expect(second!.text).toContain('"42"')
    const [run] = await allRuns(app)
    expect(run).toMatchObject({ kind: 'completion', input_tokens: 24, agent_version: 1 })
    const agent = await (await acme.get('/v1/agents/calc')).json()
    expect(agent).toMatchObject({ total_runs: 0 })
    await expectTotalsMatch(app)
  })

  test('on a provider of the client’s family is asked everything that the client asks', async () => {
    const { app, acme } = await start()
    const asked = {
      tools: [TOOL],
      response_format: { type: 'json_object' },
      seed: 1,
      logprobs: true,
      stop: ['x'],
      tomorrow: true,
      messages: [...PICTURE, { ...MESSAGES[0], name: 'ana' }],
    }
    await expectGood(
      await acme.post(PATH, { ...CHAT, ...asked, model: 'agent:risk' }),
      ChatCompletion,
    )
    const { messages, ...others } = asked
    const sent = app.provider.requests[0]!.body
    expect(sent).toMatchObject(others)
    expect((sent['messages'] as object[]).slice(-messages.length)).toEqual(messages)
  })

  test('runs its own tools and hands the client’s calls back', async () => {
    const { app, acme } = await start()
    const config = { model: 'm-tools', tools: ['calculator'] }
    await newAgent(app, acme, { name: 'calc', config })
    app.provider.enqueue(
      answer({ toolCalls: [{ name: 'calculator', arguments: { expression: '6*7' } }] }),
      answer({
        text: 'One moment.',
        toolCalls: [
          { id: 'c1', name: 'calculator', arguments: { expression: '1+1' } },
          { id: 'c2', name: 'weather', arguments: { city: 'Oslo' } },
        ],
      }),
    )
    const body = { ...CHAT, model: 'agent:calc', tools: [TOOL] }
    const reply = await expectGood(await acme.post(PATH, body), ChatCompletion)
    expect(reply.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        content: 'One moment.',
        tool_calls: [{ id: 'c2', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }],
      },
    })
    expect(app.provider.requests).toHaveLength(2)
    expect(app.provider.requests[1]!.text).toContain('"42"')
  })

  test('refuses a tool that has the name of one of its own', async () => {
    const { app, acme } = await start()
    const config = { model: 'm-tools', tools: ['calculator'] }
    await newAgent(app, acme, { name: 'calc', config })
    const same = { type: 'function', function: { name: 'calculator' } }
    const body = { ...CHAT, model: 'agent:calc', tools: [TOOL, same] }
    await expectOpenAiError(await acme.post(PATH, body), 400, 'invalid', 'tools[1]')
    expect(await allRuns(app)).toHaveLength(0)
  })

  test('that is paused is 409, not to be tried again', async () => {
    const { app, acme } = await start()
    await newAgent(app, acme, { name: 'tired', status: 'paused', config: { model: 'm-tools' } })
    const reply = await acme.post(PATH, { ...CHAT, model: 'agent:tired' })
    expect(reply.headers.get('x-should-retry')).toBe('false')
    await expectOpenAiError(reply, 409, 'agent_paused')
  })
})

test.each([
  ['a seed', { seed: 1 }, 'seed'],
  ['logprobs', { logprobs: true }, 'logprobs'],
  ['stop', { stop: ['x'] }, 'stop'],
  ['a field of tomorrow', { tomorrow: true }, 'tomorrow'],
])('the offline demo refuses %s by name', async (_what, more, param) => {
  const { app, acme } = await start()
  const reply = await acme.post(PATH, { ...CHAT, model: 'm-demo', ...more })
  await expectOpenAiError(reply, 400, 'invalid', param)
  expect(await allRuns(app)).toHaveLength(0)
})

test('the offline demo says what it was shown, and counts it', async () => {
  const { app, acme } = await start()
  const reply = await acme.post(PATH, { ...CHAT, model: 'm-demo', messages: PICTURE })
  const { choices } = await expectGood(reply, ChatCompletion)
  expect(JSON.stringify(choices)).toMatch(
    /What is this\?.*You showed me an image of type image\/png/,
  )
  const [run] = await allRuns(app)
  expect(run!.input_tokens).toBeGreaterThan(700)
})

test('the offline demo takes tools, and tells which hints it was not given', async () => {
  const { acme } = await start()
  const messages = [{ ...MESSAGES[0], content: [{ type: 'text', text: 'Hi', cache_control: {} }] }]
  const hints = { messages, user: 'u', reasoning_effort: 'low' }
  const body = { ...CHAT, model: 'm-demo', tools: [TOOL], ...hints }
  const [whole, streamed] = [
    await acme.post(PATH, body),
    await acme.post(PATH, { ...body, stream: true }),
  ]
  for (const reply of [whole, streamed]) {
    const left = reply.headers.get('x-ares-left-out')?.split(', ').toSorted()
    expect(left).toEqual(['/messages/0/content/0/cache_control', '/reasoning_effort', '/user'])
  }
  await expectGood(whole, ChatCompletion)
  expect(await streamed.text()).toContain('[DONE]')
})

test('the offline demo answers a client with tools in words, whatever its prompt says of JSON', async () => {
  const { acme } = await start()
  const messages = [{ role: 'system', content: 'Tools take JSON.' }, ...MESSAGES]
  const reply = await acme.post(PATH, { ...CHAT, model: 'm-demo', messages, tools: [TOOL] })
  const { choices } = (await reply.json()) as { choices: { message: { content: string } }[] }
  expect(choices[0]!.message.content).toStartWith('Demo model, in place of m-demo.')
})

test('the offline demo answers too', async () => {
  const { app, acme } = await start()
  const reply = await expectGood(
    await acme.post(PATH, { ...CHAT, model: 'm-demo' }),
    ChatCompletion,
  )
  expect(JSON.stringify(reply)).toContain('Demo model')
  const [run] = await allRuns(app)
  expect(run).toMatchObject({ kind: 'completion', model: 'm-demo', status: 'completed' })
})

test('an Idempotency-Key makes it happen once, and what was relayed is the same byte for byte', async () => {
  const { app, acme } = await start()
  const choice = '{ "message": {"content": "Hi"}, "finish_reason": "stop", "score": 1.0 }'
  const text = `{"choices": [${choice}], "usage": null}`
  app.provider.reply(replyBody('application/json', text))
  const ask = () =>
    app.fetch(PATH, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${acme.secret}`,
        'content-type': 'application/json',
        'idempotency-key': 'once',
      },
      body: JSON.stringify(CHAT),
    })
  const first = await ask()
  expect(await first.text()).toBe(text)
  const second = await ask()
  expect(second.headers.get('idempotent-replayed')).toBe('true')
  expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'))
  expect(await second.text()).toBe(text)
  expect(await allRuns(app)).toHaveLength(1)
  expect(app.provider.requests).toHaveLength(1)
})

test('a kept failure is told again in the same form', async () => {
  const { app, acme } = await start()
  app.provider.reply(status(500))
  const headers = {
    authorization: `Bearer ${acme.secret}`,
    'content-type': 'application/json',
    'idempotency-key': 'once',
  }
  for (const _ of [1, 2]) {
    const reply = await app.fetch(PATH, { method: 'POST', headers, body: JSON.stringify(CHAT) })
    await expectOpenAiError(reply, 502, 'provider_failed')
  }
  expect(app.provider.requests).toHaveLength(1)
})

const GOOD = { family: 'openai', method: 'POST', path: PATH, body: CHAT } as const
testRefusals(GOOD)
testSpendingRefusals(GOOD)
testBodyRefusals(GOOD, [
  ['no messages', { model: 'm-tools' }, 'messages'],
  ['an empty conversation', { ...CHAT, messages: [] }, 'messages'],
  ['an unknown role', { ...CHAT, messages: [{ role: 'x', content: 'x' }] }, 'messages[0].role'],
  ['no content', { ...CHAT, messages: [{ role: 'user' }] }, 'messages[0].content'],
  [
    'a tool’s answer to nothing',
    { ...CHAT, messages: [{ role: 'tool', content: 'x' }] },
    'messages[0].tool_call_id',
  ],
  [
    'a part without its text',
    { ...CHAT, messages: [{ role: 'user', content: [{ type: 'text' }] }] },
    'messages[0].content[0].text',
  ],
  ['two answers', { ...CHAT, n: 2 }, 'n'],
  ['temperature above 2', { ...CHAT, temperature: 2.1 }, 'temperature'],
  ['max_tokens 0', { ...CHAT, max_tokens: 0 }, 'max_tokens'],
  ['a tool without a function', { ...CHAT, tools: [{ type: 'function' }] }, 'tools[0].function'],
  ['tools on a model without', { ...CHAT, model: 'm-plain', tools: [TOOL] }, 'tools'],
  ['an answer to be kept', { ...CHAT, store: true }, 'store'],
  [
    'a file of anybody’s',
    { ...CHAT, messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'f' } }] }] },
    'messages[0].content[0].file.file_id',
  ],
  ['no object', [], null],
])
