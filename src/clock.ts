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

/** Waits; tests have their own, which waits for their clock. */
export interface Timer {
  /** Calls once the time has passed. @returns what calls it off */
  after: (ms: number, then: () => void) => () => void
}

export const systemTimer: Timer = {
  after(ms, then) {
    const timeout = setTimeout(then, ms)
    return () => clearTimeout(timeout)
  },
}
