import { describe, expect, test } from 'bun:test'
import { countTokens, TOKENS_PER_IMAGE } from '../../src/providers/count-tokens.ts'
import { startApp, type TestApp, type TestTenant } from '../harness.ts'
import { body, rawStream } from '../scripted-faults.ts'
import { sseData } from '../scripted-replies.ts'
import type { Reply, Wire } from '../scripted-wire.ts'
import { settledRuns } from './totals.ts'

/* What an answer costs whose provider says nothing of usage: everything that the model wrote, on every surface. */

const MODELS = { openai: 'm-tools', anthropic: 'm-claude' }
type Format = keyof typeof MODELS

const WORDS = 'a thought that nobody is shown but that was paid for. '.repeat(40)
const SAID = 'Forty-two.'
/** What the model wrote: its words, then what it said. */
const WRITTEN = `${WORDS}\n${SAID}`

/** Where a model of either family writes words beside its answer. */
const FIELDS: Record<Format, string[]> = {
  openai: ['reasoning_content', 'reasoning', 'refusal', 'a_name_yet_to_be_invented'],
  anthropic: ['thinking', 'a_name_yet_to_be_invented'],
}

interface Surface {
  name: string
  path: (model: string) => string
  body: (model: string) => object
  stream: boolean
}

const messages = [{ role: 'user', content: 'Hello' }]
const WHOLE: Surface[] = [
  {
    name: 'run',
    path: (model) => `/v1/agents/${model}-agent/run`,
    body: () => ({ input: { message: 'Hello' } }),
    stream: false,
  },
  surface('chat', '/v1/chat', { messages }),
  surface('chat completions', '/v1/chat/completions', { messages }),
  surface('messages', '/v1/messages', { messages, max_tokens: 100 }),
  surface('responses', '/v1/responses', { input: 'Hello' }),
]
const CONTENTS = { contents: [{ parts: [{ text: 'Hello' }] }] }
const GENERATED: Surface = {
  name: 'generated content',
  path: (model) => `/v1beta/models/${model}:generateContent`,
  body: () => CONTENTS,
  stream: false,
}
const STREAMED: Surface[] = [
  {
    ...GENERATED,
    name: 'generated content, streamed',
    path: (model) => `/v1beta/models/${model}:streamGenerateContent`,
    stream: true,
  },
  { ...surface('chat stream', '/v1/chat/stream', { messages }), stream: true },
  ...WHOLE.slice(2).map((whole) => ({
    ...whole,
    name: `${whole.name}, streamed`,
    body: (model: string) => ({ ...whole.body(model), stream: true }),
    stream: true,
  })),
]

function surface(name: string, path: string, more: object): Surface {
  return { name, path: () => path, body: (model) => ({ model, ...more }), stream: false }
}

/** Says it without a word of usage; `holds` leaves the stream open. */
function saidBy(format: Format, field: string, holds = false): Reply {
  return {
    async play(wire) {
      if (!wire.request.body.stream)
        return body('application/json', JSON.stringify(WHOLE_OF[format](field))).play(wire)
      const [last = '', ...before] = EVENTS_OF[format](field).toReversed()
      if (!holds) return rawStream([[...before.toReversed(), last].join('')], 0).play(wire)
      return held(wire, before.toReversed().join(''))
    },
  }
}

async function held(wire: Wire, events: string): Promise<void> {
  await wire.openStream()
  await wire.chunk(events)
  await wire.hang()
}

const pieces = WORDS.match(/.{1,7}/gs) ?? []

const WHOLE_OF: Record<Format, (field: string) => object> = {
  openai: (field) => ({
    choices: [{ index: 0, message: { [field]: WORDS, content: SAID }, finish_reason: 'stop' }],
  }),
  anthropic: (field) => ({
    type: 'message',
    content: [
      { type: field, [field]: WORDS, signature: 'c2lnbmF0dXJl' },
      { type: 'text', text: SAID },
    ],
    stop_reason: 'end_turn',
  }),
}

