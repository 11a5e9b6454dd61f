import type { Refusals } from '../anthropic-refusals.ts'
import type { ChatBody, ChatTool, ToolChoice } from '../form/chat-format.ts'
import { ClientTool, type MessagesBody } from './messages-schema.ts'

/** `cache_control` and `eager_input_streaming` do not change the answer. */
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

const CHOICE_FIELDS = new Set(['type', 'name', 'disable_parallel_tool_use'])

/** The client's own tools as functions; Anthropic's, which its servers or its models' training define, are refused. */
export function chatTools(
  tools: MessagesBody['tools'],
  refusals: Refusals,
): { tools?: ChatTool[] } {
  if (!tools || tools.length === 0) return {}
  return {
    tools: tools.flatMap((tool, index) => chatTool({ ...tool }, `/tools/${index}`, refusals)),
  }
}

function chatTool(tool: Record<string, unknown>, path: string, refusals: Refusals): ChatTool[] {
  if ((tool['type'] ?? 'custom') !== 'custom') {
    refusals.refuse(`${path}/type`)
    return []
  }
  refusals.refuseUnknown(tool, TOOL_FIELDS, path)
  refuseToolOptions(tool, path, refusals)
  const known = refusals.check(ClientTool, tool, path)
  if (!known) return []
  const { name, description, input_schema: parameters, strict } = known
  return [
    {
      type: 'function',
      function: {
        name,
        ...(description !== undefined && { description }),
        parameters,
        ...(strict !== undefined && { strict }),
      },
    },
  ]
}

function refuseToolOptions(tool: Record<string, unknown>, path: string, refusals: Refusals): void {
  if (tool['defer_loading'] === true) refusals.refuse(`${path}/defer_loading`)
  const callers = tool['allowed_callers'] ?? []
  const direct = Array.isArray(callers) && callers.every((caller) => caller === 'direct')
  if (!direct) refusals.refuse(`${path}/allowed_callers`)
  const examples = tool['input_examples'] ?? []
  if (!Array.isArray(examples) || examples.length > 0) refusals.refuse(`${path}/input_examples`)
}

/** Which tool the model may or must call, and whether several at once. */
export function chatToolChoice(
  choice: MessagesBody['tool_choice'],
  refusals: Refusals,
): Pick<ChatBody, 'tool_choice' | 'parallel_tool_calls'> {
  if (!choice) return {}
  refusals.refuseUnknown(choice, CHOICE_FIELDS, '/tool_choice')
  return {
    tool_choice: toolChoice(choice, refusals),
    ...(choice.disable_parallel_tool_use === true && { parallel_tool_calls: false }),
  }
}

function toolChoice(
  choice: NonNullable<MessagesBody['tool_choice']>,
  refusals: Refusals,
): ToolChoice {
  if (choice.type === 'any') return 'required'
  if (choice.type !== 'tool') return choice.type
  if (choice.name === undefined) refusals.refuse('/tool_choice/name', 'this field is required')
  return { type: 'function', function: { name: choice.name ?? '' } }
}
