import {
  awkwardStream,
  body,
  drip,
  endlessStream,
  eofMidStream,
  errorMidStream,
  garbageJson,
  gzipBomb,
  halfJson,
  hangBeforeHeaders,
  hangMidBody,
  htmlPage,
  oversizedBody,
  rawStream,
  redirectToSelf,
  resetBeforeHeaders,
  resetMidBody,
  status,
} from '../../scripted-faults.ts'
import { answer, toolCall } from '../../scripted-replies.ts'
import type { Reply, Wire } from '../../scripted-wire.ts'

/** A body that says how long it is, begins, and then does something else. */
const shortOfItsLength = (then: (wire: Wire) => void | Promise<void>): Reply => ({
  play: async (wire) => {
    await wire.head(200, { 'content-type': 'application/json', 'content-length': '500' })
    await wire.write('{"choices": [')
    await wire.sleep(20)
    await then(wire)
  },
})

const packed = (text: string) =>
  body('application/json', text, { headers: { 'content-encoding': 'gzip' } })

/** Everything that a provider may do wrong, by name. `provider-faults.ts` says what is to become of it. */
export const FAULT_MODES = {
  'hang-before-headers': hangBeforeHeaders(),
  'reset-before-headers': resetBeforeHeaders(),
  'status-400': status(400),
  'status-401': status(401),
  'status-403': status(403),
  'status-404': status(404),
  'status-408': status(408),
  'status-409': status(409),
  'status-429': status(429),
  'status-429-forever': status(429, { retryAfter: '1000000000' }),
  'status-500': status(500),
  'status-502': status(502),
  'status-503': status(503, { retryAfter: 'Wed, 21 Oct 2099 07:28:00 GMT' }),
  'status-529': status(529),
  redirect: redirectToSelf(),
  'html-page': htmlPage(),
  'garbage-json': garbageJson(),
  'half-json': halfJson(),
  'json-array': body('application/json', '[1]'),
  'empty-body': body('application/json', ''),
  'no-http': { play: (wire: Wire) => wire.write('SSH-2.0-OpenSSH_9.2\r\n\r\n') },
  'broken-gzip': packed('not packed'),
  'gzip-bomb': gzipBomb(30_000_000),
  'oversized-body': oversizedBody(3_000_000),
  'one-byte-at-a-time': drip(50),
  'hang-mid-body': hangMidBody(),
  'reset-mid-body': resetMidBody(),
  'hang-short-of-length': shortOfItsLength((wire) => wire.hang()),
  'end-short-of-length': shortOfItsLength((wire) => wire.hangUp()),
  'end-mid-stream': eofMidStream(),
  'error-mid-stream': errorMidStream(),
  'empty-stream': rawStream(['']),
  'only-comments': rawStream([': hello\n\n: again\n\n']),
  'event-not-json': rawStream(['data: }{\n\n']),
  'event-cut-off': rawStream(['data: {"choi']),
  'endless-stream': endlessStream(),
  'endless-line': rawStream(Array<string>(200).fill('x'.repeat(10_000)), 0),
  'awkward-bytes': awkwardStream({ deltas: ['Grüß ', '世界 ', '👋🏽'] }),
  'tool-calls-forever': toolCall('calculator', { expression: '1 + 1' }),
  'unknown-tool-forever': toolCall('rm-rf', { path: '/' }),
  'no-usage': answer({ text: 'Hello', usage: null }),
  'negative-usage': answer({ text: 'Hello', usage: { input: -1, output: -1 } }),
  'enormous-usage': answer({ text: 'Hello', usage: { input: 1e18, output: 1e18 } }),
  'textual-usage': answer({ text: 'Hello', usage: { input: '12', output: '7' } }),
  'cut-at-length': answer({ text: 'Hello', finish: 'length' }),
  'content-filter': answer({ text: 'Hello', finish: 'content_filter' }),
} satisfies Record<string, Reply>

export type FaultMode = keyof typeof FAULT_MODES
