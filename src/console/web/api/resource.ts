import { useEffect, useRef, useState } from 'preact/hooks'
import { onSignOut } from '../session.ts'
import { type ApiFailure, toFailure } from './failure.ts'

/** Something read from the API, as far as it is known. */
export interface Resource<T> {
  /** The latest answer; of an earlier visit while the new one is under way. */
  data: T | undefined
  /** Why the latest question failed; `data` is then what was known before. */
  failure: ApiFailure | undefined
  reload: () => void
}

/** Answers of pages already seen, so that going back shows them at once. */
const answers = new Map<string, unknown>()
const MAX_ANSWERS = 60

/** After a change nothing that was read before need be true. */
export function forgetAnswers(): void {
  answers.clear()
}
onSignOut(forgetAnswers)

/** Has the page of that key begin with what is known already. */
export function remember(key: string, data: unknown): void {
  answers.delete(key)
  answers.set(key, data)
  if (answers.size > MAX_ANSWERS) answers.delete(answers.keys().next().value!)
}

/** How often a page that is looked at asks again. */
export const LIVE_MS = 5000

/** The same for a tenant, whose every request counts against its rate limit. */
export const OWN_LIVE_MS = 20_000

/** The key of the platform's totals, which signing in asks for, too. */
export const STATS = 'stats'

interface State<T> {
  key: string
  data: T | undefined
  failure: ApiFailure | undefined
}

/**
 * Reads from the API, again when the key changes, and every `everyMs` while the page is visible.
 *
 * @param key says everything that the answer depends on
 */
export function useResource<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  { everyMs = 0 } = {},
): Resource<T> {
  const initial = () => ({ key, data: answers.get(key) as T | undefined, failure: undefined })
  const [state, setState] = useState<State<T>>(initial)
  const [round, setRound] = useState(0)
  const latestLoad = useRef(load)
  latestLoad.current = load
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    const ask = async () => {
      const next = await latestLoad.current(signal).then(
        (data) => {
          if (!signal.aborted) remember(key, data)
          return { data, failure: undefined }
        },
        (error: unknown) => ({ failure: toFailure(error) }),
      )
      if (!signal.aborted) setState((before) => merged(before, key, next))
    }
    void ask()
    const stop = everyMs > 0 ? repeatWhileVisible(ask, everyMs) : undefined
    return () => {
      controller.abort()
      stop?.()
    }
  }, [key, round, everyMs])
  const current = state.key === key ? state : initial()
  return {
    data: current.data,
    failure: current.failure,
    reload: () => setRound((count) => count + 1),
  }
}

/** The same state when nothing new was learnt, so that nothing is drawn again. */
function merged<T>(
  before: State<T>,
  key: string,
  next: { data?: T; failure: ApiFailure | undefined },
): State<T> {
  const known = before.key === key ? before.data : (answers.get(key) as T | undefined)
  const data = next.data ?? known
  const same =
    before.key === key &&
    before.failure?.message === next.failure?.message &&
    JSON.stringify(before.data) === JSON.stringify(data)
  return same ? before : { key, data, failure: next.failure }
}

/** Repeats with the pause between two answers; a hidden page waits until it is looked at. */
function repeatWhileVisible(ask: () => Promise<void>, everyMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  const wait = () => {
    if (!stopped && !document.hidden) timer = setTimeout(round, everyMs)
  }
  const round = () => void ask().then(wait)
  const onVisibility = () => {
    clearTimeout(timer)
    if (!document.hidden) round()
  }
  document.addEventListener('visibilitychange', onVisibility)
  wait()
  return () => {
    stopped = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onVisibility)
  }
}
