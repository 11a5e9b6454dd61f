import { ExpectedFailure } from '../expected-failure.ts'

/** Larger than any configuration; what is read twenty times to find a mistake should be small. */
export const LARGEST_YAML_BYTES = 1_048_576

/**
 * The data of a YAML text: plain values, no code, aliases within the limits of the parser.
 *
 * @throws ExpectedFailure that names the line where the text can no longer be read
 */
export function parseYaml(text: string, label: string): unknown {
  if (Buffer.byteLength(text) > LARGEST_YAML_BYTES) {
    throw new ExpectedFailure(`${label}: the file is larger than ${LARGEST_YAML_BYTES} bytes`)
  }
  try {
    return Bun.YAML.parse(text)
  } catch (error) {
    throw new ExpectedFailure(
      `${label}:${brokenLine(text)}: this is not valid YAML: ${reason(error)}`,
    )
  }
}

/** Deeply nested texts end in a RangeError. */
function reason(error: unknown): string {
  if (error instanceof RangeError) return 'it is nested too deeply'
  return error instanceof Error
    ? error.message.replace('YAML Parse error: ', '').toLowerCase()
    : 'unknown'
}

/** How many lines a list in brackets or a text in quotes may span without confusing the search. */
const LONGEST_SPAN = 24

/**
 * The line, from 1, where what cannot be read begins. The parser does not tell it, so it is searched: the text up to
 * the line before can be read, and no longer one can.
 */
function brokenLine(text: string): number {
  const lines = text.split('\n')
  const reads = (count: number) => canRead(lines.slice(0, count).join('\n'))
  const readsSoon = (count: number) =>
    Array.from({ length: LONGEST_SPAN }, (_, extra) => count + extra)
      .filter((length) => length < lines.length)
      .some(reads)
  let [good, bad] = [0, lines.length]
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (readsSoon(middle)) good = middle
    else bad = middle
  }
  while (good < lines.length && readsSoon(good + 1)) good++
  return good + 1
}

function canRead(text: string): boolean {
  try {
    Bun.YAML.parse(text)
    return true
  } catch {
    return false
  }
}
