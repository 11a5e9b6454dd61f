/** Fields of chat completions and what they are called in a response's request; the longest that fits counts. */
const PLACES: [string, string][] = [
  ['/response_format/json_schema', '/text/format'],
  ['/response_format', '/text/format'],
  ['/verbosity', '/text/verbosity'],
  ['/reasoning_effort', '/reasoning/effort'],
  ['/max_tokens', '/max_output_tokens'],
  ['/logprobs', '/include'],
  ['/tool_choice/function', '/tool_choice'],
]

/** Messages and items do not stand in the same places: the list as a whole is named. */
const MESSAGES = /^\/messages(\/.*)?$/
const TOOL_FUNCTION = /^(\/tools\/\d+)\/function/

/** Where a mistake in a translated request (`/response_format`) stands in the client's own (`/text/format`). */
export function placeInResponse(path: string): string {
  if (MESSAGES.test(path)) return '/input'
  const place = PLACES.find(([chat]) => path === chat || path.startsWith(`${chat}/`))
  if (place) return place[1] + path.slice(place[0].length)
  return path.replace(TOOL_FUNCTION, '$1')
}
