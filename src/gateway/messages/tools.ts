import type { Notes } from '../../form/notes.ts'
import type { ToolChoice, ToolSpec } from '../../form/request.ts'
import { asArray } from '../../providers/json-shape.ts'
import { placed } from '../form/cache-hint.ts'
import { checkShape } from '../form/check-shape.ts'
import {
  type Offering,
  passOver,
  type ToolSettings,
  toolSettingsOf,
} from '../form/tool-settings.ts'
import { ClientTool, type MessagesBody } from './messages-schema.ts'

type GivenTool = Readonly<Record<string, unknown>>
type Choice = MessagesBody['tool_choice']

/** Fields of a tool that are translated, or ask only for another way to the same answer. */
const TOOL_FIELDS = new Set([
  'type',
  'name',
  'description',
  'input_schema',
  'strict',
  'cache_control',
  'eager_input_streaming',
  'defer_loading',
  'allowed_callers',
  'input_examples',
])
/** Those of them that are left out. */
const HINTS = ['defer_loading', 'allowed_callers', 'input_examples']

const CHOICE_FIELDS = new Set(['type', 'name', 'disable_parallel_tool_use'])

/** The tools on offer, and how the model may choose among them. */
export function toolSettings(
  body: Pick<MessagesBody, 'tools' | 'tool_choice'>,
  notes: Notes,
): ToolSettings {
  const { tool_choice: choice } = body
  const isFree = !choice || choice.type === 'auto' || choice.type === 'none'
  const tools = (body.tools ?? []).flatMap((tool, index) =>
    toolSpec({ ...tool }, `/tools/${index}`, { isFree, notes }),
  )
  const parallel = choice?.disable_parallel_tool_use === true ? false : undefined
  return toolSettingsOf({ tools, choice: choiceOf(choice, notes), parallel }, notes)
}

/** The client's own tools; those of Anthropic's servers, or that its models are trained for, are passed over. */
function toolSpec(tool: GivenTool, at: string, offering: Offering): ToolSpec[] {
  const { notes } = offering
  if ((tool['type'] ?? 'custom') !== 'custom') return passOver(at, offering)
  notes.refuseUnknown(tool, TOOL_FIELDS, at)
  for (const field of HINTS) if (asksFor(tool[field])) notes.leaveOut(`${at}/${field}`)
  const known = checkShape(ClientTool, tool, at, notes)
  if (!known) return []
  const { name, description, input_schema: parameters, strict } = known
  return [
    {
      name,
      parameters,
      ...(typeof description === 'string' && { description }),
      ...(typeof strict === 'boolean' && { strict, strictAt: `${at}/strict` }),
      ...placed(tool, at),
    },
  ]
}

function asksFor(value: unknown): boolean {
  if (Array.isArray(value)) return asArray(value).some((each) => each !== 'direct')
  return value !== undefined && value !== null && value !== false
}

function choiceOf(choice: Choice, notes: Notes): ToolChoice | undefined {
  if (!choice) return undefined
  notes.refuseUnknown(choice, CHOICE_FIELDS, '/tool_choice')
  if (choice.type === 'any') return 'required'
  if (choice.type !== 'tool') return choice.type
  const { name } = choice
  if (!name) notes.refuse('/tool_choice/name', 'this field is required')
  return name ? { name } : undefined
}
