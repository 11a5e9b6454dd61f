import { asArray, asObject, isObject } from '../json-shape.ts'
import type { Transcript } from '../transcript.ts'
import { WireFault } from '../wire-fault.ts'
import { callIn, readFinishReason, readUsage, readWords, refuseErrorObject } from './reading.ts'

/** Reads a whole chat completion. @throws WireFault */
export function readReply(reply: Record<string, unknown>, transcript: Transcript): void {
  refuseErrorObject(reply)
  const choices = asArray(reply['choices'])
  const [choice] = choices
  const message = isObject(choice) ? choice['message'] : undefined
  if (!isObject(choice) || !isObject(message)) throw new WireFault()
  for (const each of choices) transcript.generated.add(asObject(each)['message'])
  readWords(message, choice['logprobs'], transcript)
  // Each item is a whole call here, whatever its index and id say.
  asArray(message['tool_calls']).forEach((call, index) =>
    transcript.call({ ...callIn(asObject(call)), index }),
  )
  readFinishReason(choice, transcript)
  readUsage(reply, transcript)
  transcript.end()
}
