import { asArray, asObject, isObject, parseReply } from '../json-shape.ts'
import type { Transcript } from '../transcript.ts'
import { WireFault } from '../wire-fault.ts'
import { callIn, readFinishReason, readUsage, readWords, refuseErrorObject } from './reading.ts'

/** What ends a stream of chat completions. */
export const DONE = '[DONE]'

/** Reads one event of a streamed chat completion. @throws WireFault */
export function readEvent(data: string, transcript: Transcript): void {
  if (data === DONE) return transcript.end()
  const event = parseReply(data)
  if (!isObject(event)) throw new WireFault()
  refuseErrorObject(event)
  const choices = asArray(event['choices'])
  for (const each of choices) transcript.generated.add(asObject(each)['delta'])
  const [choice] = choices
  if (isObject(choice)) readChoice(choice, transcript)
  readUsage(event, transcript)
}

function readChoice(choice: Record<string, unknown>, transcript: Transcript): void {
  const { delta, logprobs } = choice
  if (isObject(delta)) {
    readWords(delta, logprobs, transcript)
    for (const item of asArray(delta['tool_calls'])) {
      const piece = asObject(item)
      const { index } = piece
      transcript.call({ ...callIn(piece), index: typeof index === 'number' ? index : undefined })
    }
  }
  readFinishReason(choice, transcript)
}
