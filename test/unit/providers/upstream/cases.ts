import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib'
import type { Outcome } from './test-call.ts'

/* Answers of servers, byte for byte, and what a client has to make of them. A string is a character a byte. */

/** What the server does once it has said everything. */
export type Ending = 'keep' | 'end' | 'reset'

export interface Case {
  says: string
  ending: Ending
  outcome: Outcome
}

const CRLF = '\r\n'
const OK = 'HTTP/1.1 200 OK'

/** A head and a body. */
export function said(lines: string[], body = ''): string {
  return [...lines, '', body].join(CRLF)
}

export function chunk(data: string, size = data.length.toString(16)): string {
  return size + CRLF + data + CRLF
}

const LAST = `0${CRLF}${CRLF}`
const CHUNKED = 'Transfer-Encoding: chunked'
const HELLO: Outcome = { status: 200, body: 'hello' }

const packed = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const sized = (body: string, ...lines: string[]) =>
  said([OK, `Content-Length: ${body.length}`, ...lines], body)
const chunked = (body: string, ...lines: string[]) => said([OK, CHUNKED, ...lines], body)
const hello = (...lines: string[]) => sized('hello', ...lines)

const is = (says: string, outcome: Outcome = HELLO, ending: Ending = 'keep'): Case => ({
  says,
  ending,
  outcome,
})
const unreadable = (says: string): Case => is(says, { fault: 'unreadable' })
const cut = (says: string, ending: Ending = 'end'): Case => is(says, { fault: 'cut' }, ending)
const unreachable = (says: string, ending: Ending = 'end'): Case =>
  is(says, { fault: 'unreachable' }, ending)

