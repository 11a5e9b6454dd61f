import type { Notes } from '../../form/notes.ts'
import {
  type AnswerFormat,
  EFFORTS,
  type Extra,
  type Settings,
  type Thinking,
} from '../../form/request.ts'
import { asObject } from '../../providers/json-shape.ts'
import { extrasOf, type FieldTable } from '../form/extras.ts'
import type { GenerateBody } from './gemini-schema.ts'
import { jsonSchemaOf } from './schema-dialect.ts'
import { CHOICE_PLACE } from './tools.ts'

type Config = NonNullable<GenerateBody['generationConfig']>

const PLACE = '/generationConfig'

/** What becomes of the fields of a request; translated ones are looked into in one of the files of this folder. */
const BODY_FIELDS: FieldTable = {
  family: 'gemini',
  translated: new Set([
    'model',
    'stream',
    'contents',
    'systemInstruction',
    'tools',
    'toolConfig',
    'generationConfig',
  ]),
  hints: new Set(['labels', 'safetySettings', 'serviceTier', 'store']),
  neutral: { store: [false], serviceTier: ['standard', 'unspecified'] },
}

const GENERATION_FIELDS: FieldTable = {
  family: 'gemini',
  translated: new Set([
    'candidateCount',
    'stopSequences',
    'maxOutputTokens',
    'temperature',
    'topP',
    'topK',
    'responseMimeType',
    'responseSchema',
    'responseJsonSchema',
    'thinkingConfig',
  ]),
  hints: new Set(['enableEnhancedCivicAnswers', 'mediaResolution']),
  neutral: {
    presencePenalty: [0],
    frequencyPenalty: [0],
    responseLogprobs: [false],
    responseModalities: ['TEXT'],
    enableEnhancedCivicAnswers: [false],
  },
  elsewhere: {
    seed: { openai: 'seed' },
    presencePenalty: { openai: 'presence_penalty' },
    frequencyPenalty: { openai: 'frequency_penalty' },
  },
}

/** What Google's models do by themselves; its clients say it all the same, and models of others may refuse to be told. */
const USUAL = { topK: [40, 64], topP: [0.95] } as const
type Sampling = keyof typeof USUAL

function isUsual(name: Sampling, value: unknown): boolean {
  return USUAL[name].some((usual) => usual === value)
}

/** The fields that this format alone knows, and those that ask for nothing elsewhere. */
export function ownFields(body: GenerateBody): Extra[] {
  const config: Config = body.generationConfig ?? {}
  const usual = (Object.keys(USUAL) as Sampling[])
    .filter((name) => isUsual(name, config[name]))
    .map((name): Extra => {
      return { family: 'gemini', name, value: config[name], at: `/${name}`, hint: true }
    })
  return [
    ...extrasOf(body, BODY_FIELDS),
    ...[...extrasOf({ ...config }, GENERATION_FIELDS), ...usual].map(({ name, at, ...extra }) => ({
      ...extra,
      name: `generationConfig.${name}`,
      at: `${PLACE}${at}`,
    })),
  ]
}

/** How the answer is to be made. What is null is not asked for. */
export function answerSettings(
  { generationConfig }: GenerateBody,
  notes: Notes,
): Settings & { places: Partial<Record<keyof Settings, string>> } {
  const config: Config = generationConfig ?? {}
  const { maxOutputTokens, temperature, topP, topK, stopSequences: stop } = config
  const format = formatOf(config, notes)
  const thinking = thinkingOf(config, notes)
  return {
    ...(typeof maxOutputTokens === 'number' && { maxTokens: maxOutputTokens }),
    ...(typeof temperature === 'number' && { temperature }),
    ...(typeof topP === 'number' && !isUsual('topP', topP) && { topP }),
    ...(typeof topK === 'number' && !isUsual('topK', topK) && { topK }),
    ...(stop && stop.length > 0 && { stop }),
    ...(format && { format }),
    ...(thinking && { thinking: { ...thinking, family: 'gemini' } }),
    places: {
      maxTokens: `${PLACE}/maxOutputTokens`,
      temperature: `${PLACE}/temperature`,
      topP: `${PLACE}/topP`,
      topK: `${PLACE}/topK`,
      stop: `${PLACE}/stopSequences`,
      format: `${PLACE}/responseMimeType`,
      thinking: `${PLACE}/thinkingConfig`,
      toolChoice: CHOICE_PLACE,
    },
  }
}

function formatOf(config: Config, notes: Notes): AnswerFormat | undefined {
  const { responseMimeType: type, responseSchema, responseJsonSchema } = config
  if (type && type !== 'application/json' && type !== 'text/plain') {
    notes.refuse(`${PLACE}/responseMimeType`, 'expected text/plain or application/json')
  }
  if (responseJsonSchema) return schemaFormat(responseJsonSchema)
  if (responseSchema) return schemaFormat(jsonSchemaOf({ ...responseSchema }))
  return type === 'application/json' ? { type: 'json_object' } : undefined
}

function schemaFormat(schema: object): AnswerFormat {
  return { type: 'json_schema', name: 'response', schema: { ...schema } }
}

/** A level or a number of tokens; -1 is as the model likes. Whoever wants to read the thoughts wants there to be some. */
function thinkingOf({ thinkingConfig }: Config, notes: Notes): Thinking | undefined {
  const { thinkingBudget: tokens, thinkingLevel: level, includeThoughts } = asObject(thinkingConfig)
  if (typeof tokens === 'number') return budgetOf(tokens)
  if (typeof level === 'string' && level !== 'THINKING_LEVEL_UNSPECIFIED') {
    const effort = EFFORTS.find((each) => each === level.toLowerCase())
    if (effort) return { type: 'effort', effort }
    notes.leaveOut(`${PLACE}/thinkingConfig/thinkingLevel`)
  }
  return includeThoughts === true ? { type: 'adaptive' } : undefined
}

function budgetOf(tokens: number): Thinking {
  if (tokens < 0) return { type: 'adaptive' }
  return tokens === 0 ? { type: 'off' } : { type: 'budget', tokens }
}
