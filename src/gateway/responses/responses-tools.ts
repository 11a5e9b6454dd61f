import type { ChatBody, ChatTool, ToolChoice } from '../form/chat-format.ts'
import type { Refusals } from '../form/refusals.ts'
import {
  AllowedTools,
  ChoiceMode,
  ChosenFunction,
  FunctionTool,
  type ResponsesBody,
} from './responses-schema.ts'

type ToolFields = Pick<ChatBody, 'tools' | 'tool_choice' | 'parallel_tool_calls'>

/**
 * Tools and how they are chosen. `allowed_tools` is honoured by naming no other tool to the model. Without any tool
 * the other two fields say nothing, and chat completions refuse them.
 */
export function toolFields(body: ResponsesBody, refusals: Refusals): ToolFields {
  const offered = (body.tools ?? []).flatMap((tool, index) => {
    const checked = functionTool(tool, `/tools/${index}`, refusals)
    return checked ? [checked] : []
  })
  const { tools, choice } = choose(offered, body.tool_choice, refusals)
  if (tools.length === 0) {
    if (choice && choice !== 'auto' && choice !== 'none') {
      refusals.add('/tool_choice', 'there is no tool to be called')
    }
    return {}
  }
  const parallel = body.parallel_tool_calls
  return {
    tools: tools.map(chatTool),
    ...(choice && { tool_choice: choice }),
    ...(typeof parallel === 'boolean' && { parallel_tool_calls: parallel }),
  }
}

function functionTool(given: unknown, path: string, refusals: Refusals): FunctionTool | undefined {
  if (typeOf(given) === 'function') return refusals.check(FunctionTool, given, path)
  refusals.add(`${path}/type`, 'only tools of type function are offered here')
  return undefined
}

interface Chosen {
  tools: FunctionTool[]
  choice: ToolChoice | undefined
}

function choose(tools: FunctionTool[], given: unknown, refusals: Refusals): Chosen {
  const nothing = { tools, choice: undefined }
  if (given === undefined || given === null) return nothing
  if (typeof given === 'string') {
    return { tools, choice: refusals.check(ChoiceMode, given, '/tool_choice') }
  }
  if (typeOf(given) === 'function') {
    const chosen = refusals.check(ChosenFunction, given, '/tool_choice')
    return chosen
      ? { tools, choice: { type: 'function', function: { name: chosen.name } } }
      : nothing
  }
  if (typeOf(given) === 'allowed_tools') return allow(tools, given, refusals)
  refusals.add('/tool_choice/type', 'expected one of function, allowed_tools')
  return nothing
}

function allow(tools: FunctionTool[], given: unknown, refusals: Refusals): Chosen {
  const allowed = refusals.check(AllowedTools, given, '/tool_choice')
  if (!allowed) return { tools, choice: undefined }
  allowed.tools.forEach(({ name }, index) => {
    if (tools.some((tool) => tool.name === name)) return
    refusals.add(`/tool_choice/tools/${index}/name`, 'there is no tool of this name')
  })
  const names = new Set(allowed.tools.map((tool) => tool.name))
  return { tools: tools.filter((tool) => names.has(tool.name)), choice: allowed.mode }
}

function typeOf(given: unknown): unknown {
  return typeof given === 'object' && given !== null && 'type' in given ? given.type : undefined
}

function chatTool({ name, description, parameters, strict }: FunctionTool): ChatTool {
  return {
    type: 'function',
    function: {
      name,
      ...(description && { description }),
      ...(parameters && { parameters }),
      ...(typeof strict === 'boolean' && { strict }),
    },
  }
}
