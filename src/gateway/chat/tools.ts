import { placed } from '../form/cache-hint.ts'
import type { Notes } from '../../form/notes.ts'
import type { ToolChoice, ToolSpec } from '../../form/request.ts'
import { asArray, asObject, asString, isObject } from '../../providers/json-shape.ts'
import {
  type Offering,
  passOver,
  type ToolSettings,
  toolSettingsOf,
} from '../form/tool-settings.ts'
import type { ChatCompletionRequest } from './chat-schema.ts'

type ChatTool = NonNullable<ChatCompletionRequest['tools']>[number]
type Choice = ChatCompletionRequest['tool_choice']

/** The tools on offer, and how the model may choose among them. */
export function toolSettings(body: ChatCompletionRequest, notes: Notes): ToolSettings {
  const given = body.tools ?? []
  const isFree = (body.tool_choice ?? 'auto') === 'auto' || body.tool_choice === 'none'
  const offered = given.flatMap((tool, index) =>
    toolSpec(tool, `/tools/${index}`, { isFree, notes }),
  )
  const { choice, names } = chosen(body.tool_choice, notes)
  const tools = names ? offered.filter(({ name }) => names.has(name)) : offered
  return toolSettingsOf({ tools, choice, parallel: body.parallel_tool_calls }, notes)
}

function toolSpec(tool: ChatTool, at: string, offering: Offering): ToolSpec[] {
  if (tool.type === 'function' && tool.function) {
    const { name, description, parameters } = tool.function
    const { strict } = asObject(tool.function)
    return [
      {
        name,
        ...(typeof description === 'string' && { description }),
        ...(isObject(parameters) && { parameters }),
        ...(typeof strict === 'boolean' && { strict, strictAt: `${at}/function/strict` }),
        ...placed(tool, at),
      },
    ]
  }
  if (tool.type === 'custom' && tool.custom) {
    const { name, description } = tool.custom
    const { format } = asObject(tool.custom)
    const custom = (format ?? null) === null ? {} : { format }
    return [
      {
        name,
        ...(typeof description === 'string' && { description }),
        custom,
        ...placed(tool, at),
      },
    ]
  }
  return passOver(at, offering)
}

interface Chosen {
  choice?: ToolChoice
  /** The only tools that may be called, where they are named. */
  names?: ReadonlySet<string>
}

function chosen(given: Choice, notes: Notes): Chosen {
  if (given === undefined || given === null) return {}
  // Mistral's word for it.
  if (given === 'any') return { choice: 'required' }
  if (typeof given === 'string') return { choice: given }
  switch (given.type) {
    case 'function':
    case 'custom':
      return named(asObject(given)[given.type], `/tool_choice/${given.type}`, notes)
    case 'allowed_tools':
      return allowed(asObject(asObject(given)['allowed_tools']), notes)
    default:
      notes.refuse('/tool_choice/type', 'expected one of function, custom, allowed_tools')
      return {}
  }
}

function named(chosenTool: unknown, at: string, notes: Notes): Chosen {
  const name = asString(asObject(chosenTool)['name'])
  if (name === '') notes.refuse(`${at}/name`, 'this field is required')
  return name === '' ? {} : { choice: { name } }
}

function allowed({ mode, tools }: Readonly<Record<string, unknown>>, notes: Notes): Chosen {
  if (mode !== 'auto' && mode !== 'required') {
    notes.refuse('/tool_choice/allowed_tools/mode', 'expected one of auto, required')
    return {}
  }
  const names = asArray(tools).map((tool) => {
    const { type, [asString(type)]: inner } = asObject(tool)
    return asString(asObject(inner)['name'])
  })
  return { choice: mode, names: new Set(names) }
}
