import type { FinishReason } from '../../../form/answer.ts'
import { asArray, asObject, asString, isObject } from '../../json-shape.ts'
import type { Transcript } from '../../transcript.ts'
import { saneTokens } from '../../usage.ts'
import { verdictOf } from '../../verdict.ts'
import { WireFault } from '../../wire-fault.ts'

/* What whole responses and stream events of OpenAI's Responses API have in common. */

type Fields = Readonly<Record<string, unknown>>

/** Whose seals these are. */
const FAMILY = 'openai'

const INCOMPLETE: Readonly<Record<string, FinishReason>> = {
  max_output_tokens: 'length',
  content_filter: 'content_filter',
}

/** How a response ended, and what it used. A reason that nobody has heard of is still an end. @throws WireFault for one that failed */
export function readEnd(response: Fields, transcript: Transcript): void {
  refuseFailed(response)
  const { reason } = asObject(response['incomplete_details'])
  transcript.finishReason = INCOMPLETE[asString(reason)] ?? 'stop'
  readUsage(response['usage'], transcript)
}

/** @throws WireFault */
export function refuseFailed(response: Fields): void {
  const { status, error } = response
  if (isObject(error) || status === 'failed' || status === 'cancelled') {
    throw new WireFault(verdictOf(response))
  }
}

function readUsage(json: unknown, transcript: Transcript): void {
  if (!isObject(json)) return
  const input = asObject(json['input_tokens_details'])
  const output = asObject(json['output_tokens_details'])
  transcript.report({
    inputTokens: saneTokens(json['input_tokens']),
    outputTokens: saneTokens(json['output_tokens']),
    cachedTokens: saneTokens(input['cached_tokens']),
    cacheWriteTokens: saneTokens(input['cache_write_tokens']),
    reasoningTokens: saneTokens(output['reasoning_tokens']),
  })
}

/** The items of a whole answer; kinds that are not known are only counted. @throws WireFault when there is no list of them */
export function readOutput(output: unknown, transcript: Transcript): void {
  if (!Array.isArray(output)) throw new WireFault()
  output.forEach((item, index) => readItem(asObject(item), index, transcript))
}

function readItem(item: Fields, index: number, transcript: Transcript): void {
  transcript.generated.add(item)
  switch (item['type']) {
    case 'message':
      for (const part of asArray(item['content'])) readPart(asObject(part), transcript)
      return
    case 'reasoning':
      transcript.reasoning(thoughtIn(item))
      return readSeal(item, transcript)
    default:
      return readCall(item, index, transcript)
  }
}

function readPart(part: Fields, transcript: Transcript): void {
  const logprobs = asArray(part['logprobs'])
  transcript.text(asString(part['text']), logprobs.length > 0 ? logprobs : undefined)
  transcript.refusal(asString(part['refusal']))
}

/** The thought itself where it is told, otherwise what was told of it. */
function thoughtIn({ content, summary }: Fields): string {
  const told = asArray(content).length > 0 ? content : summary
  return asArray(told)
    .map((part) => asString(asObject(part)['text']))
    .join('\n\n')
}

/** A thought of which nothing but its seal is told is kept too. */
export function readSeal(item: Fields, transcript: Transcript): void {
  const data = asString(item['encrypted_content'])
  if (data !== '') transcript.seal({ family: FAMILY, data })
}

/** A call of one of the client's tools, or the beginning of one in a stream; other items are none. */
export function readCall(item: Fields, index: number, transcript: Transcript): void {
  const { type, call_id: id, name, arguments: args, input } = item
  if (type !== 'function_call' && type !== 'custom_tool_call') return
  transcript.call({
    index,
    id: asString(id),
    name: asString(name),
    arguments: asString(args) + asString(input),
  })
}
