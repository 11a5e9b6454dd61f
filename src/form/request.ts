import type { Message, Placed } from './parts.ts'

/** A tool that the model may ask for. */
export interface ToolSpec extends Placed {
  name: string
  description?: string
  /** A JSON Schema object. Large numbers in it are raw, as `parseLossless` has it. */
  parameters?: Readonly<Record<string, unknown>>
  strict?: boolean
  /** Where `strict` stands in the client's request. */
  strictAt?: string
  /** It takes free text instead of `parameters`; `format` is a grammar, as OpenAI's format has it. */
  custom?: { format?: unknown }
}

export type ToolChoice = 'auto' | 'none' | 'required' | { name: string }

/** In which form the answer is wanted. */
export type AnswerFormat =
  | { type: 'json_object' }
  | {
      type: 'json_schema'
      name: string
      description?: string
      schema: Readonly<Record<string, unknown>>
      strict?: boolean
    }

/** How much a model should think: not at all, as it finds right, in words, or as a number of tokens. A hint. */
export type Thinking =
  | { type: 'off' }
  | { type: 'adaptive' }
  | { type: 'effort'; effort: Effort }
  | { type: 'budget'; tokens: number }

export const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const
export type Effort = (typeof EFFORTS)[number]

/** A field of one family's own, for which there is no notion here. */
export interface Extra {
  family: string
  name: string
  value: unknown
  /** Where it stands in the client's request. */
  at: string
  /** It changes no answer: providers of other families are not told, instead of refusing it. */
  hint?: true
  /** What other families call the same. */
  elsewhere?: Readonly<Record<string, string>>
}

/** What may be asked besides the conversation; each of them has a place in the client's request. */
export interface Settings {
  tools?: ToolSpec[]
  toolChoice?: ToolChoice
  /** False: one call at a time. */
  parallelToolCalls?: boolean
  maxTokens?: number
  temperature?: number
  topP?: number
  topK?: number
  stop?: string[]
  format?: AnswerFormat
  /** `family`: in whose words it was asked. */
  thinking?: Thinking & { family: string }
}

/** What a model is asked, whatever the wire. What is not asked for is absent, so that the provider's defaults hold. */
export interface ModelRequest extends Settings {
  messages: Message[]
  extras?: Extra[]
  /** Where the settings stand in the client's request, as JSON pointers. */
  places?: Partial<Record<keyof Settings, string>>
}

/** Where a setting stands in the client's request; by its own name where nobody said. */
export function placeOf({ places }: Pick<ModelRequest, 'places'>, setting: keyof Settings): string {
  return places?.[setting] ?? `/${setting}`
}
