import { expect, test } from 'bun:test'
import { startApp } from '../harness.ts'
import { answer } from '../scripted-replies.ts'
import { listen, RawClient } from './real-socket.ts'
import { settledRuns } from './totals.ts'

/* Requests whose end is told in two ways, or in none: a proxy in front could see other requests than we do. */

const BODY = '{"input":{"message":"first"}}'
const SECOND = '{"input":{"message":"smuggled"}}'
const CHUNKED = `${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`
const LENGTH = `Content-Length: ${BODY.length}`
const CHUNKS = 'Transfer-Encoding: chunked'

const AMBIGUOUS: [string, string[], string][] = [
  ['a length and chunks', [LENGTH, CHUNKS], CHUNKED],
  ['chunks and a length', [CHUNKS, LENGTH], CHUNKED],
  ['two lengths', [LENGTH, 'Content-Length: 0'], BODY],
  ['two lengths in one', [`Content-Length: ${BODY.length}, 0`], BODY],
  ['a signed length', [`Content-Length: +${BODY.length}`], BODY],
  ['a negative length', ['Content-Length: -1'], BODY],
  ['a hexadecimal length', [`Content-Length: 0x${BODY.length.toString(16)}`], BODY],
  ['chunks of another name', ['Transfer-Encoding: xchunked'], CHUNKED],
  ['chunks twice', [CHUNKS, 'Transfer-Encoding: identity'], CHUNKED],
  ['chunks with a blank before the colon', [LENGTH, 'Transfer-Encoding : chunked'], CHUNKED],
  ['a folded line', [LENGTH, 'X: a', ' Transfer-Encoding: chunked'], BODY],
  ['a NUL in a header', [LENGTH, 'X: a\0b'], BODY],
]

test.each(AMBIGUOUS)(
  '%s: no answer of success, and no second request',
  async (_what, framing, body) => {
    const app = await startApp()
    app.provider.reply(answer())
    const acme = await app.tenant('acme', { agents: ['risk'] })
    const { port } = listen(app)
    const head = (more: string[]) =>
      [
        'POST /v1/agents/risk/run HTTP/1.1',
        'Host: localhost',
        `Authorization: Bearer ${acme.secret}`,
        'Content-Type: application/json',
        ...more,
        '\r\n',
      ].join('\r\n')
    const smuggled = head([`Content-Length: ${SECOND.length}`, 'Connection: close']) + SECOND
    const client = await RawClient.send(port, head(framing) + body + smuggled)
    const text = await client.until((received) => received.includes('HTTP/1.1 4'))
    expect(text.match(/HTTP\/1\.1 2/g) ?? []).toEqual([])
    client.leave()
    const runs = await settledRuns(app, 0)
    expect(runs.length).toBeLessThanOrEqual(1)
    expect(JSON.stringify(runs)).not.toContain('smuggled')
  },
)
