import type { ModelConfig } from '../config/config.ts'
import type { Notes } from '../form/notes.ts'
import type { AnswerFormat } from '../form/request.ts'
import type { ModelCall } from './provider.ts'
import type { Transcript } from './transcript.ts'

/** How answers of one format are read. Readers throw `WireFault` on what they cannot read, and on error objects. */
export interface AnswerReader {
  /** Whether the last event of a stream says the whole answer once more. */
  readonly repeatsAnswer?: boolean
  /** What follows the address of the provider, where that depends on what is asked. */
  path?(model: ModelConfig, stream: boolean): string
  /** Takes a whole plain reply into the transcript. */
  readReply(reply: Record<string, unknown>, transcript: Transcript): void
  /** Takes the data of one stream event into the transcript. */
  readEvent(data: string, transcript: Transcript): void
}

/** How one family of APIs writes requests and answers. */
export interface WireFormat extends AnswerReader {
  /** As `Provider.takesFormat`. */
  takesFormat(format: AnswerFormat, call: ModelCall): boolean
  /** The JSON to post; what the family has no words for is told in the notes. */
  write(call: ModelCall, stream: boolean, notes: Notes): object
}
