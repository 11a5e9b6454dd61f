import { describe, expect, test } from 'bun:test'
import { gzipSync } from 'node:zlib'
import { AnswerReader } from '../../../../src/providers/http1/answer-reader.ts'
import { UpstreamFault } from '../../../../src/providers/upstream.ts'
import { someTurns } from '../../../waiting.ts'
import { BAD_BODIES, BAD_HEADS, type Case, chunk, GOOD, said } from './cases.ts'
import { startRawServer } from './raw-server.ts'
import { ask, bodyOf, type ClientName, CLIENTS, outcomeOf } from './test-call.ts'

/* However the network cuts an answer, it is the same answer. */

/** What a reader makes of these reads; how it failed otherwise. */
function readIn(reads: string[]): { status: number; body: string } | string {
  const reader = new AnswerReader()
  let body = ''
  try {
    for (const read of reads) {
      if (!reader.ended) body += reader.push(Buffer.from(read, 'latin1')).toString('latin1')
    }
    return { status: reader.head?.status ?? 0, body }
  } catch (error) {
    if (error instanceof UpstreamFault) return error.kind
    throw error
  }
}

function cutAt(text: string, ...places: number[]): string[] {
  const ends = [...places, text.length]
  return ends.map((end, at) => text.slice(at === 0 ? 0 : ends[at - 1], end))
}

/** Long ones are cut at their beginning, where all that matters stands. */
function placesIn({ says }: Case): number[] {
  const places = says.length > 20_000 ? 40 : Math.min(says.length, 400)
  return Array.from({ length: places - 1 }, (_, at) => at + 1)
}

describe('the reader', () => {
  const cases = Object.entries({ ...GOOD, ...BAD_HEADS, ...BAD_BODIES }).filter(
    ([, { says }]) => says.length > 1,
  )

  test.each(cases)('%s: cut at every place', (_, each) => {
    const whole = readIn([each.says])
    for (const place of placesIn(each)) {
      const cut = cutAt(each.says, place)
      expect([place, readIn(cut)]).toEqual([place, whole])
    }
  })

  test.each(cases.filter(([, { says }]) => says.length < 4000))(
    '%s: byte for byte',
    (_, { says }) => expect(readIn(says.split(''))).toEqual(readIn([says])),
  )

  test('a head of 60 kB in single bytes', () => {
    const field = `X-Long: ${'x'.repeat(10_000)}`
    const text = said(
      ['HTTP/1.1 200 OK', ...Array<string>(6).fill(field), 'Content-Length: 2'],
      'ok',
    )
    expect(readIn(text.split(''))).toEqual({ status: 200, body: 'ok' })
  })

  test('chunks of one read are one piece, in the memory of the read', () => {
    const head = Buffer.from(said(['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked']))
    const read = Buffer.from(chunk('one ') + chunk('two ') + chunk('three'))
    const reader = new AnswerReader()
    reader.push(head)
    const piece = reader.push(read)
    expect(piece.toString()).toBe('one two three')
    expect(piece.buffer).toBe(read.buffer)
  })
})

/** One answer of each kind. */
const ANSWERS: Record<string, string> = {
  'of known length': said(['HTTP/1.1 200 OK', 'Content-Length: 5'], 'hello'),
  'in chunks, behind 100, with trailers': `${said(['HTTP/1.1 100 Continue'])}${said(
    ['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked'],
    `${chunk('he')}${chunk('llo', '3;x=y')}0\r\nX: y\r\n\r\n`,
  )}`,
  'packed, in chunks': said(
    ['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', 'Content-Encoding: gzip'],
    `${chunk(Buffer.from(gzipSync('hello')).toString('latin1'))}0\r\n\r\n`,
  ),
}

describe.each(Object.keys(CLIENTS) as ClientName[])('%s', (client) => {
  test.each(Object.entries(ANSWERS))('an answer %s: cut at every place', async (_, says) => {
    const server = startRawServer(async (connection) => {
      for (let place = 1; place < says.length; place++) {
        await connection.request()
        const [before = '', after = ''] = cutAt(says, place)
        await connection.write(before)
        await someTurns(2)
        await connection.write(after)
      }
    })
    const carrier = CLIENTS[client]()
    for (let place = 1; place < says.length; place++) {
      expect([place, await outcomeOf(ask(carrier, server.url))]).toEqual([
        place,
        { status: 200, body: 'hello' },
      ])
    }
    // All on one connection: nothing of one answer was left for the next.
    expect(server.connections.length).toBe(1)
    server.stop()
  })

  test('an answer until the end of the connection: cut at every place', async () => {
    const says = said(['HTTP/1.1 200 OK', 'Connection: close'], 'hello')
    for (let place = 1; place < says.length; place++) {
      const server = startRawServer(async (connection) => {
        await connection.request()
        const [before = '', after = ''] = cutAt(says, place)
        await connection.write(before)
        await someTurns(2)
        await connection.write(after)
        connection.end()
      })
      expect(await outcomeOf(ask(CLIENTS[client](), server.url))).toEqual({
        status: 200,
        body: 'hello',
      })
      server.stop()
    }
  })

  test.each(Object.entries(ANSWERS))(
    'an answer %s: the connection ends at every place',
    async (_, says) => {
      const answerStart = says.indexOf('HTTP/1.1 200')
      const bodyStart = says.indexOf('\r\n\r\n', answerStart) + 4
      for (let place = 0; place < bodyStart + 3; place++) {
        const server = startRawServer(async (connection) => {
          await connection.request()
          if (place > 0) await connection.write(says.slice(0, place))
          connection.end()
        })
        const kind = place < bodyStart ? 'unreachable' : 'cut'
        expect([place, await outcomeOf(ask(CLIENTS[client](), server.url))]).toEqual([
          place,
          { fault: kind },
        ])
        server.stop()
      }
    },
  )

  test('a body is handed out as it arrives', async () => {
    const more = Promise.withResolvers<void>()
    const server = startRawServer(async (connection) => {
      await connection.request()
      await connection.write(said(['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked'], chunk('one')))
      await more.promise
      await connection.write(`${chunk('two')}0\r\n\r\n`)
    })
    const answer = await ask(CLIENTS[client](), server.url)
    expect(Buffer.from((await answer.read())!).toString()).toBe('one')
    more.resolve()
    expect(await bodyOf(answer)).toBe('two')
    server.stop()
  })
})
