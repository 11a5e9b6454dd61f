import type { Notes } from '../../form/notes.ts'
import type { ToolChoice, ToolSpec } from '../../form/request.ts'
import { asArray, asObject, asString } from '../../providers/json-shape.ts'
import { checkShape } from '../form/check-shape.ts'
import {
  type Offering,
  passOver,
  type ToolSettings,
  toolSettingsOf,
} from '../form/tool-settings.ts'
import { flatName } from './namespaces.ts'
import {
  AllowedTools,
  ChoiceMode,
  CustomTool,
  FunctionTool,
  NamespaceTool,
  type ResponsesBody,
} from './responses-schema.ts'

/** Tools and how they are chosen. `allowed_tools` is honoured by naming no other tool to the model. */
export function toolSettings(body: ResponsesBody, notes: Notes): ToolSettings {
  const { tool_choice: given } = body
  const isFree = given === undefined || given === null || given === 'auto' || given === 'none'
  const offered = (body.tools ?? []).flatMap((tool, index) =>
    toolSpecs(tool, `/tools/${index}`, { isFree, notes }),
  )
  const { choice, names } = chosen(given, notes)
  const tools = names ? allowedOf(offered, names, notes) : offered
  return toolSettingsOf({ tools, choice, parallel: body.parallel_tool_calls }, notes)
}

interface Grouped extends Offering {
  namespace?: string
}

function toolSpecs(given: unknown, at: string, offering: Grouped): ToolSpec[] {
  switch (asObject(given)['type']) {
    case 'function':
      return functionSpec(given, at, offering)
    case 'custom':
      return customSpec(given, at, offering.notes)
    case 'namespace':
      return groupSpecs(given, at, offering)
    default:
      return passOver(at, offering, 'expected one of function, custom, namespace')
  }
}

function functionSpec(given: unknown, at: string, { notes, namespace }: Grouped): ToolSpec[] {
  const tool = checkShape(FunctionTool, given, at, notes)
  if (!tool) return []
  const { name, description, parameters, strict } = tool
  return [
    {
      name: flatName(namespace, name),
      ...(description && { description }),
      ...(parameters && { parameters }),
      ...(typeof strict === 'boolean' && { strict, strictAt: `${at}/strict` }),
      at,
    },
  ]
}

function customSpec(given: unknown, at: string, notes: Notes): ToolSpec[] {
  const tool = checkShape(CustomTool, given, at, notes)
  if (!tool) return []
  const { name, description, format } = tool
  const custom = (format ?? null) === null ? {} : { format }
  return [{ name, ...(description && { description }), custom, at }]
}

function groupSpecs(given: unknown, at: string, offering: Grouped): ToolSpec[] {
  const group = checkShape(NamespaceTool, given, at, offering.notes)
  if (!group) return []
  const { name: namespace, tools } = group
  return tools.flatMap((tool, index) =>
    toolSpecs(tool, `${at}/tools/${index}`, { ...offering, namespace }),
  )
}

interface Chosen {
  choice?: ToolChoice | undefined
  /** The only tools that may be called, where they are named. */
  names?: string[]
}

function chosen(given: unknown, notes: Notes): Chosen {
  if (given === undefined || given === null) return {}
  if (typeof given === 'string')
    return { choice: checkShape(ChoiceMode, given, '/tool_choice', notes) }
  const { type, name, namespace } = asObject(given)
  if (type === 'allowed_tools') {
    const allowed = checkShape(AllowedTools, given, '/tool_choice', notes)
    return allowed ? { choice: allowed.mode, names: asArray(allowed.tools).map(nameOf) } : {}
  }
  if (type !== 'function' && type !== 'custom') {
    notes.refuse('/tool_choice/type', 'expected one of function, custom, allowed_tools')
    return {}
  }
  if (typeof name === 'string' && name !== '') {
    return { choice: { name: flatName(asString(namespace), name) } }
  }
  notes.refuse('/tool_choice/name', 'this field is required')
  return {}
}

function nameOf(tool: unknown): string {
  const { name, namespace } = asObject(tool)
  return flatName(asString(namespace), asString(name))
}

function allowedOf(offered: ToolSpec[], names: string[], notes: Notes): ToolSpec[] {
  names.forEach((name, index) => {
    if (offered.some((tool) => tool.name === name)) return
    notes.refuse(`/tool_choice/tools/${index}/name`, 'there is no tool of this name')
  })
  const allowed = new Set(names)
  return offered.filter((tool) => allowed.has(tool.name))
}