const EVENTS_OF: Record<Format, (field: string) => string[]> = {
  openai: (field) => [
    ...pieces.map((piece) => sseData({ choices: [{ index: 0, delta: { [field]: piece } }] })),
    sseData({ choices: [{ index: 0, delta: { content: SAID } }] }),
    `${sseData({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}data: [DONE]\n\n`,
  ],
  anthropic: (field) => [
    sseData({ type: 'message_start', message: { id: 'msg_1', content: [] } }),
    sseData({ type: 'content_block_start', index: 0, content_block: { type: field, [field]: '' } }),
    ...pieces.map((piece) =>
      sseData({
        type: 'content_block_delta',
        index: 0,
        delta: { type: `${field}_delta`, [field]: piece },
      }),
    ),
    sseData({ type: 'content_block_stop', index: 0 }),
    sseData({ type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } }),
    sseData({
      type: 'content_block_delta',
      index: 1,
      delta: { type: 'text_delta', text: SAID },
    }),
    sseData({ type: 'content_block_stop', index: 1 }) +
      sseData({ type: 'message_delta', delta: { stop_reason: 'end_turn' } }) +
      sseData({ type: 'message_stop' }),
  ],
}

interface World {
  app: TestApp
  acme: TestTenant
}

async function start(): Promise<World> {
  const app = await startApp()
  const acme = await app.tenant('acme')
  for (const model of Object.values(MODELS)) {
    const agent = { name: `${model}-agent`, agent_type: 'custom', config: { model } }
    await app.admin.post(`/api/admin/tenants/${acme.id}/agents`, agent)
  }
  return { app, acme }
}

/** Reads a stream until the answer is told, and leaves. */
async function leaveOnceTold(response: Response): Promise<void> {
  const reader = response.body!.getReader()
  const decoder = new TextDecoder()
  for (let text = ''; !text.includes(SAID);) {
    const { done, value } = await reader.read()
    expect(done).toBe(false)
    text += decoder.decode(value, { stream: true })
  }
  await reader.cancel()
}

for (const format of ['openai', 'anthropic'] as const) {
  const model = MODELS[format]
  describe.each(FIELDS[format])(`${format}: %s`, (field) => {
    test.each([...WHOLE, ...STREAMED])('$name without usage', async ({ path, body: ask }) => {
      const { app, acme } = await start()
      app.provider.reply(saidBy(format, field))

      const response = await acme.post(path(model), ask(model))
      expect(response.status).toBe(200)
      await response.text()

      const [run] = await settledRuns(app)
      expect(run).toMatchObject({ status: 'completed', tokens_estimated: 1 })
      expect(run!.output_tokens).toBe(await countTokens(WRITTEN))
    })

    test.each(STREAMED)('$name, and the client leaves', async ({ path, body: ask }) => {
      const { app, acme } = await start()
      app.provider.reply(saidBy(format, field, true))

      await leaveOnceTold(await acme.post(path(model), ask(model)))

      const [run] = await settledRuns(app)
      expect(run).toMatchObject({ status: 'failed', error_code: 'client_gone' })
      expect(run!.output_tokens).toBe(await countTokens(WRITTEN))
    })
  })
}

const PIXEL = 'data:image/png;base64,iVBORw0KGgo='

test.each([
  [
    'chat completions',
    '/v1/chat/completions',
    { messages: [{ role: 'user', content: [image('image_url')] }] },
  ],
  [
    'messages',
    '/v1/messages',
    { max_tokens: 9, messages: [{ role: 'user', content: [image('image')] }] },
  ],
  ['responses', '/v1/responses', { input: [{ role: 'user', content: [image('input_image')] }] }],
])('an image in a prompt has a fixed estimate: %s', async (_name, path, ask) => {
  for (const [format, model] of Object.entries(MODELS) as [Format, string][]) {
    const { app, acme } = await start()
    app.provider.reply(saidBy(format, FIELDS[format][0]!))
    expect((await acme.post(path, { model, ...ask })).status).toBe(200)
    const [run] = await settledRuns(app)
    expect(run!.input_tokens).toBe(TOKENS_PER_IMAGE + 4)
  }
})

function image(type: string): object {
  if (type === 'image_url') return { type, image_url: { url: PIXEL } }
  if (type === 'input_image') return { type, image_url: PIXEL, detail: 'auto' }
  return { type, source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } }
}

test('the texts of an embedding are counted within one bound', async () => {
  const { app, acme } = await start()
  app.provider.reply(body('application/json', '{"object":"list","data":[]}'))
  const text = 'word '.repeat(20_000)
  const input = [text, text, text]
  expect((await acme.post('/v1/embeddings', { model: 'm-tools', input })).status).toBe(200)
  const [run] = await settledRuns(app)
  expect(run).toMatchObject({ input_tokens: (3 * text.length) / 4, output_tokens: 0 })
})
