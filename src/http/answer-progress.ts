import { type Outcome, tokensUsed } from '../ledger/ledger-changes.ts'
import type { Admission } from './admission.ts'

/** Who answers tells this of the answer. */
export interface AnswerProgress {
  /** Called when the first text is there and the answer becomes a stream. */
  streaming: () => void
  /** Called once the run is settled, however it ended; null when that failed. */
  finished: (outcome: Outcome | null) => void
}

/** Has the request's admission know what becomes of its answer. */
export function progressOf(admission: Admission): AnswerProgress {
  return {
    streaming: () => {
      admission.beginStream()
    },
    finished: (outcome) => {
      if (outcome) admission.tokens = tokensUsed(outcome)
      if (admission.streaming) admission.finish(200)
    },
  }
}
