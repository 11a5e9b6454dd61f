import { asObject } from '../../providers/json-shape.ts'

/** Fields of chat completions and what they are called in a message's request; the longest that fits comes first. */
const PLACES: [string, string][] = [
  ['/stop', '/stop_sequences'],
  ['/tool_choice/function', '/tool_choice'],
  ['/parallel_tool_calls', '/tool_choice/disable_parallel_tool_use'],
  ['/max_completion_tokens', '/max_tokens'],
]

/** System prompt and tool results are messages of their own after translation: the list as a whole is named. */
const MESSAGES = /^\/messages(\/.*)?$/
const FORMAT = /^\/response_format(\/json_schema)?/
const TOOL_FUNCTION = /^(\/tools\/\d+)\/function/
const TOOL_PARAMETERS = /^(\/tools\/\d+)\/parameters/

/** Where a mistake in a translated request (`/stop`) stands in the client's own (`/stop_sequences`). */
export function placeInMessages(path: string, body: Readonly<Record<string, unknown>>): string {
  if (MESSAGES.test(path)) return '/messages'
  if (FORMAT.test(path)) return path.replace(FORMAT, formatPlace(body))
  const place = PLACES.find(([chat]) => path === chat || path.startsWith(`${chat}/`))
  if (place) return place[1] + path.slice(place[0].length)
  return path.replace(TOOL_FUNCTION, '$1').replace(TOOL_PARAMETERS, '$1/input_schema')
}

/** Where the wish for an answer in JSON stands: it has an older name too. */
export function formatPlace({ output_config: config }: Readonly<Record<string, unknown>>): string {
  return asObject(config)['format'] ? '/output_config/format' : '/output_format'
}
