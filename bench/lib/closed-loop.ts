import type { Socket } from 'bun'
import { Answer } from './answer.ts'
import { asked, tell } from './asked.ts'

/*
 * A closed loop of keep-alive connections over raw sockets: light enough to share a core with the provider. For so
 * many seconds, or so many requests. An answer that is not 200, or has not in it what is expected, is an error. With
 * `think`, each waits up to so many ms before it asks again, a time of its own: or they would go in step.
 *
 * `bun bench/lib/closed-loop.ts --url=http://127.0.0.1:3000 --connections=32 --seconds=1 --body='{}' --target='{"path":"/v1/chat","headers":["a: b"]}'`
 */
interface Call {
  started: number
  answer: Answer | undefined
}

const { hostname, port, requests, expects, number } = asked({
  connections: 1,
  seconds: 1,
  requests: 0,
  think: 0,
})
const thinkMs = number('think')
const limit = number('requests') || Number.POSITIVE_INFINITY
const began = performance.now()
const deadline =
  number('requests') > 0 ? Number.POSITIVE_INFINITY : began + number('seconds') * 1000

const finished = Promise.withResolvers<void>()
const latencies: number[] = []
let open = number('connections')
let sent = 0
let errors = 0

function next(socket: Socket<Call>): void {
  const now = performance.now()
  if (now >= deadline || sent >= limit) {
    socket.end()
    return
  }
  socket.data = { started: now, answer: new Answer() }
  socket.write(requests[sent++ % requests.length]!)
}

function thinkThenNext(socket: Socket<Call>): void {
  if (thinkMs === 0) next(socket)
  else setTimeout(next, Math.random() * thinkMs, socket)
}

function arrived(socket: Socket<Call>, bytes: Buffer): void {
  const { answer, started } = socket.data
  if (!answer?.add(bytes)) return
  latencies.push(performance.now() - started)
  if (!answer.isGood(expects)) errors++
  socket.data.answer = undefined
  thinkThenNext(socket)
}

function closed(socket: Socket<Call>): void {
  if (socket.data.answer) errors++
  if (--open === 0) finished.resolve()
}

for (let i = 0; i < number('connections'); i++) {
  void Bun.connect<Call>({
    hostname,
    port,
    data: { started: 0, answer: undefined },
    socket: { open: next, data: arrived, close: closed },
  })
}
await finished.promise
tell(latencies, errors, (performance.now() - began) / 1000)