/** Answers that are to be understood. */
export const GOOD: Record<string, Case> = {
  'a body of known length': is(hello()),
  'a body of length nought': is(sized(''), { status: 200, body: '' }),
  'a body of a megabyte': is(sized('x'.repeat(1_000_000)), {
    status: 200,
    body: 'x'.repeat(1_000_000),
  }),
  'bytes of all kinds': is(sized(packed(Uint8Array.from({ length: 256 }, (_, at) => at))), {
    status: 200,
    body: packed(Uint8Array.from({ length: 256 }, (_, at) => at)),
  }),
  'one chunk': is(chunked(chunk('hello') + LAST)),
  'several chunks': is(chunked(chunk('he') + chunk('l') + chunk('lo') + LAST)),
  'no chunk but the last': is(chunked(LAST), { status: 200, body: '' }),
  'ten thousand chunks of a byte': is(chunked(chunk('x').repeat(10_000) + LAST), {
    status: 200,
    body: 'x'.repeat(10_000),
  }),
  'a chunk of a megabyte': is(chunked(chunk('x'.repeat(1_000_000)) + LAST), {
    status: 200,
    body: 'x'.repeat(1_000_000),
  }),
  'chunk sizes in capitals': is(chunked(chunk('abcdefghijkl', 'C') + LAST), {
    status: 200,
    body: 'abcdefghijkl',
  }),
  'chunk sizes with noughts before': is(chunked(chunk('hello', '0005') + LAST)),
  'a chunk extension': is(chunked(chunk('hello', '5;a=b') + LAST)),
  'a quoted chunk extension': is(chunked(chunk('hello', '5;a="b; c"') + LAST)),
  'a blank behind a chunk size': is(chunked(chunk('hello', '5 ') + LAST)),
  trailers: is(chunked(`${chunk('hello')}0${CRLF}X-Sum: 1${CRLF}X-More: 2${CRLF}${CRLF}`)),
  'chunked in capitals': is(said([OK, 'TRANSFER-ENCODING: CHUNKED'], chunk('hello') + LAST)),
  'a body until the end of the connection': is(
    said([OK, 'Content-Type: text/plain'], 'hello'),
    HELLO,
    'end',
  ),
  'the same with Connection: close': is(said([OK, 'Connection: close'], 'hello'), HELLO, 'end'),
  'the same without any field': is(said([OK], 'hello'), HELLO, 'end'),
  'HTTP/1.0 until the end': is(said(['HTTP/1.0 200 OK'], 'hello'), HELLO, 'end'),
  'HTTP/1.0 with a length': is(said(['HTTP/1.0 200 OK', 'Content-Length: 5'], 'hello')),
  'no reason': is(said(['HTTP/1.1 200 ', 'Content-Length: 5'], 'hello')),
  'no reason and no space': is(said(['HTTP/1.1 200', 'Content-Length: 5'], 'hello')),
  'a reason beyond ASCII': is(said(['HTTP/1.1 200 Tr\xe8s bien', 'Content-Length: 5'], 'hello')),
  'no space behind a colon': is(said([OK, 'Content-Length:5'], 'hello')),
  'tabs and spaces around a value': is(said([OK, 'Content-Length: \t 5 \t '], 'hello')),
  'an empty value': is(hello('X-Empty:')),
  'a value beyond ASCII': is(hello('X-City: K\xf6ln')),
  'every character of a name': is(hello("!#$%&'*+-.^_`|~09AZaz: x")),
  'names in capitals': is(said([OK, 'CONTENT-LENGTH: 5'], 'hello')),
  'a hundred fields': is(hello(...Array.from({ length: 100 }, (_, at) => `X-${at}: ${at}`))),
  'a line of ten thousand bytes': is(hello(`X-Long: ${'x'.repeat(10_000)}`)),
  'the same length twice': is(said([OK, 'Content-Length: 5', 'Content-Length: 5'], 'hello')),
  'the same length twice in a line': is(said([OK, 'Content-Length: 5, 5'], 'hello')),
  'a length with noughts before': is(said([OK, 'Content-Length: 0005'], 'hello')),
  'chunks beside a length: chunks count': is(
    said([OK, 'Content-Length: 3', CHUNKED], chunk('hello') + LAST),
  ),
  'status 204': is(said(['HTTP/1.1 204 No Content']), { status: 204, body: '' }),
  'status 304 with a length': is(said(['HTTP/1.1 304 Not Modified', 'Content-Length: 5']), {
    status: 304,
    body: '',
  }),
  'status 400 with a body': is(said(['HTTP/1.1 400 Bad', 'Content-Length: 5'], 'hello'), {
    status: 400,
    body: 'hello',
  }),
  'status 429': is(said(['HTTP/1.1 429 Slow', 'Content-Length: 0', 'Retry-After: 1']), {
    status: 429,
    body: '',
  }),
  'status 529': is(said(['HTTP/1.1 529 Full', 'Content-Length: 0']), { status: 529, body: '' }),
  'status 599': is(said(['HTTP/1.1 599 Odd', 'Content-Length: 0']), { status: 599, body: '' }),
  'a redirect, which is not followed': is(
    said(['HTTP/1.1 307 Elsewhere', 'Location: /other', 'Content-Length: 5'], 'hello'),
    { status: 307, body: 'hello' },
  ),
  'a redirect to another server, which is not followed': is(
    said(['HTTP/1.1 302 Elsewhere', 'Location: http://127.0.0.1:9/', 'Content-Length: 0']),
    { status: 302, body: '' },
  ),
  '100 before the answer': is(said(['HTTP/1.1 100 Continue']) + hello()),
  '102 before the answer': is(said(['HTTP/1.1 102 Processing', 'X-A: b']) + hello()),
  '103 before the answer': is(said(['HTTP/1.1 103 Early Hints', 'Link: </a>']) + hello()),
  'four 1xx before the answer': is(said(['HTTP/1.1 100 Continue']).repeat(4) + hello()),
  '100 before chunks': is(said(['HTTP/1.1 100 Continue']) + chunked(chunk('hello') + LAST)),
  'bytes behind the end': is(`${hello()}stray`),
  'a second answer behind the end': is(hello() + hello()),
  'a line end behind the end': is(`${hello()}${CRLF}`),
  'bytes behind the last chunk': is(`${chunked(chunk('hello') + LAST)}stray`),
  'identity as its packing': is(hello('Content-Encoding: identity')),
  gzip: is(sized(packed(gzipSync('hello')), 'Content-Encoding: gzip')),
  'gzip in chunks': is(chunked(chunk(packed(gzipSync('hello'))) + LAST, 'Content-Encoding: gzip')),
  'gzip until the end': is(
    said([OK, 'Content-Encoding: gzip'], packed(gzipSync('hello'))),
    HELLO,
    'end',
  ),
  'x-gzip': is(sized(packed(gzipSync('hello')), 'Content-Encoding: x-gzip')),
  'GZIP in capitals': is(sized(packed(gzipSync('hello')), 'Content-Encoding: GZIP')),
  deflate: is(sized(packed(deflateSync('hello')), 'Content-Encoding: deflate')),
  'deflate without its header': is(
    sized(packed(deflateRawSync('hello')), 'Content-Encoding: deflate'),
  ),
  brotli: is(sized(packed(brotliCompressSync('hello')), 'Content-Encoding: br')),
  zstd: is(sized(packed(zstdCompressSync('hello')), 'Content-Encoding: zstd')),
  'a packing of nothing': is(sized('', 'Content-Encoding: gzip'), { status: 200, body: '' }),
}

