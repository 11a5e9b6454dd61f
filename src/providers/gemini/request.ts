import { budgetOf } from '../../form/effort.ts'
import type { Notes } from '../../form/notes.ts'
import { placeOf, type ToolChoice, type ToolSpec } from '../../form/request.ts'
import { ownExtras } from '../extras.ts'
import { askedLimit } from '../output-limit.ts'
import type { ModelCall } from '../provider.ts'
import { contentsOf, systemInstruction } from './contents.ts'
import { FAMILY } from './reading.ts'

/** What stands before the name of an extra that belongs into `generationConfig`. */
export const GENERATION_PREFIX = 'generationConfig.'

/** From this generation on a call without the seal of its thoughts is refused. */
const INSISTS_ON_SEALS = /\bgemini-(?:[3-9]|\d{2})/

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
    ...(format?.type === 'json_schema' && { responseJsonSchema: format.schema }),
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
  const { name, description, parameters } = tool
  notes.leaveOut(tool.cache?.at)
  return { name, description, parametersJsonSchema: parameters }
}

const MODES = { auto: 'AUTO', none: 'NONE', required: 'ANY' } as const

function choiceJson(choice: ToolChoice): object {
  if (typeof choice === 'string') return { mode: MODES[choice] }
  return { mode: MODES.required, allowedFunctionNames: [choice.name] }
}
