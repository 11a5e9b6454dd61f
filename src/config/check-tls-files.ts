import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ServerConfig } from './config.ts'
import type { Finding } from './finding.ts'
import { systemErrorCode } from './system-error.ts'

/** Whether the files of `tls_cert` and `tls_key` hold a certificate and its key. Their content and names are never shown. */
export function checkTlsFiles({ tls }: Pick<ServerConfig, 'tls'>): Finding[] {
  if (tls === null) return []
  const cert = readWith(tls.cert, certificateIn)
  const key = readWith(tls.key, keyIn)
  const findings = [
    ...findingOf(cert, 'tls_cert', 'a PEM file with the certificate chain'),
    ...findingOf(key, 'tls_key', 'a PEM file with the private key, without a password'),
  ]
  if (typeof cert === 'string' || typeof key === 'string' || cert.checkPrivateKey(key))
    return findings
  const message = 'found the key of another certificate; allowed: the key of the first in tls_cert'
  return [{ path: ['server', 'tls_key'], message }]
}

/** What the file holds, or what was found instead. */
function readWith<T>(path: string, parse: (text: string) => T | string): T | string {
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'no such file'
    return code === 'EISDIR' ? 'a folder' : 'a file that cannot be read'
  }
}

function certificateIn(text: string): X509Certificate | string {
  try {
    return new X509Certificate(text)
  } catch {
    return 'no certificate in the file'
  }
}

function keyIn(text: string): KeyObject | string {
  try {
    return createPrivateKey(text)
  } catch {
    return 'no private key in the file, or one with a password'
  }
}

function findingOf(read: object | string, key: string, allowed: string): Finding[] {
  if (typeof read !== 'string') return []
  return [{ path: ['server', key], message: `found ${read}; allowed: ${allowed}` }]
}