/** Heads that are none. */
export const BAD_HEADS: Record<string, Case> = {
  'another protocol': unreadable(`SSH-2.0-OpenSSH_9.2${CRLF}${CRLF}`),
  'a page without a head': unreadable('<!doctype html><html></html>'),
  'TLS where none was asked for': unreadable('\x15\x03\x01\x00\x02\x02\x50'),
  'HTTP/2.0': unreadable(said(['HTTP/2.0 200 OK', 'Content-Length: 5'], 'hello')),
  'HTTP/0.9': unreadable(said(['HTTP/0.9 200 OK', 'Content-Length: 5'], 'hello')),
  'HTTP/1.2': unreadable(said(['HTTP/1.2 200 OK', 'Content-Length: 5'], 'hello')),
  'small letters in the protocol': unreadable(
    said(['http/1.1 200 OK', 'Content-Length: 5'], 'hello'),
  ),
  'a line end before the head': unreadable(CRLF + hello()),
  'a space before the head': unreadable(` ${hello()}`),
  'two spaces before the status': unreadable(
    said(['HTTP/1.1  200 OK', 'Content-Length: 5'], 'hello'),
  ),
  'a status of two digits': unreadable(said(['HTTP/1.1 20 OK', 'Content-Length: 5'], 'hello')),
  'a status of four digits': unreadable(said(['HTTP/1.1 2000 OK', 'Content-Length: 5'], 'hello')),
  'status 099': unreadable(said(['HTTP/1.1 099 OK', 'Content-Length: 5'], 'hello')),
  'status 600': unreadable(said(['HTTP/1.1 600 OK', 'Content-Length: 5'], 'hello')),
  'a status with a sign': unreadable(said(['HTTP/1.1 +200 OK', 'Content-Length: 5'], 'hello')),
  'a status in letters': unreadable(said(['HTTP/1.1 two OK', 'Content-Length: 5'], 'hello')),
  'NUL in the reason': unreadable(said(['HTTP/1.1 200 O\0K', 'Content-Length: 5'], 'hello')),
  'a line without a colon': unreadable(hello('nonsense')),
  'a field without a name': unreadable(hello(': x')),
  'a space before a colon': unreadable(said([OK, 'Content-Length : 5'], 'hello')),
  'a space in a name': unreadable(hello('X A: b')),
  'a name beyond ASCII': unreadable(hello('X-\xe9: b')),
  'NUL in a name': unreadable(hello('X-\0: b')),
  'NUL in a value': unreadable(hello('X-A: b\0c')),
  'a control character in a value': unreadable(hello('X-A: b\x01c')),
  'DEL in a value': unreadable(hello('X-A: b\x7fc')),
  'a folded line': unreadable(hello(`X-A: b${CRLF} c`)),
  'a line folded with a tab': unreadable(hello(`X-A: b${CRLF}\tc`)),
  'a folded first line': unreadable(`${OK}${CRLF} Content-Length: 5${CRLF}${CRLF}hello`),
  'a lone line feed between fields': unreadable(
    `${OK}${CRLF}X-A: b\nContent-Length: 5${CRLF}${CRLF}hello`,
  ),
  'a lone carriage return in a value': unreadable(hello('X-A: b\rX-B: c')),
  'lone line feeds all through': unreadable(`${OK}\nContent-Length: 5\n\nhello`),
  'two lengths': unreadable(said([OK, 'Content-Length: 5', 'Content-Length: 6'], 'hello!')),
  'two lengths in a line': unreadable(said([OK, 'Content-Length: 5, 6'], 'hello!')),
  'a negative length': unreadable(said([OK, 'Content-Length: -5'], 'hello')),
  'a length with a sign': unreadable(said([OK, 'Content-Length: +5'], 'hello')),
  'a hexadecimal length': unreadable(said([OK, 'Content-Length: 0x5'], 'hello')),
  'a length in two parts': unreadable(said([OK, 'Content-Length: 5 5'], 'hello')),
  'a length that is nothing': unreadable(said([OK, 'Content-Length:'], 'hello')),
  'a length and a comma': unreadable(said([OK, 'Content-Length: 5,'], 'hello')),
  'a length with an exponent': unreadable(said([OK, 'Content-Length: 5e0'], 'hello')),
  'a length with a fraction': unreadable(said([OK, 'Content-Length: 5.0'], 'hello')),
  'a length beyond all numbers': unreadable(
    said([OK, `Content-Length: ${'9'.repeat(20)}`], 'hello'),
  ),
  'a length with letters behind it': unreadable(said([OK, 'Content-Length: 5abc'], 'hello')),
  'packed chunks': unreadable(
    said([OK, 'Transfer-Encoding: gzip, chunked'], chunk('hello') + LAST),
  ),
  'chunks in chunks': unreadable(
    said([OK, 'Transfer-Encoding: chunked, chunked'], chunk('hello') + LAST),
  ),
  'chunked twice': unreadable(said([OK, CHUNKED, CHUNKED], chunk('hello') + LAST)),
  'a coding that is none': unreadable(
    said([OK, 'Transfer-Encoding: identity', 'Content-Length: 5'], 'hello'),
  ),
  'an unknown coding': unreadable(said([OK, 'Transfer-Encoding: xchunked'], chunk('hello') + LAST)),
  'a coding with a control character': unreadable(
    said([OK, 'Transfer-Encoding: \x0bchunked'], chunk('hello') + LAST),
  ),
  'a coding that is nothing': unreadable(
    said([OK, 'Transfer-Encoding:', 'Content-Length: 5'], 'hello'),
  ),
  'a coding before the last': unreadable(
    said([OK, 'Transfer-Encoding: chunked, identity'], chunk('hello') + LAST),
  ),
  'chunks in HTTP/1.0': unreadable(said(['HTTP/1.0 200 OK', CHUNKED], chunk('hello') + LAST)),
  'status 101': unreadable(said(['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket'])),
  'seventeen 1xx': unreadable(said(['HTTP/1.1 100 Continue']).repeat(17) + hello()),
  'ten thousand 1xx': unreadable(said(['HTTP/1.1 103 Hints', 'Link: </a>']).repeat(10_000)),
  'a thousand fields': unreadable(
    hello(...Array.from({ length: 1000 }, (_, at) => `X-${at}: ${at}`)),
  ),
  'a line of a megabyte': unreadable(hello(`X-Long: ${'x'.repeat(1_000_000)}`)),
  'a head of a megabyte': unreadable(
    hello(...Array.from({ length: 100 }, () => `X-A: ${'x'.repeat(10_000)}`)),
  ),
  'a reason of a megabyte': unreadable(
    said([`${OK}${'!'.repeat(1_000_000)}`, 'Content-Length: 5'], 'hello'),
  ),
  'a head that never ends': unreadable(`${OK}${CRLF}X-A: ${'x'.repeat(1_000_000)}`),
}

