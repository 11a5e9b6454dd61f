import { parseArgs } from 'node:util'

/*
 * A provider that speaks OpenAI's wire format as fast as the machine can: answers are encoded once. For the real
 * thing with faults see `test/scripted-provider.ts`. A stream has as many deltas as the request has `max_tokens`.
 *
 * `bun bench/servers/provider.ts --port 0 --delay 0 --deltas 50 --pace 0`
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    /** Before a plain answer or the first event, ms. */
    delay: { type: 'string', default: '0' },
    /** In streams that ask for no number. */
    deltas: { type: 'string', default: '50' },
    /** Between two deltas, ms; 0 sends them back to back, each in a write of its own. */
    pace: { type: 'string', default: '0' },
  },
})
const delayMs = Number(values.delay)
const paceMs = Number(values.pace)

const TEXT =
  'The transaction looks ordinary for this merchant; nothing in it suggests more than a medium risk.'
const PLAIN = JSON.stringify({
  id: 'chatcmpl-bench',
  object: 'chat.completion',
  created: 1_790_000_000,
  model: 'bench',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: TEXT },
      logprobs: null,
      finish_reason: 'stop',
    },
  ],
  usage: { prompt_tokens: 120, completion_tokens: 30, total_tokens: 150 },
  system_fingerprint: 'fp_bench',
})

const encoder = new TextEncoder()
const event = (value: unknown) => encoder.encode(`data: ${JSON.stringify(value)}\n\n`)
const chunk = (delta: object, finish: string | null) =>
  event({
    id: 'chatcmpl-bench',
    object: 'chat.completion.chunk',
    created: 1_790_000_000,
    model: 'bench',
    choices: [{ index: 0, delta, finish_reason: finish }],
  })

const FIRST = chunk({ role: 'assistant', content: '' }, null)
const LAST = [
  chunk({}, 'stop'),
  event({
    id: 'chatcmpl-bench',
    object: 'chat.completion.chunk',
    choices: [],
    usage: { prompt_tokens: 120, completion_tokens: 50, total_tokens: 170 },
  }),
  encoder.encode('data: [DONE]\n\n'),
]

const eventsOf = new Map<number, Uint8Array[]>()

function eventsWith(deltas: number): Uint8Array[] {
  let events = eventsOf.get(deltas)
  if (!events) {
    const words = Array.from({ length: deltas }, (_, i) => chunk({ content: ` word${i}` }, null))
    events = [FIRST, ...words, ...LAST]
    eventsOf.set(deltas, events)
  }
  return events
}

function stream(deltas: number): Response {
  const events = eventsWith(deltas)
  let next = 0
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      // The first delta comes with the first event, and what ends the stream with the last delta.
      if (paceMs > 0 && next > 1 && next <= deltas) await Bun.sleep(paceMs)
      controller.enqueue(events[next++])
      if (next === events.length) controller.close()
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

const plainHeaders = { headers: { 'content-type': 'application/json' } }

const server = Bun.serve({
  hostname: '127.0.0.1',
  port: Number(values.port),
  idleTimeout: 0,
  async fetch(request) {
    const body = (await request.json()) as { stream?: boolean; max_tokens?: number }
    if (delayMs > 0) await Bun.sleep(delayMs)
    if (!body.stream) return new Response(PLAIN, plainHeaders)
    return stream(body.max_tokens ?? Number(values.deltas))
  },
})
console.log(`listening on http://127.0.0.1:${server.port}`)
