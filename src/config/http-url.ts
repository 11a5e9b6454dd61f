/** The text as an http or https URL; null when it is none. */
export function parseHttpUrl(text: string): URL | null {
  const url = URL.parse(text)
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : null
}