/** Bodies that are none. */
export const BAD_BODIES: Record<string, Case> = {
  'a chunk size that is none': unreadable(chunked(chunk('hello', 'g') + LAST)),
  'an empty chunk size': unreadable(chunked(`${CRLF}hello${CRLF}${LAST}`)),
  'a negative chunk size': unreadable(chunked(chunk('hello', '-5') + LAST)),
  'a chunk size with a sign': unreadable(chunked(chunk('hello', '+5') + LAST)),
  'a chunk size with 0x': unreadable(chunked(chunk('hello', '0x5') + LAST)),
  'a blank before a chunk size': unreadable(chunked(chunk('hello', ' 5') + LAST)),
  'a chunk size with letters behind it': unreadable(chunked(chunk('hello', '5z') + LAST)),
  'a chunk size with an underscore': unreadable(chunked(chunk('hello', '5_0') + LAST)),
  'a chunk size of nine digits': unreadable(chunked(chunk('hello', '100000005') + LAST)),
  'a chunk size of twenty digits': unreadable(chunked(chunk('hello', 'f'.repeat(20)) + LAST)),
  'a lone line feed behind a chunk size': unreadable(chunked(`5\nhello${CRLF}${LAST}`)),
  'a lone carriage return behind a chunk size': unreadable(chunked(`5\rhello${CRLF}${LAST}`)),
  'a chunk longer than its size': unreadable(chunked(`5${CRLF}hello!${CRLF}${LAST}`)),
  'a chunk shorter than its size': unreadable(chunked(`6${CRLF}hello${CRLF}${LAST}`)),
  'no line end behind a chunk': unreadable(chunked(`5${CRLF}hello${LAST}`)),
  'a lone line feed behind a chunk': unreadable(chunked(`5${CRLF}hello\n${LAST}`)),
  'NUL in a chunk extension': unreadable(chunked(chunk('hello', '5;a=\0') + LAST)),
  'a line feed in a chunk extension': unreadable(chunked(chunk('hello', '5;a\n') + LAST)),
  'a chunk extension of a megabyte': unreadable(
    chunked(chunk('hello', `5;${'x'.repeat(1_000_000)}`) + LAST),
  ),
  'bytes where trailers begin': unreadable(chunked(`${chunk('hello')}0${CRLF}\0${CRLF}${CRLF}`)),
  'a lone line feed in trailers': unreadable(chunked(`${chunk('hello')}0${CRLF}X: y\n${CRLF}`)),
  'trailers of a megabyte': unreadable(
    chunked(`${chunk('hello')}0${CRLF}${`X: y${CRLF}`.repeat(200_000)}${CRLF}`),
  ),
  'a trailer line of a megabyte': unreadable(
    chunked(`${chunk('hello')}0${CRLF}X: ${'y'.repeat(1_000_000)}`),
  ),
}

