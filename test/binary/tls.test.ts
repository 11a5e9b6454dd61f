import { afterAll, expect, test } from 'bun:test'
import { chmodSync } from 'node:fs'
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
  'a certificate that cannot be used is one line and 1',
  async () => {
    for (const [cert, says] of [
      [null, 'cert.pem'],
      ['this is no certificate', ''],
    ] as const) {
      const folder = emptyFolder()
      await Bun.write(
        join(folder, 'ares.toml'),
        configFor('http://127.0.0.1:9', { server: PEM_FILES }),
      )
      chmodSync(join(folder, 'ares.toml'), 0o600)
      for (const file of ['cert.pem', 'key.pem'])
        if (cert !== null) await Bun.write(join(folder, file), cert)
      const { code, stdout, stderr } = await runAres(['serve'], { cwd: folder })
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(/^[^\n]+\n$/)
      expect(stderr).toContain(says)
    }
  },
  SLOW_MS,
)
