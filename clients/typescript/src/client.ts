import createFetchClient, { type Client, type ClientOptions } from 'openapi-fetch'
import { refusalOf } from './refusal.ts'
import { streamEvents } from './stream-events.ts'
import type { paths } from './openapi.ts'

export { AresRefusal } from './refusal.ts'
export type { components, operations, paths } from './openapi.ts'

/** The body of `POST /v1/chat` and of `POST /v1/chat/stream`. */
export type ChatRequest =
  paths['/v1/chat/stream']['post']['requestBody']['content']['application/json']

/** One event of a streamed chat. The last has a `finish_reason` and `tokens_used`. */
export type ChatEvent =
  paths['/v1/chat/stream']['post']['responses'][200]['content']['text/event-stream']

/** A client whose paths, parameters, bodies and replies are those of the server's OpenAPI document. */
export type AresClient = Client<paths>

/** Where the server is and who asks. Whatever else `openapi-fetch` takes (`fetch`, `headers`…) can be given too. */
export interface AresOptions extends ClientOptions {
  baseUrl: string
  /** A tenant's key, `ares_…`, for everything under `/v1`. */
  apiKey?: string
  /** The operator's secret, for everything under `/api/admin`. */
  adminSecret?: string
}

/**
 * A typed client. Its methods answer `{ data, error, response }` and throw only when no answer came.
 *
 * @example
 * const ares = createAres({ baseUrl: 'http://127.0.0.1:3000', apiKey: 'ares_…' })
 * const { data, error } = await ares.POST('/v1/agents/{name}/run', {
 *   params: { path: { name: 'assistant' } },
 *   body: { input: { message: 'What is 6 * 7?' } },
 * })
 */
export function createAres({ apiKey, adminSecret, ...options }: AresOptions): AresClient {
  const client = createFetchClient<paths>(options)
  client.use({
    onRequest({ request, schemaPath }) {
      // Each half of the API has its credential; the other half never sees it.
      if (schemaPath.startsWith('/v1/') && apiKey !== undefined)
        request.headers.set('authorization', `Bearer ${apiKey}`)
      if (schemaPath.startsWith('/api/admin/') && adminSecret !== undefined)
        request.headers.set('x-admin-secret', adminSecret)
    },
  })
  return client
}

/**
 * The data of an answer, for those who prefer exceptions.
 *
 * @throws AresRefusal when the server refused
 * @example
 * const usage = await orThrow(ares.GET('/v1/usage'))
 */
export async function orThrow<Data>(
  answer: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await answer
  if (!response.ok) throw refusalOf(error, response)
  return data as Data
}

/**
 * A streamed chat, event by event as they arrive. Leaving the loop, or aborting the signal, ends the request, and with
 * it the server's call of the provider.
 *
 * @throws AresRefusal when the server refuses, and when the answer breaks off, then with what the last event says
 * @example
 * for await (const { delta } of streamChat(ares, { model: 'llama-3.3-70b', messages })) process.stdout.write(delta)
 */
export async function* streamChat(
  client: AresClient,
  body: ChatRequest,
  { signal = null }: { signal?: AbortSignal | null } = {},
): AsyncGenerator<ChatEvent, void, undefined> {
  const { data, error, response } = await client.POST('/v1/chat/stream', {
    signal,
    body,
    parseAs: 'stream',
  })
  if (!response.ok || !data) throw refusalOf(error, response)
  for await (const event of streamEvents<ChatEvent>(data)) {
    if (event.finish_reason === 'error') throw refusalOf({ error: event.error }, response)
    yield event
    if (event.finish_reason !== null) return
  }
  throw refusalOf({ error: 'The stream ended before its last event.' }, response)
}
