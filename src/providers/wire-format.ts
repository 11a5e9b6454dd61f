import type { ModelConfig } from '../config/config.ts'
import type { Notes } from '../form/notes.ts'
import type { ModelCall } from './provider.ts'
import type { Transcript } from './transcript.ts'

/** How one family of APIs writes requests and answers. Readers throw `WireFault` on what they cannot read, and on error objects. */
export interface WireFormat {
  /** Whether the last event of a stream says the whole answer once more. */
  readonly repeatsAnswer?: boolean
  /** What follows the address of the provider, where that depends on what is asked. */
  path?(model: ModelConfig, stream: boolean): string
  /** The JSON to post; what the family has no words for is told in the notes. */
  write(call: ModelCall, stream: boolean, notes: Notes): object
  /** Takes a whole plain reply into the transcript. */
  readReply(reply: Record<string, unknown>, transcript: Transcript): void
  /** Takes the data of one stream event into the transcript. */
  readEvent(data: string, transcript: Transcript): void
}
