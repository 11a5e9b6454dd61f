import { describe, expect, test } from 'bun:test'
import { startApp } from '../../harness.ts'
import { allRuns } from '../totals.ts'

/* What costs more than tokens, or has a provider open addresses, on every surface, by every way to an answer. */

const URL = 'http://169.254.169.254/latest/meta-data'
const user = (content: unknown) => [{ role: 'user', content }]
const openAiImage = user([{ type: 'image_url', image_url: { url: URL } }])
const anthropicImage = user([{ type: 'image', source: { type: 'url', url: URL } }])
const openAiFunction = { type: 'function', function: { name: 'f', parameters: {} } }

const GENERATE = '/v1beta/models/{model}:generateContent'
const parts = (part: object) => [{ role: 'user', parts: [part] }]
const said = parts({ text: 'Hello' })
const FORCED = { toolConfig: { functionCallingConfig: { mode: 'ANY' } } }

interface Surface {
  path: string
  body: object
  /** What is said beside it, and where it is refused. */
  asks: [object, string][]
  streams: boolean
}

const SURFACES: Surface[] = [
  {
    path: '/v1/chat/completions',
    body: { messages: user('Hello') },
    asks: [
      [{ messages: openAiImage }, 'messages'],
      [{ service_tier: 'priority' }, 'service_tier'],
      [{ best_of: 3 }, 'best_of'],
      [{ web_search_options: {} }, 'web_search_options'],
      [{ plugins: [{ id: 'web' }] }, 'plugins'],
      [{ tools: [openAiFunction, { type: 'web_search' }], tool_choice: 'required' }, 'tools'],
    ],
    streams: true,
  },
  {
    path: '/v1/messages',
    body: { messages: user('Hello'), max_tokens: 9 },
    asks: [
      [{ messages: anthropicImage }, '/messages'],
      [{ speed: 'fast' }, '/speed'],
      [{ mcp_servers: [{ type: 'url', url: URL, name: 'x' }] }, '/mcp_servers'],
      [
        {
          tools: [{ type: 'web_search_20250305', name: 'web_search' }],
          tool_choice: { type: 'any' },
        },
        '/tools',
      ],
      [{ inference_geo: 'us' }, '/inference_geo'],
    ],
    streams: true,
  },
  {
    path: '/v1/messages/count_tokens',
    body: { messages: user('Hello') },
    asks: [
      [{ messages: anthropicImage }, '/messages'],
      [{ mcp_servers: [{ type: 'url', url: URL, name: 'x' }] }, '/mcp_servers'],
      [
        {
          tools: [{ type: 'web_fetch_20250910', name: 'web_fetch' }],
          tool_choice: { type: 'any' },
        },
        '/tools',
      ],
    ],
    streams: false,
  },
  {
    path: '/v1/responses',
    body: { input: 'Hello' },
    asks: [
      [{ input: user([{ type: 'input_image', image_url: URL }]) }, 'input'],
      [{ service_tier: 'flex' }, 'service_tier'],
      [{ tools: [{ type: 'web_search' }], tool_choice: 'required' }, 'tools'],
    ],
    streams: true,
  },
  {
    path: GENERATE,
    body: { contents: said },
    asks: [
      [{ contents: parts({ fileData: { fileUri: URL, mimeType: 'image/png' } }) }, '/contents'],
      [{ contents: parts({ file_data: { file_uri: URL, mime_type: 'image/png' } }) }, '/contents'],
      [
        { contents: parts({ fileData: { fileUri: 'files/x', mimeType: 'image/png' } }) },
        '/contents',
      ],
      [{ serviceTier: 'priority' }, '/serviceTier'],
      [{ service_tier: 'priority' }, '/serviceTier'],
      [{ generationConfig: { responseModalities: ['TEXT', 'IMAGE'] } }, '/generationConfig'],
      [{ cachedContent: 'cachedContents/x' }, '/cachedContent'],
      [{ tools: [{ googleSearch: {} }], ...FORCED }, '/tools'],
      [
        { tools: [{ url_context: {}, functionDeclarations: [{ name: 'f' }] }], ...FORCED },
        '/tools',
      ],
    ],
    streams: true,
  },
  {
    path: '/v1beta/models/{model}:countTokens',
    body: { generateContentRequest: { contents: said } },
    asks: [
      [
        {
          generateContentRequest: {
            contents: parts({ fileData: { fileUri: URL, mimeType: 'image/png' } }),
          },
        },
        '/contents',
      ],
      [
        { generateContentRequest: { contents: said, cachedContent: 'cachedContents/x' } },
        '/cachedContent',
      ],
    ],
    streams: false,
  },
  {
    path: '/v1/embeddings',
    body: { input: 'Hello' },
    asks: [
      [{ service_tier: 'priority' }, 'service_tier'],
      [{ provider: { order: ['x'] } }, 'provider'],
    ],
    streams: false,
  },
]

/** Relayed or translated by the first four, answered here by the rest. */
const MODELS = ['m-tools', 'm-claude', 'm-gemini', 'm-responses', 'm-demo', 'agent:risk']

/** Where a model is asked, and with what: Google's clients say in the path what others say in the body. */
function asked(path: string, model: string, body: object, stream: boolean): [string, object] {
  if (!path.includes('{model}')) return [path, { ...body, model, ...(stream && { stream }) }]
  const at = path.replace('{model}', model)
  return [stream ? at.replace(':generate', ':streamGenerate') : at, body]
}

