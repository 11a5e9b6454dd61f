import type { Admission } from './admission.ts'
import type { PhaseTimes } from './server-timing.ts'

/** Told how an answer gets on that a run is behind. */
export interface AnswerProgress {
  /** Filled in as the phases end. */
  readonly times: PhaseTimes
  /** The first text is there and the answer becomes a stream. */
  streaming(): void
  /** The run is over; `tokens` is what it used, null when it could not be recorded. */
  finished(tokens: number | null): void
}

/** Has the request's admission know what becomes of its answer. */
export function progressOf(admission: Admission): AnswerProgress {
  return {
    times: admission.times,
    streaming() {
      admission.beginStream()
    },
    finished(tokens) {
      if (tokens !== null) admission.tokens = tokens
      if (admission.streaming) admission.finish(200)
    },
  }
}
