import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ExpectedFailure } from '../expected-failure.ts'

/** The admin secret and, when it was not configured, the file it is kept in. */
export interface AdminSecret {
  secret: string
  path: string | null
}

/** Source: contract 2.2. */
const MIN_SECRET_CHARS = 32

/** The configured secret, or the one kept beside the database (mode 0600), generated at the first start. */
export function adminSecret(configured: string | null, databasePath: string): AdminSecret {
  if (configured !== null) return { secret: configured, path: null }
  const path = placeOf(databasePath)
  return { secret: keptSecret(path) ?? generateSecret(path), path }
}

/** The same without generating one. @throws ExpectedFailure where there is none yet */
export function existingAdminSecret(configured: string | null, databasePath: string): string {
  const path = placeOf(databasePath)
  const secret = configured ?? keptSecret(path)
  if (secret !== undefined) return secret
  throw new ExpectedFailure(
    `There is no admin secret yet: none is configured, and the first \`ares serve\` writes one to ${path}.`,
  )
}

function placeOf(databasePath: string): string {
  return join(dirname(databasePath), 'admin-secret')
}

function keptSecret(path: string): string | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined
    throw new ExpectedFailure(`The admin secret in ${path} cannot be read.`)
  }
  if (text.length < MIN_SECRET_CHARS) {
    throw new ExpectedFailure(
      `The admin secret in ${path} has fewer than ${MIN_SECRET_CHARS} characters; remove the file to have a new one generated.`,
    )
  }
  return text
}

function generateSecret(path: string): string {
  const secret = randomBytes(32).toString('base64url')
  writeWhole(path, `${secret}\n`)
  return secret
}

/** Whenever we are cut off, the file is there with all of the text, or not at all. */
function writeWhole(path: string, text: string): void {
  const fresh = `${path}.new`
  const file = openSync(fresh, 'w', 0o600)
  writeFileSync(file, text)
  fsyncSync(file)
  closeSync(file)
  renameSync(fresh, path)
}
