import { LOGPROBS, type ResponsesBody } from './responses-schema.ts'

/** Fields of chat completions and what they are called in a response's request; the longest that fits counts. */
const PLACES: [string, string][] = [
  ['/response_format/json_schema', '/text/format'],
  ['/response_format', '/text/format'],
  ['/verbosity', '/text/verbosity'],
  ['/reasoning_effort', '/reasoning/effort'],
  ['/max_tokens', '/max_output_tokens'],
  ['/tool_choice/function', '/tool_choice'],
]

/** Messages and items do not stand in the same places: the list as a whole is named. */
const MESSAGES = /^\/messages(\/.*)?$/
const TOOL_FUNCTION = /^(\/tools\/\d+)\/function/

/** Where a mistake in a translated request (`/response_format`) stands in the client's own (`/text/format`). */
export function placeInResponse(path: string, { include }: Pick<ResponsesBody, 'include'>): string {
  if (MESSAGES.test(path)) return '/input'
  // Either field asks for them.
  if (path === '/logprobs') return include?.includes(LOGPROBS) ? '/include' : '/top_logprobs'
  const place = PLACES.find(([chat]) => path === chat || path.startsWith(`${chat}/`))
  if (place) return place[1] + path.slice(place[0].length)
  return path.replace(TOOL_FUNCTION, '$1')
}
