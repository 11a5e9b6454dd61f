import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import sample from '../../ares.toml' with { type: 'text' }
import { checkTlsFiles } from './check-tls-files.ts'
import { ConfigError, fileError } from './config-error.ts'
import type { Config } from './config.ts'
import type { Env } from './environment.ts'
import { systemErrorCode } from './system-error.ts'
import { fileNotices, type Notice, providerNotices } from './load-notices.ts'
import { readConfig, toProblems } from './read-config.ts'

export interface LoadOptions {
  /** The value of `--config`; undefined when it was not given. */
  configFlag: string | undefined
  /** `ARES_CONFIG` is read from it, and the variables that the file names. */
  env: Env
  /** The working directory; absolute. */
  cwd: string
  /** False for `ares check`, which needs a file; default true. */
  allowSample?: boolean
  /** The tools that templates may name; by default the built-in ones. */
  toolNames?: readonly string[]
}

export interface LoadedConfig {
  config: Config
  /** What was assumed, and what may be a danger. */
  notices: Notice[]
}

/** What the file is called when nobody names one. */
const DEFAULT_NAME = 'ares.toml'

const SAMPLE_NOTICE: Notice = {
  kind: 'note',
  text: 'no ares.toml here: using the built-in sample, with the offline demo provider and data/ares.db (`ares init` writes a file)',
}

/**
 * Reads the file that `--config`, else `$ARES_CONFIG`, else the working directory gives; without any, the sample
 * inside the program, with its database under the working directory.
 *
 * @throws ConfigError with every mistake in it, or with the reason why it cannot be read
 * Source: contract 1.2.
 */
export function loadConfig(options: LoadOptions): LoadedConfig {
  const { env, cwd, allowSample = true, ...rest } = options
  const named = options.configFlag ?? (env['ARES_CONFIG'] || null)
  const label = named ?? DEFAULT_NAME
  if (label === '') throw fileError('--config', 'found an empty path; allowed: the path of a file')

  const source = resolve(cwd, label)
  const text = readText(source, label)
  if (text !== null) {
    const config = readConfig(text, { ...rest, env, label, source, directory: dirname(source) })
    const problems = toProblems(checkTlsFiles(config.server), text, label)
    if (problems.length > 0) throw new ConfigError(problems)
    return {
      config,
      notices: [...fileNotices(source, label, text), ...providerNotices(config, env)],
    }
  }
  if (named !== null || !allowSample) throw missingFile(label, options)
  const config = readConfig(sample, { ...rest, env, source: null, directory: cwd })
  return { config, notices: [SAMPLE_NOTICE] }
}

function missingFile(label: string, { configFlag, env }: LoadOptions) {
  if (configFlag !== undefined)
    return fileError(label, 'there is no such file, which --config names')
  if (env['ARES_CONFIG']) return fileError(label, 'there is no such file, which $ARES_CONFIG names')
  return fileError(label, 'there is no such file; `ares init` writes one')
}

/** The text of a file; null when there is none. */
function readText(path: string, label: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw fileError(label, unreadable(code))
  }
}

function unreadable(code: string | undefined): string {
  if (code === 'EISDIR') return 'this is a folder; allowed: a file'
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not read the file'
  return code === undefined || code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
    ? 'the file is not valid UTF-8'
    : `the file cannot be read (${code})`
}
