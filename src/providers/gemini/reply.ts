import { isObject } from '../json-shape.ts'
import type { Transcript } from '../transcript.ts'
import { WireFault } from '../wire-fault.ts'
import { readAnswer, refuseEmpty } from './reading.ts'

/** Reads a whole answer. @throws WireFault */
export function readReply(reply: Record<string, unknown>, transcript: Transcript): void {
  const { candidates, promptFeedback, error } = reply
  if (!Array.isArray(candidates) && !isObject(promptFeedback) && !isObject(error)) {
    throw new WireFault()
  }
  readAnswer(reply, transcript)
  transcript.end()
  refuseEmpty(transcript)
}
