import type { FinishReason } from '../../form/answer.ts'
import { asArray, asObject, asString, isObject } from '../json-shape.ts'
import type { Transcript } from '../transcript.ts'
import { saneTokens } from '../usage.ts'
import { verdictOf } from '../verdict.ts'
import { type Verdict, WireFault } from '../wire-fault.ts'

/* A whole answer of Gemini's format and an event of a streamed one are the same object; only the last says it all. */

type Fields = Readonly<Record<string, unknown>>

/** Whose seals these are. */
export const FAMILY = 'gemini'

const FINISH_REASONS: Readonly<Record<string, FinishReason>> = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'content_filter',
  RECITATION: 'content_filter',
  LANGUAGE: 'content_filter',
  BLOCKLIST: 'content_filter',
  PROHIBITED_CONTENT: 'content_filter',
  SPII: 'content_filter',
  IMAGE_SAFETY: 'content_filter',
  IMAGE_PROHIBITED_CONTENT: 'content_filter',
}

/** Takes a `GenerateContentResponse` into the transcript. @throws WireFault */
export function readAnswer(json: Fields, transcript: Transcript): void {
  if (isObject(json['error'])) throw new WireFault(readError(json))
  const [candidate] = asArray(json['candidates'])
  if (isObject(candidate)) readCandidate(candidate, transcript)
  // A prompt that is not answered at all has no candidate.
  else if (asString(asObject(json['promptFeedback'])['blockReason']) !== '') {
    transcript.finishReason = 'content_filter'
  }
  readUsage(json['usageMetadata'], transcript)
}

/** A reason that nobody has heard of is still an end. */
function readCandidate(candidate: Fields, transcript: Transcript): void {
  for (const part of asArray(asObject(candidate['content'])['parts'])) {
    readPart(asObject(part), transcript)
  }
  const reason = asString(candidate['finishReason'])
  if (reason === '') return
  const known = Object.hasOwn(FINISH_REASONS, reason) ? FINISH_REASONS[reason] : undefined
  transcript.finishReason = known ?? 'stop'
}

/** Kinds that are not known are only counted. */
function readPart(part: Fields, transcript: Transcript): void {
  transcript.generated.add(part)
  const text = asString(part['text'])
  if (part['thought'] === true) {
    transcript.reasoning(text)
    return readSeal(part, transcript)
  }
  // The seal of a part is that of the thoughts which led to it.
  readSeal(part, transcript)
  transcript.text(text)
  const call = part['functionCall']
  if (isObject(call)) readCall(call, transcript)
}

/** Calls come whole, and mostly without an id. */
function readCall(call: Fields, transcript: Transcript): void {
  const { args } = call
  transcript.call({
    index: transcript.callCount,
    id: asString(call['id']),
    name: asString(call['name']),
    arguments: isObject(args) ? JSON.stringify(args) : '',
  })
}

function readSeal(part: Fields, transcript: Transcript): void {
  const data = asString(part['thoughtSignature'])
  if (data !== '') transcript.seal({ family: FAMILY, data })
}

/** Every event of a stream tells what was used so far; thoughts are told beside what was answered. */
function readUsage(json: unknown, transcript: Transcript): void {
  if (!isObject(json)) return
  const thoughts = saneTokens(json['thoughtsTokenCount'])
  transcript.report({
    inputTokens: sumOf(json['promptTokenCount'], json['toolUsePromptTokenCount']),
    outputTokens: sumOf(json['candidatesTokenCount'], thoughts ?? undefined),
    cachedTokens: saneTokens(json['cachedContentTokenCount']),
    reasoningTokens: thoughts,
  })
}

/** Of figures, either of which is left out where it is 0; null without any. */
function sumOf(one: unknown, other: unknown): number | null {
  if (one === undefined && other === undefined) return null
  const [first, second] = [saneTokens(one ?? 0), saneTokens(other ?? 0)]
  return first === null || second === null ? null : saneTokens(first + second)
}

/** A stream that was refused may hold its error in a list. The status is its stable name. */
export function readError(json: unknown): Verdict {
  const told: unknown = Array.isArray(json) ? json[0] : json
  const { message, param } = verdictOf(told)
  const isTooLong = /\bexceeds the maximum number of tokens\b/i.test(message)
  const status = asString(asObject(asObject(told)['error'])['status'])
  const code = isTooLong ? 'context_length_exceeded' : /^[A-Z_]{1,50}$/.exec(status)?.[0]
  return { message, code: code ?? null, param }
}

/** An answer that ends by itself and holds neither text nor a call says nothing. @throws WireFault */
export function refuseEmpty(transcript: Transcript): void {
  if (transcript.finishReason !== 'stop') return
  const says = transcript.parts.some(
    (part) => part.type === 'tool_call' || (part.type === 'text' && part.text !== ''),
  )
  if (!says) throw new WireFault()
}
