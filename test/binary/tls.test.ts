import { afterAll, expect, test } from 'bun:test'
import { chmodSync, copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  ADMIN_SECRET,
  cleanUp,
  configFor,
  emptyFolder,
  runAres,
  SLOW_MS,
  startAres,
} from './ares.ts'

afterAll(cleanUp)

const PEM_FILES = 'tls_cert = "cert.pem"\ntls_key = "key.pem"'

/** A folder with a certificate for 127.0.0.1 that signed itself. */
function certified(): string {
  const folder = emptyFolder()
  const made = Bun.spawnSync(
    ['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
      .concat(['-nodes', '-days', '2', '-subj', '/CN=nas', '-keyout', 'key.pem'])
      .concat(['-out', 'cert.pem', '-addext', 'subjectAltName=DNS:nas,DNS:a,IP:127.0.0.1']),
    { cwd: folder, stdout: 'ignore', stderr: 'pipe' },
  )
  if (!made.success) throw new Error(made.stderr.toString())
  chmodSync(join(folder, 'key.pem'), 0o600)
  return folder
}

test(
  'with a certificate it serves https alone, and finds the path whatever the host is called',
  async () => {
    const config = configFor('http://127.0.0.1:9/v1', { server: PEM_FILES })
    const ares = await startAres({ cwd: certified(), config })
    expect(ares.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    expect(ares.stdout()).toContain(`${ares.url}/swagger`)

    const ca = Bun.file(join(ares.folder, 'cert.pem'))
    for (const host of ['a', 'nas', 'nas:8443', '127.0.0.1', 'ares.example.com']) {
      for (const [path, status] of [
        ['/health', 200],
        ['/health/', 200],
        ['/v1/agents', 401],
        ['/api/admin/stats', 200],
        ['/nothing/here', 404],
      ] as const) {
        const response = await fetch(ares.url + path, {
          headers: { host, 'x-admin-secret': ADMIN_SECRET },
          tls: { ca },
        })
        expect({ host, path, status: response.status }).toEqual({ host, path, status })
        expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000')
      }
    }
    const plain = await fetch(`${ares.url.replace('https', 'http')}/health`).then(
      (response) => response.status,
      () => 'refused',
    )
    expect(plain).not.toBe(200)
    expect(await ares.stop()).toBe(0)
  },
  SLOW_MS,
)

test(
  'certificates that cannot be used are told by check and serve, by their keys in the file',
  async () => {
    const chain = 'allowed: a PEM file with the certificate chain'
    const key = 'allowed: a PEM file with the private key, without a password'
    for (const [change, ...says] of [
      [
        (folder: string) => ['cert.pem', 'key.pem'].forEach((file) => rmSync(join(folder, file))),
        `tls_cert: found no such file; ${chain}`,
        `tls_key: found no such file; ${key}`,
      ],
      [
        (folder: string) => copyFileSync(join(folder, 'key.pem'), join(folder, 'cert.pem')),
        `tls_cert: found no certificate in the file; ${chain}`,
      ],
      [
        (folder: string) => copyFileSync(join(folder, 'cert.pem'), join(folder, 'key.pem')),
        `tls_key: found no private key in the file, or one with a password; ${key}`,
      ],
      [
        (folder: string) => copyFileSync(join(certified(), 'key.pem'), join(folder, 'key.pem')),
        'tls_key: found the key of another certificate; allowed: the key of the first in tls_cert',
      ],
    ] as const) {
      const folder = certified()
      change(folder)
      await writeConfig(folder)
      for (const command of ['check', 'serve']) {
        const { code, stdout, stderr } = await runAres([command], { cwd: folder })
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
        const lines = stderr.trimEnd().split('\n')
        expect(lines.map((line) => line.replace(/^ares\.toml:\d+:1: server\./, ''))).toEqual([
          ...says,
        ])
      }
    }
  },
  SLOW_MS,
)

async function writeConfig(folder: string): Promise<void> {
  const path = join(folder, 'ares.toml')
  await Bun.write(path, configFor('http://127.0.0.1:9', { server: PEM_FILES }))
  chmodSync(path, 0o600)
}
