import { asObject } from '../json-shape.ts'
import type { Transcript } from '../transcript.ts'
import { WireFault } from '../wire-fault.ts'
import {
  readBlock,
  readInputUsage,
  readOutputUsage,
  readStopReason,
  refuseEmpty,
  refuseErrorObject,
} from './reading.ts'

/** Reads a whole message. @throws WireFault */
export function readReply(reply: Record<string, unknown>, transcript: Transcript): void {
  refuseErrorObject(reply)
  const { content, usage } = reply
  if (!Array.isArray(content)) throw new WireFault()
  content.forEach((block, index) => readBlock(asObject(block), index, transcript))
  readStopReason(reply, transcript)
  readInputUsage(usage, transcript)
  readOutputUsage(usage, transcript)
  transcript.end()
  refuseEmpty(transcript)
}
