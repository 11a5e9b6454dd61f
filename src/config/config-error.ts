/** One mistake in a configuration, and where it can be put right. */
export interface ConfigProblem {
  /** The file as the operator named it. */
  file: string
  /** From 1; null when the mistake has no place in the file, such as a file that is missing. */
  line: number | null
  /** From 1, in UTF-16 units; null together with `line`. */
  column: number | null
  /** Key path, `providers[1].base_url`; empty when the file as a whole is meant. */
  path: string
  /** What was found and what is allowed; never a secret's value. */
  message: string
}

/** A problem on one line: `ares.toml:13:1: providers[1].api_kye: unknown key; did you mean api_key?` */
export function formatProblem({ file, line, column, path, message }: ConfigProblem): string {
  const place = line === null ? file : `${file}:${line}:${column ?? 1}`
  return path === '' ? `${place}: ${message}` : `${place}: ${path}: ${message}`
}

/** A configuration that cannot be used. `message` is every problem, one per line, in the order of the file. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'

  constructor(readonly problems: ConfigProblem[]) {
    super(problems.map(formatProblem).join('\n'))
  }
}

/** A configuration that fails as a whole, before any key of it can be looked at. */
export function fileError(file: string, message: string): ConfigError {
  return new ConfigError([{ file, line: null, column: null, path: '', message }])
}
