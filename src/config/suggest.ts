/** Longer words are no typing errors, and would make the comparison slow. */
const LONGEST_WORD = 64

/**
 * The candidate that a mistyped word most probably stands for, or undefined when none is near.
 *
 * Case, `-` and `_` do not count (`apiKey` is `api_key`); otherwise about one typing error in three characters is forgiven.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > LONGEST_WORD) return undefined
  let best: string | undefined
  let bestDistance = Infinity
  for (const candidate of candidates) {
    const distance = typingErrors(plain(word), plain(candidate))
    if (distance > forgiven(word, candidate) || distance >= bestDistance) continue
    best = candidate
    bestDistance = distance
  }
  return best
}

/** `; did you mean api_key?`, or nothing when no candidate is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const candidate = closest(word, candidates)
  return candidate === undefined ? '' : `; did you mean ${candidate}?`
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[-_. ]/g, '')
}

function forgiven(word: string, candidate: string): number {
  const length = Math.min(word.length, candidate.length)
  return length < 2 ? 0 : Math.max(1, Math.floor(length / 3))
}

/** Letters put in, left out, replaced, or swapped with their neighbour (optimal string alignment). */
function typingErrors(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      const swapped = row > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, column - 2) + 1 : Infinity,
      )
    }
    beforeLast = last
    last = current
  }
  return at(last, b.length)
}

function at(row: number[], column: number): number {
  return row[column] ?? Infinity
}
