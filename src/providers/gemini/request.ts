import { budgetOf } from '../../form/effort.ts'
import type { Notes } from '../../form/notes.ts'
import { type AnswerFormat, placeOf, type ToolChoice, type ToolSpec } from '../../form/request.ts'
import { ownExtras } from '../extras.ts'
import { askedLimit } from '../output-limit.ts'
import type { ModelCall } from '../provider.ts'
import { contentsOf, systemInstruction } from './contents.ts'
import { asObject } from '../json-shape.ts'
import { argumentsSchema, currentSchema } from '../schema/arguments-schema.ts'
import { FAMILY } from './reading.ts'
import { geminiSchema } from './schema.ts'

/** What stands before the name of an extra that belongs into `generationConfig`. */
export const GENERATION_PREFIX = 'generationConfig.'

/** From this generation on a call without the seal of its thoughts is refused. */
const INSISTS_ON_SEALS = /\bgemini-(?:[3-9]|\d{2})/

/** From this generation on a model may have tools and answer in JSON. */
const ANSWERS_BESIDE_TOOLS = /\bgemini-(?:[3-9]|\d{2})/

/** Whether the model promises an answer in that form itself: older ones do not beside tools. */
export function takesFormat({ type }: AnswerFormat, { model, tools = [] }: ModelCall): boolean {
  if (type === 'json_schema' && model.supportsSchemas === false) return false
  return tools.length === 0 || ANSWERS_BESIDE_TOOLS.test(model.upstreamId)
}

/** What is asked, as the body of `generateContent`. */
export function geminiRequest(call: ModelCall, notes: Notes): object {
  const { messages, model } = call
  const [own, ownGeneration] = ownFields(call, notes)
  const insistsOnSeals = INSISTS_ON_SEALS.test(model.upstreamId)
  const generationConfig = { ...generationFields(call, notes), ...ownGeneration }
  return {
    systemInstruction: systemInstruction(messages, notes),
    contents: contentsOf(messages, { insistsOnSeals }, notes),
    ...toolFields(call, notes),
    ...(Object.values(generationConfig).some((value) => value !== undefined) && {
      generationConfig,
    }),
    ...own,
  }
}

/** The request's fields of this format's own: those of the body, and those of its `generationConfig`. */
function ownFields(call: ModelCall, notes: Notes): [object, object] {
  const entries = Object.entries(ownExtras(call, FAMILY, notes))
  return [
    Object.fromEntries(entries.filter((entry) => !isGeneration(entry))),
    Object.fromEntries(
      entries
        .filter(isGeneration)
        .map(([name, value]) => [name.slice(GENERATION_PREFIX.length), value]),
    ),
  ]
}

function isGeneration([name]: [string, unknown]): boolean {
  return name.startsWith(GENERATION_PREFIX)
}

function generationFields(call: ModelCall, notes: Notes): object {
  const { temperature, topP, topK, stop = [], format } = call
  return {
    temperature,
    topP,
    topK,
    maxOutputTokens: askedLimit(call),
    stopSequences: stop.length > 0 ? stop : undefined,
    ...(format && { responseMimeType: 'application/json' }),
    ...(format?.type === 'json_schema' && {
      responseJsonSchema: geminiSchema(currentSchema(format.schema)),
    }),
    thinkingConfig: thinkingConfig(call, notes),
  }
}

/** Of models that are not said to think, only those are told who are asked in this family's own words. */
function thinkingConfig(call: ModelCall, notes: Notes): object | undefined {
  const { thinking, model } = call
  if (!thinking || thinking.type === 'off') return undefined
  if (!(model.supportsThinking ?? thinking.family === FAMILY)) {
    notes.leaveOut(placeOf(call, 'thinking'))
    return undefined
  }
  const thinkingBudget = thinking.type === 'adaptive' ? AS_IT_LIKES : tokensOf(thinking)
  return { thinkingBudget, ...(thinkingBudget !== 0 && { includeThoughts: true }) }
}

const AS_IT_LIKES = -1

function tokensOf(
  thinking: Extract<NonNullable<ModelCall['thinking']>, { type: 'effort' | 'budget' }>,
): number {
  return thinking.type === 'budget' ? thinking.tokens : budgetOf(thinking.effort)
}

function toolFields(call: ModelCall, notes: Notes): object {
  const { tools = [], toolChoice, parallelToolCalls } = call
  if (tools.length === 0) return {}
  // Models of this family call as many as they like; a client of several calls answers each.
  if (parallelToolCalls === false) notes.leaveOut(placeOf(call, 'parallelToolCalls'))
  return {
    tools: [{ functionDeclarations: tools.map((tool) => declarationOf(tool, notes)) }],
    ...(toolChoice !== undefined && {
      toolConfig: { functionCallingConfig: choiceJson(toolChoice) },
    }),
  }
}

function declarationOf(tool: ToolSpec, notes: Notes): object {
  const { name, description, parameters, strict, strictAt } = tool
  notes.leaveOut(tool.cache?.at)
  if (strict === true) notes.leaveOut(strictAt)
  const schema = geminiSchema(argumentsSchema(parameters))
  const hasParameters = Object.keys(asObject(schema['properties'])).length > 0
  return { name, description, ...(hasParameters && { parametersJsonSchema: schema }) }
}

const MODES = { auto: 'AUTO', none: 'NONE', required: 'ANY' } as const

function choiceJson(choice: ToolChoice): object {
  if (typeof choice === 'string') return { mode: MODES[choice] }
  return { mode: MODES.required, allowedFunctionNames: [choice.name] }
}
