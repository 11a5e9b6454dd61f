import { isObject, parseReply } from '../json-shape.ts'
import type { Transcript } from '../transcript.ts'
import { WireFault } from '../wire-fault.ts'
import { readAnswer } from './reading.ts'

/** Reads one event of a streamed answer. Nothing marks the last one but its finish reason. @throws WireFault */
export function readEvent(data: string, transcript: Transcript): void {
  const event = parseReply(data)
  if (!isObject(event)) throw new WireFault()
  readAnswer(event, transcript)
}
