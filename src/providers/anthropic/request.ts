import type { Notes } from '../../form/notes.ts'
import { type AnswerFormat, placeOf, type ToolSpec } from '../../form/request.ts'
import { ownExtras } from '../extras.ts'
import type { ModelCall } from '../provider.ts'
import { anthropicMessages, cacheControl, systemPrompt } from './messages.ts'
import { FAMILY } from './reading.ts'
import { promisedSchema, toolSchema } from './schemas.ts'
import { limitFor, thinkingFields } from './thinking.ts'

/** The scale of temperatures ends here; at 2 elsewhere. */
const HIGHEST_TEMPERATURE = 1

/** What is asked, as the body of `POST /v1/messages`. */
export function anthropicRequest(call: ModelCall, notes: Notes): object {
  const { model, topP, topK, stop = [] } = call
  return {
    model: model.upstreamId,
    max_tokens: limitFor(call),
    system: systemPrompt(call.messages, notes),
    messages: anthropicMessages(call.messages, notes),
    ...toolFields(call, notes),
    temperature: temperatureFor(call, notes),
    top_p: topP,
    top_k: topK,
    stop_sequences: stop.length > 0 ? stop : undefined,
    output_config: call.format && outputConfig(call.format, placeOf(call, 'format'), notes),
    ...thinkingFields(call, notes),
    ...ownExtras(call, FAMILY, notes),
  }
}

function temperatureFor(call: ModelCall, notes: Notes): number | undefined {
  const { temperature } = call
  if (temperature === undefined || temperature <= HIGHEST_TEMPERATURE) return temperature
  notes.refuse(placeOf(call, 'temperature'), 'expected 0 to 1 for the model asked for')
  return HIGHEST_TEMPERATURE
}

function toolFields(call: ModelCall, notes: Notes): object {
  const { tools = [] } = call
  if (tools.length === 0) return {}
  return { tools: tools.map((tool) => toolJson(tool, call.model, notes)), ...choiceFields(call) }
}

function toolJson(tool: ToolSpec, model: ModelCall['model'], notes: Notes): object {
  const { name, description } = tool
  return { name, description, ...toolSchema(tool, model, notes), ...cacheControl(tool) }
}

/** Which tool the model may or must call, and whether several at once. */
function choiceFields({ toolChoice, parallelToolCalls }: ModelCall): object {
  const single = parallelToolCalls === false
  if (toolChoice === undefined && !single) return {}
  const type = choiceType(toolChoice ?? 'auto')
  // A model that may call nothing is not told how.
  const mayCall = single && toolChoice !== 'none'
  return { tool_choice: { ...type, ...(mayCall && { disable_parallel_tool_use: true }) } }
}

function choiceType(choice: NonNullable<ModelCall['toolChoice']>): object {
  if (typeof choice === 'object') return { type: 'tool', name: choice.name }
  return { type: choice === 'required' ? 'any' : choice }
}

/** The name of a schema has no place there, its description one of its own. */
function outputConfig(format: AnswerFormat, at: string, notes: Notes): object | undefined {
  if (format.type === 'json_object') {
    notes.refuse(`${at}/type`, 'expected text or json_schema for the model asked for')
    return undefined
  }
  const { schema, description } = format
  const described = description === undefined ? schema : { description, ...schema }
  return { format: { type: 'json_schema', schema: promisedSchema(described) } }
}
