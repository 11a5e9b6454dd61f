/*
 * The ceiling: what any gateway on this runtime has to do at least. Plain: JSON in, `fetch`, JSON in, JSON out.
 * Stream: the provider's body handed through untouched.
 *
 * `bun bench/servers/proxy.ts PROVIDER_URL`
 */
const provider = `${process.argv[2]}/v1/chat/completions`
const headers = { 'content-type': 'application/json', authorization: 'Bearer sk-bench' }

const server = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  idleTimeout: 0,
  async fetch(request) {
    const body = (await request.json()) as { stream?: boolean }
    const reply = await fetch(provider, { method: 'POST', headers, body: JSON.stringify(body) })
    if (body.stream)
      return new Response(reply.body, { headers: { 'content-type': 'text/event-stream' } })
    return Response.json(await reply.json())
  },
})
console.log(`listening on http://127.0.0.1:${server.port}`)
