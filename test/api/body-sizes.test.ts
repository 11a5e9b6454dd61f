import { expect, test } from 'bun:test'
import { startApp, type TestTenant } from '../harness.ts'
import { answer, heldBack } from '../scripted-replies.ts'
import { until } from '../waiting.ts'
import { listen, RawClient, rawReply } from './real-socket.ts'

/* How large bodies may be, one by one and all together. Source: contract 3.11. */

const CHAT = '/v1/chat/completions'

/** A chat whose body has so many bytes. */
function chatOf(bytes: number): string {
  const [head, tail] = ['{"model":"m-tools","messages":[{"role":"user","content":"', '"}]}']
  return head + 'x'.repeat(bytes - head.length - tail.length) + tail
}

function tokenIds(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}

function isAnswered(text: string): boolean {
  return text.includes('\r\n\r\n')
}

function headOf({ secret }: TestTenant, path: string, length: number): string {
  return [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${secret}`,
    'Content-Type: application/json',
    `Content-Length: ${length}`,
    '',
    '',
  ].join('\r\n')
}

const LIMITS = 'max_body_bytes = 2000\nmax_compatible_body_bytes = 9000'

test.each([
  ['/v1/chat/completions', 9000],
  ['/v1/responses', 9000],
  ['/v1/messages', 9000],
  ['/v1/messages/count_tokens', 9000],
  ['/v1/completions', 9000],
  ['/v1/embeddings', 9000],
  ['/v1beta/models/m-tools:generateContent', 9000],
  ['/openai/v1/chat/completions', 9000],
  ['/v1/chat', 2000],
  ['/v1/agents/risk/run', 2000],
  ['/v1/api-keys', 2000],
  ['/v1/models', 2000],
  ['/v1/nothing', 2000],
])('%s takes bodies of %d bytes and no more', async (path, limit) => {
  const app = await startApp({ server: `[server]\n${LIMITS}` })
  const acme = await app.tenant('acme')
  const { port } = listen(app)
  const statusOf = async (bytes: number) => {
    const body = `"${'x'.repeat(bytes - 2)}"`
    const reply = await rawReply(port, headOf(acme, path, bytes) + body)
    return reply!.status
  }
  expect(await statusOf(limit)).not.toBe(413)
  expect(await statusOf(limit + 1)).toBe(413)
})

test('a chat of 32 MiB reaches the provider whole; a byte more is 413', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme')
  const { url } = listen(app)
  app.provider.reply(answer())
  const ask = (body: string) =>
    fetch(url + CHAT, {
      method: 'POST',
      headers: { authorization: `Bearer ${acme.secret}`, 'content-type': 'application/json' },
      body,
    })
  expect((await ask(chatOf(33_554_432))).status).toBe(200)
  const { messages } = app.provider.requests[0]!.body as { messages: { content: string }[] }
  expect(messages[0]!.content.length).toBeGreaterThan(33_554_000)
  expect((await ask(chatOf(33_554_433))).status).toBe(413)
})

test('while a body of 32 MiB is read, others are served', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme')
  const { port } = listen(app)
  // What takes longest to parse; in the end it is no JSON.
  const body = Buffer.from(`{"messages":["${'\\"'.repeat(16_000_000)}"]`)
  const large = await RawClient.send(port, headOf(acme, CHAT, body.length))
  const answered = large.until(isAnswered)
  large.write(body)
  let served = 0
  while (!isAnswered(large.text)) {
    const health = await rawReply(port, 'GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n')
    expect(health!.status).toBe(200)
    served++
  }
  expect(await answered).toStartWith('HTTP/1.1 400')
  // One turn for each part of the text, and more while it arrives; a few would do for what is read at once.
  expect(served).toBeGreaterThan(20)
})

test('bodies beyond the budget of all are 503, until those under way are answered', async () => {
  const app = await startApp({ server: '[server]\nmax_bodies_in_flight_bytes = 1000000' })
  const acme = await app.tenant('acme')
  const globex = await app.tenant('globex')
  const { port } = listen(app)
  const send = (tenant: TestTenant, body: string) =>
    RawClient.send(port, headOf(tenant, CHAT, body.length) + body)

  const { reply: held, letGo } = heldBack()
  app.provider.reply(held)
  const first = await send(acme, chatOf(600_000))
  await until(() => app.provider.requests.length === 1)
  // One that is read piece by piece, and one that is read at once.
  const large = (await rawReply(port, headOf(globex, CHAT, 500_000) + chatOf(500_000)))!
  expect([large.status, large.headers.get('retry-after')]).toEqual([503, '1'])
  expect(JSON.parse(large.body)).toMatchObject({ error: { code: 'overloaded' } })
  const rest = await RawClient.send(port, headOf(globex, CHAT, 380_000) + 'x'.repeat(379_000))
  // Malformed, so that it ends here when it is let in.
  const small = async () =>
    (await rawReply(port, headOf(globex, CHAT, 60_000) + 'x'.repeat(60_000)))!.status
  await until(async () => (await small()) === 503)
  // A client that goes away while it sends gives back what it took.
  rest.leave()
  letGo()
  await until(async () => (await small()) === 400)
  expect(await first.until(isAnswered)).toStartWith('HTTP/1.1 200')
  for (let round = 0; round < 3; round++) {
    const reply = await rawReply(port, headOf(acme, CHAT, 900_000) + chatOf(900_000))
    expect(reply!.status).toBe(200)
  }
})

test('a tenant has a quarter of the budget: beyond it its bodies are 429, and those of others are answered', async () => {
  const limits = 'max_bodies_in_flight_bytes = 1000000\nmax_compatible_body_bytes = 200000'
  const app = await startApp({ server: `[server]\n${limits}` })
  const acme = await app.tenant('acme')
  const globex = await app.tenant('globex')
  const { port } = listen(app)
  const ask = (tenant: TestTenant, bytes: number) =>
    rawReply(port, headOf(tenant, CHAT, bytes) + chatOf(bytes))
  const { reply: held, letGo } = heldBack()
  app.provider.reply(held)
  const first = await RawClient.send(port, headOf(acme, CHAT, 180_000) + chatOf(180_000))
  await until(() => app.provider.requests.length === 1)
  const refused = (await ask(acme, 80_000))!
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
  expect(JSON.parse(refused.body)).toMatchObject({ error: { code: 'rate_limit_exceeded' } })
  app.provider.reply(answer())
  expect((await ask(acme, 60_000))!.status).toBe(200)
  expect((await ask(globex, 180_000))!.status).toBe(200)
  letGo()
  expect(await first.until(isAnswered)).toStartWith('HTTP/1.1 200')
  expect((await ask(acme, 180_000))!.status).toBe(200)
})

test('a stream gives back what its body took when it ends, and when its client leaves', async () => {
  const app = await startApp({ server: '[server]\nmax_bodies_in_flight_bytes = 50000' })
  const acme = await app.tenant('acme')
  const { port } = listen(app)
  const body = chatOf(40_000).replace('"m-tools"', '"m-tools","stream":true')
  const ask = () => RawClient.send(port, headOf(acme, CHAT, body.length) + body)
  app.provider.reply(answer())
  for (let round = 0; round < 3; round++) {
    const client = await ask()
    expect(await client.until((text) => text.includes('[DONE]'))).toStartWith('HTTP/1.1 200')
    client.leave()
  }
})

test('embeddings take 2,048 lists of 300,000 token ids together', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme')
  const input = Array.from({ length: 2048 }, () => tokenIds(146))
  const body = { model: 'm-tools', input }
  expect((await acme.post('/v1/embeddings', body)).status).toBe(200)
  expect(app.provider.requests[0]!.body).toMatchObject({ input })
  expect((await acme.post('/v1/embeddings', { ...body, input: tokenIds(300_000) })).status).toBe(
    200,
  )
  const tooMany = await acme.post('/v1/embeddings', { ...body, input: tokenIds(400_000) })
  expect(tooMany.status).toBeWithin(400, 500)
  // Elsewhere lists of numbers are bounded as everything is.
  const chat = await acme.post(CHAT, { model: 'm-tools', messages: [], stop: tokenIds(60_000) })
  expect(chat.status).toBeWithin(400, 500)
})
