import { shown } from './words.ts'

/** The longest name of a tenant or provider. Source: contract 3.8. */
const LONGEST_NAME = 63
const LONGEST_LABEL = 100

/** The text as a name of ours, lower-case letters and digits joined by single hyphens; null when nothing of it is left. */
export function nameLike(text: string): string | null {
  const name = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return name === '' ? null : cut(name, LONGEST_NAME)
}

/** The name itself, or the first of `name-2`, `name-3` … that is not in use. */
export function unused(name: string, inUse: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : `-${number}`
    const candidate = `${cut(name, LONGEST_NAME - suffix.length)}${suffix}`
    if (!inUse.has(candidate)) return candidate
  }
}

/** The text as the label of a key: without control characters, at most 100 characters. */
export function labelLike(text: string, otherwise: string): string {
  const label = Array.from(shown(text).trim()).slice(0, LONGEST_LABEL).join('').trim()
  return label === '' ? otherwise : label
}

function cut(name: string, length: number): string {
  return name.slice(0, length).replace(/-+$/, '')
}
