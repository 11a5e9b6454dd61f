import type { Refusals } from '../anthropic-refusals.ts'
import type { ChatBody, ChatTool } from '../form/chat-format.ts'

const TOOL_FIELDS = new Set(['type', 'function'])
const FUNCTION_FIELDS = new Set(['name', 'description', 'parameters', 'strict'])

/** The functions on offer as tools. */
export function anthropicTools(tools: ChatTool[] | undefined, refusals: Refusals): object {
  if (!tools || tools.length === 0) return {}
  return { tools: tools.map((tool, index) => anthropicTool(tool, `/tools/${index}`, refusals)) }
}

function anthropicTool(tool: ChatTool, path: string, refusals: Refusals): object {
  if (tool.type !== 'function') {
    refusals.refuse(`${path}/type`)
    return {}
  }
  refusals.refuseUnknown(tool, TOOL_FIELDS, path)
  refusals.refuseUnknown(tool.function, FUNCTION_FIELDS, `${path}/function`)
  const { name, description, parameters, strict } = tool.function
  return {
    name,
    ...(description !== undefined && { description }),
    // Required there, also for a tool without parameters.
    input_schema: { type: 'object', ...parameters },
    ...(typeof strict === 'boolean' && { strict }),
  }
}

/** Which tool the model may or must call, and whether several at once. Only said where there are tools. */
export function anthropicToolChoice(body: ChatBody, refusals: Refusals): object {
  const { tools = [], tool_choice: choice, parallel_tool_calls: parallel } = body
  if (tools.length === 0 && (choice === undefined || choice === 'auto' || choice === 'none')) {
    return {}
  }
  const single = parallel === false
  const type = choiceType(choice, single, refusals)
  if (!type) return {}
  // A model that may call nothing is not told how.
  const mayCall = single && choice !== 'none'
  return { tool_choice: { ...type, ...(mayCall && { disable_parallel_tool_use: true }) } }
}

function choiceType(
  choice: ChatBody['tool_choice'],
  single: boolean,
  refusals: Refusals,
): object | undefined {
  // Clients send null for what they do not set.
  switch (choice ?? undefined) {
    case undefined:
      return single ? { type: 'auto' } : undefined
    case 'required':
      return { type: 'any' }
    case 'auto':
    case 'none':
      return { type: choice }
    default:
      return namedTool(choice, refusals)
  }
}

function namedTool(choice: ChatBody['tool_choice'], refusals: Refusals): object | undefined {
  if (typeof choice === 'object' && choice.type === 'function') {
    return { type: 'tool', name: choice.function.name }
  }
  refusals.refuse('/tool_choice')
  return undefined
}
