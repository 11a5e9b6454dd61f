import type { Answer, TokenUsage } from '../../form/answer.ts'
import type { ToolCallPart } from '../../form/parts.ts'
import type { ToolSpec } from '../../form/request.ts'
import { isObject } from '../json-shape.ts'
import type { ModelCall } from '../provider.ts'
import { findExpression } from './arithmetic.ts'
import { type Conversation, readConversation } from './conversation.ts'
import { fillForm } from './fill-form.ts'
import { fillSchema } from './fill-schema.ts'
import { findForm } from './json-form.ts'
import { CHARACTERS_PER_TOKEN, countInputTokens, countTokens } from './tokens.ts'
import { shorten } from '../../shorten.ts'

const MAX_QUOTE = 200
const MAX_KEYS_NAMED = 8
const NOTE =
  'This answer is computed offline, without understanding the text. An operator can switch on a real provider in ares.toml.'

/** The demo model's whole answer, computed from the conversation alone. */
export function answer(request: ModelCall): Answer {
  const conversation = readConversation(request)
  const call = nextToolCall(request, conversation)
  if (call && fits(request, call.name + call.arguments)) return toolAnswer(request, call)
  return textAnswer(request, call ? '' : textFor(request, conversation))
}

/** The tool that has to be called; otherwise the calculator where there is something to work out. */
function nextToolCall(request: ModelCall, said: Conversation): ToolCallPart | undefined {
  const id = `demo-call-${request.messages.length}`
  const forced = forcedTool(request)
  if (forced) return forcedCall(forced, id, said)
  const offered = request.tools?.some((tool) => tool.name === 'calculator')
  const isFree = request.toolChoice !== 'none'
  if (!offered || !isFree || said.toolResults.length > 0) return undefined
  const expression = findExpression(said.question)
  if (expression === undefined) return undefined
  return { type: 'tool_call', id, name: 'calculator', arguments: JSON.stringify({ expression }) }
}

function forcedTool({ tools = [], toolChoice }: ModelCall): ToolSpec | undefined {
  if (toolChoice === 'required') return tools[0]
  return typeof toolChoice === 'object'
    ? tools.find(({ name }) => name === toolChoice.name)
    : undefined
}

/** With arguments that its schema allows. */
function forcedCall({ name, parameters, custom }: ToolSpec, id: string, said: Conversation) {
  const part = { type: 'tool_call' as const, id, name }
  if (custom) return { ...part, arguments: said.question, custom: true as const }
  const expression = name === 'calculator' ? findExpression(said.question) : undefined
  const textFor = () => said.question
  const given =
    expression === undefined ? fillSchema(parameters ?? {}, { textFor }) : { expression }
  return { ...part, arguments: JSON.stringify(isObject(given) ? given : {}) }
}

function fits(request: ModelCall, text: string): boolean {
  return request.maxTokens === undefined || countTokens(text) <= request.maxTokens
}

function toolAnswer(request: ModelCall, call: ToolCallPart): Answer {
  const outputTokens = countTokens(call.name + call.arguments)
  return answerOf(request, { parts: [call], finishReason: 'tool_calls', outputTokens })
}

/** Cut after `maxTokens`, but never inside a character. An empty text is a tool call that did not fit. */
function textAnswer(request: ModelCall, text: string): Answer {
  if (text !== '' && fits(request, text)) {
    const parts = [{ type: 'text' as const, text }]
    return answerOf(request, { parts, finishReason: 'stop', outputTokens: countTokens(text) })
  }
  const outputTokens = request.maxTokens ?? 0
  const cut = text.slice(0, outputTokens * CHARACTERS_PER_TOKEN).replace(/[\uD800-\uDBFF]$/, '')
  const parts = cut === '' ? [] : [{ type: 'text' as const, text: cut }]
  return answerOf(request, { parts, finishReason: 'length', outputTokens })
}

type Outcome = Omit<Answer, 'usage'> & { outputTokens: number }

function answerOf(request: ModelCall, { outputTokens, ...outcome }: Outcome): Answer {
  return { ...outcome, usage: usageOf(countInputTokens(request), outputTokens) }
}

/** Its own report, which is exact. */
export function usageOf(inputTokens: number, outputTokens: number): TokenUsage {
  return { inputTokens, outputTokens, cachedTokens: 0, cacheWriteTokens: 0, estimated: false }
}

function textFor({ format, tools = [] }: ModelCall, said: Conversation): string {
  if (format?.type === 'json_schema') return JSON.stringify(schemaAnswer(format.schema, said))
  if (format) return JSON.stringify(jsonAnswer(said))
  // The prompts of clients that bring tools speak of JSON in passing.
  if (tools.some(({ at }) => at !== undefined)) return plainAnswer(said)
  const asksForJson = /\bjson\b/i.test(said.system) || /\bjson\b/i.test(said.question)
  return asksForJson ? JSON.stringify(jsonAnswer(said)) : plainAnswer(said)
}

function schemaAnswer(schema: Readonly<Record<string, unknown>>, said: Conversation): unknown {
  return fillSchema(schema, { textFor: (key) => `Demo model: ${sampleOf(key, said)}.` })
}

function jsonAnswer(said: Conversation): Record<string, unknown> {
  const textFor = (key: string) => `Demo model: ${resultSentence(said) ?? sampleOf(key, said)}.`
  const form = findForm(said.system) ?? findForm(said.question)
  if (form) return fillForm(form, { textFor, seed: said.question })
  return { message: textFor('answer'), model: said.modelId, note: 'answer of the demo model' }
}

function sampleOf(key: string, said: Conversation): string {
  return `sample ${key.replaceAll('_', ' ')} for ${quote(said.question)}`
}

function plainAnswer(said: Conversation): string {
  const lead = resultSentence(said) ?? questionSentence(said)
  const opening = `Demo model, in place of ${said.modelId}. ${lead}`.trim()
  return [opening, ...circumstances(said), NOTE].join('\n\n')
}

/** A picture alone asks nothing in words. */
function questionSentence({ question, shown }: Conversation): string {
  const isSilent = question.trim() === '' && shown.length > 0
  return isSilent ? '' : `You asked: ${quote(question)}`
}

/** What the tools found out, or undefined when none was asked. */
function resultSentence({ toolResults }: Conversation): string | undefined {
  if (toolResults.length === 0) return undefined
  return toolResults
    .map(({ arguments: args, result }) =>
      `${expressionIn(args)} = ${result}`.replace('= error:', 'failed:'),
    )
    .join('; ')
}

function expressionIn(args: string): string {
  try {
    const { expression }: { expression?: unknown } = JSON.parse(args)
    return typeof expression === 'string' ? expression : args
  } catch {
    return args
  }
}

const MAX_SHOWN_NAMED = 5

function circumstances({ contextKeys, turn, shown }: Conversation): string[] {
  const lines = shown.slice(0, MAX_SHOWN_NAMED)
  if (shown.length > lines.length) lines.push(`And ${shown.length - lines.length} more.`)
  if (turn > 1) lines.push(`This is message ${turn} of our conversation.`)
  if (contextKeys.length > 0) lines.push(`The context has: ${listOf(contextKeys)}.`)
  return lines
}

function listOf(keys: string[]): string {
  const named = keys.slice(0, MAX_KEYS_NAMED).map((key) => shorten(key, 40))
  const more = keys.length - named.length
  return named.join(', ') + (more > 0 ? ` and ${more} more` : '')
}

function quote(text: string): string {
  return `“${shorten(text.replaceAll(/\s+/g, ' ').trim(), MAX_QUOTE)}”`
}
