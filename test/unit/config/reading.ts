import { ConfigError, formatProblem } from '../../../src/config/config-error.ts'
import type { Config } from '../../../src/config/config.ts'
import type { Env } from '../../../src/config/environment.ts'
import { readConfig } from '../../../src/config/read-config.ts'

/** A provider with one model, so that a text about something else is a whole configuration. */
export const DEMO = `
[[providers]]
name = "demo"
type = "demo"
[[providers.models]]
id = "m"
context_length = 1000
supports_tools = true
`

/** The configuration of a text that lies in `/etc/ares`. */
export function read(text: string, env: Env = {}): Config {
  return readConfig(text, { source: '/etc/ares/ares.toml', directory: '/etc/ares', env })
}

/** The lines that an operator sees of a broken text; empty for a sound one. */
export function problemsOf(text: string, env: Env = {}): string[] {
  try {
    readConfig(text, { source: null, directory: '/etc/ares', env })
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.problems.map(formatProblem)
  }
}
