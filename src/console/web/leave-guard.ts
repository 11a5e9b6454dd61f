import { useEffect } from 'preact/hooks'

/** What would be lost by leaving, as questions; the newest counts. */
const reasons: string[] = []

/** Whether the reader may go elsewhere: asks, when something would be lost. */
export function mayLeave(): boolean {
  const reason = reasons.at(-1)
  return reason === undefined || confirm(reason)
}

/** While `question` is given, leaving has to be confirmed; also leaving the console altogether. */
export function useLeaveGuard(question: string | null): void {
  useEffect(() => {
    if (question === null) return undefined
    reasons.push(question)
    addEventListener('beforeunload', holdBack)
    return () => {
      reasons.splice(reasons.indexOf(question), 1)
      removeEventListener('beforeunload', holdBack)
    }
  }, [question])
}

/** The browser asks in its own words. */
function holdBack(event: Event): void {
  event.preventDefault()
}
