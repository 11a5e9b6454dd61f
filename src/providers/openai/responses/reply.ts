import type { Transcript } from '../../transcript.ts'
import { readEnd, readOutput, refuseFailed } from './reading.ts'

/** Reads a whole response. @throws WireFault */
export function readReply(reply: Record<string, unknown>, transcript: Transcript): void {
  refuseFailed(reply)
  readOutput(reply['output'], transcript)
  readEnd(reply, transcript)
  transcript.end()
}
