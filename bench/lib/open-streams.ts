import type { Socket } from 'bun'
import { Answer } from './answer.ts'
import { asked, tell } from './asked.ts'

/*
 * Opens streams, each on a connection of its own and so many ms after the one before, and reads all to their end. The
 * times are those to the first event. A stream that is not 200, or ends without what is expected, is an error.
 *
 * `bun bench/lib/open-streams.ts --url=http://127.0.0.1:3000 --streams=40 --gap=5 --body='{}' --target='{"path":"/v1/chat/stream","headers":[]}'`
 */
interface Call {
  started: number
  answer: Answer
  running: boolean
}

const { hostname, port, requests, expects, number } = asked({ streams: 40, gap: 0 })
const gapMs = number('gap')

const finished = Promise.withResolvers<void>()
const firstEvents: number[] = []
let open = number('streams')
let errors = 0

function arrived(socket: Socket<Call>, bytes: Buffer): void {
  const call = socket.data
  const whole = call.answer.add(bytes)
  if (!call.running && call.answer.text.includes('data: ')) {
    call.running = true
    firstEvents.push(performance.now() - call.started)
  }
  if (whole) socket.end()
}

function closed({ data: { answer } }: Socket<Call>): void {
  if (!answer.isGood(expects)) errors++
  if (--open === 0) finished.resolve()
}

const began = performance.now()
for (let i = 0; i < number('streams'); i++) {
  if (gapMs > 0) await Bun.sleep(Math.max(0, began + i * gapMs - performance.now()))
  void Bun.connect<Call>({
    hostname,
    port,
    data: { started: performance.now(), answer: new Answer(), running: false },
    socket: {
      open: (socket) => void socket.write(requests[0]!),
      data: arrived,
      close: closed,
    },
  })
}
await finished.promise
tell(firstEvents, errors, (performance.now() - began) / 1000)
