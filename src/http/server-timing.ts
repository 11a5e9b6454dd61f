/** Where the time of a run or chat went, ms. A phase that has not been reached is missing. */
export interface PhaseTimes {
  /** From the first byte of the request to a verified key. */
  auth?: number
  /** Taking the run out of the quota, durably. */
  reserve?: number
  /** Waiting for the provider, over all calls of the run; of a stream, until its first text. */
  provider?: number
  /** Recording the run, durably. */
  settle?: number
}

const PHASES = ['auth', 'reserve', 'provider', 'settle'] as const

/** The `Server-Timing` header of an answer. */
export function serverTiming(times: PhaseTimes): string {
  let header = ''
  for (const phase of PHASES) {
    const ms = times[phase]
    if (ms === undefined) continue
    header += `${header && ', '}${phase};dur=${inHundredths(ms)}`
  }
  return header
}

/** Rounded to two digits, without zeros at the end: writing integers takes a fraction of what writing `812.35` does. */
function inHundredths(ms: number): string {
  const hundredths = Math.round(ms * 100)
  const whole = Math.trunc(hundredths / 100)
  const rest = hundredths - whole * 100
  if (rest === 0) return `${whole}`
  if (rest % 10 === 0) return `${whole}.${rest / 10}`
  return `${whole}.${rest < 10 ? '0' : ''}${rest}`
}
