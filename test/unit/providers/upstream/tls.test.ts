import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { said } from './cases.ts'
import { type RawConnection, type RawServer, startRawServer } from './raw-server.ts'
import { type ClientName, CLIENTS } from './test-call.ts'

/* TLS with an authority of our own: whom a client believes, and whom it does not. */

const folder = mkdtempSync(join(tmpdir(), 'ares-tls-'))

function openssl(...words: string[]): void {
  const made = Bun.spawnSync(['openssl', ...words], {
    cwd: folder,
    stdout: 'ignore',
    stderr: 'pipe',
  })
  if (!made.success) throw new Error(made.stderr.toString())
}

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/** A certificate of the authority; the name of its files tells what for. */
async function certify(name: string, alternativeNames: string, days = 2): Promise<void> {
  openssl('req', ...EC, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`)
  await Bun.write(join(folder, 'extensions'), `subjectAltName=${alternativeNames}`)
  const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', String(days)]
  openssl(
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    ...by,
    '-extfile',
    'extensions',
    '-out',
    `${name}.pem`,
  )
}

function serve(certificate: string): RawServer {
  const [cert, key] = ['pem', 'key'].map((kind) => Bun.file(join(folder, `${certificate}.${kind}`)))
  const tls = { cert: cert!, key: key! }
  return startRawServer(
    async (connection: RawConnection) => {
      await connection.request()
      await connection.write(
        said(['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked'], '5\r\nhello\r\n'),
      )
      await connection.write('0\r\n\r\n')
    },
    { tls },
  )
}

const servers = new Map<string, RawServer>()
beforeAll(async () => {
  openssl(
    'req',
    '-x509',
    ...EC,
    '-days',
    '2',
    '-subj',
    '/CN=Authority',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
  )
  await certify('here', 'DNS:localhost,IP:127.0.0.1')
  await certify('name-only', 'DNS:localhost')
  await certify('elsewhere', 'DNS:elsewhere.example')
  await certify('expired', 'DNS:localhost,IP:127.0.0.1', -1)
  for (const name of ['here', 'name-only', 'elsewhere', 'expired']) servers.set(name, serve(name))
  servers.set(
    'plain',
    startRawServer(async (connection) => {
      await connection.until((received) => received.length > 0)
      await connection.write('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')
    }),
  )
  servers.set(
    'hangs-up',
    startRawServer((connection) => connection.end()),
  )
})
afterAll(() => {
  for (const server of servers.values()) server.stop()
})

/** What a process of its own gets, which trusts the authority, or nobody but the public ones. */
async function got(
  client: ClientName,
  server: string,
  host: string,
  trusts: boolean,
): Promise<string> {
  const { port } = servers.get(server)!
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: trusts ? join(folder, 'ca.pem') : '' }
  const script = join(import.meta.dir, 'ask-once.ts')
  const url = `https://${host}:${port}/v1/test`
  const child = Bun.spawn([process.execPath, script, client, url], { env, stdout: 'pipe' })
  return (await child.stdout.text()).trim()
}

const REFUSED: [string, string, string, boolean, string][] = [
  ['an authority that nobody knows', 'here', 'localhost', false, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  [
    'a certificate for another name',
    'elsewhere',
    'localhost',
    true,
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ],
  [
    'a certificate for another name, by address',
    'elsewhere',
    '127.0.0.1',
    true,
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ],
  [
    'a certificate for the name alone, by address',
    'name-only',
    '127.0.0.1',
    true,
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ],
  ['a certificate that has expired', 'expired', 'localhost', true, 'CERT_HAS_EXPIRED'],
  ['a server without TLS', 'plain', 'localhost', true, 'EPROTO'],
]

describe.each(Object.keys(CLIENTS) as ClientName[])('%s', (client) => {
  test.each(['localhost', '127.0.0.1'])(
    'believes an authority of NODE_EXTRA_CA_CERTS, at %s',
    async (host) => {
      expect(await got(client, 'here', host, true)).toBe('200 hello')
    },
  )

  test.each(REFUSED)('refuses %s', async (_, server, host, trusts, code) => {
    expect(await got(client, server, host, trusts)).toBe(`unreachable ${code}`)
  })

  test('notices a server that hangs up in the middle of shaking hands', async () => {
    expect(await got(client, 'hangs-up', 'localhost', true)).toStartWith('unreachable')
  })
})
