import type { Notes } from '../../form/notes.ts'
import {
  type AnswerFormat,
  type Effort,
  EFFORTS,
  type ModelRequest,
  type Thinking,
} from '../../form/request.ts'
import { asObject } from '../../providers/json-shape.ts'
import type { FieldTable } from '../form/extras.ts'
import type { ChatCompletionRequest } from './chat-schema.ts'

type Fields = Readonly<Record<string, unknown>>

/** What becomes of the fields of a request; translated ones are looked into in one of the files of this folder. */
export const CHAT_FIELDS: FieldTable = {
  family: 'openai',
  translated: new Set([
    'model',
    'messages',
    'stream',
    'stream_options',
    'max_tokens',
    'max_completion_tokens',
    'temperature',
    'top_p',
    'top_k',
    'stop',
    'tools',
    'tool_choice',
    'parallel_tool_calls',
    'response_format',
    'reasoning_effort',
    'reasoning',
    'thinking',
    'thinking_budget',
    'enable_thinking',
  ]),
  hints: new Set([
    'cache_control',
    'include_reasoning',
    'metadata',
    'prediction',
    'prompt_cache_key',
    'prompt_cache_options',
    'prompt_cache_retention',
    'reasoning_format',
    'reasoning_split',
    'safety_identifier',
    'service_tier',
    'session_id',
    'store',
    'trace',
    'usage',
    'user',
    'verbosity',
    'vl_high_resolution_images',
  ]),
  neutral: {
    n: [1],
    best_of: [1],
    modalities: ['text'],
    logprobs: [false],
    top_logprobs: [0],
    presence_penalty: [0],
    frequency_penalty: [0],
    repetition_penalty: [1],
    store: [false],
    service_tier: ['auto', 'default'],
    verbosity: ['medium'],
  },
  elsewhere: {
    seed: { gemini: 'generationConfig.seed' },
    presence_penalty: { gemini: 'generationConfig.presencePenalty' },
    frequency_penalty: { gemini: 'generationConfig.frequencyPenalty' },
  },
}

type Settings = Pick<
  ModelRequest,
  'maxTokens' | 'temperature' | 'topP' | 'topK' | 'stop' | 'format' | 'thinking' | 'places'
>

/** How the answer is to be made. What is null is not asked for. */
export function answerSettings(body: ChatCompletionRequest, notes: Notes): Settings {
  // Whoever gives both limits means the newer one.
  const maxTokens = body.max_completion_tokens ?? body.max_tokens
  const { temperature, top_p: topP } = body
  const topK = asObject(body)['top_k']
  const stop = typeof body.stop === 'string' ? [body.stop] : (body.stop ?? [])
  const format = formatOf(body.response_format, notes)
  const thought = thinkingOf(body, notes)
  return {
    ...(typeof maxTokens === 'number' && { maxTokens }),
    ...(typeof temperature === 'number' && { temperature }),
    ...(typeof topP === 'number' && { topP }),
    ...(typeof topK === 'number' && { topK }),
    ...(stop.length > 0 && { stop }),
    ...(format && { format }),
    ...(thought && { thinking: { ...thought.thinking, family: 'openai' } }),
    places: {
      maxTokens: body.max_completion_tokens ? '/max_completion_tokens' : '/max_tokens',
      topP: '/top_p',
      topK: '/top_k',
      toolChoice: '/tool_choice',
      parallelToolCalls: '/parallel_tool_calls',
      format: '/response_format',
      ...(thought && { thinking: thought.at }),
    },
  }
}

function formatOf(
  format: ChatCompletionRequest['response_format'],
  notes: Notes,
): AnswerFormat | undefined {
  if (!format || format.type === 'text') return undefined
  if (format.type === 'json_object') return { type: 'json_object' }
  if (format.type !== 'json_schema') {
    notes.refuse('/response_format/type', 'expected one of text, json_object, json_schema')
    return undefined
  }
  const { name = '', description, schema, strict } = asObject(format.json_schema)
  return {
    type: 'json_schema',
    name: String(name),
    schema: asObject(schema),
    ...(typeof description === 'string' && { description }),
    ...(typeof strict === 'boolean' && { strict }),
  }
}

interface Thought {
  thinking: Thinking
  at: string
}

/** How much to think: OpenAI's word for it, or those of routers and of the servers that copy the format. */
function thinkingOf(body: Fields, notes: Notes): Thought | undefined {
  const { reasoning_effort, reasoning, thinking, thinking_budget, enable_thinking } = body
  const routed = asObject(reasoning)
  const switched = asObject(thinking)
  return (
    effortAt(reasoning_effort, '/reasoning_effort', notes) ??
    effortAt(routed['effort'], '/reasoning/effort', notes) ??
    budgetAt(routed['max_tokens'], '/reasoning/max_tokens') ??
    switchAt(routed['enabled'], '/reasoning/enabled') ??
    budgetAt(switched['budget_tokens'], '/thinking/budget_tokens') ??
    switchAt(SWITCHES.get(switched['type']), '/thinking/type') ??
    budgetAt(thinking_budget, '/thinking_budget') ??
    switchAt(enable_thinking, '/enable_thinking')
  )
}

const SWITCHES = new Map<unknown, boolean>([
  ['enabled', true],
  ['adaptive', true],
  ['disabled', false],
])

function effortAt(given: unknown, at: string, notes: Notes): Thought | undefined {
  if (typeof given !== 'string') return undefined
  const effort = EFFORTS.find((each) => each === given.toLowerCase()) satisfies Effort | undefined
  if (!effort) notes.leaveOut(at)
  return effort && { thinking: { type: 'effort', effort }, at }
}

function budgetAt(given: unknown, at: string): Thought | undefined {
  if (typeof given !== 'number' || !Number.isInteger(given) || given < 0) return undefined
  return { thinking: given === 0 ? { type: 'off' } : { type: 'budget', tokens: given }, at }
}

function switchAt(given: unknown, at: string): Thought | undefined {
  if (typeof given !== 'boolean') return undefined
  return { thinking: { type: given ? 'adaptive' : 'off' }, at }
}
