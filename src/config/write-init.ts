import { randomBytes } from 'node:crypto'
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs'
import sample from '../../ares.toml' with { type: 'text' }
import { fileError } from './config-error.ts'
import { readSecret, type Env } from './environment.ts'
import { systemErrorCode } from './system-error.ts'

export interface InitOptions {
  /** The file to write. */
  path: string
  /** Where provider keys are looked for. */
  env: Env
  /** Makes the admin secret; by default 43 random characters of `[A-Za-z0-9_-]`. */
  newSecret?: () => string
}

/** What `ares init` did, for it to tell. */
export interface InitResult {
  path: string
  /** The providers that were switched on, and where their keys are; none: the demo provider alone is on. */
  providers: { name: string; keyEnv: string }[]
}

/** Providers of the sample whose key may be in the environment, in the order of the sample. */
const KEYED_PROVIDERS = [
  { name: 'groq', keyEnv: 'GROQ_API_KEY' },
  { name: 'nvidia-deepseek', keyEnv: 'NVIDIA_API_KEY' },
  { name: 'anthropic', keyEnv: 'ANTHROPIC_API_KEY' },
  { name: 'gemini', keyEnv: 'GEMINI_API_KEY' },
  { name: 'openai', keyEnv: 'OPENAI_API_KEY' },
]

/**
 * Writes a commented `ares.toml` with an admin secret of its own, which only its owner may read.
 *
 * Providers whose keys are in the environment are switched on; the keys stay there. The demo provider then no longer stands in
 * for their models, and stays under the id `demo`.
 *
 * @throws ConfigError when the file exists, which is then left as it is, or cannot be written
 */
export function initConfig({ path, env, newSecret = randomSecret }: InitOptions): InitResult {
  const providers = KEYED_PROVIDERS.filter(({ keyEnv }) => readSecret(env, keyEnv) !== null)
  const names = providers.map(({ name }) => name)
  writeNewFile(path, initText(newSecret(), names))
  return { path, providers }
}

/** The sample with an admin secret and, when any are named, these providers before the demo. */
function initText(secret: string, providers: string[]): string {
  const withSecret = replaceOnce(sample, /^# secret = .*$/m, `secret = "${secret}"`)
  if (providers.length === 0) return withSecret
  const withoutStandIn = replaceOnce(withSecret, DEMO_SECTION, '')
  const withDemo = replaceOnce(withoutStandIn, /^(?=# ---- Tiers)/m, DEMO_BESIDE)
  return providers.reduce(switchOn, withDemo)
}

/** From the demo's heading up to the next one. */
const DEMO_SECTION = /^# ---- Providers: the offline demo -+\n[^]*?(?=^# ----)/m

/** The demo beside real providers: under an id of its own, and behind them, so that none of what they serve falls to it. */
const DEMO_BESIDE = `\
# ---- Providers: the offline demo ------------------------------------------------------

# Computes its answers on this machine, without a key or a network; each says that it
# comes from the demo model. A tenant or an agent can be put on it to try things out.
[[providers]]
name = "demo"
type = "demo"
enabled = true

[[providers.models]]
id = "demo"
context_length = 131072
supports_tools = true


`

function switchOn(text: string, provider: string): string {
  const disabled = new RegExp(`(?<=^name = "${provider}"\\ntype = .*\\nenabled = )false.*$`, 'm')
  return replaceOnce(text, disabled, 'true')
}

function replaceOnce(text: string, pattern: RegExp, replacement: string): string {
  if (!pattern.test(text)) throw new TypeError(`The sample has no ${String(pattern)}.`)
  return text.replace(pattern, () => replacement)
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** Creates the file with mode 0600; leaves none behind that is only half written. */
function writeNewFile(path: string, text: string): void {
  const file = createFile(path)
  try {
    writeFileSync(file, text)
  } catch (error) {
    rmSync(path, { force: true })
    throw fileError(path, `the file cannot be written (${systemErrorCode(error) ?? 'unknown'})`)
  } finally {
    closeSync(file)
  }
}

function createFile(path: string): number {
  try {
    return openSync(path, 'wx', 0o600)
  } catch (error) {
    throw fileError(path, whyNotCreated(systemErrorCode(error)))
  }
}

function whyNotCreated(code: string | undefined): string {
  if (code === 'EEXIST') return 'this file exists already, and is left as it is'
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such folder to write it to'
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return 'this user may not write there'
  return `the file cannot be written (${code ?? 'unknown'})`
}
