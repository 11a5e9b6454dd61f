import type { Admission } from './admission.ts'
import type { PhaseTimes } from './server-timing.ts'

/** Told how a reply gets on that a run is behind. */
export interface RunProgress {
  /** Filled in as the phases end. */
  readonly times: PhaseTimes
  /** The first text is there and the reply becomes a stream. */
  streaming(): void
  /** The run is over; `tokens` is what it used, null when it could not be recorded. */
  finished(tokens: number | null): void
}

/** Has the request's admission know what becomes of its reply. */
export function progressOf(admission: Admission): RunProgress {
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
