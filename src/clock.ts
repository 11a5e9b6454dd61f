/** Where the time comes from; tests have their own. */
export interface Clock {
  /** The wall clock: for records, periods and expiry. */
  now: () => Date
  /** Milliseconds that never run backwards: for durations. */
  monotonicMs: () => number
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
}
