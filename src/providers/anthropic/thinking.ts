import { assumedOutputLimit } from '../../config/output-limits.ts'
import { budgetOf } from '../../form/effort.ts'
import type { Notes } from '../../form/notes.ts'
import type { Message } from '../../form/parts.ts'
import { placeOf, type Thinking } from '../../form/request.ts'
import { askedLimit } from '../output-limit.ts'
import type { ModelCall } from '../provider.ts'
import { FAMILY } from './reading.ts'

/** What is left for the answer itself of a model that thinks, where nobody knows how much it can write. */
const ROOM_TO_ANSWER = 4096

/** Fewer tokens of thought are refused. */
const LEAST_BUDGET = 1024

/**
 * How long an answer may be, for the API wants to be told: what the request says, otherwise all that the model can write.
 *
 * @param thought tokens that the model may think beforehand: they count too
 */
export function limitFor(call: ModelCall, thought = 0): number {
  const { model } = call
  const assumed = Math.max(assumedOutputLimit(model.upstreamId), thought + ROOM_TO_ANSWER)
  return Math.min(askedLimit(call) ?? model.maxOutputTokens ?? assumed, model.contextLength)
}

/**
 * How much the model is to think, and room for that beside the answer. It is a hint: where anything else in the request
 * would be refused beside it, it is left out.
 */
export function thinkingFields(call: ModelCall, notes: Notes): object {
  const { thinking } = call
  if (!thinking || thinking.type === 'off') return {}
  const fields = thinks(call) ? fieldsFor(thinking, call) : null
  if (fields) return fields
  notes.leaveOut(placeOf(call, 'thinking'))
  return {}
}

/** Of models that are not said to think, only those are told who are asked in this family's own words. */
function thinks(call: ModelCall): boolean {
  const { thinking, model, toolChoice, temperature, topK } = call
  if (!(model.supportsThinking ?? thinking?.family === FAMILY)) return false
  const mustCall = toolChoice === 'required' || typeof toolChoice === 'object'
  if (mustCall || topK !== undefined || (temperature ?? 1) !== 1) return false
  return !lacksThoughts(call.messages)
}

/** The API wants the thoughts that led to the last calls; without their seals they cannot be sent back. */
function lacksThoughts(messages: readonly Message[]): boolean {
  const last = messages.findLast(({ role }) => role === 'assistant')
  const afterwards = messages.at(-1)?.role
  if (!last || afterwards !== 'tool') return false
  return !last.parts.some((part) => part.type === 'reasoning' && part.signature?.family === FAMILY)
}

function fieldsFor(thinking: Exclude<Thinking, { type: 'off' }>, call: ModelCall): object | null {
  if (thinking.type === 'adaptive') return { thinking: { type: 'adaptive' } }
  const wanted = thinking.type === 'budget' ? thinking.tokens : budgetOf(thinking.effort)
  const limit = limitFor(call, wanted)
  // It counts towards the limit, and something has to be left for the answer.
  const budget = Math.min(wanted, limit - 1)
  if (budget < LEAST_BUDGET) return null
  return { max_tokens: limit, thinking: { type: 'enabled', budget_tokens: budget } }
}