/** Bodies that arrive whole and cannot be unpacked: their connections are as good as before. */
export const BAD_PACKINGS: Record<string, Case> = {
  'an unknown packing': unreadable(hello('Content-Encoding: rot13')),
  'two packings': unreadable(hello('Content-Encoding: gzip, br')),
  'gzip that is none': unreadable(hello('Content-Encoding: gzip')),
  'gzip with a broken end': unreadable(
    sized(`${packed(gzipSync('hello')).slice(0, -8)}\0\0\0\0\0\0\0\0`, 'Content-Encoding: gzip'),
  ),
  'half of a gzip': unreadable(
    sized(packed(gzipSync('hello'.repeat(100))).slice(0, 20), 'Content-Encoding: gzip'),
  ),
  'deflate that is none': unreadable(
    sized('\x78\x9c\xff\xff\xff\xff\xff', 'Content-Encoding: deflate'),
  ),
  'brotli that is none': unreadable(sized('\xff\xff\xff\xff\xff', 'Content-Encoding: br')),
  'zstd that is none': unreadable(hello('Content-Encoding: zstd')),
}

/** Connections that end too early, in each phase. */
export const ENDS: Record<string, Case> = {
  'an end before a byte': unreachable(''),
  'a reset before a byte': unreachable('', 'reset'),
  'an end in the protocol': unreachable('HTT'),
  'an end in the status line': unreachable('HTTP/1.1 20'),
  'an end behind the status line': unreachable(`${OK}${CRLF}`),
  'an end in a field': unreachable(`${OK}${CRLF}Content-Le`),
  'an end before the blank line': unreachable(`${OK}${CRLF}Content-Length: 5${CRLF}`),
  'a reset before the blank line': unreachable(`${OK}${CRLF}Content-Length: 5${CRLF}`, 'reset'),
  'an end behind 100': unreachable(said(['HTTP/1.1 100 Continue'])),
  'a reset behind 100': unreachable(said(['HTTP/1.1 100 Continue']), 'reset'),
  'an end before the body': cut(said([OK, 'Content-Length: 5'])),
  'an end in the body': cut(said([OK, 'Content-Length: 5'], 'hell')),
  'a reset in the body': cut(said([OK, 'Content-Length: 5'], 'hell'), 'reset'),
  'an end in a megabyte': cut(said([OK, 'Content-Length: 1000001'], 'x'.repeat(1_000_000))),
  'an end before the first chunk': cut(chunked('')),
  'an end in a chunk size': cut(chunked('5')),
  'an end behind a chunk size': cut(chunked(`5${CRLF}`)),
  'an end in a chunk extension': cut(chunked('5;a')),
  'an end in a chunk': cut(chunked(`5${CRLF}hel`)),
  'a reset in a chunk': cut(chunked(`5${CRLF}hel`), 'reset'),
  'an end behind a chunk': cut(chunked(`5${CRLF}hello`)),
  'an end between chunks': cut(chunked(chunk('hello'))),
  'a reset between chunks': cut(chunked(chunk('hello')), 'reset'),
  'an end in the last chunk': cut(chunked(`${chunk('hello')}0`)),
  'an end behind the last chunk: all is there': is(
    chunked(`${chunk('hello')}0${CRLF}`),
    HELLO,
    'end',
  ),
  'an end in the trailers: all is there': is(
    chunked(`${chunk('hello')}0${CRLF}X: y${CRLF}`),
    HELLO,
    'end',
  ),
  'a reset in the trailers': cut(chunked(`${chunk('hello')}0${CRLF}X: y${CRLF}`), 'reset'),
  'an end in a packed body': cut(
    said(
      [OK, 'Content-Length: 100', 'Content-Encoding: gzip'],
      packed(gzipSync('hello')).slice(0, 12),
    ),
  ),
}
