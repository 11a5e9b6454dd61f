import type { Notes } from '../../form/notes.ts'
import {
  type AnswerFormat,
  EFFORTS,
  type Extra,
  type ModelRequest,
  type Thinking,
} from '../../form/request.ts'
import { asObject } from '../../providers/json-shape.ts'
import { checkShape } from '../form/check-shape.ts'
import { LOGPROBS, PlainFormat, type ResponsesBody, SchemaFormat } from './responses-schema.ts'

/** They change how an answer comes about, is billed or is filed, but ask for no other one. */
const HINTS = [
  'client_metadata',
  'context_management',
  'metadata',
  'moderation',
  'prompt_cache_key',
  'prompt_cache_options',
  'prompt_cache_retention',
  'safety_identifier',
] as const

/** What `include` may ask for that is not told here, for it belongs to tools of OpenAI's. */
const INCLUDABLE: ReadonlySet<string> = new Set([LOGPROBS, 'reasoning.encrypted_content'])

/** Fields of `reasoning` beside the effort: how thoughts are told, which is as the provider does. */
const HINTS_OF_REASONING = ['summary', 'generate_summary', 'context', 'mode']

/** Notes the hints that reach no provider. */
export function leaveOutHints(body: ResponsesBody, notes: Notes): void {
  for (const field of HINTS) if (says(body[field])) notes.leaveOut(`/${field}`)
  if (says(body.truncation) && body.truncation !== 'disabled') notes.leaveOut('/truncation')
  if (says(body.max_tool_calls)) notes.leaveOut('/max_tool_calls')
  const reasoning = asObject(body.reasoning)
  for (const field of HINTS_OF_REASONING) {
    if (says(reasoning[field])) notes.leaveOut(`/reasoning/${field}`)
  }
  body.include?.forEach((name, index) => {
    if (!INCLUDABLE.has(name)) notes.leaveOut(`/include/${index}`)
  })
}

function says(value: unknown): boolean {
  return value !== undefined && value !== null && JSON.stringify(value) !== '{}'
}

/** What chat completions have a field for, and the one form has not. */
export function extrasOf(body: ResponsesBody): Extra[] {
  const wantsLogprobs = body.include?.includes(LOGPROBS) === true || Boolean(body.top_logprobs)
  const at = body.include?.includes(LOGPROBS) ? '/include' : '/top_logprobs'
  const { user, service_tier: tier, top_logprobs: top } = body
  const verbosity = body.text?.verbosity
  const hint = true as const
  const given: (Omit<Extra, 'family'> | false | null | undefined | '')[] = [
    wantsLogprobs && { name: 'logprobs', value: true, at },
    wantsLogprobs && Boolean(top) && { name: 'top_logprobs', value: top, at: '/top_logprobs' },
    user && { name: 'user', value: user, at: '/user', hint },
    tier && tier !== 'auto' && { name: 'service_tier', value: tier, at: '/service_tier', hint },
    verbosity &&
      verbosity !== 'medium' && {
        name: 'verbosity',
        value: verbosity,
        at: '/text/verbosity',
        hint,
      },
  ]
  return given.flatMap((extra) => (extra ? [{ family: 'openai', ...extra }] : []))
}

type Settings = Pick<
  ModelRequest,
  'maxTokens' | 'temperature' | 'topP' | 'format' | 'thinking' | 'places'
>

/** How the answer is to be made. */
export function answerSettings(body: ResponsesBody, notes: Notes): Settings {
  const { max_output_tokens: maxTokens, temperature, top_p: topP } = body
  const format = formatOf(body.text?.format, notes)
  const thinking = thinkingOf(body.reasoning?.effort, notes)
  return {
    ...(typeof maxTokens === 'number' && { maxTokens }),
    ...(typeof temperature === 'number' && { temperature }),
    ...(typeof topP === 'number' && { topP }),
    ...(format && { format }),
    ...(thinking && { thinking: { ...thinking, family: 'openai' } }),
    places: {
      maxTokens: '/max_output_tokens',
      topP: '/top_p',
      toolChoice: '/tool_choice',
      parallelToolCalls: '/parallel_tool_calls',
      format: FORMAT,
      thinking: '/reasoning/effort',
    },
  }
}

const FORMAT = '/text/format'

/** Undefined for plain text, which is answered anyway. */
function formatOf(given: unknown, notes: Notes): AnswerFormat | undefined {
  if (given === undefined || given === null) return undefined
  const { type } = asObject(given)
  if (type === 'text' || type === 'json_object') {
    checkShape(PlainFormat, given, FORMAT, notes)
    return type === 'json_object' ? { type } : undefined
  }
  if (type !== 'json_schema') {
    notes.refuse(`${FORMAT}/type`, 'expected one of text, json_object, json_schema')
    return undefined
  }
  const checked = checkShape(SchemaFormat, given, FORMAT, notes)
  if (!checked) return undefined
  const { name, description, schema, strict } = checked
  return {
    type,
    name,
    schema,
    ...(description && { description }),
    ...(typeof strict === 'boolean' && { strict }),
  }
}

function thinkingOf(given: string | null | undefined, notes: Notes): Thinking | undefined {
  if (given === null || given === undefined) return undefined
  const effort = EFFORTS.find((each) => each === given)
  if (!effort) notes.leaveOut('/reasoning/effort')
  return effort && { type: 'effort', effort }
}