describe.each(SURFACES)('$path', ({ path, body, asks, streams }) => {
  const models = path === '/v1/embeddings' ? ['m-tools'] : MODELS

  test.each(models)(
    'of %s refuses by name what nobody has allowed, and asks nobody',
    async (model) => {
      const app = await startApp()
      const acme = await app.tenant('acme', { agents: ['risk'] })
      for (const [ask, place] of asks) {
        for (const stream of streams ? [false, true] : [false]) {
          const reply = await acme.post(...asked(path, model, { ...body, ...ask }, stream))
          const { error } = (await reply.json()) as { error: { message: string } }
          expect([place, reply.status]).toEqual([place, 400])
          expect(error.message).toContain(place)
        }
      }
      expect(app.provider.requests).toHaveLength(0)
      expect(await allRuns(app)).toHaveLength(0)
    },
  )
})

const HOSTED: [string, object, object, at?: string][] = [
  ['/v1/chat/completions', { messages: user('Hello') }, { type: 'web_search' }],
  [
    '/v1/messages',
    { messages: user('Hello'), max_tokens: 9 },
    { type: 'web_search_20250305', name: 'web_search' },
  ],
  ['/v1/responses', { input: 'Hello' }, { type: 'web_search' }],
  [GENERATE, { contents: said }, { google_search: {} }, '/tools/0/googleSearch'],
  [GENERATE, { contents: said }, { codeExecution: {} }, '/tools/0/codeExecution'],
]

describe.each(HOSTED)('%s: a hosted tool that nobody has to call', (path, body, tool, at) => {
  test.each(MODELS)('is left out for %s, and told', async (model) => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    for (const stream of [false, true]) {
      const reply = await acme.post(...asked(path, model, { ...body, tools: [tool] }, stream))
      const leftOut = reply.headers.get('x-ares-left-out')
      expect([reply.status, leftOut]).toEqual([200, at ?? '/tools/0'])
      await reply.text()
    }
    for (const { text } of app.provider.requests) expect(text).not.toMatch(/search|execution/i)
  })
})

const ALLOWING = `
allow_fields = ["service_tier", "mcp_servers", "tools.web_search"]
allow_remote_media = true`

const PASSING: [string, string, object, object][] = [
  [
    'm-tools',
    '/v1/chat/completions',
    { messages: openAiImage, service_tier: 'priority', tools: [{ type: 'web_search' }] },
    { messages: openAiImage, service_tier: 'priority', tools: [{ type: 'web_search' }] },
  ],
  [
    'm-claude',
    '/v1/messages',
    {
      messages: anthropicImage,
      max_tokens: 9,
      mcp_servers: [{ type: 'url', url: 'https://example.com', name: 'x' }],
      tools: [{ type: 'web_search_20250305', name: 'web_search' }],
    },
    {
      messages: anthropicImage,
      mcp_servers: [{ type: 'url', url: 'https://example.com', name: 'x' }],
      tools: [{ type: 'web_search_20250305', name: 'web_search' }],
    },
  ],
  ['m-claude', '/v1/chat/completions', { messages: openAiImage }, { messages: anthropicImage }],
  [
    'm-tools',
    '/v1/messages',
    { messages: anthropicImage, max_tokens: 9 },
    { messages: openAiImage },
  ],
  [
    'm-tools',
    '/v1/responses',
    { input: user([{ type: 'input_image', image_url: URL }]), service_tier: 'flex' },
    { messages: openAiImage, service_tier: 'flex' },
  ],
  [
    'm-gemini',
    GENERATE,
    {
      contents: parts({ file_data: { file_uri: URL, mime_type: 'image/png' } }),
      service_tier: 'priority',
      tools: [{ web_search: {} }],
    },
    {
      contents: parts({ fileData: { fileUri: URL, mimeType: 'image/png' } }),
      serviceTier: 'priority',
      tools: [{ webSearch: {} }],
    },
  ],
  [
    'm-claude',
    GENERATE,
    { contents: parts({ fileData: { fileUri: URL, mimeType: 'image/png' } }) },
    { messages: anthropicImage },
  ],
]

test.each(PASSING)('what is allowed to %s reaches it by %s', async (model, path, body, sent) => {
  const app = await startApp({ providers: ALLOWING })
  const acme = await app.tenant('acme')
  const reply = await acme.post(...asked(path, model, body, false))
  expect(reply.status).toBe(200)
  expect(JSON.parse(app.provider.requests[0]!.text)).toMatchObject(sent)
})

test('a token count is a call: of the rate limit, of the totals, and of no quota', async () => {
  const app = await startApp({
    config: '[tiers.free]\nruns_per_month = 0\nrequests_per_minute = 3',
  })
  const acme = await app.tenant('acme', { tier: 'free' })
  const count = (model: string) =>
    acme.post('/v1/messages/count_tokens', { model, messages: user('Hello') })
  const replies = [await count('m-claude'), await count('m-tools'), await count('m-demo')]
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(replies.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual([
    '2',
    '1',
    '0',
  ])
  expect((await count('m-claude')).status).toBe(429)
  await app.flushActivity()
  app.clock.advance(60_000)
  expect(await (await acme.get('/v1/usage')).json()).toMatchObject({ total_api_calls: 4 })
  expect(await allRuns(app)).toHaveLength(0)
})
