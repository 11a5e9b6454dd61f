import type { Answer } from './answer.ts'
import type { CompletionRequest } from './provider.ts'

/** How one API writes requests and answers. Readers throw `CallFailure` on what they cannot read, and on error objects. */
export interface WireFormat {
  /** Whether the last event of a stream says the whole answer once more. */
  readonly repeatsAnswer?: boolean
  /** The JSON text to post. */
  requestBody(request: CompletionRequest, stream: boolean): string
  /** Takes a whole plain reply into the answer. */
  readReply(reply: Record<string, unknown>, answer: Answer): void
  /** Takes the data of one stream event into the answer. */
  readEvent(data: string, answer: Answer): void
}
