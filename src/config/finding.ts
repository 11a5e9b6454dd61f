/** Where a key stands in the parsed file: `['providers', 1, 'base_url']`. */
export type KeyPath = readonly (string | number)[]

/** One mistake, before it is known on which line it stands. */
export interface Finding {
  path: KeyPath
  /** What was found and what is allowed; never a secret's value. */
  message: string
}

const BARE_KEY = /^[A-Za-z0-9_-]{1,80}$/
const LONGEST_KEY_SHOWN = 80

/** A key path as an operator writes it: `providers[1].base_url`; keys that TOML would quote are quoted. */
export function formatPath(path: KeyPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? formatKey(part) : `${text}.${formatKey(part)}`
  }, '')
}

function formatKey(key: string): string {
  return BARE_KEY.test(key) ? key : JSON.stringify(key.slice(0, LONGEST_KEY_SHOWN))
}
