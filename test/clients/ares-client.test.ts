import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ADMIN_SECRET, SLOW_MS } from '../binary/ares.ts'
import { eofMidStream } from '../scripted-faults.ts'
import { type Gateway, MODEL, startGateway } from './gateway.ts'
import { describeClient, installed } from './installed.ts'
import { ENDLESS, GREETING, USAGE } from './scripted-model.ts'

/* Our own client, `clients/typescript`. */

const CLIENT = join(import.meta.dir, '../../clients/typescript')
const { AresRefusal, createAres, orThrow, streamChat } = await installed(
  () => import('../../clients/typescript/src/client.ts'),
)
const { typesOf } = await installed(() => import('../../clients/typescript/generate.ts'))

const HELLO = { model: MODEL.openai, messages: [{ role: 'user' as const, content: 'Hello' }] }

function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  )
}

setDefaultTimeout(SLOW_MS)

describeClient('ares-client', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway()
  }, SLOW_MS)
  afterAll(() => gateway.stop(), SLOW_MS)

  const clientWith = (apiKey = gateway.key) => createAres({ baseUrl: gateway.url, apiKey })

  test(
    'its types are those of the server’s document (else: `bun run generate` in clients/typescript)',
    async () => {
      const committed = readFileSync(join(CLIENT, 'src/openapi.ts'), 'utf8')

      expect((await typesOf(gateway.url)) === committed).toBe(true)
    },
    SLOW_MS,
  )

  test('its version is the server’s', async () => {
    const { version } = JSON.parse(readFileSync(join(CLIENT, 'package.json'), 'utf8'))

    expect((await orThrow(clientWith().GET('/health'))).version).toBe(version)
  })

  test('an operator provisions a client, whose key runs an agent, chats, streams and sees its usage', async () => {
    const operator = createAres({ baseUrl: gateway.url, adminSecret: ADMIN_SECRET })
    const provisioned = await orThrow(
      operator.POST('/api/admin/provision-client', {
        body: { name: 'typed', tier: 'enterprise', product_type: 'generic', api_key_name: 'first' },
      }),
    )
    const ares = clientWith(provisioned.raw_api_key)

    const run = await orThrow(
      ares.POST('/v1/agents/{name}/run', {
        params: { path: { name: 'assistant' } },
        body: { input: { message: 'What is 6 * 7?', context: { unit: 'apples' } } },
      }),
    )
    expect(run).toMatchObject({ status: 'completed', input: { context: { unit: 'apples' } } })
    const chat = await orThrow(ares.POST('/v1/chat', { body: HELLO }))
    expect(chat).toMatchObject({ content: GREETING.join(''), finish_reason: 'stop' })
    const events = await Array.fromAsync(streamChat(ares, HELLO))
    expect(events.map(({ delta }) => delta).join('')).toBe(GREETING.join(''))
    expect(events.at(-1)).toMatchObject({
      finish_reason: 'stop',
      tokens_used: USAGE.input + USAGE.output,
    })
    const usage = await orThrow(ares.GET('/v1/usage'))
    expect(usage.total_runs).toBe(3)
    expect(usage.total_tokens).toBe(
      run.tokens_used + chat.tokens_used + events.at(-1)!.tokens_used!,
    )
  })

  test('keys are made, listed and revoked', async () => {
    const ares = clientWith()
    const made = await orThrow(ares.POST('/v1/api-keys', { body: { name: 'second' } }))
    expect(await orThrow(clientWith(made.secret).GET('/v1/usage'))).toBeObject()
    const { keys } = await orThrow(ares.GET('/v1/api-keys'))
    expect(keys.map(({ name }) => name)).toContain('second')
    const path = { id: made.key }

    await orThrow(ares.DELETE('/v1/api-keys/{id}', { params: { path } }))
    const refused = await failureOf(orThrow(clientWith(made.secret).GET('/v1/usage')))
    expect(refused).toBeInstanceOf(AresRefusal)
    expect(refused).toMatchObject({ status: 401, code: 'unauthorized' })
  })

  test('a refusal has the server’s sentence, code, details and request id', async () => {
    const { error, response } = await clientWith().POST('/v1/chat', { body: { messages: [] } })
    const thrown = await failureOf(
      orThrow(clientWith().POST('/v1/chat', { body: { messages: [] } })),
    )

    expect(response.status).toBe(422)
    expect(thrown).toMatchObject({
      name: 'AresRefusal',
      message: error!.error,
      code: error!.code,
      details: error!.details!,
      requestId: expect.any(String),
    })
  })

  test('a stream that is refused throws before its first event', async () => {
    const failure = await failureOf(Array.fromAsync(streamChat(clientWith('ares_wrong'), HELLO)))

    expect(failure).toBeInstanceOf(AresRefusal)
    expect(failure).toMatchObject({ status: 401, requestId: expect.any(String) })
  })

  test('a spent quota says when to ask again', async () => {
    const ares = clientWith(await gateway.spentKey())
    const failure = await failureOf(Array.fromAsync(streamChat(ares, HELLO)))

    expect(failure).toMatchObject({ status: 429, code: 'quota_runs_exceeded' })
    expect((failure as InstanceType<typeof AresRefusal>).retryAfterSeconds).toBeGreaterThan(0)
  })

  test('a stream that breaks off throws what the server says, with the request id', async () => {
    gateway.provider.enqueue(eofMidStream(['Hel', 'lo']))
    const deltas: string[] = []
    const reading = (async () => {
      for await (const { delta } of streamChat(clientWith(), HELLO)) deltas.push(delta)
    })()

    expect(await failureOf(reading)).toMatchObject({
      name: 'AresRefusal',
      status: 200,
      message: expect.stringMatching(/provider/i),
      requestId: expect.any(String),
    })
    expect(deltas.join('')).toBe('Hello')
  })

  test('leaving the loop, or aborting, ends the provider’s work', async () => {
    gateway.provider.enqueue(ENDLESS)
    for await (const _ of streamChat(clientWith(), HELLO)) break
    await gateway.abandoned()

    gateway.provider.enqueue(ENDLESS)
    const controller = new AbortController()
    const reading = (async () => {
      for await (const _ of streamChat(clientWith(), HELLO, controller)) controller.abort()
    })()
    expect(await failureOf(reading)).toMatchObject({ name: 'AbortError' })
    await gateway.abandoned()
  })
})
