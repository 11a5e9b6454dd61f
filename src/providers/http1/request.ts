/** Headers that do not change are written once. */
const written = new WeakMap<Headers, string>()

/** The header lines of a request, each with its end; `Headers` lets no control character in. */
export function fieldLines(headers: Headers): string {
  const known = written.get(headers)
  if (known !== undefined) return known
  const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`)
  const text = ['accept: */*\r\n', 'connection: keep-alive\r\n', ...lines].join('')
  written.set(headers, text)
  return text
}
