import type { Notes } from '../../form/notes.ts'
import { type AnswerFormat, EFFORTS, type ModelRequest, type Thinking } from '../../form/request.ts'
import { asObject } from '../../providers/json-shape.ts'
import type { FieldTable } from '../form/extras.ts'
import { checkShape } from '../form/check-shape.ts'
import { JsonFormat, type MessagesBody } from './messages-schema.ts'

type Fields = Readonly<Record<string, unknown>>

/** What becomes of the fields of a request; translated ones are looked into in one of the files of this folder. */
export const MESSAGE_FIELDS: FieldTable = {
  family: 'anthropic',
  translated: new Set([
    'model',
    'messages',
    'system',
    'max_tokens',
    'stream',
    'stop_sequences',
    'temperature',
    'top_p',
    'top_k',
    'tools',
    'tool_choice',
    'output_config',
    'output_format',
    'thinking',
  ]),
  hints: new Set([
    'betas',
    'cache_control',
    'context_management',
    'diagnostics',
    'metadata',
    'service_tier',
    'speed',
  ]),
  neutral: { speed: ['standard'], service_tier: ['auto'] },
}

const OUTPUT_CONFIG: ReadonlySet<string> = new Set(['format', 'effort'])

type Settings = Pick<
  ModelRequest,
  'maxTokens' | 'temperature' | 'topP' | 'topK' | 'stop' | 'format' | 'thinking' | 'places'
>

/** How the answer is to be made. */
export function answerSettings(body: MessagesBody, notes: Notes): Settings {
  notes.refuseUnknown(asObject(body.output_config), OUTPUT_CONFIG, '/output_config')
  // This warms Anthropic's cache and answers nothing.
  if (body.max_tokens === 0) notes.refuse('/max_tokens', 'expected 1 or more for this model')
  const { temperature, top_p: topP, top_k: topK, stop_sequences: stop } = body
  const thought = thinkingOf(body, notes)
  const format = formatOf(body, notes)
  return {
    maxTokens: body.max_tokens,
    ...(typeof temperature === 'number' && { temperature }),
    ...(typeof topP === 'number' && { topP }),
    ...(typeof topK === 'number' && { topK }),
    ...(stop && stop.length > 0 && { stop }),
    ...(format && { format }),
    ...(thought && { thinking: { ...thought.thinking, family: 'anthropic' } }),
    places: {
      maxTokens: '/max_tokens',
      topP: '/top_p',
      topK: '/top_k',
      stop: '/stop_sequences',
      toolChoice: '/tool_choice',
      parallelToolCalls: '/tool_choice/disable_parallel_tool_use',
      format: formatPlace(body),
      ...(thought && { thinking: thought.at }),
    },
  }
}

/** Where the wish for an answer in JSON stands: it has an older name too. */
function formatPlace({ output_config: config }: Fields): string {
  return asObject(config)['format'] ? '/output_config/format' : '/output_format'
}

function formatOf(body: MessagesBody, notes: Notes): AnswerFormat | undefined {
  const format = asObject(body.output_config)['format'] ?? body['output_format']
  if (format === undefined || format === null) return undefined
  const shaped = checkShape(JsonFormat, format, formatPlace(body), notes)
  return shaped && { type: 'json_schema', name: 'response', schema: shaped.schema, strict: true }
}

interface Thought {
  thinking: Thinking
  at: string
}

/** The effort says how much to think, unless thinking is off; a budget says it in tokens. */
function thinkingOf({ thinking, output_config }: Fields, notes: Notes): Thought | undefined {
  const { type, budget_tokens: tokens } = asObject(thinking)
  if (type === 'disabled') return { thinking: { type: 'off' }, at: '/thinking' }
  const given = asObject(output_config)['effort']
  const effort = EFFORTS.find((each) => each === given)
  if (effort) return { thinking: { type: 'effort', effort }, at: '/output_config/effort' }
  if ((given ?? null) !== null) notes.leaveOut('/output_config/effort')
  if (typeof tokens === 'number') return { thinking: { type: 'budget', tokens }, at: '/thinking' }
  return type === undefined ? undefined : { thinking: { type: 'adaptive' }, at: '/thinking' }
}
