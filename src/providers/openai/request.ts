import { effortOf } from '../../form/effort.ts'
import type { Notes } from '../../form/notes.ts'
import {
  type AnswerFormat,
  type ModelRequest,
  placeOf,
  type ToolChoice,
  type ToolSpec,
} from '../../form/request.ts'
import { ownExtras } from '../extras.ts'
import { askedLimit } from '../output-limit.ts'
import type { ModelCall } from '../provider.ts'
import type { OpenAiHabits } from './habits.ts'
import { asArray, asObject } from '../json-shape.ts'
import { argumentsSchema } from '../schema/arguments-schema.ts'
import { type Schema, someSchema } from '../schema/map-schema.ts'
import { openAiMessages } from './messages.ts'

/** What is asked, as the body of `POST /chat/completions`. What is not set is left out, so that the provider's defaults hold. */
export function openAiRequest(call: ModelCall, notes: Notes, habits: OpenAiHabits): object {
  if (call.topK !== undefined) notes.refuse(placeOf(call, 'topK'))
  return {
    model: call.model.upstreamId,
    messages: openAiMessages(call.messages, notes, habits),
    ...toolFields(call, notes),
    [habits.maxTokensField]: askedLimit(call),
    temperature: call.temperature,
    top_p: call.topP,
    stop: call.stop,
    response_format: call.format && formatJson(call.format),
    reasoning_effort: effortFor(call, notes),
    ...ownExtras(call, 'openai', notes),
  }
}

function toolFields(call: ModelCall, notes: Notes): object {
  const { tools = [], toolChoice, parallelToolCalls } = call
  if (tools.length === 0) return {}
  return {
    tools: tools.map((tool) => toolJson(tool, notes)),
    tool_choice: toolChoice && choiceJson(toolChoice),
    parallel_tool_calls: parallelToolCalls,
  }
}

function toolJson(tool: ToolSpec, notes: Notes): object {
  const { name, description, parameters: given, strict, strictAt } = tool
  notes.leaveOut(tool.cache?.at)
  const parameters = given && argumentsSchema(given)
  const isPromisable = strict !== true || keepsToAll(parameters ?? {})
  if (!isPromisable) notes.leaveOut(strictAt)
  return {
    type: 'function',
    function: { name, description, parameters, ...(isPromisable && { strict }) },
  }
}

function choiceJson(choice: ToolChoice): unknown {
  return typeof choice === 'string' ? choice : { type: 'function', function: { name: choice.name } }
}

function formatJson(format: AnswerFormat): object {
  if (format.type === 'json_object') return { type: 'json_object' }
  const { type, name, description, schema, strict } = format
  const isPromisable = strict !== true || keepsToAll(schema)
  return { type, [type]: { name, description, schema, ...(isPromisable && { strict }) } }
}

/** OpenAI promises a schema only where all that may stand in an object has to. */
function keepsToAll(schema: Schema): boolean {
  return !someSchema(schema, ({ type, properties, required, additionalProperties }) => {
    if (type !== 'object' && properties === undefined) return false
    const names = Object.keys(asObject(properties))
    return (
      additionalProperties !== false || !names.every((name) => asArray(required).includes(name))
    )
  })
}

/** Of models that are not said to think, only those are told who are asked in this family's own words. */
function effortFor(
  call: ModelRequest & Pick<ModelCall, 'model'>,
  notes: Notes,
): string | undefined {
  const { thinking, model } = call
  if (!thinking || thinking.type === 'off') return undefined
  const thinks = model.supportsThinking ?? thinking.family === 'openai'
  if (!thinks || thinking.type === 'adaptive') {
    notes.leaveOut(placeOf(call, 'thinking'))
    return undefined
  }
  if (thinking.type === 'budget') return effortOf(thinking.tokens)
  return thinking.effort === 'max' ? 'high' : thinking.effort
}
